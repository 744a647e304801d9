"""Frozen copies of files, so that all teams and the jury of an edition use the same bytes."""
