"""Whether a sealed file says one thing of how the jury decided: methods named, who was there, votes held. Pure."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from judging.ranking.contest import Terms
from judging.ranking.ranges import SEED
from judging.sealing.ranking import votes_of

Row = Mapping[str, Any]


def procedure_problems(document: Row) -> Iterator[str]:
    """What is wrong with it, in plain English."""
    if document["seed"] != SEED:
        yield f"The file names the seed {document['seed']}; ranges and chances are drawn from {SEED}."
    yield from _jury(document)
    is_early = _is_early(document)
    if not is_early:
        yield from _methods(document)
        yield from _attendance(document)
    for challenge in document["challenges"]:
        for decision in challenge["decisions"]:
            name, present = f"A vote in challenge {challenge['number']}", None if is_early else decision["present"]
            if not _can_be(decision, present):
                yield f"{name} cannot have been held: {decision['reason']}"
            elif votes_of(decision).is_carried != decision["carried"]:
                yield f"{name} is counted otherwise: {decision['reason']}"
            elif present and present > _there(document, decision["decided_at"]):
                yield f"{name} had fewer jurors there than it says: {decision['reason']}"


def _is_early(document: Row) -> bool:
    """Whether it is from before seals named methods, meetings and who was present: then it has none of the three."""
    votes = (decision for challenge in document["challenges"] for decision in challenge["decisions"])
    return not ({"methods", "meeting"} & document.keys() or any("present" in vote for vote in votes))


def _jury(document: Row) -> Iterator[str]:
    """Whoever was asked, wrote, or must not judge is named among the jurors."""
    acts = [*document["reviews"], *document["conflicts"], *(row["content"] for row in document["log"])]
    named = {each["juror"] for each in acts} | {juror for juror, _entry in document["assignment"]}
    for juror in sorted(named - set(document["jurors"])):
        yield f"{juror} has a part in the jury, and is not among its jurors."


def _methods(document: Row) -> Iterator[str]:
    """Each challenge is ranked by the last method named for it, or for all; without any by the mean."""
    for challenge in document["challenges"]:
        named = [each for each in document["methods"] if each["challenge"] in (None, challenge["number"])]
        last = named[-1] if named else {"method": Terms().method, "tie_rule": Terms().ties.value}
        if any(challenge[name] != last[name] for name in ("method", "tie_rule")):
            yield f"Challenge {challenge['number']} is not ranked by the method that was named last."
    for each in document["methods"]:
        if each["is_amendment"] and not each["reason"]:
            yield f"The method {each['method']} is an amendment without a reason."


def _attendance(document: Row) -> Iterator[str]:
    for stay in _stays(document):
        if stay["juror"] not in document["jurors"]:
            yield f"{stay['juror']} was at the meeting, and is not of the jury."
        if stay["left_at"] is not None and _moment(stay["left_at"]) < _moment(stay["arrived_at"]):
            yield f"{stay['juror']} left the meeting before they came."


def _stays(document: Row) -> list[Row]:
    return list(document["meeting"]["attendance"]) if document["meeting"] else []


def _there(document: Row, at: str) -> int:
    """How many jurors were at the meeting at an instant, ends included."""
    moment = _moment(at)
    stays = [stay for stay in _stays(document) if _moment(stay["arrived_at"]) <= moment]
    return len({stay["juror"] for stay in stays if stay["left_at"] is None or moment <= _moment(stay["left_at"])})


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _can_be(decision: Row, noted: int | None) -> bool:
    present = [] if noted is None else [noted]
    cast = [decision[name] for name in ("for", "against", "abstained")]
    are_counts = all(type(count) is int and count >= 0 for count in [*cast, *present, decision["voters"]])
    return are_counts and sum(cast) <= min([*present, decision["voters"]]) and present <= [decision["voters"]]
