"""The minutes of a jury (« procès-verbal »): what was decided, how, by whom, and the seal it stands on."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.documents import render_pdf
from hackaviz.web.language import speaking
from hackaviz.web.templating import local_datetime
from judging.deliberation.queries import attendances_of
from judging.deliberation.rules import DecisionKind
from judging.deliberation.wording import APART_NAMES, hands_in_words
from judging.panels.pseudonyms import pseudonyms_of
from judging.panels.queries import jurors_of
from judging.ranking.contest import TieRule
from judging.scoring.method.rules import Method
from judging.scoring.method.wording import METHOD_NAMES, METHOD_NOTES, TIE_NAMES, TIE_NOTES
from judging.sealing.models import Seal
from judging.sealing.ranking import votes_of
from submissions.entries.models import Entry
from submissions.entries.queries import handed_in_entries

TEMPLATE = "judging/sealing/minutes.typ"


def minutes(session: Session, edition: Edition, seal: Seal, language: str) -> bytes:
    """The minutes of a seal as PDF, in French or English, with a place to sign for each juror."""
    with speaking(language):
        return render_pdf(TEMPLATE, _values(session, edition, seal, language), at=seal.sealed_at)


def _values(session: Session, edition: Edition, seal: Seal, language: str) -> dict[str, Any]:
    document = json.loads(seal.full)
    title = edition.title.in_language(language)
    foot = _("%(title)s, seal %(number)s", title=title, number=seal.number)
    entries = {entry.code: entry for entry in handed_in_entries(session, edition)}
    signing = [juror.name for juror in jurors_of(session, edition)]
    challenges = [_challenge(each, entries, edition, language) for each in document["challenges"]]
    return {
        "language": language,
        "title": _("Minutes of the jury"),
        "subtitle": title,
        "whole_title": f"{_('Minutes of the jury')} · {foot}",
        "foot": foot,
        "facts": _facts(edition, seal, document),
        "seal": [[_("Public file"), seal.public_sha256], [_("Full file"), seal.full_sha256]],
        "seal_title": _("The seal (SHA-256)"),
        "seal_note": _(
            "Whoever holds one of these files can compute the result again with “flask judging verify”, without this "
            "platform. A file with another SHA-256 is not the one that these minutes are about."
        ),
        "method": _said_once(challenges),
        "amendments_title": _("Amendments of the method"),
        "amendments": [_amendment(each, edition) for each in document.get("methods", ()) if each["is_amendment"]],
        "attendance_title": _("Attendance"),
        "attendance": _attendance(session, edition, document),
        "challenges": challenges,
        "signatures_title": _("Signatures"),
        "signatures": [*signing, _("For the organisation, %(name)s", name=edition.organiser_name)],
        "date": _("Date"),
        "sign": _("signature"),
    }


def _amendment(choice: Mapping[str, Any], edition: Edition) -> str:
    number = choice["challenge"]
    words = {
        "moment": _moment(datetime.fromisoformat(choice["chosen_at"]), edition),
        "scope": _("challenge %(number)s", number=number) if number else _("every challenge of the edition"),
        "method": METHOD_NAMES[Method(choice["method"])],
        "ties": TIE_NAMES[TieRule(choice["tie_rule"])],
        "reason": choice["reason"],
    }
    return _("%(moment)s, %(scope)s: %(method)s; equal scores: %(ties)s. Reason: %(reason)s", **words)


def _attendance(session: Session, edition: Edition, document: Mapping[str, Any]) -> list[str]:
    """When the jury met, who was there and when, who was not; nothing where it did not meet."""
    # Seals from before meetings were noted name none.
    meeting = document.get("meeting")
    if meeting is None:
        return []
    stays, pseudonyms = meeting["attendance"], pseudonyms_of(session, edition)
    names = {pseudonyms.get(each.juror_id): each.juror.name for each in attendances_of(session, edition)}
    lines = [_("The jury met: %(span)s.", span=_span(meeting["opened_at"], meeting["closed_at"], edition))]
    lines += [
        _(
            "%(name)s: %(span)s",
            name=names.get(stay["juror"], stay["juror"]),
            span=_span(stay["arrived_at"], stay["left_at"], edition),
        )
        for stay in stays
    ]
    came = {stay["juror"] for stay in stays}
    absent = [juror.name for juror in jurors_of(session, edition) if pseudonyms.get(juror.id) not in came]
    if absent and stays:
        lines.append(_("Absent: %(names)s.", names=", ".join(absent)))
    return lines


def _span(start: str, end: str | None, edition: Edition) -> str:
    begins = _moment(datetime.fromisoformat(start), edition)
    if end is None:
        return _("from %(start)s", start=begins)
    return _("from %(start)s to %(end)s", start=begins, end=_moment(datetime.fromisoformat(end), edition))


def _said_once(challenges: list[dict[str, Any]]) -> str:
    """The method where all challenges have the same, taken out of each; empty where they differ."""
    methods = {challenge["method"] for challenge in challenges}
    if len(methods) != 1:
        return ""
    for challenge in challenges:
        challenge["method"] = ""
    return str(methods.pop())


def _facts(edition: Edition, seal: Seal, document: Mapping[str, Any]) -> list[list[str]]:
    rules = document["rules"]
    previous = document["previous"]
    facts = [
        [_("Organised by"), edition.organiser_name],
        [_("Sealed on"), _moment(seal.sealed_at, edition)],
        [_("Rules"), _("version %(number)s", number=rules["number"]) if rules else _("none published")],
        [_("Jurors"), str(len(document["jurors"]))],
        [_("Reviews that count"), str(len(document["reviews"]))],
        [_("Conflicts of interest"), str(len(document["conflicts"]))],
    ]
    if previous:
        facts.append([_("Amends"), _("seal %(number)s", number=previous["number"])])
    return facts


def _challenge(
    challenge: Mapping[str, Any], entries: Mapping[str, Entry], edition: Edition, language: str
) -> dict[str, Any]:
    method = Method(challenge["method"])
    found = {row["entry"]: row for row in challenge["ranking"]}
    apart = {each["entry"]: each["kind"] for each in challenge["decisions"] if each["carried"]}
    no_winner = challenge["no_winner"]
    return {
        "title": f"{challenge['number']}. {Bilingual(**challenge['title']).in_language(language)}",
        "method": f"{METHOD_NAMES[method]}. {METHOD_NOTES[method]} {TIE_NOTES[TieRule(challenge['tie_rule'])]}",
        "weights": _("Weights: %(weights)s.", weights=_weights(challenge, language)),
        "head": [_("Place"), _("Entry"), _("Team"), _("Score"), _("Raw mean"), _("Reviews")],
        "rows": [_row(each, found[each["entry"]], entries, apart, language) for each in challenge["final"]],
        "empty": _("No entry was handed in for this challenge."),
        "finalists": _finalists(challenge, entries),
        "no_winner": _("This challenge has no winner: %(reason)s", reason=no_winner) if no_winner else "",
        "votes_title": _("Votes beyond the marks"),
        "votes": [_vote(each, edition) for each in challenge["decisions"]],
    }


def _finalists(challenge: Mapping[str, Any], entries: Mapping[str, Entry]) -> str:
    """Which entries the jury judged in a second round; empty without one."""
    # Seals from before there were rounds name none.
    named = [_named(code, entries.get(code)) for code in challenge.get("finalists", ())]
    return _("Finalists: %(entries)s", entries=", ".join(named)) if named else ""


def _named(code: str, entry: Entry | None) -> str:
    return f"{code} · {entry.title}" if entry else code


def _weights(challenge: Mapping[str, Any], language: str) -> str:
    return ", ".join(
        f"{Bilingual(**each['name']).in_language(language)} {each['weight']}" for each in challenge["criteria"]
    )


def _row(
    final: Mapping[str, Any],
    row: Mapping[str, Any],
    entries: Mapping[str, Entry],
    apart: Mapping[str, str],
    language: str,
) -> list[str]:
    code = final["entry"]
    entry = entries.get(code)
    name = APART_NAMES.get(DecisionKind(apart[code]), "") if code in apart else ""
    place = str(final["place"] or name or "–")
    return [
        place,
        _named(code, entry),
        entry.team.name if entry else "–",
        *_figures(row, language),
        str(row["reviews"]),
    ]


def _figures(row: Mapping[str, Any], language: str) -> list[str]:
    shown = [row["score"] or "–", row["raw"] or "–"]
    return [each.replace(".", ",") if language == "fr" else each for each in shown]


def _vote(decision: Mapping[str, Any], edition: Edition) -> str:
    words = {
        "what": _what(decision),
        "votes": hands_in_words(decision["for"], decision["against"], decision["abstained"]),
        "outcome": _("carried") if decision["carried"] else _("not carried"),
        "reason": decision["reason"],
        "moment": _moment(datetime.fromisoformat(decision["decided_at"]), edition),
    }
    said = _("%(what)s: %(outcome)s, with %(votes)s, on %(moment)s. Reason: %(reason)s", **words)
    if decision.get("present") is None:
        return said
    there = {"present": decision["present"], "voters": decision["voters"], "quorum": votes_of(decision).quorum}
    return f"{said} " + _("Present: %(present)s of the %(voters)s who may vote; the quorum is %(quorum)s.", **there)


def _what(decision: Mapping[str, Any]) -> str:
    words = {"entry": decision["entry"], "place": decision["place"]}
    sentences = {
        DecisionKind.PLACE: _("%(entry)s takes place %(place)s", **words),
        DecisionKind.HORS_CONCOURS: _("%(entry)s is outside the competition", **words),
        DecisionKind.DISQUALIFY: _("%(entry)s is disqualified", **words),
        DecisionKind.RESTORE: _("%(entry)s goes back where its marks place it", **words),
        DecisionKind.NO_WINNER: _("The challenge has no winner"),
        DecisionKind.WINNER: _("The challenge has a winner again"),
    }
    return sentences[DecisionKind(decision["kind"])]


def _moment(moment: datetime, edition: Edition) -> str:
    return local_datetime(moment, edition.time_zone).striptags()
