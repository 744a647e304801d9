"""Copies without traces and rendered notebooks, many files in one confined process: JSON in, JSON out."""

from typing import Any

from submissions.intake.cleaning import clean_file


def clean_all(files: list[list[str]]) -> dict[str, list[str]]:
    """Clean [source, target, media type] one after the other: what was removed, by source, where anything was."""
    removed = dict[str, list[str]]()
    for source, target, media_type in files:
        answer: dict[str, Any] = clean_file(source, target, media_type)
        if answer["changed"]:
            removed[source] = answer["removed"]
    return removed
