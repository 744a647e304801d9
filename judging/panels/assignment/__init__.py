"""Who judges what, solved: legal, then one connected design, then even loads, then preferences. Pure."""
