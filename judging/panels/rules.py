"""Where a juror stands with an entry, and what may stand between them. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from hackaviz.kernel.identifiers import fold

Pair = tuple[int, int]


class Coverage(StrEnum):
    """Where one juror stands with one entry."""

    DONE = "done"
    BEGUN = "begun"
    TO_DO = "todo"
    SKIPPED = "skipped"
    CONFLICT = "conflict"
    NOT_ASSIGNED = ""


def coverage_of(*, assigned: bool, conflicted: bool, finished: bool | None, skipped: bool = False) -> Coverage:
    """The state of a pair; `finished` is None while no review was begun."""
    if conflicted:
        return Coverage.CONFLICT
    if skipped:
        return Coverage.SKIPPED
    if finished is not None:
        return Coverage.DONE if finished else Coverage.BEGUN
    return Coverage.TO_DO if assigned else Coverage.NOT_ASSIGNED


# Mail providers open to everyone, names reserved for examples (RFC 2606), and closed accounts: no institution.
PUBLIC_MAIL = frozenset(
    """aol.com bbox.fr closed.invalid example.com example.net example.org fastmail.com free.fr gmail.com gmx.com
    gmx.de gmx.fr googlemail.com hotmail.com hotmail.fr icloud.com laposte.net live.com live.fr mac.com
    mail.com mailo.com me.com msn.com neuf.fr numericable.fr orange.fr outlook.com outlook.fr pm.me posteo.de
    posteo.net proton.me protonmail.com sfr.fr tutanota.com wanadoo.fr yahoo.co.uk yahoo.com yahoo.fr
    ymail.com zoho.com""".split()
)


class ConflictKind(StrEnum):
    """What stands between a juror and an entry; all but `declared` can be detected."""

    DECLARED = "declared"
    MEMBER = "member"
    PAST_TEAM = "past-team"
    SPONSOR = "sponsor"
    DOMAIN = "domain"
    SCHOOL = "school"
    MENTOR = "mentor"


@dataclass(frozen=True)
class Affiliation:
    """What a person's account, registrations, teams and roles say of where they belong.

    `teams` are those of other editions; `sponsors` those that a person speaks for.
    """

    person: int
    email: str
    schools: frozenset[str] = frozenset()
    teams: frozenset[int] = frozenset()
    sponsors: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Hint:
    """A possible conflict for an organiser to settle; `shared` is the domain or the school they have in common."""

    juror: int
    entry: int
    kind: ConflictKind
    shared: str = ""


def possible_conflicts(
    jurors: Iterable[Affiliation],
    members_by_entry: Mapping[int, Collection[Affiliation]],
    sponsors_by_entry: Mapping[int, Collection[int]] | None = None,
    mentors_by_entry: Mapping[int, Collection[str]] | None = None,
) -> list[Hint]:
    """One hint at most for each juror and entry, the strongest. Sponsors are those who pay for what it may win.

    Mentors are known by their addresses.
    """
    entries_with = defaultdict[Trait, set[int]](set)
    for entry, sponsors in (sponsors_by_entry or {}).items():
        for sponsor in sponsors:
            entries_with["sponsor", str(sponsor)].add(entry)
    for entry, mentors in (mentors_by_entry or {}).items():
        for email in mentors:
            entries_with["mentor", email].add(entry)
    for entry, members in members_by_entry.items():
        for trait in {trait for member in members for trait in _traits(member)}:
            entries_with[trait].add(entry)
    strongest: dict[Pair, Hint] = {}
    for juror in jurors:
        for kind, shared, trait in _looked_for(juror):
            for entry in entries_with.get(trait, ()):
                strongest.setdefault((juror.person, entry), Hint(juror.person, entry, kind, shared))
    return [strongest[pair] for pair in sorted(strongest)]


# What an entry can be found by: an account, a mentor, a team, a sponsor, a school, a domain or one that it lies under.
Trait = tuple[str, str]


def _traits(member: Affiliation) -> Iterator[Trait]:
    yield "person", str(member.person)
    yield from (("team", str(team)) for team in member.teams)
    yield from (("school", _spelling(school)) for school in member.schools if school.strip())
    for number, domain in enumerate(_domains(member.email)):
        yield "within", domain
        if number == 0:
            yield "domain", domain


def _looked_for(juror: Affiliation) -> Iterator[tuple[ConflictKind, str, Trait]]:
    """What to look for, the strongest first: the kind of hint, what would be shared, and the trait."""
    yield ConflictKind.MEMBER, "", ("person", str(juror.person))
    yield ConflictKind.MENTOR, "", ("mentor", juror.email)
    yield from ((ConflictKind.PAST_TEAM, "", ("team", str(team))) for team in sorted(juror.teams))
    yield from ((ConflictKind.SPONSOR, "", ("sponsor", str(sponsor))) for sponsor in sorted(juror.sponsors))
    for number, domain in enumerate(_domains(juror.email)):
        yield ConflictKind.DOMAIN, domain, ("domain" if number else "within", domain)
    yield from ((ConflictKind.SCHOOL, school, ("school", _spelling(school))) for school in sorted(juror.schools))


def _domains(email: str) -> list[str]:
    """The domain of an address and those it lies under, down to two labels, without those open to everyone."""
    labels = email.partition("@")[2].lower().split(".")
    names = (".".join(labels[start:]) for start in range(len(labels) - 1))
    return [] if ".".join(labels) in PUBLIC_MAIL else [name for name in names if name not in PUBLIC_MAIL]


def _spelling(school: str) -> str:
    return " ".join(fold(school).split())
