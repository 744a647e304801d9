"""Challenges: brief, rubric, datasets, publication."""
