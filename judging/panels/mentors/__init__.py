"""People who helped a team: what they are to it is a conflict of interest, found by their address."""
