"""From what a record states to the one shape: every format is cleaned here, in the same way."""

from typing import Any

from challenges.catalogue.harvest.licences import licence_code
from challenges.catalogue.harvest.moments import iso_day, period
from challenges.catalogue.harvest.own import as_published
from challenges.catalogue.harvest.places import bounds, place_names
from challenges.catalogue.harvest.record import HarvestedDataset, HarvestedResource, Rejected, Stated, Texts
from challenges.catalogue.harvest.texts import to_line, to_markdown
from challenges.catalogue.harvest.values import (
    address,
    language_code,
    line,
    listed,
    plain,
    sha256_of,
    texts_of,
    whole_number,
    words,
)
from challenges.catalogue.harvest.vocabularies import format_code, frequency_code
from hackaviz.kernel.identifiers import slugify

LONGEST_IDENTIFIER, LONGEST_TITLE, LONGEST_NAME = 600, 300, 200
MOST_WORDS, MOST_RESOURCES = 50, 500


def dataset_from(stated: Stated) -> HarvestedDataset:
    """The dataset that a record states. Raises Rejected."""
    if not stated.is_public:
        raise Rejected("not-public")
    if stated.licence_code:
        return as_published(stated)
    language = language_code(stated.language)
    titles = _titles(stated.title, language)
    if not titles:
        raise Rejected("no-title")
    landing_page = address(stated.landing_page, stated.base)
    named = [text for each in listed(stated.licence) if (text := to_line(plain(each)))]
    return HarvestedDataset(
        identifier=_identifier(stated, landing_page, titles),
        titles=titles,
        descriptions=_descriptions(stated.description, language),
        publisher=to_line(line(stated.publisher, LONGEST_NAME)),
        publisher_website=address(stated.publisher_website)[:1_000],
        licence=licence_code(named),
        licence_as_stated=line(" · ".join(dict.fromkeys(named)), 500),
        themes=_words(stated.themes),
        keywords=_words(stated.keywords),
        coverage=place_names(stated.coverage),
        bounds=bounds(stated.bounds),
        period=period(stated.start, stated.end, stated.period),
        frequency=frequency_code(plain(stated.frequency)),
        issued_on=iso_day(stated.issued),
        modified_on=iso_day(stated.modified),
        landing_page=landing_page,
        contact=_contact(stated.contact),
        resources=_resources(stated),
    )


def identifier_of(stated: Stated) -> str:
    """How a report names a record, as far as it can be named."""
    return line(stated.identifier, LONGEST_IDENTIFIER) or line(stated.landing_page, 300) or line(stated.title, 300)


def _identifier(stated: Stated, landing_page: str, titles: Texts) -> str:
    said = " ".join(plain(stated.identifier).split())
    if len(said) > LONGEST_IDENTIFIER:
        raise Rejected("long-identifier")
    if said or landing_page:
        return said or landing_page[:LONGEST_IDENTIFIER]
    slug = slugify(next(iter(titles.values())), longest=120)
    if not slug:
        raise Rejected("no-identifier")
    return f"title:{slug}"


def _titles(value: Any, language: str) -> dict[str, str]:
    found = {code: to_line(line(text, LONGEST_TITLE)) for code, text in texts_of(value, language).items()}
    return {code: text for code, text in found.items() if text}


def _descriptions(value: Any, language: str) -> dict[str, str]:
    found = {code: to_markdown(text) for code, text in texts_of(value, language).items()}
    return {code: text for code, text in found.items() if text}


def _words(value: Any) -> tuple[str, ...]:
    return tuple(to_line(word)[:100] for word in words(value) if "://" not in word or len(word) < 200)[:MOST_WORDS]


def _contact(value: Any) -> str:
    parts = [line(each, 150).removeprefix("mailto:").strip() for each in listed(value)]
    return " · ".join(dict.fromkeys(part for part in parts if part))[:320]


def _resources(stated: Stated) -> tuple[HarvestedResource, ...]:
    """Each address once, in the order of the source; those without one are kept, since they tell the formats."""
    found: list[HarvestedResource] = []
    seen: set[str] = set()
    for each in stated.resources[:MOST_RESOURCES]:
        resource = _resource(each, stated.base)
        if resource.url not in seen and (resource.url or resource.format or resource.title):
            found.append(resource)
            seen.update({resource.url} - {""})
    return tuple(found)


def _titles_of_file(value: Any) -> tuple[str, str | None]:
    """In French and in English; None in place of the second where one stands for all languages."""
    titles = _titles(value, "")
    if not {"fr", "en"} & titles.keys():
        return next(iter(titles.values()), ""), None
    return titles.get("fr", titles.get("", "")), titles.get("en", titles.get("", ""))


def _resource(each: dict[str, Any], base: str) -> HarvestedResource:
    url = address(each.get("url"), base)
    media_type = line(each.get("media_type"), 100)
    title, title_en = _titles_of_file(each.get("title"))
    return HarvestedResource(
        url=url,
        title=title,
        title_en=title_en,
        format=format_code(plain(each.get("format")), media_type, url=url or plain(each.get("url")))[:40],
        media_type=media_type.rsplit("media-types/", 1)[-1],
        bytes=whole_number(each.get("bytes")),
        sha256=sha256_of(plain(each.get("hash"))),
    )
