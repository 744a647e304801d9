"""Following datasets, and being told when they change."""
