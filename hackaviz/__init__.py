"""Hackaviz: the platform for data-visualisation contests."""
