"""`flask judging …` on files alone: no database, no storage, no secret."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from judging.ranking.documents import ranking_document, reliability_document, strengths_document
from judging.ranking.marks import read_marks
from judging.ranking.methods import DEFAULT, METHODS
from judging.ranking.methods import rank as rank_reviews
from judging.ranking.pairwise import LARGEST_RIDGE, SMALLEST_RIDGE, is_usable, read_duels, strengths_of
from judging.ranking.refusals import Refused, Unreadable
from judging.ranking.reliability import reliability_of
from judging.ranking.reviews import reviews_of
from judging.ranking.simulation import Contest, simulate

REFUSED, UNREADABLE = 1, 2

as_json = click.option("--json", "as_json", is_flag=True, help="One JSON document instead of lines to read.")
a_file = click.argument("file", type=click.Path(path_type=Path))


@click.group()
def judging() -> None:
    """Rank, compare and plan juries, on files alone."""


@contextmanager
def refusals_end_it() -> Iterator[None]:
    """Say on standard error why the input is not taken: exit 1 when it was judged, 2 when it could not be read."""
    try:
        yield
    except (Refused, Unreadable) as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(REFUSED if isinstance(refusal, Refused) else UNREADABLE)


def answer(document: dict[str, Any], rows: str, *, as_json: bool) -> None:
    """Print the document, or its rows as lines of a table with the warnings under it."""
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False, allow_nan=False))
        return
    table = document[rows]
    if table:
        click.echo("\t".join(table[0]))
    for row in table:
        click.echo("\t".join("" if cell is None else str(cell) for cell in row.values()))
    for warning in document.get("warnings", ()):
        click.echo(warning, err=True)


@judging.command()
@a_file
@click.option("--method", type=click.Choice(METHODS), default=DEFAULT, show_default=True)
@click.option("--weights", metavar="C1=3,C2=1", help="The weight of each criterion; equal without.")
@as_json
def rank(file: Path, method: str, weights: str | None, *, as_json: bool) -> None:
    """Rank entries by FILE, a CSV of juror,entry,score or juror,entry,criterion,score; higher is better."""
    with refusals_end_it():
        reviews = reviews_of(read_marks(file), _weights(weights))
        document = ranking_document(rank_reviews(reviews, method), reviews)
    answer(document, "entries", as_json=as_json)


@judging.command()
@a_file
@as_json
def reliability(file: Path, *, as_json: bool) -> None:
    """Say how far jurors agree, by FILE, a CSV of juror,entry,score or juror,entry,criterion,score."""
    with refusals_end_it():
        document = reliability_document(reliability_of(reviews_of(read_marks(file))))
    if as_json:
        answer(document, "notes", as_json=True)
        return
    for family in ("icc", "krippendorff_alpha", "kendall_w"):
        for name, value in document[family].items():
            click.echo(f"{family}\t{name}\t{'' if value is None else value}")
    for note in document["notes"]:
        click.echo(note, err=True)


@judging.command()
@a_file
@click.option("--ridge", type=float, default=0.0, help="Pull strengths towards zero; finite even where duels are few.")
@as_json
def pairwise(file: Path, ridge: float, *, as_json: bool) -> None:
    """Find the strength of entries by FILE, a CSV of juror,winner,loser."""
    with refusals_end_it():
        if not is_usable(ridge):
            raise Refused(f"--ridge is 0 or a number from {SMALLEST_RIDGE:g} to {LARGEST_RIDGE:g}.")
        document = strengths_document(strengths_of(read_duels(file), ridge))
    answer(document, "entries", as_json=as_json)


@judging.command("simulate")
@click.option("--entries", type=click.IntRange(2, 10_000), required=True)
@click.option("--jurors", type=click.IntRange(2, 1_000), required=True)
@click.option("--per-entry", type=click.IntRange(1, 100), required=True, help="Reviews of each entry.")
@click.option("--bias", type=click.FloatRange(0, 1_000), default=1.0, show_default=True, help="Spread of severity.")
@click.option("--noise", type=click.FloatRange(0, 1_000), default=0.8, show_default=True, help="Spread of chance.")
@click.option("--rounds", type=click.IntRange(1, 2), default=1, help="2 keeps a part of the reviews for finalists.")
@click.option("--seeds", type=click.IntRange(1, 10_000), default=200, show_default=True, help="Contests to simulate.")
@as_json
def simulate_command(seeds: int, *, as_json: bool, **contest: Any) -> None:
    """Show what a design would recover of the true ranking, when quality has a spread of 1."""
    with refusals_end_it():
        document = simulate(Contest(**contest), seeds)
    answer(document, "methods", as_json=as_json)


def _weights(text: str | None) -> dict[str, float] | None:
    """From “c1=3,c2=1”. Raises Refused for a part that is no such pair, or a criterion named twice."""
    if text is None:
        return None
    weights: dict[str, float] = {}
    for part in text.split(","):
        criterion, _equals, weight = (piece.strip() for piece in part.rpartition("="))
        if not criterion or criterion in weights:
            raise Refused(f"“{part}” is not the weight of a criterion not yet named. Write --weights c1=3,c2=1.")
        try:
            weights[criterion] = float(weight.replace("_", "?"))
        except ValueError:
            raise Refused(
                f"“{weight}” is not a weight for {criterion}. Write a number, such as {criterion}=2."
            ) from None
    return weights
