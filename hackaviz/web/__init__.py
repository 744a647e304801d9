"""The glue between Flask and the rooms."""
