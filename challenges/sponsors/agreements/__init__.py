"""Agreements of many parties: who brings what, who has signed, who carries the money."""
