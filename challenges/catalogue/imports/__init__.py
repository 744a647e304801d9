"""Imports in the browser: looked at before they change anything, stopped, resumed, repeated by a schedule."""
