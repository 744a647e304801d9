"""Publication of results."""
