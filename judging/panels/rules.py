"""Who should judge what. Pure: numbers of jurors and entries in, pairs out.

`propose` gives each entry enough jurors, none with a conflict, with loads as equal as they can be: it starts from a
greedy choice and then shortens the longest lists along exchange paths, which reaches the least sum of squared loads
(Harvey, Ladner, Lovász and Tamir, "Semi-matchings for bipartite graphs and load balancing", 2006).
"""

from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hackaviz.kernel.identifiers import fold

Pair = tuple[int, int]


class Coverage(StrEnum):
    """Where one juror stands with one entry."""

    DONE = "done"
    BEGUN = "begun"
    TODO = "todo"
    CONFLICT = "conflict"
    NOT_ASSIGNED = ""


def coverage_of(*, assigned: bool, conflicted: bool, finished: bool | None) -> Coverage:
    """The state of a pair; `finished` is None while no review was begun."""
    if conflicted:
        return Coverage.CONFLICT
    if finished is not None:
        return Coverage.DONE if finished else Coverage.BEGUN
    return Coverage.TODO if assigned else Coverage.NOT_ASSIGNED


@dataclass(frozen=True)
class Proposal:
    """Pairs (juror, entry) to add, and how many jurors each entry still lacks because nobody else may judge it."""

    added: Sequence[Pair]
    lacking: Mapping[int, int]


def propose(
    entries: Sequence[int],
    jurors: Sequence[int],
    *,
    per_entry: int,
    kept: Collection[Pair] = (),
    forbidden: Collection[Pair] = (),
) -> Proposal:
    """Complete `kept` so that every entry has `per_entry` jurors where that is possible. Same input, same answer."""
    plan = _Plan(entries, jurors, kept, forbidden)
    for entry in sorted(entries, key=lambda entry: len(plan.allowed[entry])):
        plan.fill(entry, per_entry)
    while plan.exchange():
        pass
    lacking = {entry: per_entry - len(plan.chosen[entry]) for entry in entries if len(plan.chosen[entry]) < per_entry}
    return Proposal(plan.added(), lacking)


class _Plan:
    """An assignment in the making. `held` is what this proposal gave each juror, which may still move; `kept` stays."""

    def __init__(
        self, entries: Sequence[int], jurors: Sequence[int], kept: Collection[Pair], forbidden: Collection[Pair]
    ) -> None:
        self.entries, self.jurors, self.kept = entries, jurors, frozenset(kept) - frozenset(forbidden)
        self.allowed = {entry: [each for each in jurors if (each, entry) not in forbidden] for entry in entries}
        self.chosen: dict[int, list[int]] = {entry: [] for entry in entries}
        self.held: dict[int, list[int]] = defaultdict(list)
        self.load: Counter[int] = Counter(dict.fromkeys(jurors, 0))
        self.together: Counter[Pair] = Counter()
        for juror, entry in sorted(self.kept):
            if entry in self.chosen and juror in self.load:
                self._add(juror, entry)

    def fill(self, entry: int, per_entry: int) -> None:
        """Add the least loaded jurors; among equals those who share the fewest entries, so that panels mix."""
        while len(self.chosen[entry]) < per_entry:
            free = [juror for juror in self.allowed[entry] if juror not in self.chosen[entry]]
            if not free:
                return
            self._add(min(free, key=lambda juror: (self.load[juror], self._shared(juror, entry))), entry)

    def exchange(self) -> bool:
        """Pass one entry from the first juror who has two more than another can be given, if there is such a pair."""
        return any(self._relieve(juror) for juror in sorted(self.jurors, key=lambda juror: -self.load[juror]))

    def added(self) -> list[Pair]:
        """The new pairs, by entry then juror in the order given."""
        place = {juror: number for number, juror in enumerate(self.jurors)}
        pairs = (
            (juror, entry) for entry in self.entries for juror in sorted(self.chosen[entry], key=place.__getitem__)
        )
        return [pair for pair in pairs if pair not in self.kept]

    def _shared(self, juror: int, entry: int) -> int:
        return sum(self.together[(juror, other)] for other in self.chosen[entry])

    def _add(self, juror: int, entry: int) -> None:
        for other in self.chosen[entry]:
            self.together[(juror, other)] += 1
            self.together[(other, juror)] += 1
        self.chosen[entry].append(juror)
        self.load[juror] += 1
        if (juror, entry) not in self.kept:
            self.held[juror].append(entry)

    def _relieve(self, start: int) -> bool:
        """Breadth first: from a juror to whoever may take one of their entries, until somebody has two fewer."""
        came: dict[int, Pair | None] = {start: None}
        waiting = deque([start])
        while waiting:
            giver = waiting.popleft()
            for entry in self.held[giver]:
                for taker in self.allowed[entry]:
                    if taker in came or taker in self.chosen[entry]:
                        continue
                    came[taker] = (giver, entry)
                    if self.load[taker] <= self.load[start] - 2:
                        self._pass_along(taker, came)
                        return True
                    waiting.append(taker)
        return False

    def _pass_along(self, last: int, came: Mapping[int, Pair | None]) -> None:
        taker, step = last, came[last]
        while step is not None:
            giver, entry = step
            self.chosen[entry][self.chosen[entry].index(giver)] = taker
            self.held[giver].remove(entry)
            self.held[taker].append(entry)
            self.load[giver] -= 1
            self.load[taker] += 1
            taker, step = giver, came[giver]


