"""Who may see a certificate, and what may be said of it."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from hackaviz.kernel.errors import NotFound
from judging.results.certificates.models import Certificate
from judging.results.certificates.queries import certificate_at, made_for_person
from judging.results.models import Publication
from judging.results.queries import public_results
from judging.results.reading import row_of, told_of


def find_certificate(session: Session, public_id: str, now: datetime) -> tuple[Certificate, Publication]:
    """A certificate that anybody may verify, and the publication in force.

    Raises NotFound while the results are not public, as if it did not exist. So it does for a bearer who has closed the
    account, and for a work that is in no ranking any more. One that was made for a date which was then withdrawn may be
    on paper too: it is compared with what is public now, like any other.
    """
    found = certificate_at(session, public_id)
    newest = public_results(session, found.publication.edition, now) if found is not None and found.files else None
    if found is None or newest is None or row_of(newest.snapshot, found.entry.public_id) is None:
        raise NotFound(_l("No certificate is known at this address. Compare it with the one on the paper."))
    return found, newest


def holds_still(certificate: Certificate, publication: Publication) -> bool:
    """Whether a publication says of the work what the certificate says."""
    entry = certificate.entry.public_id
    if row_of(publication.snapshot, entry) is None:
        return False
    return told_of(certificate.publication.snapshot, entry) == told_of(publication.snapshot, entry)


def own_certificate(session: Session, edition: Edition, person: Any, now: datetime) -> Certificate | None:
    """The newest certificate of a person that is made and says what is public; None before the results are public."""
    publication = public_results(session, edition, now)
    if publication is None:
        return None
    made = made_for_person(session, edition.id, person)
    return next((each for each in made if holds_still(each, publication)), None)


def find_own_certificate(session: Session, edition: Edition, person: Any, now: datetime) -> Certificate:
    """The same. Raises NotFound where there is none."""
    found = own_certificate(session, edition, person, now)
    if found is None:
        raise NotFound(_l("There is no certificate for you here yet."))
    return found
