"""Publishing results: a snapshot, a date, and corrections that say why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.editions.rules import results_are_public
from hackaviz.accounts.models import Role
from hackaviz.accounts.queries import people_with_role
from hackaviz.kernel.audit import record
from hackaviz.kernel.database import lock_row
from hackaviz.kernel.errors import Conflict, Invalid
from hackaviz.web.letters import write_letter
from judging.prizes.pools import paid_against_wishes
from judging.prizes.queries import awards_of
from judging.prizes.standing import rankings_now
from judging.prizes.winnings import Winning, winnings_of
from judging.results.certificates.service import renew_certificates
from judging.results.models import Publication
from judging.results.queries import publications_of, waiting_publication
from judging.results.rules import judging_is_over, seal
from judging.results.snapshot import seal_reference, take_snapshot
from judging.scoring.queries import unfinished_reviews
from judging.scoring.registry import Change
from judging.sealing.service import seal as seal_result


@dataclass(frozen=True)
class Unready:
    """What keeps results from being published: awards that are not funded, that are void, or paid with other money."""

    unfunded: Sequence[Winning]
    void: Sequence[Winning]
    against_wishes: Sequence[Winning]

    def __bool__(self) -> bool:
        return bool(self.unfunded or self.void or self.against_wishes)


def unready_awards(session: Session, edition: Edition) -> Unready:
    """The awards that have to be put right first."""
    awards, rankings = awards_of(session, edition), rankings_now(session, edition)
    withheld, winnings = {each.award_id for each in paid_against_wishes(session, awards)}, winnings_of(awards)
    return Unready(
        unfunded=[each for each in winnings if not each.is_funded],
        void=[each for each in winnings if each.is_void(rankings)],
        against_wishes=[each for each in winnings if any(award.id in withheld for award in each.slices)],
    )


def _refuse_unready_awards(session: Session, edition: Edition) -> None:
    unready = unready_awards(session, edition)
    if unready.unfunded:
        raise Conflict(_l("Some awards are not fully funded. Choose who pays them first."))
    if unready.void:
        raise Conflict(
            _l(
                "Since some prizes were awarded, the result has changed or a team may no longer win its prize. "
                "Confirm these awards first."
            )
        )
    if unready.against_wishes:
        raise Conflict(_l("Some awards are paid with money that is not for these teams. Choose who else pays them."))


def schedule(session: Session, *, edition: Edition, public_at: datetime, actor: Any, now: datetime) -> Publication:
    """Freeze and seal the results, and publish them at `public_at`; at once when it is not later than `now`.

    Raises Conflict while the jury works, when awards are not funded or void, or when results are scheduled or public
    already.
    """
    lock_row(session, edition)
    if edition.results_public_at is not None:
        raise Conflict(_l("Results are scheduled or public already. Withdraw the date, or publish a correction."))
    unfinished = unfinished_reviews(session, edition)
    if not judging_is_over(edition.judging_opens_at, edition.judging_closes_at, unfinished, now):
        raise Conflict(_l("The jury is still at work. Publish once judging is closed or every review is finished."))
    _refuse_unready_awards(session, edition)
    if public_at < edition.submission_closes_at:
        raise Invalid(_l("Results cannot be public before hand-in is over."), field="public_at")
    edition.results_public_at = max(public_at, now)
    return _publish(session, edition, public_at=edition.results_public_at, reason="", actor=actor, now=now)


def withdraw(session: Session, *, edition: Edition, actor: Any, now: datetime) -> None:
    """Take back a publication that nobody outside has seen yet. Raises Conflict once it is public."""
    lock_row(session, edition)
    waiting = waiting_publication(session, edition, now)
    if waiting is None or results_are_public(edition, now):
        raise Conflict(_l("These results are public. Publish a correction instead."))
    waiting.withdrawn_at = now
    edition.results_public_at = None
    record(session, "results.withdraw", subject=waiting, actor=actor, now=now, edition_id=edition.id)


def withdraw_changed(session: Session, edition: Edition, change: Change, now: datetime) -> None:
    """Take back a publication that waits for its date, since the result is no longer what was frozen; tell organisers.

    The caller holds the edition's row. What is public already stays: it is corrected, or not, by people.
    """
    session.refresh(edition, ["results_public_at"])
    if edition.results_public_at is None or results_are_public(edition, now):
        return
    waiting = waiting_publication(session, edition, now)
    edition.results_public_at = None
    if waiting is None:
        return
    waiting.withdrawn_at = now
    acted: dict[str, Any] = {"actor": None, "now": now, "edition_id": edition.id}
    record(session, "results.withdraw", subject=waiting, because=change.value, **acted)
    for organiser in people_with_role(session, edition.id, Role.ORGANISER):
        key = f"results-withdrawn/{edition.id}/{waiting.number}/{organiser.public_id}"
        to: dict[str, Any] = {"recipient": organiser.email, "language": organiser.language, "unique_key": key}
        about: dict[str, Any] = {"person": organiser, "edition": edition, "publication": waiting}
        write_letter(session, "results_withdrawn", now=now, **to, **about, change=change.value)


def correct(session: Session, *, edition: Edition, reason: str, actor: Any, now: datetime) -> Publication:
    """Publish the results as they are now, with the reason of the change; what was published before stays readable.

    Raises Conflict before the first publication, or when awards are not funded or void.
    """
    lock_row(session, edition)
    if not results_are_public(edition, now):
        raise Conflict(_l("Nothing is public yet, so there is nothing to correct."))
    _refuse_unready_awards(session, edition)
    return _publish(session, edition, public_at=now, reason=reason, actor=actor, now=now)


def _publish(
    session: Session, edition: Edition, *, public_at: datetime, reason: str, actor: Any, now: datetime
) -> Publication:
    sealed = seal_result(session, edition=edition, actor=actor, now=now)
    snapshot = take_snapshot(session, edition, now) | {"seal": seal_reference(sealed)}
    publication = Publication(
        edition=edition,
        number=len(publications_of(session, edition)) + 1,
        public_at=public_at,
        prepared_at=now,
        prepared_by_id=actor.id if actor else None,
        reason=reason,
        snapshot=snapshot,
        snapshot_sha256=seal(snapshot),
    )
    session.add(publication)
    details = {"public_at": public_at.isoformat(), "sha256": publication.snapshot_sha256, "reason": reason}
    record(session, "results.publish", subject=publication, actor=actor, now=now, edition_id=edition.id, **details)
    renew_certificates(session, publication=publication, actor=actor, now=now)
    return publication
