"""The file that `flask prizes allocate` reads, and what it answers: the same funding as on the pages, for anybody."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from hackaviz.kernel.money import decimal_text
from judging.prizes.funding import Funding, Need, Pool, Shortfall, fund

POLICY = "earmarked-first"
READ = {"pools": ("sponsor", "amount", "challenges", "prizes"), "prizes": ("id", "challenge", "amount")}
Item = TypeVar("Item")
AMOUNT = re.compile(r"(\d{1,15})(?:\.(\d{1,2}))?", re.ASCII)


class NotAnAllocation(Exception):
    """The document does not say what it must; the message names the item, why, and what to do."""


def allocate(document: Any) -> dict[str, Any]:
    """Pay every prize of the document: {"funding": [...], "left": [...]}, amounts as decimal strings.

    Raises NotAnAllocation, or Shortfall when the pools cannot pay.
    """
    if not isinstance(document, Mapping):
        raise NotAnAllocation("The document must be one object with “pools” and “prizes”.")
    if document.get("policy", POLICY) != POLICY:
        raise NotAnAllocation(f"The policy {document['policy']!r} is not known. The one that is: {POLICY!r}.")
    needs = _read_all(document, "prizes", "id", _need)
    pools = _read_all(document, "pools", "sponsor", _pool)
    return _answer(pools, fund(needs, pools))


def unread(document: Mapping[str, Any]) -> list[str]:
    """What a document that can be read says to nobody: a slip there may open a pool to every prize."""
    notes = []
    for key, known in READ.items():
        for number, row in enumerate(document[key], start=1):
            notes += [f"{key}, number {number}: “{name}” is not read." for name in row if name not in known]
    known_prizes = {row["id"] for row in document["prizes"]}
    for row in document["pools"]:
        unknown = [name for name in row.get("prizes") or () if name not in known_prizes]
        notes += [f"pool “{row['sponsor']}”: there is no prize “{name}”." for name in unknown]
    return notes


def refusal(shortfall: Shortfall) -> dict[str, Any]:
    """What is said when the pools cannot pay."""
    return {
        "infeasible": True,
        "shortfall": decimal_text(shortfall.cents),
        "prizes": list(shortfall.needs),
        "sponsors": list(shortfall.pools),
    }


def _answer(pools: Sequence[Pool], fundings: Sequence[Funding]) -> dict[str, Any]:
    left = {pool.id: pool.cents for pool in pools}
    for funding in fundings:
        left[funding.pool] -= funding.cents
    paid = [{"prize": each.need, "sponsor": each.pool, "amount": decimal_text(each.cents)} for each in fundings]
    return {
        "funding": paid,
        "left": [{"sponsor": pool, "amount": decimal_text(cents)} for pool, cents in left.items()],
    }


def _read_all(document: Mapping[str, Any], key: str, name: str, read: Callable[[Any, str], Item]) -> list[Item]:
    rows = document.get(key)
    if not isinstance(rows, list):
        raise NotAnAllocation(f"“{key}” must be a list; it may be empty.")
    names: set[str] = set()
    items = []
    for number, row in enumerate(rows, start=1):
        place = f"{key}, number {number}"
        called = row.get(name) if isinstance(row, Mapping) else None
        if not isinstance(called, str) or not _can_be_written(called):
            raise NotAnAllocation(f"{place}: “{name}” must be a text.")
        if called in names:
            raise NotAnAllocation(f"{place}: “{called}” stands there twice. Give each a name of its own.")
        names.add(called)
        items.append(read(row, f"{place} ({called})"))
    return items


def _can_be_written(name: str) -> bool:
    """Whether a name says something in UTF-8: JSON lets half of a pair of surrogates through."""
    return bool(name) and name == name.encode(errors="ignore").decode()


def _need(row: Mapping[str, Any], place: str) -> Need:
    challenge = row.get("challenge")
    if challenge is not None and not isinstance(challenge, str):
        raise NotAnAllocation(f"{place}: “challenge” must be a text, or null for a prize of no challenge.")
    return Need(row["id"], challenge, _cents(row, place))


def _pool(row: Mapping[str, Any], place: str) -> Pool:
    return Pool(row["sponsor"], _cents(row, place), _names(row, "challenges", place), _names(row, "prizes", place))


def _names(row: Mapping[str, Any], key: str, place: str) -> frozenset[str] | None:
    names = row.get(key)
    if names is None:
        return None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise NotAnAllocation(f"{place}: “{key}” must be a list of texts, or null for all.")
    return frozenset(names)


def _cents(row: Mapping[str, Any], place: str) -> int:
    amount = row.get("amount")
    match = AMOUNT.fullmatch(amount) if isinstance(amount, str) else None
    if match is None:
        wanted = "“amount” must be a text such as “2500.00”, zero or more, with two decimals at most"
        raise NotAnAllocation(f"{place}: {wanted}; it is {amount!r}.")
    return int(match[1]) * 100 + int((match[2] or "0").ljust(2, "0"))
