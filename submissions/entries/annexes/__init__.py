"""Source code that a team keeps with its work: for the organisers, never shown."""
