"""What organisers do with a challenge: the only door through which it changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from challenges.briefs.models import Challenge, ChallengeChange, Criterion
from challenges.briefs.queries import slug_is_taken
from challenges.briefs.rules import (
    CriterionDetails,
    check_rubric,
    missing_before_publication,
    rubric_is_closed,
    rubric_text,
)
from challenges.catalogue.models import Dataset
from challenges.editions.models import Edition, Visibility
from challenges.editions.service import AlreadyPublished, NotReady
from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.errors import Conflict, Invalid
from hackaviz.kernel.identifiers import slugify

# Pages of organisers stand at these addresses, beside those of challenges.
RESERVED_SLUGS = frozenset({"new"})
TEXTS = ("title", "question", "brief")
EMPTY = Bilingual()


class NumberTaken(Invalid):
    """Another challenge of the edition has this number."""

    code = "number-taken"


class RubricClosed(Conflict):
    """Judging has opened: everyone is judged by the same rubric."""

    code = "rubric-closed"


@dataclass(frozen=True, kw_only=True)
class ChallengeDetails:
    """The texts of a challenge and its number."""

    number: int
    title: Bilingual
    question: Bilingual = EMPTY
    brief: Bilingual = EMPTY


def write_challenge(
    session: Session,
    *,
    edition: Edition,
    details: ChallengeDetails,
    actor: Person | None,
    now: datetime,
    slug: str = "",
) -> Challenge:
    """A draft that only organisers see; its address comes from its title unless given. Raises Invalid, NumberTaken."""
    _check(details)
    challenge = Challenge(
        edition=edition,
        number=details.number,
        slug=_free_slug(session, edition, slugify(slug or details.title.in_language("fr"))),
        title=details.title,
        question=details.question,
        brief=details.brief,
        visibility=Visibility.DRAFT,
    )
    _save_number(session, challenge)
    _record(session, "challenge.write", challenge, actor, now, number=challenge.number)
    return challenge


def revise(
    session: Session, *, challenge: Challenge, details: ChallengeDetails, actor: Person | None, now: datetime
) -> None:
    """Change texts or number. Once everyone sees it, each change is dated and shown with old and new text."""
    _check(details)
    session.refresh(challenge, with_for_update=True)
    if challenge.visibility is Visibility.PUBLISHED:
        _refuse_gaps(details, len(challenge.criteria))
    before = {name: getattr(challenge, name) for name in (*TEXTS, "number")}
    changed = [name for name, value in before.items() if value != getattr(details, name)]
    for name in changed:
        setattr(challenge, name, getattr(details, name))
    _save_number(session, challenge)
    for name in changed:
        old, new = _as_text(before[name]), _as_text(getattr(details, name))
        record_change(session, challenge=challenge, field=name, before=old, after=new, actor=actor, now=now)
    if changed:
        _record(session, "challenge.revise", challenge, actor, now, changed=changed)


def set_rubric(
    session: Session, *, challenge: Challenge, criteria: Sequence[CriterionDetails], actor: Person | None, now: datetime
) -> None:
    """Replace the rubric. Raises Invalid, or RubricClosed once judging has opened."""
    check_rubric(criteria)
    session.refresh(challenge, with_for_update=True)
    if rubric_is_closed(challenge.edition.judging_opens_at, now):
        raise RubricClosed(
            _l("Judging has opened, so the rubric stays as it is: every entry is judged alike. Nothing was changed.")
        )
    if not criteria and challenge.visibility is Visibility.PUBLISHED:
        raise Invalid(_l("A published challenge keeps one criterion at least."))
    old = criteria_of(challenge)
    if old == list(criteria):
        return
    # Old lines go first: two criteria never share a position, not even while they change places.
    challenge.criteria.clear()
    session.flush()
    challenge.criteria.extend(_criterion(position, details) for position, details in enumerate(criteria))
    before, after = rubric_text(old), rubric_text(criteria)
    record_change(session, challenge=challenge, field="rubric", before=before, after=after, actor=actor, now=now)
    _record(session, "challenge.set_rubric", challenge, actor, now, criteria=len(criteria))


def link_datasets(
    session: Session, *, challenge: Challenge, datasets: Sequence[Dataset], actor: Person | None, now: datetime
) -> None:
    """Suggest exactly these datasets."""
    session.refresh(challenge, with_for_update=True)
    old = list(challenge.datasets)
    new = sorted(dict.fromkeys(datasets), key=lambda dataset: dataset.slug)
    if {dataset.id for dataset in old} == {dataset.id for dataset in new}:
        return
    challenge.datasets = new
    before, after = _titles(old), _titles(new)
    record_change(session, challenge=challenge, field="datasets", before=before, after=after, actor=actor, now=now)
    added = [dataset.slug for dataset in new if dataset not in old]
    removed = [dataset.slug for dataset in old if dataset not in new]
    _record(session, "challenge.link_datasets", challenge, actor, now, added=added, removed=removed)


def publish_challenge(session: Session, *, challenge: Challenge, actor: Person | None, now: datetime) -> None:
    """Show a challenge to everyone (once its edition is published too). Raises NotReady, AlreadyPublished."""
    session.refresh(challenge, with_for_update=True)
    if challenge.visibility is Visibility.PUBLISHED:
        raise AlreadyPublished(_l("This challenge is published already. Nothing was changed."))
    reasons = missing_before_publication(challenge, len(challenge.criteria))
    if reasons:
        message = _l("This challenge cannot be published yet: %(reasons)s", reasons=" ".join(reasons))
        raise NotReady(message, reasons)
    challenge.visibility, challenge.published_at = Visibility.PUBLISHED, now
    _record(session, "challenge.publish", challenge, actor, now, number=challenge.number)


def record_change(
    session: Session,
    *,
    challenge: Challenge,
    field: str,
    before: Bilingual,
    after: Bilingual,
    actor: Person | None,
    now: datetime,
) -> None:
    """Keep old and new text of what changed once everyone could see it; before that a challenge changes freely."""
    if Visibility.DRAFT in {challenge.visibility, challenge.edition.visibility} or before == after:
        return
    changed_by = actor.id if actor else None
    session.add(
        ChallengeChange(challenge=challenge, at=now, field=field, before=before, after=after, changed_by_id=changed_by)
    )
    session.flush()


def _record(
    session: Session, verb: str, challenge: Challenge, actor: Person | None, now: datetime, **details: Any
) -> None:
    record(session, verb, subject=challenge, actor=actor, now=now, edition_id=challenge.edition_id, **details)


def _check(details: ChallengeDetails) -> None:
    if not details.title:
        raise Invalid(_l("Write this text in French or in English."), field="title_fr")
    if details.number < 1:
        raise Invalid(_l("Challenges are numbered from 1."), field="number")


def _refuse_gaps(details: ChallengeDetails, criteria: int) -> None:
    reasons = missing_before_publication(details, criteria)
    if reasons:
        raise Invalid(_l("A published challenge stays complete: %(reasons)s", reasons=" ".join(reasons)))


def _save_number(session: Session, challenge: Challenge) -> None:
    try:
        with session.begin_nested():
            session.add(challenge)
            session.flush()
    except IntegrityError as error:
        raise NumberTaken(_l("Another challenge has this number. Choose another."), field="number") from error


def _free_slug(session: Session, edition: Edition, proposed: str) -> str:
    proposed = candidate = proposed or "challenge"
    number = 1
    while candidate in RESERVED_SLUGS or slug_is_taken(session, edition, candidate):
        number += 1
        candidate = f"{proposed}-{number}"
    return candidate


def _as_text(value: Bilingual | int) -> Bilingual:
    return value if isinstance(value, Bilingual) else Bilingual(fr=str(value), en=str(value))


def _titles(datasets: Sequence[Dataset]) -> Bilingual:
    return Bilingual(
        fr="\n".join(dataset.title.in_language("fr") for dataset in datasets),
        en="\n".join(dataset.title.in_language("en") for dataset in datasets),
    )


def _criterion(position: int, details: CriterionDetails) -> Criterion:
    return Criterion(
        position=position,
        name=details.name,
        question=details.question,
        weight=details.weight,
        labels=[label.as_dict() for label in details.labels],
    )


def criteria_of(challenge: Challenge) -> list[CriterionDetails]:
    return [
        CriterionDetails(
            name=criterion.name,
            question=criterion.question,
            weight=criterion.weight,
            labels=tuple(Bilingual(**label) for label in criterion.labels),
        )
        for criterion in challenge.criteria
    ]
