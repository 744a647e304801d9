"""Jurors, conflicts of interest and assignment."""
