"""Named reads of reviews, and the ranking they make."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from challenges.briefs.models import Challenge, Criterion
from challenges.editions.models import Edition, Visibility
from challenges.sponsors.models import Prize
from challenges.sponsors.rules import PrizeKind
from hackaviz.accounts.models import Person
from judging.panels.models import Assignment
from judging.panels.queries import not_conflicted, of_the_jury, prize_seats
from judging.panels.rounds.queries import finalists_of
from judging.panels.rules import Pair
from judging.panels.sponsors.queries import entries_for_prize
from judging.ranking.contest import Terms, rank_contest
from judging.ranking.weighted_mean import RankedEntry, ReviewMarks, rank
from judging.scoring.method.queries import choices_of, terms_for
from judging.scoring.models import Review
from submissions.entries.models import Entry


def review_of(session: Session, juror: Person, entry: Entry, *, lock: bool = False) -> Review | None:
    """A juror's review of an entry as the database has it now; None before the first save."""
    query = select(Review).where(Review.juror_id == juror.id, Review.entry_id == entry.id)
    query = query.options(selectinload(Review.marks)).execution_options(populate_existing=True)
    return session.scalar(query.with_for_update() if lock else query)


def reviews_by(session: Session, juror: Person, edition: Edition) -> Mapping[int, Review]:
    """The reviews that a juror has begun in an edition, by the number of the entry's row."""
    query = select(Review).join(Review.entry).where(Review.juror_id == juror.id, Entry.edition_id == edition.id)
    return {review.entry_id: review for review in session.scalars(query)}


def finished_by_pair(session: Session, edition: Edition) -> Mapping[Pair, bool]:
    """For each review that was begun, by (juror, entry), whether it is finished."""
    query = select(Review.juror_id, Review.entry_id, Review.finished_at).join(Review.entry)
    rows = session.execute(query.where(Entry.edition_id == edition.id))
    return {(juror, entry): finished_at is not None for juror, entry, finished_at in rows}


def unfinished_reviews(session: Session, edition: Edition, prize: Prize | None = None) -> int:
    """How many reviews jurors were asked for and have not finished; those that a conflict took away do not count.

    With a sponsor's own prize, those of its jurors alone.
    """
    finished = exists().where(
        Review.juror_id == Assignment.juror_id, Review.entry_id == Assignment.entry_id, Review.finished_at.is_not(None)
    )
    query = select(func.count(Assignment.id)).join(Assignment.entry).where(Entry.edition_id == edition.id)
    if prize is not None:
        query = query.where(Assignment.juror_id.in_(_panel_of(session, prize)))
    return (
        session.scalar(
            query.where(
                Entry.current_version_id.is_not(None),
                Assignment.skipped_at.is_(None),
                not_conflicted(Assignment),
                ~finished,
            )
        )
        or 0
    )


def reviews_of_entry(session: Session, entry: Entry, prize: Prize | None = None) -> Sequence[Review]:
    """The reviews of an entry with juror and marks: the jury's, or those of a sponsor's jurors for its prize.

    Those of conflicted jurors are left out.
    """
    query = select(Review).join(Review.entry).where(Review.entry_id == entry.id, not_conflicted(Review))
    theirs = of_the_jury(Review) if prize is None else Review.juror_id.in_(_panel_of(session, prize))
    whole = (joinedload(Review.juror), selectinload(Review.marks))
    return session.scalars(query.where(theirs).options(*whole).order_by(Review.id)).all()


def comments_for_team(session: Session, entry: Entry) -> Sequence[str]:
    """What jurors wrote for the team in finished reviews, in an order that tells nothing of who wrote it."""
    written = _finished().where(Review.entry_id == entry.id, Review.comment_to_team != "")
    return [review.comment_to_team for review in session.scalars(written.order_by(Review.public_id))]


def finished_reviews(session: Session, edition: Edition) -> list[ReviewMarks]:
    """What counts: the marks (criterion → mark) of the jury's finished reviews, without those of conflicted jurors."""
    return _marks(session, _counted().where(Entry.edition_id == edition.id))


def weights_of(session: Session, edition: Edition) -> dict[int, dict[Hashable, int]]:
    """The weight of each criterion, challenge by challenge."""
    weights = defaultdict[int, dict[Hashable, int]](dict)
    query = select(Criterion).join(Criterion.challenge).where(Challenge.edition_id == edition.id)
    for criterion in session.scalars(query.order_by(Criterion.position)):
        weights[criterion.challenge_id][criterion.id] = criterion.weight
    return weights


