"""What stewards do with the catalogue: the only door through which it changes."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from challenges.catalogue.describing import describe, differs, files_changed, first_link
from challenges.catalogue.details import NOT_AN_ADDRESS, DatasetDetails, check_details
from challenges.catalogue.files import KeptFile, examine, store
from challenges.catalogue.merging.queries import present_address
from challenges.catalogue.models import Availability, Dataset, Publisher, Resource
from challenges.catalogue.placing import catalogue_changed
from challenges.catalogue.queries import dataset_by_slug, publisher_by_slug
from challenges.catalogue.rules import (
    is_slug,
    is_web_address,
    safe_file_name,
)
from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.errors import Invalid
from hackaviz.kernel.identifiers import slugify
from hackaviz.kernel.storage import Storage
from hackaviz.kernel.storage.blobs import Readable


class SlugTaken(Invalid):
    """Another dataset has this address."""

    code = "slug-taken"


def add_dataset(session: Session, *, details: DatasetDetails, actor: Person | None, now: datetime) -> Dataset:
    """A new dataset, public at once. Raises Invalid or SlugTaken, naming the field."""
    check_details(details)
    dataset = Dataset(slug=_slug_for(session, details), availability=Availability.DESCRIBED, created_at=now)
    try:
        with session.begin_nested():
            _describe(session, dataset, details, now)
            session.add(dataset)
    except IntegrityError as error:
        raise SlugTaken(_l("Another dataset has this address. Choose another."), field="slug") from error
    catalogue_changed(session, dataset)
    record(session, "dataset.add", subject=dataset, actor=actor, now=now, slug=dataset.slug)
    return dataset


def edit_dataset(
    session: Session, *, dataset: Dataset, details: DatasetDetails, actor: Person | None, now: datetime
) -> None:
    """Change the facts of a dataset. Its address stays, since others link to it."""
    check_details(details, link=first_link(dataset))
    _describe(session, dataset, details, now)
    catalogue_changed(session, dataset)
    record(session, "dataset.edit", subject=dataset, actor=actor, now=now)


def put_dataset(session: Session, *, details: DatasetDetails, actor: Person | None, now: datetime) -> Dataset:
    """Add a dataset, or bring the one at this address up to date; the same details a second time change nothing."""
    dataset = dataset_by_slug(session, details.slug)
    if dataset is None:
        return add_dataset(session, details=details, actor=actor, now=now)
    if differs(dataset, details):
        edit_dataset(session, dataset=dataset, details=details, actor=actor, now=now)
    return dataset


def feature_dataset(
    session: Session, *, dataset: Dataset, is_featured: bool, actor: Person | None, now: datetime
) -> None:
    """Put a dataset before its equals, or back among them."""
    dataset.is_featured = is_featured
    catalogue_changed(session, dataset)
    record(session, "dataset.feature", subject=dataset, actor=actor, now=now, is_featured=is_featured)


def attach_file(
    session: Session,
    *,
    dataset: Dataset,
    stream: Readable,
    file_name: str,
    title: Bilingual,
    storage: Storage,
    actor: Person | None,
    now: datetime,
    chart: dict[str, Any] | None = None,
) -> Resource:
    """Store a file, look into it, and attach it, for scripts; the same file a second time changes nothing."""
    blob = store(storage, stream)
    resource = _file_named(dataset, safe_file_name(file_name))
    if resource is not None and (resource.sha256, resource.title, resource.chart) == (blob.sha256, title, chart):
        return resource
    kept = examine(storage, blob, file_name=file_name, chart=chart)
    return attach_kept_file(session, dataset=dataset, file=kept, title=title, actor=actor, now=now)


def attach_kept_file(
    session: Session, *, dataset: Dataset, file: KeptFile, title: Bilingual, actor: Person | None, now: datetime
) -> Resource:
    """Attach a file that `keep_file` stored. One of the same name is replaced."""
    resource = _file_named(dataset, file.file_name)
    if resource is None:
        resource = Resource(position=_next_position(dataset), url="")
        dataset.resources.append(resource)
    resource.title, resource.format, resource.file_name = title, file.format, file.file_name
    resource.storage_key, resource.bytes, resource.sha256 = file.blob.key, file.blob.bytes, file.blob.sha256
    resource.inspection, resource.chart = file.inspection, file.chart
    files_changed(dataset, now)
    digest = file.blob.sha256
    catalogue_changed(session, dataset)
    record(session, "dataset.attach_file", subject=dataset, actor=actor, now=now, file=file.file_name, sha256=digest)
    return resource


def _file_named(dataset: Dataset, name: str) -> Resource | None:
    return next((each for each in dataset.resources if each.is_here and each.file_name == name), None)


def attach_link(
    session: Session,
    *,
    dataset: Dataset,
    url: str,
    title: Bilingual,
    file_format: str,
    actor: Person | None,
    now: datetime,
) -> Resource:
    """Attach the address of a file that others keep. The same address twice is one resource."""
    if not is_web_address(url):
        raise Invalid(NOT_AN_ADDRESS, field="url")
    resource = next((each for each in dataset.resources if each.url == url), None)
    if resource is not None and (resource.title, resource.format) == (title, file_format.lower()):
        return resource
    if resource is None:
        resource = Resource(position=_next_position(dataset), url=url)
        dataset.resources.append(resource)
    resource.title, resource.format = title, file_format.lower()
    files_changed(dataset, now)
    catalogue_changed(session, dataset)
    record(session, "dataset.attach_link", subject=dataset, actor=actor, now=now, url=url)
    return resource


def remove_resource(session: Session, *, resource: Resource, actor: Person | None, now: datetime) -> None:
    """Take a file or link away. The bytes stay in the storage as long as another row names them."""
    dataset = resource.dataset
    dataset.resources.remove(resource)
    files_changed(dataset, now)
    name = resource.file_name or resource.url
    catalogue_changed(session, dataset)
    record(session, "dataset.remove_resource", subject=dataset, actor=actor, now=now, resource=name)


def _slug_for(session: Session, details: DatasetDetails) -> str:
    slug = details.slug or slugify(details.title.in_language("en"))
    if not is_slug(slug):
        raise Invalid(_l("An address is made of small letters, digits and hyphens, such as world-ports."), field="slug")
    if dataset_by_slug(session, slug) is not None or present_address(session, slug) is not None:
        raise SlugTaken(_l("Another dataset has this address. Choose another."), field="slug")
    return slug


def _describe(session: Session, dataset: Dataset, details: DatasetDetails, now: datetime) -> None:
    # Without autoflush: a dataset that is still being filled in must not be written by the search for its publisher.
    with session.no_autoflush:
        publisher = _publisher(session, details)
    describe(dataset, details, publisher, now)


def _publisher(session: Session, details: DatasetDetails) -> Publisher:
    slug = slugify(details.publisher_name, longest=120)
    publisher = publisher_by_slug(session, slug)
    if publisher is None:
        publisher = Publisher(slug=slug, name=details.publisher_name, website=details.publisher_website)
        session.add(publisher)
    elif details.publisher_website:
        publisher.website = details.publisher_website
    return publisher


def _next_position(dataset: Dataset) -> int:
    return max((resource.position for resource in dataset.resources), default=-1) + 1
