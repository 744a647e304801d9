"""Which pledge may pay which award: purpose and conditions of the giver, as the rules of funding take them."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from challenges.sponsors.models import Pledge
from challenges.sponsors.queries import prizes_named, purposes_of
from challenges.sponsors.rules import may_pay
from judging.prizes.funding import Pool
from judging.prizes.models import Award
from judging.prizes.queries import student_teams


def pools_for(session: Session, pledges: Sequence[Pledge], awards: Sequence[Award]) -> list[Pool]:
    """The free money of each pledge, with the awards that it may pay."""
    challenges, named = purposes_of(session, pledges), prizes_named(session, pledges)
    students = student_teams(session, pledges[0].edition_id) if any(each.students_only for each in pledges) else set()
    return [
        Pool(
            pledge.id,
            pledge.left_cents,
            needs=frozenset(
                award.id
                for award in awards
                if may_pay(award.prize, challenges.get(pledge.id, ()), named.get(pledge.id, ()))
                and (not pledge.students_only or award.entry.team_id in students)
            ),
        )
        for pledge in pledges
    ]
