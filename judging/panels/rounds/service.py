"""What organisers do with rounds: plan them, go back to one, confirm the finalists."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.errors import Conflict as Refusal
from judging.panels.queries import assignments_of
from judging.panels.registry import panel_registry
from judging.panels.rounds.models import Finalist, MarksShown, Round, RoundKind
from judging.panels.rounds.queries import rounds_of
from judging.panels.rounds.rules import check_plan
from judging.panels.service import lock_panel
from submissions.entries.queries import handed_in_entries


@dataclass(frozen=True)
class RoundSettings:
    """What an organiser chooses for each round alike."""

    is_blind: bool
    marks_shown: MarksShown


@dataclass(frozen=True)
class RoundsPlan:
    """Two rounds. The first opens with the jury, the second closes with it and asks for so many further reviews."""

    qualification_closes_at: datetime
    finalists_open_at: datetime
    further_reviews: int
    qualification: RoundSettings
    finalists: RoundSettings


def plan_rounds(session: Session, *, edition: Edition, plan: RoundsPlan, actor: Person | None, now: datetime) -> None:
    """Make the two rounds, or change them; what was assigned before there were any belongs to the first.

    Raises Invalid with the field, and Refusal to hide marks again in a round that has shown them.
    """
    check_plan(edition, plan.qualification_closes_at, plan.finalists_open_at)
    lock_panel(session, edition)
    kept = rounds_of(session, edition)
    for kind, settings in ((RoundKind.QUALIFICATION, plan.qualification), (RoundKind.FINALISTS, plan.finalists)):
        if settings.marks_shown is MarksShown.AT_DELIBERATION:
            _refuse_once_shown(session, edition, kept.get(kind))
    first = _round(session, edition, kept, RoundKind.QUALIFICATION, plan.qualification)
    second = _round(session, edition, kept, RoundKind.FINALISTS, plan.finalists)
    first.opens_at, first.closes_at = edition.judging_opens_at, plan.qualification_closes_at
    second.opens_at, second.closes_at = plan.finalists_open_at, edition.judging_closes_at
    second.reviews_needed = plan.further_reviews
    for assignment in assignments_of(session, edition):
        assignment.round = assignment.round or first
    record(session, "rounds.plan", subject=edition, actor=actor, now=now, edition_id=edition.id, **_told(plan))


def _round(session: Session, edition: Edition, kept: Any, kind: RoundKind, settings: RoundSettings) -> Round:
    round_ = kept.get(kind) or Round(edition=edition, kind=kind)
    round_.is_blind, round_.marks_shown = settings.is_blind, settings.marks_shown
    session.add(round_)
    return round_


def _told(plan: RoundsPlan) -> dict[str, Any]:
    return {
        "qualification_closes_at": plan.qualification_closes_at.isoformat(),
        "finalists_open_at": plan.finalists_open_at.isoformat(),
        "further_reviews": plan.further_reviews,
    }


def drop_rounds(session: Session, *, edition: Edition, actor: Person | None, now: datetime) -> None:
    """Go back to one round. Raises Refusal once a finalist is assigned to somebody, or a round has shown marks."""
    lock_panel(session, edition)
    rounds, assignments = rounds_of(session, edition), assignments_of(session, edition)
    final = rounds.get(RoundKind.FINALISTS)
    if final is not None and any(each.round_id == final.id for each in assignments):
        raise Refusal(_l("Finalists are assigned to jurors already: take these assignments back first."))
    for round_ in rounds.values():
        _refuse_once_shown(session, edition, round_)
    for assignment in assignments:
        assignment.round = None
    session.flush()
    for round_ in rounds.values():
        session.delete(round_)
    record(session, "rounds.drop", subject=edition, actor=actor, now=now, edition_id=edition.id)


def _refuse_once_shown(session: Session, edition: Edition, round_: Round | None) -> None:
    """Keep final what is final: whoever finished a review has seen the marks of the others."""
    if round_ is None or round_.marks_shown is not MarksShown.AFTER_OWN:
        return
    finished = {pair for pair, is_finished in panel_registry().finished(session, edition).items() if is_finished}
    held = {(each.juror_id, each.entry_id) for each in assignments_of(session, edition) if each.round_id == round_.id}
    if held & finished:
        raise Refusal(
            _l(
                "A round has shown finished reviewers the marks of the others, so their reviews are final. "
                "It stays, and goes on showing marks. Nothing was changed."
            )
        )


def confirm_finalists(
    session: Session, *, round_: Round, entries: Collection[int], actor: Person | None, now: datetime
) -> None:
    """Say which entries the second round judges; those not handed in are passed over.

    Raises Refusal when one that would leave is assigned in that round already.
    """
    lock_panel(session, round_.edition)
    known = {entry.id: entry for entry in handed_in_entries(session, round_.edition)}
    wanted, held = set(entries) & known.keys(), {each.entry_id: each for each in round_.finalists}
    assigned = {each.entry_id for each in assignments_of(session, round_.edition) if each.round_id == round_.id}
    if stuck := sorted((held.keys() - wanted) & assigned):
        codes = ", ".join(known[entry].code for entry in stuck)
        raise Refusal(_l("Assigned in the finalists’ round already, and kept there: %(codes)s", codes=codes))
    for entry in held.keys() - wanted:
        round_.finalists.remove(held[entry])
    for entry in sorted(wanted - held.keys()):
        chosen_by = actor.id if actor else None
        round_.finalists.append(Finalist(entry_id=entry, chosen_at=now, chosen_by_id=chosen_by))
    chosen = [known[entry].code for entry in sorted(wanted)]
    record(
        session, "finalists.confirm", subject=round_, actor=actor, now=now, edition_id=round_.edition_id, codes=chosen
    )
