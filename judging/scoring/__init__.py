"""Reviews: marks and comments."""
