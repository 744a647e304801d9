"""What an edition asks teams to say of their works, and how it takes them in."""
