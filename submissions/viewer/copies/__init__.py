"""Shown copies: what jury, public and archive see of an upload, made by a job from the untouched original."""
