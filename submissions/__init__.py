"""What is handed in: teams, entries, their files, and what the public sees of them."""
