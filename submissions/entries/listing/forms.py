"""The decision on a listing, as a form."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from hackaviz.web.changing import ChangeForm
from hackaviz.web.forms import long_text_field
from submissions.entries.listing.models import Listing, ListingState

DECISION_WORDS = {
    ListingState.LISTED: _l("Listed: it stands in the matrix of contributions"),
    ListingState.REFUSED: _l("Refused, for the reason below"),
    ListingState.PENDING: _l("Not decided yet"),
}


class ListingForm(ChangeForm):
    """Listed, refused or not decided yet."""

    state = RadioField(
        _l("Decision"),
        choices=[SelectChoice(state.value, words) for state, words in DECISION_WORDS.items()],
        default=ListingState.PENDING.value,
    )
    reason = long_text_field(_l("Reason"), longest=2_000, required=False)

    @classmethod
    def of(cls, listing: Listing | None) -> "ListingForm":
        """The form of a decision as it stands."""
        return cls(data={"state": listing.state.value, "reason": listing.reason} if listing else {})
