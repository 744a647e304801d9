"""The news of an edition as an Atom feed (RFC 4287): challenges, then results and works once these are public."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from flask import current_app, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from challenges.briefs.queries import published_challenges
from challenges.editions.models import Edition
from challenges.editions.rules import results_are_public
from hackaviz.web.language import current_language
from submissions.gallery.queries import first_cards
from submissions.gallery.registry import FeedItem, gallery_registry
from submissions.gallery.sharing import absolute

ATOM = "http://www.w3.org/2005/Atom"
MOST_WORKS = 100
# XML 1.0 cannot hold them, not even escaped.
NOT_IN_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Feed:
    """A feed and its items, the newest first."""

    edition: Edition
    items: Sequence[FeedItem]
    updated: datetime


def feed_of(session: Session, edition: Edition, now: datetime) -> Feed:
    """Everything that the public may know by now."""
    items = [*_challenges(session, edition), *_works(session, edition, now)]
    for add in gallery_registry().feed_items:
        items += add(session, edition, now)
    items.sort(key=lambda item: item.published, reverse=True)
    moments = [item.updated for item in items] + [edition.published_at or edition.created_at]
    return Feed(edition, items, max(moments))


def _challenges(session: Session, edition: Edition) -> Iterable[FeedItem]:
    for challenge in published_challenges(session, edition):
        title = challenge.title.in_language(current_language())
        path = url_for("briefs.challenge", edition_slug=edition.slug, challenge_slug=challenge.slug)
        moment = challenge.published_at or edition.created_at
        yield FeedItem(
            f"challenges/{challenge.slug}",
            _("Challenge %(number)s: %(title)s", number=challenge.number, title=title),
            path,
            moment,
            challenge.question.in_language(current_language()),
        )


def _works(session: Session, edition: Edition, now: datetime) -> Iterable[FeedItem]:
    if not results_are_public(edition, now) or edition.results_public_at is None:
        return
    awards = gallery_registry().prizes_won(session, edition, now)
    for row in first_cards(session, edition, awards, MOST_WORKS):
        yield FeedItem(
            f"works/{row.public_id}",
            row.title,
            url_for("gallery.entry", public_id=row.public_id),
            edition.results_public_at,
            row.message or row.alternative or "",
            row.team,
        )


def as_atom(feed: Feed, address: str) -> bytes:
    """The document; `address` is where it was asked for."""
    edition, language = feed.edition, current_language()
    root = Element("feed", {"xmlns": ATOM, "xml:lang": language})
    _add(root, "id", _tag(edition, ""))
    _add(root, "title", edition.title.in_language(language))
    _add(root, "subtitle", edition.tagline.in_language(language))
    _add(root, "updated", _moment(feed.updated))
    _add(root, "link", rel="self", type="application/atom+xml", href=address)
    page = absolute(url_for("editions.edition", edition_slug=edition.slug))
    _add(root, "link", rel="alternate", type="text/html", href=page)
    _add(_add(root, "author"), "name", edition.organiser_name)
    for item in feed.items:
        _add_item(root, edition, item)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def _add_item(root: Element, edition: Edition, item: FeedItem) -> None:
    entry = _add(root, "entry")
    _add(entry, "id", _tag(edition, item.name))
    _add(entry, "title", item.title)
    _add(entry, "link", rel="alternate", type="text/html", href=absolute(item.path))
    _add(entry, "published", _moment(item.published))
    _add(entry, "updated", _moment(item.updated))
    if item.author:
        _add(_add(entry, "author"), "name", item.author)
    _add(entry, "summary", item.summary)


def _add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    child = SubElement(parent, name, attributes)
    child.text = NOT_IN_XML.sub("", text) or None
    return child


def _tag(edition: Edition, name: str) -> str:
    """An identifier for good (RFC 4151), which stays when pages move."""
    host = urlsplit(current_app.config["BASE_URL"]).hostname
    return f"tag:{host},{edition.created_at:%Y-%m-%d}:editions/{edition.slug}{'/' if name else ''}{name}"


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
