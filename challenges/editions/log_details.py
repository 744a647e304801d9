"""The details of an act in the log of an edition as people read them: each by name, in words of their language."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from challenges.editions.log_values import VALUES
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.web.language import current_language
from hackaviz.web.templating import day_in_words, local_datetime, money

DETAIL_NAMES = {
    "addressees": _l("addressed to"),
    "consent": _l("consent"),
    "due_on": _l("due on"),
    "former": _l("deadline before"),
    "letters": _l("letters"),
    "signature": _l("found in it"),
    "stated_cents": _l("stated value"),
    "live_hosts": _l("live hosts"),
    "code": _l("code"),
    "state": _l("state"),
    "reasons": _l("reasons"),
    "eligibility": _l("eligibility"),
    "rules_version": _l("version of the rules"),
    "seat": _l("seat"),
    "invitation": _l("invitation"),
    "marks_set_aside": _l("marks set aside"),
    "date": _l("date"),
    "before": _l("before"),
    "after": _l("after"),
    "changed": _l("changed"),
    "number": _l("number"),
    "added": _l("added"),
    "removed": _l("removed"),
    "criteria": _l("criteria"),
    "slug": _l("address"),
    "email": _l("e-mail address"),
    "role": _l("role"),
    "name": _l("name"),
    "reason": _l("reason"),
    "cents": _l("amount"),
    "entry": _l("entry"),
    "juror": _l("juror"),
    "version": _l("version"),
    "title": _l("title"),
    "text": _l("text"),
    "setting": _l("setting"),
    "dataset": _l("dataset"),
    "challenge": _l("challenge"),
    "team": _l("team"),
    "prize": _l("prize"),
    "file": _l("file"),
    "sha256": _l("SHA-256"),
    "sponsor": _l("sponsor"),
    "custody": _l("where the money goes"),
    "challenges": _l("challenges"),
    "reference": _l("reference"),
    "received_on": _l("received on"),
    "awards": _l("awards"),
    "parts": _l("parts"),
    "paid_on": _l("paid on"),
    "public_at": _l("public from"),
    "kind": _l("kind"),
    "votes": _l("for, against, abstained"),
    "carried": _l("carried"),
    "method": _l("method"),
    "ties": _l("equal scores"),
    "electorate": _l("who votes"),
    "opens_at": _l("opens"),
    "closes_at": _l("closes"),
    "finalists_only": _l("finalists only"),
    "finalists_open_at": _l("finalists’ round opens"),
    "qualification_closes_at": _l("qualification closes"),
    "further_reviews": _l("further jurors for each finalist"),
    "funder": _l("asked of"),
    "signed": _l("signed"),
    "is_lead": _l("chairs the jury"),
    "most": _l("entries at most"),
    "certificates": _l("certificates"),
    "although": _l("although"),
    "because": _l("because of"),
    "bytes": _l("bytes"),
    "decision": _l("decision"),
    "done": _l("done"),
    "entries": _l("entries"),
    "is_featured": _l("recommended"),
    "name_before": _l("name before"),
    "one_prize": _l("one prize for each entry"),
    "school": _l("school"),
    "tie": _l("tie"),
    "url": _l("address"),
    "source": _l("source"),
    "why": _l("because of"),
    "codes": _l("entries"),
    "conditions": _l("conditions"),
    "place": _l("place"),
    "resource": _l("file"),
    "rhythm": _l("how often"),
}
# Numbers and keys of rows, which are for programs that read the log.
FOR_PROGRAMS = {
    "arrived",
    "captain",
    "challenges",
    "invitation",
    "left",
    "logo",
    "person",
    "prizes",
    "proof",
    "proposal",
    "reverses",
    "shares",
    "transfer",
    "upload",
}


# Numbers of people, read by their names.
PEOPLE = {"juror_id": _l("juror"), "person_id": _l("person"), "person": _l("person"), "captain": _l("captain")}


def people_in(details: Mapping[str, Any]) -> set[int]:
    """The numbers of the people whom the details of an act name."""
    return {details[name] for name in PEOPLE if isinstance(details.get(name), int)}


def details_in_words(
    details: Mapping[str, Any], zone: str, people: Mapping[int, str] | None = None
) -> list[tuple[str, str]]:
    """The details of an act by name. Moments are in the time zone of the edition; `people` names those it numbers."""
    known = people or {}
    named = [(str(label), known[details[name]]) for name, label in PEOPLE.items() if details.get(name) in known]
    return named + [_detail(name, value, zone) for name, value in details.items() if _says_something(name, value)]


def _says_something(name: str, value: Any) -> bool:
    return value not in (None, "", [], {}) and not name.endswith("_id") and name not in FOR_PROGRAMS


def _detail(name: str, value: Any, zone: str) -> tuple[str, str]:
    if name.endswith("cents") and isinstance(value, int):
        return str(DETAIL_NAMES.get(name, DETAIL_NAMES["cents"])), money(value)
    return str(DETAIL_NAMES.get(name, name.replace("_", " "))), _readable(name, value, zone)


def _readable(name: str, value: Any, zone: str) -> str:
    if isinstance(value, list):
        return ", ".join(_readable(name, each, zone) for each in value)
    if isinstance(value, dict):
        return _several(name, value, zone)
    if isinstance(value, bool):
        return str(_l("yes") if value else _l("no"))
    if isinstance(value, str):
        return _in_words(name, value, zone)
    return str(value)


def _several(name: str, value: Mapping[str, Any], zone: str) -> str:
    if value.keys() == {"fr", "en"}:
        return Bilingual(**value).in_language(current_language())
    if name == "parts":
        return ", ".join(f"{_('%(name)s:', name=part)} {money(cents)}" for part, cents in value.items())
    return ", ".join(f"{_('%(name)s:', name=part)} {said}" for part, said in details_in_words(value, zone))


def _in_words(name: str, value: str, zone: str) -> str:
    if value in VALUES.get(name, {}):
        return str(VALUES[name][value])
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    if moment.tzinfo is not None:
        return local_datetime(moment, zone).striptags()
    return day_in_words(date.fromisoformat(value)) if len(value) == len("2026-03-02") else value
