"""Which entries may be listed, and what contributes where. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from hackaviz.kernel.errors import Invalid
from submissions.entries.sheet.rules import Sheet


class NotListable(Invalid):
    """A listed work contributes to an ambition and to an objective."""

    code = "not-listable"


def check_decision(sheet: Sheet, *, is_listed: bool, is_refused: bool, reason: str) -> None:
    """Raise NotListable without an aim of each kind, Invalid for a refusal that says no reason."""
    if is_listed and not (sheet.ambitions and sheet.objectives):
        raise NotListable(
            _l(
                "This work cannot be listed: its sheet names no ambition or no objective of the edition. Nothing was "
                "changed."
            ),
            field="state",
        )
    if is_refused and not reason.strip():
        raise Invalid(_l("Say why, in a sentence that the team will read."), field="reason")


@dataclass(frozen=True)
class Contribution:
    """A listed work, and the slugs of the aims that it contributes to."""

    public_id: str
    title: str
    team: str
    ambitions: Sequence[str]
    objectives: Sequence[str]


@dataclass(frozen=True)
class MatrixRow:
    """An ambition, the works of each objective in the order of the columns, and how many works contribute to it."""

    ambition: str
    cells: list[list[Contribution]]
    total: int


def matrix(ambitions: Sequence[str], objectives: Sequence[str], works: Sequence[Contribution]) -> list[MatrixRow]:
    """Ambitions × objectives: a work stands in every cell of its ambitions and objectives."""
    rows = []
    for ambition in ambitions:
        here = [work for work in works if ambition in work.ambitions]
        cells = [[work for work in here if objective in work.objectives] for objective in objectives]
        rows.append(MatrixRow(ambition, cells, len(here)))
    return rows
