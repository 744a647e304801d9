"""Who may see a certificate, and what may be said of it."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from hackaviz.kernel.errors import NotFound
from judging.results.certificates.models import Certificate
from judging.results.certificates.queries import certificate_at, certificate_of
from judging.results.models import Publication
from judging.results.queries import public_publications, public_results


def find_certificate(session: Session, public_id: str, now: datetime) -> Certificate:
    """A certificate that anybody may verify. Raises NotFound while its results are not public, as if it did not exist.

    So it does for a bearer who has closed the account.
    """
    found = certificate_at(session, public_id)
    if found is None or not found.files or not _is_public(session, found.publication, now):
        raise NotFound(_l("No certificate is known at this address. Compare it with the one on the paper."))
    return found


def _is_public(session: Session, publication: Publication, now: datetime) -> bool:
    return publication.id in {each.id for each in public_publications(session, publication.edition, now)}


def find_own_certificate(session: Session, edition: Edition, person: Any, now: datetime) -> Certificate:
    """The certificate of a person, made, once the results are public. Raises NotFound."""
    publication = public_results(session, edition, now)
    found = certificate_of(session, publication, person) if publication is not None else None
    if found is None or not found.files:
        raise NotFound(_l("There is no certificate for you here yet."))
    return found
