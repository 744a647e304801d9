"""What a steward says of a dataset, as one value: the form and the demo make it, the service takes it."""

from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l

from challenges.catalogue.models import Availability
from challenges.catalogue.rules import LICENCES, THEMES, is_web_address, may_be_reachable
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.errors import Invalid
from hackaviz.kernel.identifiers import slugify

NOT_AN_ADDRESS = _l("This is not a web address. It starts with https:// or http://.")


@dataclass(frozen=True, kw_only=True)
class DatasetDetails:
    """Every fact of a dataset. An empty `slug` is made from the title.

    The publisher is found by name, or made. `availability` says what stands behind the link; a dataset whose file is
    here is HERE whatever is said, and one that has none never is.
    """

    title: Bilingual
    description: Bilingual
    publisher_name: str
    theme: str
    licence: str
    slug: str = ""
    publisher_website: str = ""
    licence_as_stated: str = ""
    landing_page: str = ""
    coverage: Bilingual | None = None
    period: str = ""
    keywords: tuple[str, ...] = ()
    frequency: str = ""
    contact: str = ""
    bounds: tuple[float, ...] | None = None
    issued_on: date | None = None
    modified_on: date | None = None
    formats: tuple[str, ...] = ()
    availability: Availability = Availability.DESCRIBED
    link_seen_on: date | None = None
    seen_in: str = ""
    is_featured: bool = False


def check_details(details: DatasetDetails, *, link: str = "") -> None:
    """Raise Invalid at the first fact that cannot be, naming its field. `link` is one that the dataset has already."""
    if not details.title:
        raise Invalid(_l("Write the title in French or in English."), field="title_fr")
    if not slugify(details.publisher_name):
        raise Invalid(_l("Say who publishes this dataset."), field="publisher_name")
    if details.theme not in THEMES:
        raise Invalid(_l("Choose a theme of the list."), field="theme")
    if details.licence not in LICENCES:
        raise Invalid(_l("Choose a licence of the list, or “not stated”."), field="licence")
    for field in ("landing_page", "publisher_website"):
        address = getattr(details, field)
        if address and not is_web_address(address):
            raise Invalid(NOT_AN_ADDRESS, field=field)
    if details.availability is Availability.REACHABLE and not may_be_reachable(
        details.link_seen_on, details.landing_page or link
    ):
        message = _l("A reachable dataset needs its web page and the day on which somebody saw it answer.")
        raise Invalid(message, field="link_seen_on")
