"""How much of a file is here, as far as the storage can tell."""

from hackaviz.kernel.storage import Appending, BlobMissing, StorageUnavailable
from hackaviz.web.storage import current_storage
from submissions.entries.transfers.models import Transfer
from submissions.entries.transfers.rules import TransferState


def arrived_bytes(transfer: Transfer) -> int:
    """The bytes that need not be sent again; none where the storage does not answer."""
    incoming = current_storage().incoming
    if transfer.state is not TransferState.BEGUN:
        return transfer.bytes
    try:
        if isinstance(incoming, Appending):
            return incoming.offset(transfer.public_id)
        if transfer.multipart_id is None:
            return 0
        return sum(part.bytes for part in incoming.parts(transfer.public_id, transfer.multipart_id))
    except (BlobMissing, StorageUnavailable):
        return 0
