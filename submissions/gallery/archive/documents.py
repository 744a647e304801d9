"""The files of an archive that are no pages: cited data, frozen copies, sealed results."""

import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path, PurePosixPath

from flask import url_for
from sqlalchemy.orm import Session

from challenges.catalogue.models import Dataset
from challenges.catalogue.snapshots.models import DatasetSnapshot
from challenges.editions.models import Edition
from hackaviz.kernel.storage import Storage
from submissions.gallery.archive.names import DATA, DOCUMENTS
from submissions.gallery.registry import gallery_registry


def write_data(storage: Storage, datasets: Iterable[Dataset], folder: Path) -> dict[str, str]:
    """The files of the cited datasets that are kept here."""
    names = dict[str, str]()
    for dataset in datasets:
        for resource in dataset.resources:
            if not resource.is_here or resource.storage_key is None:
                continue
            name = f"{DATA}/{dataset.slug}/{resource.position + 1}-{PurePosixPath(resource.file_name).name}"
            _write_blob(storage, resource.storage_key, folder / name)
            names[url_for("catalogue.download", slug=dataset.slug, resource_id=resource.id)] = name
    return names


def write_copies(storage: Storage, copies: Iterable[DatasetSnapshot], folder: Path) -> dict[str, str]:
    """The frozen files of the edition, byte for byte."""
    names = dict[str, str]()
    for copy in copies:
        slug = copy.dataset.slug
        name = f"{DATA}/{slug}/frozen-{copy.public_id}-{PurePosixPath(copy.file_name).name}"
        _write_blob(storage, str(copy.storage_key), folder / name)
        names[url_for("snapshots.download", slug=slug, public_id=copy.public_id)] = name
    return names


def write_documents(session: Session, edition: Edition, folder: Path, now: datetime) -> dict[str, str]:
    """What other rooms offer as files: the sealed results."""
    names = dict[str, str]()
    for file in (file for files in gallery_registry().archived_files for file in files(session, edition, now)):
        target = folder / DOCUMENTS / file.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
        names[file.path] = f"{DOCUMENTS}/{file.name}"
    return names


def _write_blob(storage: Storage, key: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with storage.open(key) as stream, target.open("wb") as file:
        shutil.copyfileobj(stream, file)
