"""Files of our own catalogue that a work loads by their address: copied from the storage, never asked for."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from challenges.catalogue.models import Resource
from challenges.catalogue.queries import resource_of
from hackaviz.kernel.jobs import Transaction
from hackaviz.kernel.storage import Storage
from hackaviz.kernel.storage.blobs import BlobMissing
from submissions.intake.media_types import media_type
from submissions.viewer.copies.addresses import FILE, own_path
from submissions.viewer.copies.obtaining import Copied, NotCopied

NOT_HERE = "not-in-catalogue"


@dataclass(frozen=True)
class OwnCatalogue:
    """The catalogue, for one work: copies go into `folder`."""

    base_url: str
    storage: Storage
    transaction: Transaction
    folder: Path

    def obtain(self, address: str) -> Copied:
        """A copy of the file at an own address, byte for byte. Raises NotCopied when its data is not kept here."""
        resource = self._resource(address)
        if resource is None or resource.storage_key is None:
            raise NotCopied(NOT_HERE)
        disk = self.folder / f"data-{resource.id}"
        try:
            with self.storage.open(resource.storage_key) as stream, disk.open("wb") as target:
                shutil.copyfileobj(stream, target)
        except BlobMissing as error:
            raise NotCopied(NOT_HERE) from error
        path = own_path(address, file_name=resource.file_name, data_format=resource.format)
        return Copied(address, address, path, disk, media_type(path, lambda: [disk.read_bytes()]), is_data=True)

    def _resource(self, address: str) -> Resource | None:
        found = FILE.fullmatch(urlsplit(address).path)
        if found is None:
            return None
        with self.transaction() as session:
            resource = resource_of(session, found[1], int(found[2]))
            if resource is not None:
                session.expunge(resource)
            return resource
