"""Gifts in kind: whole things, given whole, never counted as money."""
