"""An edition of a contest: its calendar, rules and phases."""
