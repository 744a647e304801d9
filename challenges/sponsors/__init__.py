"""Sponsors: what each promised and paid, and the prizes declared from it."""
