"""Votes between two works side by side, as at an exhibition; organisers read strengths from them."""
