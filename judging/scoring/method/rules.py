"""Methods that an edition may name, and when naming one is an amendment. Pure."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from hackaviz.kernel.errors import Invalid

LONGEST_REASON = 1000
# Below these a mixed model knows too little of jurors, or of entries.
FEWEST_JURORS, FEWEST_REVIEWS = 6, 3


class Method(StrEnum):
    """The methods of judging/ranking, in the order in which they are offered."""

    BLUP = "blup"
    ADDITIVE = "additive"
    MEAN = "mean"
    TRIMMED = "trimmed"
    ZSCORE = "zscore"
    BORDA = "borda"
    SCHULZE = "schulze"
    MAJORITY = "majority"


def is_amendment(judging_opens_at: datetime, now: datetime) -> bool:
    """Whether the jury has begun, so that what was named before changes."""
    return now >= judging_opens_at


def check_reason(reason: str, *, amends: bool) -> str:
    """The reason as it is kept. Raises Invalid for an amendment without one."""
    if amends and not reason.strip():
        message = _l("The jury has begun: say why the method changes. The reason is public, with its date.")
        raise Invalid(message, field="reason")
    if len(reason) > LONGEST_REASON:
        raise Invalid(_l("Say it in %(most)s characters or fewer.", most=LONGEST_REASON), field="reason")
    return reason.strip()


def suits_mixed_model(jurors: int, entries_by_challenge: Iterable[int], reviews: int) -> bool:
    """Whether a plan gives the mixed model enough: in each challenge more reviews than it has unknowns."""
    sizes = list(entries_by_challenge)
    has_people = jurors >= FEWEST_JURORS and reviews >= FEWEST_REVIEWS and bool(sizes)
    return has_people and all(entries * reviews > entries + jurors for entries in sizes)
