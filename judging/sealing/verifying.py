"""Is a sealed file what it says? Everything is computed again from the file alone: no database, no key, no clock."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from judging.scoring.chain import Link, canonical, verify_chain
from judging.scoring.marks_log import Act
from judging.sealing.commitments import commitment_problems
from judging.sealing.document import FULL, PUBLIC, SCHEMA, digest_of, file_digest
from judging.sealing.procedure import procedure_problems
from judging.sealing.ranking import ranking_of

# Simulated figures may differ a little where another version of the libraries computes them.
NEARLY, EXACT_DECIMALS = 0.01, 0.00015
SIMULATED, ESTIMATED, RANGES = ("first", "prize"), ("raw", "error"), ("low", "high")

# A juror's pseudonym and an entry's code.
Pair = tuple[str, str]


class NotASeal(ValueError):
    """The file is no sealed result; the message says why."""


@dataclass(frozen=True)
class Verdict:
    """What a verification found; `sha256` is that of the file."""

    sha256: str
    form: str
    digest_ok: bool
    chain_problems: tuple[str, ...]
    ranking_problems: tuple[str, ...]
    other_problems: tuple[str, ...]

    @property
    def valid(self) -> bool:
        """Whether nothing is wrong."""
        return self.digest_ok and not self.problems

    @property
    def problems(self) -> list[str]:
        """Everything that is wrong, in plain English."""
        digest = [] if self.digest_ok else ["The file was changed after it was sealed: its SHA-256 does not match."]
        return [*digest, *self.chain_problems, *self.ranking_problems, *self.other_problems]

    def as_dict(self) -> dict[str, Any]:
        """The answer of `flask judging verify`."""
        return {
            "valid": self.valid,
            "ranking_matches": not self.ranking_problems,
            "chain_ok": not self.chain_problems,
            "problems": self.problems,
            "sha256": self.sha256,
            "form": self.form,
        }


def verify(text: str) -> Verdict:
    """Check a sealed file. Raises NotASeal for what is none."""
    document = _read(text)
    digest_ok = digest_of(document) == document["sha256"] and canonical(document) == text.rstrip("\n")
    try:
        return Verdict(
            file_digest(document),
            document["form"],
            digest_ok,
            tuple(_chain(document)),
            tuple(_rankings(document)),
            tuple(_others(document)),
        )
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        message = f"The file cannot be computed again: {type(error).__name__}, {error}."
        return Verdict(file_digest(document), document["form"], digest_ok, (message,), (message,), ())


def _read(text: str) -> dict[str, Any]:
    try:
        document = json.loads(text)
        canonical(document).encode()
    except (ValueError, RecursionError) as error:
        raise NotASeal(f"it is not JSON as it is sealed ({error})") from None
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise NotASeal(f"it has not the schema {SCHEMA}")
    if document.get("form") not in (FULL, PUBLIC) or not isinstance(document.get("sha256"), str):
        raise NotASeal("it has no form or no digest")
    return document


def _chain(document: Mapping[str, Any]) -> Iterator[str]:
    """The log of marks by itself, and the reviews that count against it."""
    rows = [Link(each["number"], each["content"], each["previous_sha256"], each["sha256"]) for each in document["log"]]
    yield from verify_chain(rows)
    if document["log_head"] != (rows[-1].sha256 if rows else None):
        yield "The log of marks does not end where the seal says: links were added or cut off."
    last = {(row.content["juror"], row.content["entry"]): row.content for row in rows}
    yield from _set_aside(document, last)
    yield from _counted(document, last)


def _set_aside(document: Mapping[str, Any], last: Mapping[Pair, Mapping[str, Any]]) -> Iterator[str]:
    """A conflict takes away a review that was begun only where the log says so, and the log says so of no other."""
    barred = set(_pairs(document["conflicts"]))
    for juror, entry in sorted(last):
        is_set_aside = last[juror, entry]["act"] == Act.SET_ASIDE
        if is_set_aside and (juror, entry) not in barred:
            yield f"The log sets the review of {entry} by {juror} aside, and no conflict is named."
        elif not is_set_aside and (juror, entry) in barred:
            yield f"A conflict of {juror} with {entry} is named, and the log does not set their review aside."


def _counted(document: Mapping[str, Any], last: Mapping[Pair, Mapping[str, Any]]) -> Iterator[str]:
    # Sponsors' jurors judge for a prize of their own; seals from before there were any name none.
    apart = set(document.get("apart", ()))
    finished = {pair for pair, content in last.items() if content["finished"] and pair[0] not in apart}
    counted = finished - set(_pairs(document["conflicts"]))
    sealed = {(each["juror"], each["entry"]): each["marks"] for each in document["reviews"]}
    for juror, entry in sorted(counted ^ sealed.keys()):
        said = (
            "counts, and the log does not say so" if (juror, entry) in sealed else "is in the log, and does not count"
        )
        yield f"The review of {entry} by {juror} {said}."
    for juror, entry in sorted(counted & sealed.keys()):
        logged = {criterion: str(mark) for criterion, mark in last[juror, entry]["marks"].items()}
        if logged != sealed[juror, entry]:
            yield f"The marks of {entry} by {juror} differ from the log."
    judged = {entry for _juror, entry in [*counted, *sealed, *document["assignment"]]}
    for entry in sorted(judged - set(_entries(document))):
        yield f"{entry} was given to the jury, and is in no challenge."


def _pairs(rows: Sequence[Mapping[str, Any]]) -> list[Pair]:
    return [(each["juror"], each["entry"]) for each in rows]


def _entries(document: Mapping[str, Any]) -> list[str]:
    return [code for challenge in document["challenges"] for code in challenge["entries"]]


def _rankings(document: Mapping[str, Any]) -> Iterator[str]:
    for challenge in document["challenges"]:
        again = ranking_of(challenge, document["reviews"])
        name = f"Challenge {challenge['number']}"
        for what in ("ties", "final", "no_winner"):
            if again[what] != challenge[what]:
                yield f"{name}: {what.replace('_', ' ')} is computed otherwise: {again[what]}."
        yield from (f"{name}: {problem}" for problem in _rows(again["ranking"], challenge["ranking"]))


def _rows(again: Sequence[Mapping[str, Any]], said: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if [row["entry"] for row in again] != [row["entry"] for row in said]:
        yield f"the order is computed as {', '.join(str(row['entry']) for row in again)}."
        return
    for ours, theirs in zip(again, said, strict=True):
        for name in ("place", "score", "reviews", "parted_by"):
            if ours[name] != theirs[name]:
                yield f"{name} of {ours['entry']} is computed as {ours[name]}, not {theirs[name]}."
        for names, most in ((SIMULATED, NEARLY), (ESTIMATED, EXACT_DECIMALS), (RANGES, 1)):
            for name in names:
                if not _near(ours[name], theirs[name], most):
                    yield f"{name} of {ours['entry']} is computed as {ours[name]}, not {theirs[name]}."


def _near(ours: Any, theirs: Any, most: float) -> bool:
    if ours is None or theirs is None:
        return ours is theirs
    return abs(float(ours) - float(theirs)) <= most


def _others(document: Mapping[str, Any]) -> Iterator[str]:
    """Rows named twice, jurors who judged what they must not, a procedure or texts that do not hold together."""
    yield from _repeated(document)
    barred = set(_pairs(document["conflicts"]))
    for juror, entry in sorted(barred & set(_pairs(document["reviews"]))):
        yield f"{juror} has a conflict with {entry}, and their review counts."
    yield from procedure_problems(document)
    yield from commitment_problems(document)


def _repeated(document: Mapping[str, Any]) -> Iterator[str]:
    challenges = document["challenges"]
    named = {
        "jurors": document["jurors"],
        "reviews": _pairs(document["reviews"]),
        "conflicts": _pairs(document["conflicts"]),
        "assignment": [tuple(pair) for pair in document["assignment"]],
        "challenges": [challenge["number"] for challenge in challenges],
        "criteria": [criterion["id"] for challenge in challenges for criterion in challenge["criteria"]],
        "entries": _entries(document),
    }
    for what, rows in named.items():
        for row, times in Counter(rows).items():
            if times > 1:
                name = " and ".join(row) if isinstance(row, tuple) else row
                yield f"The {what} name {name} {times} times."
