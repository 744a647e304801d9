"""What a catalogue like this one published comes back as it was: nothing is guessed, only the unsafe is taken out."""

from typing import Any

from challenges.catalogue.harvest.moments import iso_day
from challenges.catalogue.harvest.places import bounds
from challenges.catalogue.harvest.record import HarvestedDataset, HarvestedResource, Rejected, Stated
from challenges.catalogue.harvest.values import address, listed, plain, sha256_of, texts_of, whole_number
from challenges.catalogue.harvest.vocabularies import frequency_code

# As long as the columns are.
LONGEST_PERIOD, LONGEST_NAME, LONGEST_CONTACT, LONGEST_LINE, LONGEST_IDENTIFIER = 120, 250, 320, 500, 600
LONGEST_TEXT = 100_000


def as_published(stated: Stated) -> HarvestedDataset:
    """The dataset that an export of ours states. Raises Rejected."""
    identifier, titles = _text(stated.identifier, LONGEST_IDENTIFIER), _both(stated.title, LONGEST_LINE)
    if not identifier or not titles:
        raise Rejected("no-title" if identifier else "no-identifier")
    return HarvestedDataset(
        identifier=identifier,
        titles=titles,
        descriptions=_both(stated.description, LONGEST_TEXT),
        publisher=_text(stated.publisher, LONGEST_NAME),
        publisher_website=address(stated.publisher_website)[:1_000],
        licence=stated.licence_code,
        licence_as_stated=_text(stated.licence, LONGEST_LINE),
        themes=tuple(plain(each) for each in listed(stated.themes)),
        keywords=_keywords(stated.keywords),
        coverage=_both(stated.coverage, LONGEST_LINE),
        bounds=bounds(stated.bounds),
        period=_text(stated.period, LONGEST_PERIOD),
        frequency=frequency_code(plain(stated.frequency)),
        issued_on=iso_day(stated.issued),
        modified_on=iso_day(stated.modified),
        landing_page=address(stated.landing_page),
        contact=_text(stated.contact, LONGEST_CONTACT),
        resources=tuple(_resource(each) for each in stated.resources),
    )


def _text(value: Any, longest: int) -> str:
    return plain(value)[:longest]


def _both(value: Any, longest: int) -> dict[str, str]:
    return {code: text[:longest] for code, text in texts_of(value).items() if code}


def _keywords(value: Any) -> tuple[str, ...]:
    """A list, or one text with commas between: no keyword holds one."""
    stated = listed(value)
    parts = plain(value).split(",") if len(stated) == 1 else map(plain, stated)
    return tuple(word for each in parts if (word := each.strip()))


def _resource(each: dict[str, Any]) -> HarvestedResource:
    titles = texts_of(each.get("title"), "fr" if "title_en" in each else "") | texts_of(each.get("title_en"), "en")
    return HarvestedResource(
        url=address(each.get("url")),
        title=titles.get("fr", titles.get("", ""))[:LONGEST_LINE],
        title_en=titles.get("en", "" if "fr" in titles else None),
        format=plain(each.get("format"))[:40],
        bytes=whole_number(each.get("bytes")),
        sha256=sha256_of(plain(each.get("hash"))),
    )
