"""A chart of a reader's own choices, from a file of the catalogue: its page, its address, its Plotly file."""
