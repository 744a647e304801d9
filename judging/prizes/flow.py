"""Money on its way from pools to needs: a maximum flow by augmenting paths (Ford and Fulkerson 1956), in integers.

A pool that has given never takes back: a later path changes which need it pays, never how much it gives in all. So
pools that are asked first give as much as they ever could.
"""

from collections.abc import Sequence


class Flow:
    """What each pool pays of each need. Pools and needs are numbers from 0; `payable` has a bit for each need."""

    def __init__(self, payable: Sequence[int], unpaid: Sequence[int]) -> None:
        self.payable = payable
        self.unpaid = list(unpaid)
        self.paid: list[dict[int, int]] = [{} for _pool in payable]
        # Kept beside `paid`: who pays a need now, in the order in which they began.
        self.payers: list[dict[int, None]] = [{} for _need in unpaid]

    def copy(self, scale: int = 1) -> "Flow":
        """The same flow, with every amount multiplied: fractions of a cent become whole numbers."""
        other = Flow(self.payable, [cents * scale for cents in self.unpaid])
        other.paid = [{need: cents * scale for need, cents in each.items()} for each in self.paid]
        other.payers = [dict(each) for each in self.payers]
        return other

    def push(self, pool: int, amount: int) -> int:
        """Let a pool pay up to `amount` more; say how much it could."""
        left = amount
        while left:
            path = self._path(pool)
            if path is None:
                break
            left -= self._send(path, left)
        return amount - left

    def reach(self, start: int) -> tuple[set[int], set[int]]:
        """The pools and the needs to which one more cent of a pool could lead, directly or by changing places."""
        pools, seen = {start}, 0
        queue = [start]
        for pool in queue:
            fresh = self.payable[pool] & ~seen
            seen |= fresh
            for need in _bits(fresh):
                queue += [payer for payer in self.payers[need] if payer not in pools]
                pools.update(self.payers[need])
        return pools, set(_bits(seen))

    def _path(self, start: int) -> list[int] | None:
        """Pool, need, pool, need …, the last one unpaid; each need but the last gives back what the next pool gave."""
        came_to_pool: dict[int, int | None] = {start: None}
        came_to_need: dict[int, int] = {}
        queue, seen = [start], 0
        for pool in queue:
            fresh = self.payable[pool] & ~seen
            seen |= fresh
            for need in _bits(fresh):
                came_to_need[need] = pool
                if self.unpaid[need]:
                    return _walk_back(need, came_to_need, came_to_pool)
                for payer in self.payers[need]:
                    if payer not in came_to_pool:
                        came_to_pool[payer] = need
                        queue.append(payer)
        return None

    def _send(self, path: list[int], limit: int) -> int:
        gives = list(zip(path[0::2], path[1::2], strict=True))
        takes = list(zip(path[2::2], path[1::2], strict=False))
        amount = min([limit, self.unpaid[path[-1]], *(self.paid[pool][need] for pool, need in takes)])
        for pool, need in gives:
            self.paid[pool][need] = self.paid[pool].get(need, 0) + amount
            self.payers[need][pool] = None
        for pool, need in takes:
            self.paid[pool][need] -= amount
            if not self.paid[pool][need]:
                del self.paid[pool][need], self.payers[need][pool]
        self.unpaid[path[-1]] -= amount
        return amount


def _walk_back(need: int, came_to_need: dict[int, int], came_to_pool: dict[int, int | None]) -> list[int]:
    path: list[int] = []
    here: int | None = need
    while here is not None:
        pool = came_to_need[here]
        path += [here, pool]
        here = came_to_pool[pool]
    return path[::-1]


def _bits(mask: int) -> list[int]:
    """The places of the bits that are set, the lowest first."""
    found = []
    while mask:
        lowest = mask & -mask
        found.append(lowest.bit_length() - 1)
        mask ^= lowest
    return found
