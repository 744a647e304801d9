"""Duplicates: found, compared side by side, merged into one dataset that keeps both addresses."""
