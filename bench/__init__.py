"""Measurements. Every table is known before the first of them is used: some name others that stand further right."""

from hackaviz import tables as tables
