"""Why a file on its way is refused: what happened, what is kept, what to do."""

from flask_babel import lazy_gettext as _l

from hackaviz.kernel.errors import Conflict, Invalid, NotFound, TooLarge
from submissions.intake.limits import MEGABYTE


class NothingToSend(Invalid):
    """A file holds at least one byte."""

    def __init__(self) -> None:
        super().__init__(_l("This file is empty. Check that it was saved, then choose it again."))


class QuotaUsed(TooLarge):
    """A team has sent more than one needs."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            _l(
                "Your team has sent %(limit)s MB in all, the most that one team may. What you sent before is kept. "
                "Write to the organisers if you need more.",
                limit=limit // MEGABYTE,
            )
        )


class NotOnItsWay(Conflict):
    """A transfer has ended: whole, cancelled, or given up."""

    status = 410
    code = "transfer-ended"

    def __init__(self) -> None:
        super().__init__(_l("This transfer has ended: it can take no more bytes. Choose the file again."))


class HandInWaits(Conflict):
    """A file that a hand-in names stays."""

    def __init__(self) -> None:
        super().__init__(
            _l("A hand-in waits for this file, so it cannot be cancelled. Send another file and hand in again.")
        )


class NoTransfer(NotFound):
    """There is no such transfer for this person."""

    def __init__(self) -> None:
        super().__init__(_l("There is no transfer at this address, or it is not one of your team."))


class AnotherWay(Conflict):
    """The bytes of this installation go to its disk, or to its bucket, not where the sender wants to put them."""

    def __init__(self) -> None:
        super().__init__(_l("Files are sent in another way here. Reload the page, then choose the file again."))
