"""What organisers do with an edition: the only door through which it changes."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from challenges.editions.details import DATES, SETTINGS, TEXTS, EditionDetails
from challenges.editions.models import Edition, RulesVersion, Visibility
from challenges.editions.queries import slug_is_taken
from challenges.editions.registry import edition_registry
from challenges.editions.rules import check_dates, check_numbers
from challenges.editions.sheet.service import recommend
from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.errors import Conflict, Invalid
from hackaviz.kernel.identifiers import slugify

Changed = datetime | Bilingual | str | int


class SlugTaken(Invalid):
    """Another edition has this address."""

    code = "slug-taken"


class NotReady(Conflict):
    """Something is missing before publication; `reasons` are sentences."""

    code = "not-ready"

    def __init__(self, message: Any, reasons: list[str]) -> None:
        super().__init__(message)
        self.reasons = reasons


class AlreadyPublished(Conflict):
    """What is published stays so."""

    code = "already-published"


def create_edition(
    session: Session, *, details: EditionDetails, actor: Person | None, now: datetime, is_demonstration: bool = False
) -> Edition:
    """A draft that only its organisers see. Raises Invalid or SlugTaken, naming the field."""
    _check(details)
    edition = Edition(
        **details.values(),
        slug=_free_slug(session, details),
        is_demonstration=is_demonstration,
        visibility=Visibility.DRAFT,
        created_at=now,
    )
    recommend(edition)
    try:
        with session.begin_nested():
            session.add(edition)
    except IntegrityError as error:
        raise SlugTaken(_l("Another edition has this address. Choose another."), field="slug") from error
    record(session, "edition.create", subject=edition, actor=actor, now=now, edition_id=edition.id, slug=edition.slug)
    return edition


def edit_edition(
    session: Session, *, edition: Edition, details: EditionDetails, actor: Person | None, now: datetime
) -> None:
    """Change an edition. Once it is published its address stays; what changes is logged, old and new."""
    _check(details)
    session.refresh(edition, with_for_update=True)
    _change_slug(session, edition, details)
    changed = [name for name, value in details.values().items() if getattr(edition, name) != value]
    if edition.visibility is Visibility.PUBLISHED:
        for name in (name for name in (*DATES, *TEXTS, *SETTINGS) if name in changed):
            _record_change(session, edition, name, getattr(details, name), actor=actor, now=now)
    for name in changed:
        setattr(edition, name, getattr(details, name))
    if changed:
        record(session, "edition.edit", subject=edition, actor=actor, now=now, edition_id=edition.id, changed=changed)


def publish_edition(session: Session, *, edition: Edition, actor: Person | None, now: datetime) -> None:
    """Show an edition to everyone. Raises NotReady with what is missing, AlreadyPublished when it is done."""
    session.refresh(edition, with_for_update=True)
    if edition.visibility is Visibility.PUBLISHED:
        raise AlreadyPublished(_l("This edition is published already. Nothing was changed."))
    reasons = missing_before_publication(session, edition)
    if reasons:
        message = _l("This edition cannot be published yet: %(reasons)s", reasons=" ".join(reasons))
        raise NotReady(message, reasons)
    edition.visibility, edition.published_at = Visibility.PUBLISHED, now
    record(session, "edition.publish", subject=edition, actor=actor, now=now, edition_id=edition.id)


def missing_before_publication(session: Session, edition: Edition) -> list[str]:
    """Sentences that say what must still be done; other rooms add theirs through the registry."""
    reasons = [] if edition.rules_versions else [str(_l("The rules have no text yet."))]
    for requirement in edition_registry().requirements:
        reasons += requirement(session, edition)
    try:
        check_dates(edition)
    except Invalid as error:
        reasons.append(str(error))
    return reasons


def publish_rules(
    session: Session, *, edition: Edition, text: Bilingual, actor: Person | None, now: datetime
) -> RulesVersion:
    """Add a dated version of the rules. Who accepted an earlier one accepted that one."""
    session.refresh(edition, with_for_update=True)
    current = edition.current_rules
    if not text:
        raise Invalid(_l("Write the rules in French or in English."), field="text_fr")
    if current is not None and current.text == text:
        raise Invalid(_l("This is the text of the current version. Nothing was published."), field="text_fr")
    version = RulesVersion(
        edition=edition,
        number=current.number + 1 if current else 1,
        text=text,
        published_at=now,
        published_by_id=actor.id if actor else None,
    )
    session.add(version)
    record(
        session, "rules.publish", subject=version, actor=actor, now=now, edition_id=edition.id, number=version.number
    )
    return version


def _check(details: EditionDetails) -> None:
    if not details.title:
        raise Invalid(_l("Write this text in French or in English."), field="title_fr")
    check_dates(details)
    check_numbers(
        smallest_team=details.smallest_team,
        largest_team=details.largest_team,
        reviews_needed=details.reviews_needed,
    )


def _free_slug(session: Session, details: EditionDetails) -> str:
    """The wished address, refused when it is taken; without a wish, one from the title, numbered until it is free."""
    wished = slugify(details.slug)
    if wished:
        if slug_is_taken(session, wished):
            raise SlugTaken(_l("Another edition has this address. Choose another."), field="slug")
        return wished
    proposed = candidate = slugify(details.title.in_language("fr")) or "edition"
    number = 1
    while slug_is_taken(session, candidate):
        number += 1
        candidate = f"{proposed}-{number}"
    return candidate


def _change_slug(session: Session, edition: Edition, details: EditionDetails) -> None:
    wished = slugify(details.slug)
    if not wished or wished == edition.slug:
        return
    if edition.visibility is Visibility.PUBLISHED:
        raise Invalid(_l("The address stays once the edition is published: people have kept it."), field="slug")
    if slug_is_taken(session, wished):
        raise SlugTaken(_l("Another edition has this address. Choose another."), field="slug")
    edition.slug = wished


def _record_change(
    session: Session, edition: Edition, name: str, value: Changed, *, actor: Person | None, now: datetime
) -> None:
    before = getattr(edition, name)
    kind = "date" if name in DATES else "text" if name in TEXTS else "setting"
    facts = {kind: name, "before": _plain(before), "after": _plain(value)}
    verb = f"edition.change_{kind}"
    record(session, verb, subject=edition, actor=actor, now=now, edition_id=edition.id, **facts)


def _plain(value: Changed) -> Any:
    if isinstance(value, Bilingual):
        return value.as_dict()
    return value.isoformat() if isinstance(value, datetime) else value
