"""People, sign-in, roles and invitations."""
