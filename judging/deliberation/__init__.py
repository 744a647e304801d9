"""The jury's meeting: what it sees, what it votes, and the ranking that follows."""
