"""How pages find imports and sources."""

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.catalogue.harvest.models import HarvestSource
from challenges.catalogue.imports.models import CatalogueImport
from challenges.catalogue.imports.queries import import_by_id, source_by_id
from hackaviz.kernel.errors import NotFound


def find_import(session: Session, import_id: int) -> CatalogueImport:
    """One import. Raises NotFound."""
    this = import_by_id(session, import_id)
    if this is None:
        raise NotFound(_l("There is no such import. The list of imports has all of them."))
    return this


def find_source(session: Session, source_id: int) -> HarvestSource:
    """One source. Raises NotFound."""
    source = source_by_id(session, source_id)
    if source is None:
        raise NotFound(_l("There is no such source. The list of imports has all of them."))
    return source
