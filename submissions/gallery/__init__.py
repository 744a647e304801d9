"""What the public sees of entries."""
