"""An assignment in the making, and the chains of exchanges that change it."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from judging.panels.assignment.instance import Instance
from judging.ranking.arrays import Flags, Ints
from judging.ranking.design import component_labels

# An entry that passes from one juror to another.
Move = tuple[int, int, int]


@dataclass
class Plan:
    """chosen[entry, juror]; `free` has the pairs that are allowed and not chosen, `load` the entries of each juror."""

    instance: Instance
    chosen: Flags
    free: Flags
    load: Ints

    @classmethod
    def empty(cls, instance: Instance) -> "Plan":
        """Nothing chosen yet but what is kept."""
        return cls.of(instance, instance.fixed)

    @classmethod
    def of(cls, instance: Instance, chosen: Flags) -> "Plan":
        """From the pairs of a finished assignment."""
        return cls(instance, chosen.copy(), instance.allowed & ~chosen, chosen.sum(axis=0))

    @property
    def squares(self) -> int:
        """The sum of squared loads."""
        return int(self.load @ self.load)

    @property
    def has_room(self) -> Flags:
        """Jurors who may take one more."""
        return self.load < self.instance.most

    @property
    def movable(self) -> Flags:
        """Chosen pairs that may pass to another juror."""
        return self.chosen if self.instance.kept is None else self.chosen & ~self.instance.kept

    def components(self) -> tuple[Ints, Ints]:
        """The component of each entry and of each juror; -1 for jurors without reviews, who do not count."""
        entry, juror = np.nonzero(self.chosen)
        return component_labels(entry, juror, *self.chosen.shape)

    def is_connected(self) -> bool:
        """Whether all entries, and the jurors with reviews, hang together."""
        of_entry, _of_juror = self.components()
        return bool(of_entry.max(initial=0) == 0)

    def give(self, entry: int, juror: int) -> None:
        """Choose a pair."""
        self.chosen[entry, juror], self.free[entry, juror] = True, False
        self.load[juror] += 1

    def take(self, entry: int, juror: int) -> None:
        """Undo the choice of a pair."""
        self.chosen[entry, juror], self.free[entry, juror] = False, self.instance.allowed[entry, juror]
        self.load[juror] -= 1

    def follow(self, chain: Sequence[Move]) -> None:
        """Pass each entry of a chain on."""
        for giver, entry, taker in chain:
            self.take(entry, giver)
            self.give(entry, taker)

    def chain(self, starts: Ints, goal: Flags) -> list[Move] | None:
        """The shortest chain of moves from one of `starts` to a juror in `goal`, which may be a start itself.

        Breadth first: a juror leads to whoever may take one of their entries.
        """
        at_once = starts[goal[starts]]
        if len(at_once):
            return []
        came: dict[int, Move | None] = dict.fromkeys(starts.tolist())
        unseen = np.ones(len(self.load), dtype=bool)
        unseen[starts] = False
        waiting, movable = deque(came), self.movable
        while waiting:
            giver = waiting.popleft()
            entries = np.flatnonzero(movable[:, giver])
            takers = np.flatnonzero(self.free[entries].any(axis=0) & unseen)
            unseen[takers] = False
            for taker in takers.tolist():
                came[taker] = (giver, int(entries[self.free[entries, taker].argmax()]), taker)
                if goal[taker]:
                    return _walked_back(taker, came)
                waiting.append(taker)
        return None

    def reachable(self, starts: Ints) -> Flags:
        """Jurors to whom some chain leads from one of `starts`, these included."""
        seen = np.zeros(len(self.load), dtype=bool)
        seen[starts] = True
        waiting, movable = deque(starts.tolist()), self.movable
        while waiting:
            entries = np.flatnonzero(movable[:, waiting.popleft()])
            takers = np.flatnonzero(self.free[entries].any(axis=0) & ~seen)
            seen[takers] = True
            waiting.extend(takers.tolist())
        return seen


def _walked_back(last: int, came: "dict[int, Move | None]") -> list[Move]:
    chain, step = [], came[last]
    while step is not None:
        chain.append(step)
        step = came[step[0]]
    return chain
