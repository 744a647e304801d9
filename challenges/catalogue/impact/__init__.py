"""What became of a dataset: who looked, who took it, what was made of it."""
