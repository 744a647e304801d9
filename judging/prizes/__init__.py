"""Awards and their funding."""
