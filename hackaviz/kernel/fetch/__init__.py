"""Guarded requests to other hosts: the address that is really dialled is checked, on every hop, and all is capped."""
