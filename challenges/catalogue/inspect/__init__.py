"""What a dataset file holds. Pure: a path in, plain values out; no database, no web."""
