"""Who pins copies for which edition, and who may take them."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.catalogue.snapshots.models import DatasetSnapshot
from challenges.catalogue.snapshots.queries import copy_by_public_id
from challenges.catalogue.snapshots.rules import SnapshotState
from challenges.editions.models import Edition
from challenges.editions.policy import may_organise, may_see
from hackaviz.kernel.errors import NotFound

NO_COPY = _l("There is no such frozen copy. Those that are kept stand on the page of the dataset.")


def may_pin(person: Any, edition: Edition) -> bool:
    """Stewards for every edition that is public, organisers for theirs."""
    return may_organise(person, edition) or (bool(person.is_steward) and may_see(person, edition))


def find_copy(session: Session, public_id: str) -> DatasetSnapshot:
    """A copy, whatever its state. Raises NotFound."""
    copy = copy_by_public_id(session, public_id)
    if copy is None:
        raise NotFound(NO_COPY)
    return copy


def find_kept_copy(session: Session, public_id: str, reader: Any) -> DatasetSnapshot:
    """A copy that is here, of an edition that the reader may see. Raises NotFound."""
    copy = find_copy(session, public_id)
    if copy.state is not SnapshotState.KEPT or not may_see(reader, copy.edition):
        raise NotFound(NO_COPY)
    return copy
