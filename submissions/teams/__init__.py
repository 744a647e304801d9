"""Registrations, teams and invitations."""
