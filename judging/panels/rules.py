"""Who should judge what. Pure: numbers of jurors and entries in, pairs out.

`propose` gives each entry enough jurors, none with a conflict, with loads as equal as they can be: it starts from a
greedy choice and then shortens the longest lists along exchange paths, which reaches the least sum of squared loads
(Harvey, Ladner, Lovász and Tamir, "Semi-matchings for bipartite graphs and load balancing", 2006).
"""

from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
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
    found = (
        _hint(juror, entry, member)
        for juror in jurors
        for entry, members in members_by_entry.items()
        for member in members
    )
    strongest: dict[Pair, Hint] = {}
    order = list(HintKind)
    for hint in sorted(filter(None, found), key=lambda hint: order.index(hint.kind)):
        strongest.setdefault((hint.juror, hint.entry), hint)
    return sorted(strongest.values(), key=lambda hint: (hint.juror, hint.entry))


def _hint(juror: Affiliation, entry: int, member: Affiliation) -> Hint | None:
    if juror.person == member.person:
        return Hint(juror.person, entry, HintKind.MEMBER)
    domain = shared_domain(juror.email, member.email)
    if domain:
        return Hint(juror.person, entry, HintKind.DOMAIN, domain)
    theirs = {_spelling(school) for school in member.schools}
    school = next((school for school in sorted(juror.schools) if _spelling(school) in theirs - {""}), "")
    return Hint(juror.person, entry, HintKind.SCHOOL, school) if school else None


def shared_domain(one: str, other: str) -> str:
    """The domain that two addresses share, the shorter where one lies under the other; empty for public providers."""
    shorter, longer = sorted((_domain(one), _domain(other)), key=len)
    same = shorter and (longer == shorter or longer.endswith(f".{shorter}"))
    return shorter if same and shorter not in PUBLIC_MAIL else ""


def _domain(email: str) -> str:
    return email.partition("@")[2].lower()


def _spelling(school: str) -> str:
    return " ".join(fold(school).split())
