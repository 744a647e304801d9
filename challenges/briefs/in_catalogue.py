"""What challenges add to the catalogue: a facet, and on a dataset's page the challenges that suggest it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from flask import Flask, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import ColumnElement, Select, delete, func, select, update
from sqlalchemy.orm import Session, contains_eager, defer, joinedload, selectinload

from challenges.briefs.models import Challenge, challenge_datasets
from challenges.catalogue.facets import Facet, Links
from challenges.catalogue.models import Dataset, Resource
from challenges.catalogue.registry import Holder, LinkedFacet, Mention, catalogue_registry
from challenges.editions.models import Edition, Visibility
from hackaviz.web.language import current_language

_ADDRESS = Edition.slug + "/" + Challenge.slug


def register(app: Flask) -> None:
    """Fill the catalogue's registry."""
    registry = catalogue_registry(app)
    registry.facets.append(LinkedFacet(Facet("challenge", _links), _l("Challenge"), _labels))
    registry.challenges.append(_mentions)
    registry.of_edition.append(_of_edition)
    registry.holders.append(Holder(_suggestions_in_words, _suggestions, _pass_suggestions))


def _links() -> Links:
    links = select(challenge_datasets.c.dataset_id, _ADDRESS).join_from(challenge_datasets, Challenge).join(Edition)
    return links.where(*_is_public())


def _is_public() -> tuple[ColumnElement[bool], ...]:
    published = Visibility.PUBLISHED
    return Challenge.visibility == published, Edition.visibility == published


def _public_challenges() -> Select[Challenge]:
    query = select(Challenge).join(Challenge.edition).options(contains_eager(Challenge.edition)).where(*_is_public())
    return query.order_by(Edition.submission_closes_at.desc(), Challenge.number)


def _labels(session: Session, values: Collection[str]) -> dict[str, str]:
    if not values:
        return {}
    found = session.scalars(_public_challenges().where(_ADDRESS.in_(list(values))))
    return {f"{challenge.edition.slug}/{challenge.slug}": _label(challenge) for challenge in found}


def _label(challenge: Challenge) -> str:
    title = challenge.title.in_language(current_language())
    edition = challenge.edition.title.in_language(current_language())
    return _("Challenge %(number)s, %(title)s (%(edition)s)", number=challenge.number, title=title, edition=edition)


def _of_edition(session: Session, edition: Edition) -> Sequence[Dataset]:
    suggested = select(challenge_datasets.c.dataset_id).join_from(challenge_datasets, Challenge).join(Edition)
    files = selectinload(Dataset.resources).options(defer(Resource.chart))
    formats = selectinload(Dataset.format_rows)
    facts = (joinedload(Dataset.publisher), formats, files, defer(Dataset.folded))
    query = select(Dataset).options(*facts).order_by(Dataset.slug)
    return session.scalars(query.where(Dataset.id.in_(suggested.where(Edition.id == edition.id, *_is_public())))).all()


def _mentions(session: Session, dataset: Dataset) -> list[Mention]:
    suggesting = _public_challenges().join(challenge_datasets).where(challenge_datasets.c.dataset_id == dataset.id)
    return [_mention(challenge) for challenge in session.scalars(suggesting)]


def _mention(challenge: Challenge) -> Mention:
    edition = challenge.edition
    url = url_for("briefs.challenge", edition_slug=edition.slug, challenge_slug=challenge.slug)
    title, named = (text.in_language(current_language()) for text in (challenge.title, edition.title))
    label = _("Challenge %(number)s, %(title)s", number=challenge.number, title=title)
    return Mention(label, url, detail=named, number=challenge.number)


def _suggestions_in_words(number: int) -> str:
    return ngettext("%(num)s challenge suggests it", "%(num)s challenges suggest it", number)


def _suggestions(session: Session, dataset: Dataset) -> int:
    query = select(func.count()).select_from(challenge_datasets)
    return session.scalar(query.where(challenge_datasets.c.dataset_id == dataset.id)) or 0


def _pass_suggestions(session: Session, kept: Dataset, gone: Dataset, _now: datetime) -> None:
    """What suggests `gone` suggests `kept`, once."""
    links = challenge_datasets.c
    already = select(links.challenge_id).where(links.dataset_id == kept.id)
    passing = update(challenge_datasets).where(links.dataset_id == gone.id, links.challenge_id.not_in(already))
    session.execute(passing.values(dataset_id=kept.id))
    session.execute(delete(challenge_datasets).where(links.dataset_id == gone.id))
