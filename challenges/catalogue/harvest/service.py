"""Taking harvested datasets into the catalogue, a batch at a time: the only door through which a harvest changes it."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from challenges.catalogue.describing import describe, files_changed
from challenges.catalogue.details import DatasetDetails
from challenges.catalogue.harvest.details import details_of, digest_of, kept_edits, said_of
from challenges.catalogue.harvest.inserting import NewDataset, insert_datasets
from challenges.catalogue.harvest.links import set_links
from challenges.catalogue.harvest.models import HarvestedRecord, HarvestSource
from challenges.catalogue.harvest.queries import (
    Known,
    datasets_to_change,
    known_records,
    publishers_at,
    said_by,
    slugs_in_use,
    source_at,
    unseen_records,
)
from challenges.catalogue.harvest.record import HarvestedDataset
from challenges.catalogue.models import Publisher
from challenges.catalogue.placing import place_datasets
from challenges.catalogue.rules import is_slug
from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.database import lock_row
from hackaviz.kernel.identifiers import slugify

SLUG_ROOM = 100


@dataclass
class Taken:
    """What became of a batch: identifiers by outcome."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Batch:
    """What all records of a batch share."""

    source: HarvestSource
    details: dict[str, DatasetDetails]
    publishers: dict[str, Publisher]
    actor: Person | None
    now: datetime

    def publisher_of(self, details: DatasetDetails) -> Publisher:
        return self.publishers[slugify(details.publisher_name, longest=120)]


def open_source(session: Session, *, address: str, name: str, format_name: str, now: datetime) -> HarvestSource:
    """The source of this address, made where it is new."""
    source = source_at(session, address)
    if source is None:
        source = HarvestSource(address=address, name=name, format=format_name, created_at=now, harvested_at=now)
        session.add(source)
    source.format, source.name, source.harvested_at = format_name, name, now
    session.flush()
    return source


def compare(session: Session, *, source: HarvestSource | None, records: Sequence[HarvestedDataset], name: str) -> Taken:
    """What `take` would do, without doing it."""
    known = known_records(session, source, [each.identifier for each in records]) if source else {}
    outcome = Taken()
    for each in records:
        before = known.get(each.identifier)
        lists = (
            outcome.created
            if before is None
            else outcome.unchanged
            if _is_same(before, each, name)
            else outcome.updated
        )
        lists.append(each.identifier)
    return outcome


def take(
    session: Session,
    *,
    source: HarvestSource,
    records: Sequence[HarvestedDataset],
    actor: Person | None,
    now: datetime,
) -> Taken:
    """Add what is new and bring the rest up to date. Facts and links that a steward changed since are kept."""
    # Lock first: two harvests of the same source at once would both add what neither finds.
    lock_row(session, source)
    known = known_records(session, source, [each.identifier for each in records])
    outcome = compare(session, source=source, records=records, name=source.name)
    by_identifier = {each.identifier: each for each in records}
    touched = [by_identifier[identifier] for identifier in (*outcome.created, *outcome.updated)]
    details = {each.identifier: details_of(each, seen_in=source.name) for each in touched}
    batch = _Batch(source, details, _publishers(session, details.values()), actor, now)
    _add(session, batch, [by_identifier[identifier] for identifier in outcome.created])
    _change(session, batch, [by_identifier[identifier] for identifier in outcome.updated], known)
    for each in known.values():
        _see(each, now)
    session.flush()
    return outcome


def note_seen(session: Session, *, source: HarvestSource, identifiers: Sequence[str], now: datetime) -> None:
    """A record that is left out this time is still at its source: its dataset stays as it is."""
    for each in known_records(session, source, identifiers).values() if identifiers else ():
        _see(each, now)


def _see(known: HarvestedRecord, now: datetime) -> None:
    # A harvest that began later may have seen it first.
    known.seen_at, known.vanished_at = max(known.seen_at, now), None


def mark_vanished(session: Session, *, source: HarvestSource, since: datetime, now: datetime) -> int:
    """Mark the datasets that no harvest has seen since a moment. They stay, and so do the works that cite them."""
    lock_row(session, source)
    number = 0
    for each in session.scalars(unseen_records(source, since)):
        each.vanished_at = now
        number += 1
    return number


def _is_same(before: HarvestedRecord, record: HarvestedDataset, name: str) -> bool:
    return before.vanished_at is None and before.digest == digest_of(record, name)


def _publishers(session: Session, details: Iterable[DatasetDetails]) -> dict[str, Publisher]:
    """The publishers of a batch by slug, made where they are new."""
    wanted = {slugify(each.publisher_name, longest=120): each for each in details}
    found = publishers_at(session, list(wanted))
    for slug in wanted.keys() - found.keys():
        found[slug] = Publisher(slug=slug, name=wanted[slug].publisher_name, website=wanted[slug].publisher_website)
        session.add(found[slug])
    return found


def _add(session: Session, batch: _Batch, added: Sequence[HarvestedDataset]) -> None:
    if not added:
        return
    slugs = _slugs(session, batch, added)
    # The new publishers get their numbers.
    session.flush()
    new = []
    for each in added:
        details = batch.details[each.identifier]
        new.append(NewDataset(each, details, batch.publisher_of(details), slugs[each.identifier]))
    insert_datasets(session, source=batch.source, new=new, now=batch.now)
    number = len(added)
    record(session, "catalogue.harvest", subject=batch.source, actor=batch.actor, now=batch.now, added=number)


def _change(session: Session, batch: _Batch, changed: Sequence[HarvestedDataset], known: Known) -> None:
    if not changed:
        return
    changing = [known[each.identifier] for each in changed]
    datasets = datasets_to_change(session, [before.dataset_id for before in changing])
    said_before = said_by(session, changing)
    for each in changed:
        before, said = known[each.identifier], said_before[each.identifier]
        dataset, facts = datasets[before.dataset_id], batch.details[each.identifier]
        merged = kept_edits(dataset, facts, said)
        is_moved = merged.publisher_name != facts.publisher_name
        describe(dataset, merged, dataset.publisher if is_moved else batch.publisher_of(facts), batch.now)
        set_links(dataset, each, said.get("links", {}))
        files_changed(dataset, batch.now)
        before.digest, before.said = digest_of(each, batch.source.name), said_of(facts, each)
        address = batch.source.address
        record(session, "dataset.harvest", subject=dataset, actor=batch.actor, now=batch.now, source=address)
    place_datasets(session, list(datasets))


def _slugs(session: Session, batch: _Batch, added: Sequence[HarvestedDataset]) -> dict[str, str]:
    """An address for each: from its title; where another dataset has it, with a few letters of its own behind."""
    wanted = {
        each.identifier: slugify(batch.details[each.identifier].title.in_language("fr"), longest=SLUG_ROOM)
        for each in added
    }
    taken = slugs_in_use(session, list(wanted.values()))
    for identifier, slug in wanted.items():
        if slug in taken or not is_slug(slug):
            own = hashlib.sha256(f"{batch.source.address}\n{identifier}".encode()).hexdigest()[:10]
            wanted[identifier] = f"{slug or 'dataset'}-{own}"
        taken.add(wanted[identifier])
    return wanted
