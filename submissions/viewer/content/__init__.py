"""The other host: the only place from which anything that a team uploaded is shown."""
