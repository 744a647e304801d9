"""How the members of a team share what they won."""
