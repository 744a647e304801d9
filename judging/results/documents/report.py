"""The report of an edition for its steering committee: people, works, aims, budget and co-financing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from challenges.editions.aims.queries import aims_of
from challenges.editions.aims.rules import AimKind
from challenges.editions.models import Edition
from hackaviz.kernel.documents import render_pdf
from hackaviz.web.language import speaking
from judging.panels.queries import jurors_of
from judging.results.documents.budget import budget_tables, money_facts
from judging.results.documents.people import people_of, schools_of
from judging.results.documents.statement import used_datasets
from judging.results.documents.wording import as_it_stood, base_values, listing, words
from submissions.entries.listing.models import ListingState
from submissions.entries.listing.queries import count_in_state
from submissions.entries.models import Entry
from submissions.entries.queries import handed_in_entries

TEMPLATE = "judging/results/documents/tables.typ"


def report(session: Session, edition: Edition, language: str, now: datetime) -> bytes:
    """The report as PDF: figures of an edition, none of which names a winner."""
    with speaking(language):
        at = as_it_stood(session, edition, now)
        return render_pdf(TEMPLATE, _values(session, edition, at), at=at)


def _values(session: Session, edition: Edition, at: datetime) -> dict[str, Any]:
    entries = handed_in_entries(session, edition)
    return base_values(edition, _("Report of the edition"), at) | {
        "facts": [*_people(session, edition), *_works(session, edition, entries), *money_facts(session, edition)],
        "note": "",
        "tables": [
            _schools(session, edition),
            _challenges(entries),
            _datasets(entries),
            *(_aims(edition, kind, entries) for kind in AimKind),
            *budget_tables(session, edition),
        ],
        "signatures": [],
    }


def _people(session: Session, edition: Edition) -> list[list[str]]:
    people = people_of(session, edition)
    return [
        [_("Organised by"), edition.organiser_name],
        [_("People registered"), str(people.registered)],
        [_("of whom students"), str(people.students)],
        [_("of whom in a team"), str(people.in_teams)],
        [_("Teams"), str(people.teams)],
        [_("Jurors"), str(len(jurors_of(session, edition)))],
    ]


def _works(session: Session, edition: Edition, entries: Sequence[Entry]) -> list[list[str]]:
    return [
        [_("Entries handed in"), str(len(entries))],
        [_("of which listed"), str(count_in_state(session, edition, ListingState.LISTED))],
        [_("Datasets used"), str(len(used_datasets(entries)))],
    ]


def _schools(session: Session, edition: Edition) -> dict[str, Any]:
    rows = [[school or _("not stated"), str(count)] for school, count in schools_of(session, edition)]
    title = _("Schools")
    return listing(title, [_("School"), _("People")], rows, _("Nobody is registered."), numbers=[1])


def _challenges(entries: Sequence[Entry]) -> dict[str, Any]:
    titles = {entry.challenge_id: f"{entry.challenge.number}. {words(entry.challenge.title)}" for entry in entries}
    counts = Counter(titles[entry.challenge_id] for entry in entries)
    return _counted(_("Entries by challenge"), _("Challenge"), sorted(counts.items()), _("No entry was handed in."))


def _datasets(entries: Sequence[Entry]) -> dict[str, Any]:
    return _counted(_("Datasets used"), _("Dataset"), used_datasets(entries), _("No dataset was cited."))


def _aims(edition: Edition, kind: AimKind, entries: Sequence[Entry]) -> dict[str, Any]:
    named = [aim["slug"] for entry in entries if entry.current_version for aim in _named(entry, kind)]
    counts = Counter(named)
    covered = [(words(aim.title), counts[aim.slug]) for aim in aims_of(edition, kind)]
    title = _("Ambitions covered") if kind is AimKind.AMBITION else _("Objectives covered")
    return _counted(title, _("Aim"), covered, _("This edition declares none."))


def _named(entry: Entry, kind: AimKind) -> list[dict[str, Any]]:
    assert entry.current_version is not None
    return [aim for aim in entry.current_version.manifest.get("aims", []) if aim["kind"] == kind.value]


def _counted(title: str, name: str, rows: Iterable[tuple[str, int]], empty: str) -> dict[str, Any]:
    return listing(title, [name, _("Entries")], [[each, str(count)] for each, count in rows], empty, numbers=[1])
