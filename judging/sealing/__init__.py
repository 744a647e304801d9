"""Sealed results: one file that anybody can recompute, its digest, and the minutes."""
