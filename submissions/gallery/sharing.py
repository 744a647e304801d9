"""A public work outside the site: its card, its frame in other pages, and what it says to machines."""

from collections.abc import Sequence
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from hackaviz.web.language import current_language
from submissions.entries.models import Entry
from submissions.entries.sheet.rules import WORK_LICENCES

# The frame in pages of others, unless they ask for less.
EMBED_WIDTH, EMBED_HEIGHT = 960, 720
# What the frame shows beside the work: its title and the way to its page.
CARTEL_HEIGHT = 72
CARD_WIDTH, CARD_HEIGHT = 1200, 630
FRAME = Markup(
    '<iframe src="{src}" width="{width}" height="{height}" title="{title}" loading="lazy" '
    'referrerpolicy="no-referrer" allow="fullscreen" style="border:0;max-width:100%"></iframe>'
)


def absolute(path: str) -> str:
    """A path of ours as others reach it."""
    return f"{current_app.config['BASE_URL']}{path}"


def address_of(entry: Entry) -> str:
    """Where the page of an entry is, for good."""
    return absolute(url_for("gallery.entry", public_id=entry.public_id))


def card_url(entry: Entry) -> str:
    """The picture that stands for an entry in a message or a post."""
    return absolute(url_for("gallery.card", public_id=entry.public_id))


def oembed_url(entry: Entry) -> str:
    """Where other sites learn how to show an entry."""
    return absolute(url_for("gallery.oembed", url=address_of(entry), format="json"))


def embed_code(entry: Entry, width: int = EMBED_WIDTH, height: int = EMBED_HEIGHT) -> str:
    """The HTML that shows a work in a page of another site."""
    assert entry.current_version is not None
    src = absolute(url_for("gallery.embed", public_id=entry.public_id))
    return str(FRAME.format(src=src, width=width, height=height, title=entry.current_version.manifest["title"]))


def oembed_answer(entry: Entry, most_width: int | None, most_height: int | None) -> dict[str, Any]:
    """What oEmbed 1.0 says of an entry, within the size that is asked for."""
    assert entry.current_version is not None
    width = min(EMBED_WIDTH, most_width or EMBED_WIDTH)
    height = min(width * 3 // 4 + CARTEL_HEIGHT, most_height or EMBED_HEIGHT)
    return {
        "version": "1.0",
        "type": "rich",
        "title": entry.current_version.manifest["title"],
        "author_name": entry.team.name,
        "provider_name": "Hackaviz",
        "provider_url": current_app.config["BASE_URL"],
        "cache_age": 86_400,
        "thumbnail_url": card_url(entry),
        "thumbnail_width": CARD_WIDTH,
        "thumbnail_height": CARD_HEIGHT,
        "html": embed_code(entry, width, height),
        "width": width,
        "height": height,
    }


def about_work(entry: Entry, members: Sequence[str], sources: Sequence[tuple[str, str]], award: str) -> dict[str, Any]:
    """The work in the vocabulary of schema.org. `sources` are titles and slugs of datasets."""
    version, edition = entry.current_version, entry.edition
    assert version is not None and edition.results_public_at is not None
    sheet, licence = version.manifest, WORK_LICENCES.get(version.manifest.get("licence", ""))
    facts = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "@id": address_of(entry),
        "url": address_of(entry),
        "name": sheet["title"],
        "description": sheet["message"],
        "abstract": sheet.get("abstract"),
        "accessibilitySummary": sheet["text_alternative"],
        "image": card_url(entry),
        "genre": _("Data visualisation"),
        "keywords": sheet.get("tools"),
        "inLanguage": [code for code in sheet.get("languages", []) if code != "zxx"],
        "license": licence.url if licence is not None else None,
        "dateCreated": version.handed_in_at.isoformat(),
        "datePublished": edition.results_public_at.isoformat(),
        "creator": {
            "@type": "Organization",
            "name": entry.team.name,
            "member": [{"@type": "Person", "name": name} for name in members],
            "parentOrganization": entry.team.school,
        },
        "award": award,
        "isBasedOn": [
            {"@type": "Dataset", "name": title, "url": absolute(url_for("catalogue.dataset", slug=slug))}
            for title, slug in sources
        ],
        "isPartOf": {
            "@type": "CreativeWorkSeries",
            "name": edition.title.in_language(current_language()),
            "url": absolute(url_for("editions.edition", edition_slug=edition.slug)),
        },
    }
    facts["creator"] = {name: value for name, value in facts["creator"].items() if value}
    return {name: value for name, value in facts.items() if value}
