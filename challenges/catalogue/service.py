"""What stewards do with the catalogue: the only door through which it changes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from challenges.catalogue.details import NOT_AN_ADDRESS, DatasetDetails, check_details
from challenges.catalogue.files import KeptFile, examine, store
from challenges.catalogue.models import Availability, Dataset, DatasetFormat, Publisher, Resource
from challenges.catalogue.queries import dataset_by_slug, publisher_by_slug
from challenges.catalogue.rules import (
    clean_formats,
    format_name,
    is_slug,
    is_web_address,
    licence_of,
    may_be_reachable,
    safe_file_name,
    search_text,
    theme_name,
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
    record(session, "dataset.add", subject=dataset, actor=actor, now=now, slug=dataset.slug)
    return dataset


def edit_dataset(
    session: Session, *, dataset: Dataset, details: DatasetDetails, actor: Person | None, now: datetime
) -> None:
    """Change the facts of a dataset. Its address stays, since others link to it."""
    check_details(details)
    _describe(session, dataset, details, now)
    record(session, "dataset.edit", subject=dataset, actor=actor, now=now)


def put_dataset(session: Session, *, details: DatasetDetails, actor: Person | None, now: datetime) -> Dataset:
    """Add a dataset, or bring the one at this address up to date; the same details a second time change nothing."""
    dataset = dataset_by_slug(session, details.slug)
    if dataset is None:
        return add_dataset(session, details=details, actor=actor, now=now)
    if _differs(dataset, details):
        edit_dataset(session, dataset=dataset, details=details, actor=actor, now=now)
    return dataset


def feature_dataset(
    session: Session, *, dataset: Dataset, is_featured: bool, actor: Person | None, now: datetime
) -> None:
    """Put a dataset before its equals, or back among them."""
    dataset.is_featured = is_featured
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
    _files_changed(dataset, now)
    digest = file.blob.sha256
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
    _files_changed(dataset, now)
    record(session, "dataset.attach_link", subject=dataset, actor=actor, now=now, url=url)
    return resource


def remove_resource(session: Session, *, resource: Resource, actor: Person | None, now: datetime) -> None:
    """Take a file or link away. The bytes stay in the storage as long as another row names them."""
    dataset = resource.dataset
    dataset.resources.remove(resource)
    _files_changed(dataset, now)
    name = resource.file_name or resource.url
    record(session, "dataset.remove_resource", subject=dataset, actor=actor, now=now, resource=name)


def _slug_for(session: Session, details: DatasetDetails) -> str:
    slug = details.slug or slugify(details.title.in_language("en"))
    if not is_slug(slug):
        raise Invalid(_l("An address is made of small letters, digits and hyphens, such as world-ports."), field="slug")
    if dataset_by_slug(session, slug) is not None:
        raise SlugTaken(_l("Another dataset has this address. Choose another."), field="slug")
    return slug


def _describe(session: Session, dataset: Dataset, details: DatasetDetails, now: datetime) -> None:
    # Without autoflush: a dataset that is still being filled in must not be written by the search for its publisher.
    with session.no_autoflush:
        dataset.publisher = _publisher(session, details)
    dataset.title, dataset.description, dataset.coverage = details.title, details.description, details.coverage
    dataset.theme, dataset.period, dataset.is_featured = details.theme, details.period, details.is_featured
    dataset.licence, dataset.licence_as_stated = details.licence, details.licence_as_stated
    dataset.landing_page, dataset.seen_in = details.landing_page, details.seen_in
    dataset.link_seen_on = details.link_seen_on
    dataset.availability = _availability(dataset, details.availability)
    _set_formats(dataset, [*details.formats, *(resource.format for resource in dataset.resources)])
    _fold(dataset)
    dataset.updated_at = now


def _publisher(session: Session, details: DatasetDetails) -> Publisher:
    slug = slugify(details.publisher_name, longest=120)
    publisher = publisher_by_slug(session, slug)
    if publisher is None:
        publisher = Publisher(slug=slug, name=details.publisher_name, website=details.publisher_website)
        session.add(publisher)
    elif details.publisher_website:
        publisher.website = details.publisher_website
    return publisher


def _availability(dataset: Dataset, said: Availability) -> Availability:
    if any(resource.is_here for resource in dataset.resources):
        return Availability.HERE
    return Availability.DESCRIBED if said is Availability.HERE else said


def _files_changed(dataset: Dataset, now: datetime) -> None:
    said = dataset.availability
    if said is Availability.HERE and may_be_reachable(dataset.link_seen_on, dataset.landing_page):
        said = Availability.REACHABLE
    dataset.availability = _availability(dataset, said)
    _set_formats(dataset, [*dataset.formats, *(resource.format for resource in dataset.resources)])
    _fold(dataset)
    dataset.updated_at = now


def _set_formats(dataset: Dataset, formats: Iterable[str]) -> None:
    wanted = clean_formats(formats)
    kept = {row.format: row for row in dataset.format_rows}
    dataset.format_rows = [kept.get(code) or DatasetFormat(format=code) for code in wanted]


def _fold(dataset: Dataset) -> None:
    theme, licence, coverage = theme_name(dataset.theme), licence_of(dataset.licence), dataset.coverage or Bilingual()
    texts = (dataset.title, dataset.description, coverage, theme, licence.name)
    words = [text for pair in texts for text in (pair.fr, pair.en)]
    formats = [name for code in dataset.formats for name in (code, format_name(code))]
    dataset.folded = search_text([*words, dataset.publisher.name, *formats])
    dataset.folded_title_fr = search_text([dataset.title.in_language("fr")])[:400]
    dataset.folded_title_en = search_text([dataset.title.in_language("en")])[:400]


def _next_position(dataset: Dataset) -> int:
    return max((resource.position for resource in dataset.resources), default=-1) + 1


def _differs(dataset: Dataset, details: DatasetDetails) -> bool:
    names = (
        "title",
        "description",
        "theme",
        "licence",
        "licence_as_stated",
        "landing_page",
        "coverage",
        "period",
        "link_seen_on",
        "seen_in",
        "is_featured",
    )
    formats = clean_formats([*details.formats, *(resource.format for resource in dataset.resources)])
    return (
        any(getattr(dataset, name) != getattr(details, name) for name in names)
        or dataset.publisher.slug != slugify(details.publisher_name, longest=120)
        or dataset.availability is not _availability(dataset, details.availability)
        or dataset.formats != formats
    )
