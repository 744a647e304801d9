"""Frozen copies in words."""

from flask_babel import lazy_gettext as _l

from challenges.catalogue.snapshots.models import DatasetSnapshot
from challenges.catalogue.snapshots.rules import SnapshotState

STATE_PILLS = {
    SnapshotState.WAITING: ("info", _l("waits for its file")),
    SnapshotState.KEPT: ("ok", _l("kept here")),
    SnapshotState.FAILED: ("bad", _l("did not come")),
}
FAILURES = {
    "not-web": _l("Its link is no web address."),
    "address-refused": _l("Its link leads inside a private network."),
    "host-unknown": _l("No host answers to the name in its link."),
    "unreachable": _l("The host did not answer, or broke off."),
    "too-slow": _l("The host took longer than two minutes."),
    "too-many-bytes": _l("The file is larger than 50 MB."),
    "too-many-redirects": _l("The host sends from one address to the next without end."),
    "refused-by-host": _l("The host answered with an error."),
    "invalid": _l("The file is empty or larger than 50 MB."),
}


def failure_in_words(copy: DatasetSnapshot) -> str:
    """Why the file did not come; empty where it did, or was not asked for yet."""
    return str(FAILURES.get(copy.failure, copy.failure))
