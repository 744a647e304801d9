"""What becomes of a prize that nobody gets: its money goes back, over to another edition, or to another prize."""
