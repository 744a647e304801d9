"""What organisers do with the aims of an edition."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from challenges.editions.aims.queries import aims_of
from challenges.editions.aims.rules import AimDetails, AimKind, check_aims
from challenges.editions.models import Aim, Edition, Visibility
from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.database import lock_row
from hackaviz.kernel.errors import Invalid
from hackaviz.kernel.identifiers import slugify

TEXT_OF = {AimKind.AMBITION: "ambitions", AimKind.OBJECTIVE: "objectives"}
LONGEST_SLUG = 70


class AimInUse(Invalid):
    """A team has said that its work contributes to this aim."""

    code = "aim-in-use"

    def __init__(self) -> None:
        super().__init__(
            _l(
                "A team has chosen one of the aims that you removed, so it stays: change its words instead. Nothing "
                "was saved."
            )
        )


def declare_aims(
    session: Session,
    *,
    edition: Edition,
    ambitions: Sequence[AimDetails],
    objectives: Sequence[AimDetails],
    actor: Person | None,
    now: datetime,
) -> None:
    """Make these the aims of an edition, in this order. After publication the change is dated, with old and new text.

    Raises Invalid, or AimInUse when one that a team has chosen is missing.
    """
    check_aims(ambitions, objectives)
    lock_row(session, edition)
    before = {kind: _text(aims_of(edition, kind)) for kind in AimKind}
    kept = {AimKind.AMBITION: ambitions, AimKind.OBJECTIVE: objectives}
    _write(session, edition, kept)
    for kind, old in before.items():
        new = _text(aims_of(edition, kind))
        if new != old:
            _note(session, edition, kind, old, new, actor=actor, now=now)


def _write(session: Session, edition: Edition, wanted: dict[AimKind, Sequence[AimDetails]]) -> None:
    known = {(aim.kind, aim.slug): aim for aim in edition.aims}
    taken = {aim.slug for aim in edition.aims}
    for kind, details in wanted.items():
        for position, each in enumerate(details):
            aim = known.pop((kind, each.slug), None)
            if aim is None:
                aim = Aim(edition_id=edition.id, kind=kind, slug=_free_slug(each, taken))
                session.add(aim)
            aim.position, aim.title = position, each.title
    _remove(session, known.values())
    session.refresh(edition, ["aims"])


def _remove(session: Session, aims: Iterable[Aim]) -> None:
    try:
        with session.begin_nested():
            for aim in aims:
                session.delete(aim)
    except IntegrityError as error:
        raise AimInUse from error


def _free_slug(details: AimDetails, taken: set[str]) -> str:
    wished = slugify(details.slug or details.title.in_language("fr"))
    proposed = candidate = wished[:LONGEST_SLUG].strip("-") or "aim"
    number = 1
    while candidate in taken:
        number += 1
        candidate = f"{proposed}-{number}"
    taken.add(candidate)
    return candidate


def _text(aims: Iterable[Aim]) -> Bilingual:
    titles = [aim.title for aim in aims]
    fr, en = ("\n".join(title.in_language(language) for title in titles) for language in ("fr", "en"))
    return Bilingual(fr=fr, en=en)


def _note(
    session: Session,
    edition: Edition,
    kind: AimKind,
    before: Bilingual,
    after: Bilingual,
    *,
    actor: Person | None,
    now: datetime,
) -> None:
    """In the log; once the edition is published, as a dated change of its texts."""
    is_public = edition.visibility is Visibility.PUBLISHED
    verb = "edition.change_text" if is_public else "edition.declare_aims"
    facts = {"text": TEXT_OF[kind], "before": before.as_dict(), "after": after.as_dict()}
    record(session, verb, subject=edition, actor=actor, now=now, edition_id=edition.id, **facts)
