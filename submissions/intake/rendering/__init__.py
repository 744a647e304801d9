"""Notebooks as pages: what their authors saw, drawn again from what was saved. Nothing is run. Runs confined.

Intake reads notebooks (`notebook`) with every file that it judges; what draws them (`page`) takes a tenth of a second
to import and is imported by no other module.
"""
