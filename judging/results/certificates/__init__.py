"""Certificates: one for every member of a team that handed in, each verified at an address of its own."""
