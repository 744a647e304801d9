"""Who may change the catalogue, and how a page finds what it shows."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.catalogue.merging.queries import present_address
from challenges.catalogue.models import Dataset, Resource
from challenges.catalogue.queries import dataset_by_slug, resource_of
from challenges.editions.policy import organises_any
from hackaviz.kernel.errors import NotFound


def may_catalogue(person: Any) -> bool:
    """Stewards, organisers of some edition, and administrators."""
    return bool(person.is_authenticated and (person.is_steward or organises_any(person)))


class DatasetMoved(NotFound):
    """The dataset was merged into another: `slug` is where it is now."""

    code = "dataset-moved"

    def __init__(self, slug: str) -> None:
        super().__init__(_l("This dataset was merged into another. Nothing was changed. Look at its page again."))
        self.slug = slug


def find_dataset(session: Session, slug: str) -> Dataset:
    """The dataset at an address. Raises NotFound, or DatasetMoved for an address that it had before a merge."""
    dataset = dataset_by_slug(session, slug)
    if dataset is None and (present := present_address(session, slug)):
        raise DatasetMoved(present)
    if dataset is None:
        raise NotFound(_l("There is no dataset at this address. Search the catalogue for its name."))
    return dataset


def find_resource(session: Session, slug: str, resource_id: int) -> Resource:
    """A file or link of the dataset at an address. Raises NotFound."""
    resource = resource_of(session, slug, resource_id)
    if resource is None:
        raise NotFound(_l("This dataset has no such file. It may have been replaced: look at its page."))
    return resource


def find_file(session: Session, slug: str, resource_id: int) -> Resource:
    """A file that is here. Raises NotFound, for a link too."""
    resource = find_resource(session, slug, resource_id)
    if not resource.is_here:
        raise NotFound(_l("This file is kept elsewhere: its link is on the page of the dataset."))
    return resource