# Mail providers open to everyone, names reserved for examples (RFC 2606), and closed accounts: no institution.
PUBLIC_MAIL = frozenset(
    """aol.com bbox.fr closed.invalid example.com example.net example.org fastmail.com free.fr gmail.com gmx.com
    gmx.de gmx.fr googlemail.com hotmail.com hotmail.fr icloud.com laposte.net live.com live.fr mac.com
    mail.com mailo.com me.com msn.com neuf.fr numericable.fr orange.fr outlook.com outlook.fr pm.me posteo.de
    posteo.net proton.me protonmail.com sfr.fr tutanota.com wanadoo.fr yahoo.co.uk yahoo.com yahoo.fr
    ymail.com zoho.com""".split()
)


class HintKind(StrEnum):
    """Why a juror may have a conflict with an entry."""

    MEMBER = "member"
    DOMAIN = "domain"
    SCHOOL = "school"


@dataclass(frozen=True)
class Affiliation:
    """What a person's account and registrations say of where they belong."""

    person: int
    email: str
    schools: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Hint:
    """A possible conflict for an organiser to settle; `shared` is the domain or the school they have in common."""

    juror: int
    entry: int
    kind: HintKind
    shared: str = ""


def possible_conflicts(
    jurors: Iterable[Affiliation], members_by_entry: Mapping[int, Collection[Affiliation]]
) -> list[Hint]:
    """One hint at most for each juror and entry, the strongest."""
    entries_with = defaultdict[Trait, set[int]](set)
    for entry, members in members_by_entry.items():
        for trait in {trait for member in members for trait in _traits(member)}:
            entries_with[trait].add(entry)
    strongest: dict[Pair, Hint] = {}
    for juror in jurors:
        for kind, shared, trait in _looked_for(juror):
            for entry in entries_with.get(trait, ()):
                strongest.setdefault((juror.person, entry), Hint(juror.person, entry, kind, shared))
    return [strongest[pair] for pair in sorted(strongest)]


# What a member of a team can be found by: an account, a school, a domain or one that it lies under.
Trait = tuple[str, str]


def _traits(member: Affiliation) -> Iterator[Trait]:
    yield "person", str(member.person)
    yield from (("school", _spelling(school)) for school in member.schools if school.strip())
    for number, domain in enumerate(_domains(member.email)):
        yield "within", domain
        if number == 0:
            yield "domain", domain


def _looked_for(juror: Affiliation) -> Iterator[tuple[HintKind, str, Trait]]:
    """What to look for, the strongest first: the kind of hint, what would be shared, and the trait."""
    yield HintKind.MEMBER, "", ("person", str(juror.person))
    for number, domain in enumerate(_domains(juror.email)):
        yield HintKind.DOMAIN, domain, ("domain" if number else "within", domain)
    yield from ((HintKind.SCHOOL, school, ("school", _spelling(school))) for school in sorted(juror.schools))


def _domains(email: str) -> list[str]:
    """The domain of an address and those it lies under, down to two labels, without those open to everyone."""
    labels = email.partition("@")[2].lower().split(".")
    names = (".".join(labels[start:]) for start in range(len(labels) - 1))
    return [] if ".".join(labels) in PUBLIC_MAIL else [name for name in names if name not in PUBLIC_MAIL]


def _spelling(school: str) -> str:
    return " ".join(fold(school).split())
