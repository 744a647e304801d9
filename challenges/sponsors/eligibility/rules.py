"""Which prizes a team may not win, and why. Pure: plain values in, plain values out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from hackaviz.kernel.identifiers import fold


class Tie(StrEnum):
    """What ties a person to those who pay or judge."""

    NONE = "none"
    SPONSOR_STAFF = "sponsor_staff"
    JUROR_RELATIVE = "juror_relative"


class Ground(StrEnum):
    """Why a member keeps a team from a prize. The first two keep it from every prize."""

    REFUSED = "refused"
    HORS_CONCOURS = "hors_concours"
    NOT_STUDENT = "not_student"
    TOO_OLD = "too_old"
    AGE_UNKNOWN = "age_unknown"
    OTHER_REGION = "other_region"
    REGION_UNKNOWN = "region_unknown"
    NOT_FIRST_ENTRY = "not_first_entry"
    FIRST_ENTRY_UNKNOWN = "first_entry_unknown"


# What the person can still put right by saying it.
UNKNOWN = frozenset({Ground.AGE_UNKNOWN, Ground.REGION_UNKNOWN, Ground.FIRST_ENTRY_UNKNOWN})


# What keeps from every prize, whatever its conditions.
FROM_EVERY_PRIZE = frozenset({Ground.REFUSED, Ground.HORS_CONCOURS})


class Conditions(Protocol):
    """What each member must be, for a prize or for the money of a pledge; PrizeRule and PledgeRule rows are such."""

    students_only: bool
    under_age: int | None
    age_on: date | None
    region: str
    first_entry_only: bool


@dataclass(frozen=True)
class ConditionTerms:
    """Conditions as somebody sets them; by default everybody meets them."""

    students_only: bool = False
    under_age: int | None = None
    age_on: date | None = None
    region: str = ""
    first_entry_only: bool = False


@dataclass(frozen=True)
class Member:
    """What is known of a member of a team; None or "" where nothing is stated."""

    person_id: int
    name: str
    is_student: bool
    is_refused: bool = False
    is_hors_concours: bool = False
    born_on: date | None = None
    region: str = ""
    is_first_entry: bool | None = None


@dataclass(frozen=True)
class Obstacle:
    """Why a team cannot win a prize: these members."""

    ground: Ground
    people: tuple[int, ...]


@dataclass(frozen=True)
class Asked:
    """What the prizes of an edition and their money ask people to state."""

    birth: bool
    region: bool
    first_entry: bool


def asked_by(rules: Iterable[Conditions]) -> Asked:
    """What has to be stated so that these conditions can be checked."""
    rules = list(rules)
    return Asked(
        birth=any(rule.under_age is not None for rule in rules),
        region=any(rule.region for rule in rules),
        first_entry=any(rule.first_entry_only for rule in rules),
    )


def obstacles(conditions: Conditions | None, team: Iterable[Member]) -> list[Obstacle]:
    """Why a team cannot win a prize with these conditions, ground by ground; nothing when it may."""
    found: dict[Ground, list[int]] = {}
    for member in team:
        for ground in _grounds(conditions, member):
            found.setdefault(ground, []).append(member.person_id)
    return [Obstacle(ground, tuple(found[ground])) for ground in Ground if ground in found]


def unmet(conditions: Conditions | None, team: Iterable[Member]) -> list[Obstacle]:
    """Which of these conditions a team does not meet; whether it may win anything at all is another question."""
    return [each for each in obstacles(conditions, team) if each.ground not in FROM_EVERY_PRIZE]


def _grounds(conditions: Conditions | None, member: Member) -> Iterator[Ground]:
    if member.is_refused:
        yield Ground.REFUSED
    if member.is_hors_concours:
        yield Ground.HORS_CONCOURS
    if conditions is None:
        return
    if conditions.students_only and not member.is_student:
        yield Ground.NOT_STUDENT
    yield from _of_age(conditions, member)
    yield from _of_region(conditions, member)
    if conditions.first_entry_only and not member.is_first_entry:
        yield Ground.FIRST_ENTRY_UNKNOWN if member.is_first_entry is None else Ground.NOT_FIRST_ENTRY


def _of_age(conditions: Conditions, member: Member) -> Iterator[Ground]:
    if conditions.under_age is None or conditions.age_on is None:
        return
    if member.born_on is None:
        yield Ground.AGE_UNKNOWN
    elif age_on(member.born_on, conditions.age_on) >= conditions.under_age:
        yield Ground.TOO_OLD


def _of_region(conditions: Conditions, member: Member) -> Iterator[Ground]:
    if not conditions.region:
        return
    if not member.region:
        yield Ground.REGION_UNKNOWN
    elif _same(member.region) != _same(conditions.region):
        yield Ground.OTHER_REGION


def age_on(born_on: date, day: date) -> int:
    """Full years on a day. Who was born on 29 February is a year older on 1 March where there is no 29th."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def regions_of(rules: Sequence[Conditions]) -> list[str]:
    """The regions that prizes are reserved for, each once."""
    return sorted({rule.region for rule in rules if rule.region})


def _same(region: str) -> str:
    return fold(" ".join(region.replace("-", " ").replace("’", "'").split()))
