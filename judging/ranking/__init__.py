"""From marks to ranks."""
