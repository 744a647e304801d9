"""The catalogue page: what its address asks, its facets with counts, its active filters."""

from collections.abc import Mapping
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from challenges.catalogue.facets import FACETS, fresh_facet
from challenges.catalogue.queries import Counts, Search, facet_counts, publisher_names
from challenges.catalogue.registry import LinkedFacet, catalogue_registry
from challenges.catalogue.wording import FACET_WORDS, facet_label
from hackaviz.kernel.identifiers import fold
from hackaviz.web.clock import request_now
from hackaviz.web.facets import FacetView, Option

MOST_OPTIONS = 12
LONGEST_QUERY = 200
MOST_VALUES = 20
# The order of the facets on the page; those of other rooms come after the selection.
IN_NATURAL_ORDER = ("here", "reachable", "described", "month", "year", "older", "unstated")


def asked_search() -> Search:
    """What the address of this request asks for; facets that nobody knows are ignored."""
    linked = (each.facet for each in catalogue_registry().facets)
    facets = (*FACETS, fresh_facet(request_now().date()), *linked)
    chosen = {facet.name: request.args.getlist(facet.name)[:MOST_VALUES] for facet in facets}
    text = request.args.get("q", "").replace("\0", "").strip()[:LONGEST_QUERY]
    return Search(text, {name: values for name, values in chosen.items() if values}, facets)


def facet_views(session: Session, asked: Search) -> list[FacetView]:
    """Every facet that has something to offer, with counts and words."""
    counts = facet_counts(session, asked)
    linked = {each.facet.name: each for each in catalogue_registry().facets}
    views = [_view(session, facet.name, counts, asked, linked.get(facet.name)) for facet in asked.facets]
    own = [view for view in views if view.name not in linked]
    others = [view for view in views if view.name in linked]
    return [view for view in (*own[:2], *others, *own[2:]) if view.options]


def _view(session: Session, name: str, counts: Counts, asked: Search, linked: LinkedFacet | None) -> FacetView:
    chosen = dict(asked.chosen).get(name, ())
    found = {**dict.fromkeys(chosen, 0), **counts.get(name, {})}
    highest = sorted(found, key=lambda value: (value not in chosen, -found[value], value))[:MOST_OPTIONS]
    if linked is not None:
        names: Mapping[str, str] = linked.labels(session, highest)
    else:
        names = publisher_names(session, highest) if name == "publisher" and highest else {}
    options = [Option(value, facet_label(name, value, names), found[value], value in chosen) for value in highest]
    legend = linked.legend if linked is not None else FACET_WORDS[name]
    return FacetView(name, str(legend), sorted(options, key=_place))


def _place(option: Option) -> tuple[int, int, str]:
    natural = IN_NATURAL_ORDER.index(option.value) if option.value in IN_NATURAL_ORDER else len(IN_NATURAL_ORDER)
    return natural, -option.count, fold(option.label)


def chips(asked: Search, views: list[FacetView]) -> list[tuple[str, str]]:
    """The active filters as (words, address without it)."""
    words = [(_("“%(text)s”", text=asked.text), _without("q", asked.text))] if asked.text else []
    return words + [
        (option.label, _without(view.name, option.value)) for view in views for option in view.options if option.chosen
    ]


def _without(name: str, value: str) -> str:
    arguments: dict[str, Any] = request.args.to_dict(flat=False)
    for left_out in ("page", "lang"):
        arguments.pop(left_out, None)
    arguments[name] = [each for each in arguments.get(name, []) if name != "q" and each != value]
    return url_for("catalogue.catalogue", **arguments)
