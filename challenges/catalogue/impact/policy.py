"""How a page finds its publisher."""

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.catalogue.models import Publisher
from challenges.catalogue.queries import publisher_by_slug
from hackaviz.kernel.errors import NotFound


def find_publisher(session: Session, slug: str) -> Publisher:
    """The publisher at an address. Raises NotFound."""
    publisher = publisher_by_slug(session, slug)
    if publisher is None:
        raise NotFound(_l("There is no publisher at this address. Look for its name in the catalogue."))
    return publisher
