"""What a team has handed in over time: each version, what changed between two, and the way back."""
