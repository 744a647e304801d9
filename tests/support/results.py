"""A word that only the winner has: where it shows, somebody learns who won."""

CANARY = "Zanzibar-the-winner"
