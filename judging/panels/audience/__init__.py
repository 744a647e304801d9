"""The audience votes: one work each, while the vote is open, and it may be taken back."""
