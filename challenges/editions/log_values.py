"""The words for values that acts record in the log of an edition: fields, states, kinds, methods."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from challenges.editions.wording import DATE_NAMES

# The fields of an edition and of a challenge, which details name as values.
FIELD_NAMES = {
    **DATE_NAMES,
    "title": _l("title"),
    "question": _l("question"),
    "brief": _l("what is asked"),
    "number": _l("number"),
    "tagline": _l("promise in one line"),
    "description": _l("presentation"),
    "organiser_name": _l("name of the organiser"),
    "contact_email": _l("e-mail address to write to"),
    "time_zone": _l("time zone"),
    "slug": _l("address"),
    "provenance": _l("what is fact and what is invented"),
    "hand_in_grace_minutes": _l("minutes of grace"),
    "smallest_team": _l("smallest team"),
    "largest_team": _l("largest team"),
    "reviews_needed": _l("reviews needed"),
    "ambitions": _l("ambitions"),
    "objectives": _l("objectives"),
}
_CONFLICTS = {
    "declared": _l("declared by the juror"),
    "member": _l("member of the team"),
    "past-team": _l("shared a team before"),
    "sponsor": _l("stands for a sponsor of the prize"),
    "domain": _l("same e-mail domain"),
    "school": _l("same school"),
    "mentor": _l("mentor of the team"),
}
_CONTRIBUTIONS = {
    "money": _l("money"),
    "data": _l("data"),
    "jurors": _l("jurors"),
    "in_kind": _l("in kind"),
}
_DECISIONS = {
    "place": _l("another place"),
    "hors-concours": _l("hors concours"),
    "disqualify": _l("disqualified"),
    "restore": _l("ranked again"),
    "no-winner": _l("no winner"),
    "winner": _l("a winner again"),
}
_GROUNDS = {
    "refused": _l("status not confirmed"),
    "hors_concours": _l("hors concours"),
    "not_student": _l("not a student"),
    "too_old": _l("too old"),
    "age_unknown": _l("age not stated"),
    "other_region": _l("from another region"),
    "region_unknown": _l("region not stated"),
    "not_first_entry": _l("not a first entry"),
    "first_entry_unknown": _l("not stated whether it is a first entry"),
}
_STATES = {
    "accepted": _l("accepted"),
    "refused": _l("refused"),
    "pending": _l("to decide"),
    "listed": _l("listed"),
    "too-late": _l("too late"),
    "counted": _l("counted"),
    "granted": _l("granted"),
    "received": _l("received"),
    "requested": _l("requested"),
}
_METHODS = {
    "blup": _l("mixed model"),
    "additive": _l("additive model"),
    "mean": _l("weighted mean"),
    "trimmed": _l("trimmed mean"),
    "zscore": _l("standardised scores"),
    "borda": _l("Borda"),
    "schulze": _l("Schulze"),
    "majority": _l("majority judgment"),
}
# By the name of the detail.
VALUES: Mapping[str, Mapping[str, LazyString]] = {
    "although": _GROUNDS,
    "changed": FIELD_NAMES,
    "date": DATE_NAMES,
    "text": FIELD_NAMES,
    "setting": FIELD_NAMES,
    "because": {"method": _l("the method changed"), "marks": _l("marks changed")},
    "custody": {
        "organiser": _l("kept by the organiser"),
        "carrier": _l("kept by a carrier"),
        "direct": _l("paid directly to winners"),
    },
    "electorate": {"everybody": _l("everybody with a verified account"), "listed": _l("the addresses listed")},
    "eligibility": {"stated": _l("stated"), "confirmed": _l("confirmed"), "refused": _l("refused")},
    "addressees": {"winners": _l("teams that won"), "others": _l("teams that won nothing")},
    "kind": {**_CONFLICTS, **_CONTRIBUTIONS, **_DECISIONS},
    "method": _METHODS,
    "role": {"organiser": _l("organiser"), "juror": _l("juror"), "sponsor": _l("sponsor’s contact")},
    "state": _STATES,
    "tie": {
        "none": _l("no tie"),
        "sponsor_staff": _l("works for a sponsor"),
        "juror_relative": _l("relative of a juror"),
    },
    "ties": {"chain": _l("told apart by the chain of the rules"), "shared": _l("share the place")},
    "why": _STATES,
}
