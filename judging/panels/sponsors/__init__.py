"""Jurors of a sponsor for its own prize: they judge the entries that can win it, and count for it alone."""
