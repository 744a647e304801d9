"""A dataset's suggested chart: its series, computed once from the file, and the Plotly figure drawn from them. Pure."""
