"""Why an act on a registration or a team is refused: what happened, what is kept, what to do."""

from typing import Any

from flask_babel import lazy_gettext as _l

from hackaviz.kernel.errors import Conflict, Invalid, NotAllowed, NotFound


class RegistrationClosed(Conflict):
    """Registration has not begun, or is over."""

    def __init__(self) -> None:
        super().__init__(_l("Registration is not open. Nothing was changed. The dates are on the page of the edition."))


class RulesChanged(Conflict):
    """The rules that were accepted are not the current ones."""

    def __init__(self) -> None:
        super().__init__(
            _l("A newer version of the rules was published. Nothing was changed. Read it, then accept it.")
        )


class AlreadyRegistered(Conflict):
    """One registration per person and edition."""

    def __init__(self) -> None:
        super().__init__(_l("You are already registered for this edition. Your registration is unchanged."))


class NotRegistered(NotAllowed):
    """Only registered people form and join teams."""

    def __init__(self) -> None:
        super().__init__(_l("Register for this edition first. Then come back to this page."))


class RosterClosed(Conflict):
    """Teams are frozen."""

    def __init__(self) -> None:
        super().__init__(
            _l("Teams can no longer change: they can from the opening of registration to the close of hand-in.")
        )


class AlreadyInTeam(Conflict):
    """One team per person and edition."""

    def __init__(self) -> None:
        super().__init__(
            _l("You are already in a team of this edition, and stay in it. Leave it first to join another one.")
        )


class TeamFull(Conflict):
    """Every seat is taken."""

    def __init__(self, largest: int) -> None:
        super().__init__(
            _l(
                "This team is full: it has the %(largest)s members that the rules allow. Nothing was changed. Ask its "
                "captain, or create a team of your own.",
                largest=largest,
            )
        )


class NameTaken(Invalid):
    """Two teams of an edition never share a name."""

    def __init__(self) -> None:
        super().__init__(_l("Another team of this edition has this name. Choose another."), field="name")


class NotCaptain(NotAllowed):
    """An act that only the captain may do."""

    def __init__(self) -> None:
        super().__init__(_l("Only the captain of the team may do this. Nothing was changed."))


class CaptainStays(Conflict):
    """A team is never left without a captain."""

    def __init__(self) -> None:
        super().__init__(_l("You are the captain. Hand the captaincy over to another member, then leave."))


class EntryKeepsTeam(Conflict):
    """The last member cannot leave an entry without a team."""

    def __init__(self) -> None:
        super().__init__(
            _l("Your team has an entry, so its last member cannot leave. Invite someone and hand the captaincy over.")
        )


class InvitationUnusable(NotFound):
    """The link was used, withdrawn, has expired, or never was one."""

    def __init__(self, message: Any = None) -> None:
        super().__init__(
            message
            or _l(
                "This invitation cannot be used: it was accepted, withdrawn or has expired. Ask the team for a new one."
            )
        )
