"""What an import would make of records: new, changed in which facts, gone; nothing is written into the catalogue."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from challenges.catalogue.harvest.details import FACTS, details_of, kept_edits
from challenges.catalogue.harvest.models import HarvestedRecord, HarvestSource
from challenges.catalogue.harvest.queries import datasets_to_change, known_records
from challenges.catalogue.harvest.record import HarvestedDataset
from challenges.catalogue.harvest.service import compare
from challenges.catalogue.imports.rules import Change
from challenges.catalogue.models import Dataset
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.identifiers import slugify

Found = dict[str, Any]
LONGEST_TEXT = 600
MOST_LINKS = 20
AT_ONCE = 500


def compared(
    session: Session, *, source: HarvestSource | None, records: Sequence[HarvestedDataset], name: str
) -> tuple[list[Found], int]:
    """The new and the changed ones among some records, as columns of findings; beside them how many stay the same."""
    outcome = compare(session, source=source, records=records, name=name)
    by_identifier = {each.identifier: each for each in records}
    known = known_records(session, source, outcome.updated) if source and outcome.updated else {}
    datasets = datasets_to_change(session, [each.dataset_id for each in known.values()])
    new = [_finding(Change.NEW, by_identifier[identifier]) for identifier in outcome.created]
    changed = [
        _finding(Change.CHANGED, by_identifier[identifier])
        | {
            "slug": datasets[before.dataset_id].slug,
            "facts": changed_facts(datasets[before.dataset_id], before, by_identifier[identifier], name),
        }
        for identifier, before in known.items()
    ]
    return new + changed, len(outcome.unchanged)


def _finding(change: Change, record: HarvestedDataset) -> Found:
    title = next(iter(record.titles.values()), "")
    return {"change": change, "identifier": record.identifier, "title": title[:300], "slug": "", "facts": []}


def changed_facts(dataset: Dataset, before: HarvestedRecord, record: HarvestedDataset, name: str) -> list[Found]:
    """Each fact that would change, as {"fact", "old", "new"}; those that a steward changed are kept, and not here."""
    merged = kept_edits(dataset, details_of(record, seen_in=name), before.said)
    pairs = [(fact, _current(dataset, fact), getattr(merged, fact)) for fact in FACTS]
    facts = [_fact(fact, old, new) for fact, old, new in pairs if _differ(fact, old, new)]
    return facts + _links(dataset, before, record) + _return(before)


def _current(dataset: Dataset, fact: str) -> Any:
    return dataset.publisher.name if fact == "publisher_name" else getattr(dataset, fact)


def _differ(fact: str, old: Any, new: Any) -> bool:
    if fact == "publisher_name":
        return slugify(old, longest=120) != slugify(new, longest=120)
    return (_plain(old) or None) != (_plain(new) or None)


def _fact(fact: str, old: Any, new: Any) -> Found:
    return {"fact": fact, "old": _plain(old), "new": _plain(new)}


def _plain(value: Any) -> Any:
    """A fact as JSON; long texts are cut, since the page shows their beginning."""
    if isinstance(value, Bilingual):
        return {language: text[:LONGEST_TEXT] for language, text in value.as_dict().items() if text}
    if isinstance(value, list | tuple):
        return list(value)
    return value if value is None or isinstance(value, str) else str(value)


def _links(dataset: Dataset, before: HarvestedRecord, record: HarvestedDataset) -> list[Found]:
    """The links that come and go, as `harvest.links.set_links` will set them."""
    said, wanted = before.said.get("links", {}), {each.url for each in record.resources if each.url}
    present = [each.url for each in dataset.resources if not each.is_here]
    leaving = [url for url in present if url in said and url not in wanted]
    coming = [each.url for each in record.resources if each.url and each.url not in said and each.url not in present]
    if not leaving and not coming:
        return []
    return [{"fact": "links", "old": leaving[:MOST_LINKS], "new": coming[:MOST_LINKS]}]


def _return(before: HarvestedRecord) -> list[Found]:
    return [_fact("vanished_at", before.vanished_at.date(), None)] if before.vanished_at else []


def gone(
    session: Session, *, source: HarvestSource, seen: Collection[str], after: int
) -> tuple[list[Found], int | None]:
    """The datasets that a source no longer has: what it had, but for the identifiers in `seen`.

    A few at a time, from the record after number `after`; beside them the number to go on after, None at the end.
    """
    query = (
        select(HarvestedRecord)
        .where(HarvestedRecord.source_id == source.id, HarvestedRecord.id > after)
        .where(HarvestedRecord.vanished_at.is_(None))
        .options(joinedload(HarvestedRecord.dataset))
        .order_by(HarvestedRecord.id)
    )
    records = session.scalars(query.limit(AT_ONCE)).all()
    found = [_gone(each) for each in records if each.identifier not in seen]
    return found, records[-1].id if len(records) == AT_ONCE else None


def _gone(record: HarvestedRecord) -> Found:
    title = record.dataset.title.in_language("fr")[:300]
    return {
        "change": Change.GONE,
        "identifier": record.identifier,
        "title": title,
        "slug": record.dataset.slug,
        "facts": [],
    }
