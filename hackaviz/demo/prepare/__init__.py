"""Draws the demo’s data files and works again; the site itself never imports this."""