def judged_challenges(session: Session, edition: Edition) -> Sequence[Challenge]:
    """The challenges that a result is about, in order: those published, and those to which entries were handed in."""
    has_entries = exists().where(Entry.challenge_id == Challenge.id, Entry.current_version_id.is_not(None))
    is_shown = or_(Challenge.visibility == Visibility.PUBLISHED, has_entries)
    query = select(Challenge).where(Challenge.edition_id == edition.id, is_shown)
    return session.scalars(query.order_by(Challenge.number)).all()


def places_with_a_prize(challenge: Challenge) -> int:
    """Down to which place of its ranking there is a prize, 1 where none was announced.

    Mentions, gifts, audience awards and sponsors' choices go by no place.
    """
    return max((prize.place for prize in challenge.prizes if prize.kind is PrizeKind.PLACE), default=1)


def current_ranking(session: Session, challenge: Challenge) -> list[RankedEntry]:
    """The handed-in entries of a challenge (numbers of rows), best first by the method named, from finished reviews."""
    return rankings_of(session, challenge.edition, only=challenge).get(challenge.id, [])


def rankings_of(session: Session, edition: Edition, *, only: Challenge | None = None) -> dict[int, list[RankedEntry]]:
    """The same for every challenge with an entry, by the number of its row, in five queries; finalists stand first."""
    entries = select(Entry.challenge_id, Entry.id).where(Entry.edition_id == edition.id)
    counted = _counted().where(Entry.edition_id == edition.id)
    if only is not None:
        entries, counted = entries.where(Entry.challenge_id == only.id), counted.where(Entry.challenge_id == only.id)
    reviews, weights = _marks(session, counted), weights_of(session, edition)
    handed_in = defaultdict[int, list[int]](list)
    for challenge, entry in session.execute(
        entries.where(Entry.current_version_id.is_not(None)).order_by(Entry.number)
    ):
        handed_in[challenge].append(entry)
    choices, finalists = choices_of(session, edition), finalists_of(session, edition)
    return {
        challenge: _rank(ranked, reviews, weights[challenge], terms_for(edition, choices, challenge), finalists)
        for challenge, ranked in handed_in.items()
    }


def _rank(
    entries: list[int],
    reviews: list[ReviewMarks],
    weights: dict[Hashable, int],
    terms: Terms,
    finalists: Collection[int],
) -> list[RankedEntry]:
    wanted = set(entries)
    given = [review for review in reviews if review.entry in wanted]
    return rank_contest(entries, given, weights, terms, finalists)


def sponsor_ranking(session: Session, prize: Prize) -> list[RankedEntry]:
    """The entries that can win a sponsor's own prize (numbers of rows), best first: by the plain mean of what its own
    jurors gave, each review weighed by the rubric of its entry. Who has no review of theirs has no place.
    """
    edition = session.get_one(Edition, prize.edition_id)
    entries = [entry.id for entry in entries_for_prize(session, prize)]
    given = _marks(session, _by_panel(session, prize).where(Review.entry_id.in_(entries)))
    weights = {
        criterion: weight for part in weights_of(session, edition).values() for criterion, weight in part.items()
    }
    return rank(entries, given, weights, reviews_needed=1)


def sponsor_marks(session: Session, prize: Prize) -> list[Any]:
    """Every mark that counts of the jurors who decide a sponsor's own prize, also of entries that cannot win it now:
    juror, entry, and criterion with mark.
    """
    query = _by_panel(session, prize)
    if prize.challenge_id is not None:
        query = query.where(Entry.challenge_id == prize.challenge_id)
    given = _marks(session, query)
    return sorted([each.juror, each.entry, sorted(each.marks.items())] for each in given)


def _by_panel(session: Session, prize: Prize) -> Select[Review]:
    return _finished().where(Review.juror_id.in_(_panel_of(session, prize)), Entry.edition_id == prize.edition_id)


def _panel_of(session: Session, prize: Prize) -> list[int]:
    seats = prize_seats(session, session.get_one(Edition, prize.edition_id))
    return [seat.juror_id for seat in seats if seat.prize_id == prize.id]


def _counted() -> Select[Review]:
    return _finished().where(of_the_jury(Review))


def _finished() -> Select[Review]:
    return (
        select(Review)
        .join(Review.entry)
        .where(Review.finished_at.is_not(None), not_conflicted(Review))
        .options(selectinload(Review.marks))
        .order_by(Review.id)
    )


def _marks(session: Session, query: Select[Review]) -> list[ReviewMarks]:
    return [ReviewMarks(review.juror_id, review.entry_id, review.given) for review in session.scalars(query)]
