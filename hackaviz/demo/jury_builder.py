"""The jury of a demo edition: roles, conflicts, reviews, then prizes and results."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from sqlalchemy.orm import Session

from challenges.editions.days import today_in
from challenges.editions.models import Edition
from hackaviz.accounts.models import Person, Role
from hackaviz.accounts.service import grant_role
from hackaviz.demo.calendar import DemoCalendar
from hackaviz.demo.people import JUROR, Company, request_key
from hackaviz.demo.story import EditionContent, Marks
from hackaviz.kernel.storage import Storage
from judging.panels.service import assign, declare_conflict
from judging.prizes.models import Award
from judging.prizes.paying import Proof, WinnerPayment, approve_payout, record_award_payment
from judging.prizes.queries import awards_of
from judging.prizes.service import award_by_ranking
from judging.prizes.winnings import winnings_of
from judging.results.service import schedule
from judging.scoring.service import finish_review, save_review
from submissions.entries.models import Entry

PAID_AFTER = timedelta(days=20)
INVENTED_PROOF = "Preuve de paiement inventée pour la démonstration, contribution {}. Invented for the demonstration.\n"


def build_jury(
    session: Session, content: EditionContent, edition: Edition, calendar: DemoCalendar, company: Company
) -> dict[str, Person]:
    """The jurors by slug; the last of a jury that reads or meets is the one that visitors may try."""
    tried = content.jurors[-1].slug if content.state in {"judging", "meeting"} else None
    jurors = {
        each.slug: company.try_as(JUROR, each.name) if each.slug == tried else company.named(each.name, "jury")
        for each in content.jurors
    }
    for juror in jurors.values():
        facts: dict[str, Any] = {"person": juror, "edition_id": edition.id, "role": Role.JUROR}
        grant_role(session, **facts, actor=None, now=calendar.prepared)
    return jurors


def build_reviews(
    session: Session,
    content: EditionContent,
    calendar: DemoCalendar,
    *,
    jurors: Mapping[str, Person],
    entries: Mapping[str, Entry],
    organiser: Person,
) -> None:
    """Conflicts, assignments and reviews; in a jury at work every juror has entries left to do."""
    opened = calendar.judging_opens
    for conflict in content.conflicts:
        juror = jurors[conflict.juror]
        reason = conflict.reason.in_language("fr")
        declare_conflict(session, entry=entries[conflict.work], juror=juror, reason=reason, actor=juror, now=opened)
    barred = {(conflict.juror, conflict.work) for conflict in content.conflicts}
    for slug, juror in jurors.items():
        for work, entry in entries.items():
            if (slug, work) not in barred and _is_asked(content, slug, work):
                assign(session, entry=entry, juror=juror, actor=organiser, now=opened)
    write_reviews(session, content, content.scores, jurors=jurors, entries=entries, since=opened)


def write_reviews(
    session: Session,
    content: EditionContent,
    scores: Mapping[str, Mapping[str, Marks]],
    *,
    jurors: Mapping[str, Person],
    entries: Mapping[str, Entry],
    since: datetime,
) -> None:
    """A finished review for each set of marks, one every four hours."""
    comments = {(each.juror, each.work): each.text for each in content.comments}
    for slug, works in scores.items():
        for hours, (work, marks) in enumerate(works.items(), start=1):
            now = since + timedelta(hours=4 * hours)
            comment = comments.get((slug, work), "")
            _review(session, jurors[slug], entries[work], marks=marks, comment=comment, now=now)


def _is_asked(content: EditionContent, juror: str, work: str) -> bool:
    """Everybody judged everything where the story is over; a jury at work leaves further jurors for finalists."""
    is_tried = content.state == "judging" and juror == content.jurors[-1].slug
    return content.is_decided or is_tried or work in content.scores.get(juror, {})


def _review(session: Session, juror: Person, entry: Entry, *, marks: Marks, comment: str, now: datetime) -> None:
    criteria = [criterion.id for criterion in entry.challenge.criteria]
    save_review(
        session,
        entry=entry,
        juror=juror,
        marks=dict(zip(criteria, marks, strict=True)),
        comment_to_team=comment,
        comment_private="",
        base_revision=0,
        save_key=request_key(),
        now=now,
    )
    finish_review(session, entry=entry, juror=juror, now=now)


def announce(session: Session, edition: Edition, calendar: DemoCalendar, organiser: Person) -> None:
    """Award by the ranking, and seal the results until the date of the story."""
    decided: dict[str, Any] = {"actor": organiser, "now": calendar.judging_closes + timedelta(days=1)}
    award_by_ranking(session, edition=edition, **decided)
    schedule(session, edition=edition, public_at=calendar.results, **decided)


def pay(
    session: Session, edition: Edition, calendar: DemoCalendar, *, approvers: Sequence[Person], storage: Storage
) -> None:
    """Pay the winners once two people have approved."""
    for winning in winnings_of(awards_of(session, edition)):
        award, seen = winning.lead, winning.content
        for days, approver in enumerate(approvers, start=1):
            approved = calendar.results + timedelta(days=days)
            approve_payout(session, edition=edition, award=award, seen=seen, actor=approver, now=approved)
        paid: dict[str, Any] = {"actor": approvers[0], "now": calendar.results + PAID_AFTER}
        _pay(session, award, edition=edition, storage=storage, **paid)


def _pay(session: Session, award: Award, *, edition: Edition, storage: Storage, actor: Person, now: datetime) -> None:
    proof = storage.write(BytesIO(INVENTED_PROOF.format(award.entry.code).encode()))
    payment = WinnerPayment(today_in(edition, now), f"PRIX-{award.entry.code}", Proof(proof.key, "preuve-inventee.txt"))
    record_award_payment(session, edition=edition, award=award, payment=payment, actor=actor, now=now)
