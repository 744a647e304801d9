"""Looks of the antivirus at what teams sent: those that are due, and what they found."""
