"""Entries shown from the content host, and their previews."""
