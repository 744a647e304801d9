"""ZIP archives read with our own checks: Python's zipfile trusts headers that hostile archives forge."""
