"""Words for listings."""

from flask_babel import lazy_gettext as _l

from submissions.entries.listing.models import ListingState

# How a pill shows each state, and its word.
STATE_WORDS = {
    ListingState.PENDING: ("warn", _l("to decide")),
    ListingState.LISTED: ("ok", _l("listed")),
    ListingState.REFUSED: ("bad", _l("not listed")),
}
