"""What the page of a draft shows of the way in: files that are arriving, the deadline, hand-ins that wait."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from hackaviz.web.templating import local_datetime
from submissions.entries.deadlines import closing_of, hand_in_is_open, may_change
from submissions.entries.models import Entry
from submissions.entries.transfers.arrived import arrived_bytes
from submissions.entries.transfers.models import PendingHandIn, Transfer
from submissions.entries.transfers.queries import hand_ins_that_waited, transfers_on_their_way
from submissions.entries.transfers.rules import HandInState
from submissions.entries.wording import receipt_time
from submissions.teams.winnable import told_team


def way_in(session: Session, entry: Entry, now: datetime) -> dict[str, Any]:
    """Whether and until when the team may hand in, with which files, and what became of its last tries."""
    on_their_way = transfers_on_their_way(session, entry)
    waited = hand_ins_that_waited(session, entry)
    waiting = [each for each in waited if each.state is HandInState.WAITING]
    return {
        "may_change": may_change(entry, now),
        "may_send": may_change(entry, now) or (waiting and now <= closing_of(entry).grace_ends_at),
        "hand_in_is_open": hand_in_is_open(entry, now),
        "closing": closing_of(entry),
        "extension": entry.team.extensions[-1] if entry.team.extensions else None,
        "arriving": [(each, arrived_bytes(each)) for each in on_their_way],
        "files": _files(entry, on_their_way),
        "waiting": waiting,
        "awaited": {each.transfer_id for each in waiting},
        "failed": _failed(entry, waited),
        "hand_in_fate": fate_in_words,
        "upload_words": upload_words(),
        **told_team(session, entry.team),
    }


def _files(entry: Entry, on_their_way: Sequence[Transfer]) -> list[tuple[str, str]]:
    """What a hand-in may name, the newest last: the draft's file, and those that are arriving."""
    files = [(f"transfer:{each.public_id}", _("%(name)s, on its way", name=each.file_name)) for each in on_their_way]
    if entry.current_upload is None:
        return files
    return [(f"upload:{entry.current_upload.public_id}", entry.current_upload.file_name), *files]


def _failed(entry: Entry, waited: Sequence[PendingHandIn]) -> list[PendingHandIn]:
    """The last hand-in, when it did not count and none came after it."""
    counting = entry.current_version
    last = next((each for each in waited if each.state is not HandInState.WAITING), None)
    is_news = last is not None and (counting is None or last.handed_in_at > counting.handed_in_at)
    return [last] if last is not None and is_news else []


def fate_in_words(hand_in: PendingHandIn) -> str:
    """What became of a hand-in that waited for its file."""
    entry = hand_in.entry
    zone, name = entry.edition.time_zone, hand_in.transfer.file_name
    moment = receipt_time(hand_in.handed_in_at, zone)
    if hand_in.state is HandInState.TOO_LATE:
        end = local_datetime(closing_of(entry).grace_ends_at, zone).striptags()
        return _(
            "Handed in on %(moment)s, in time; but %(name)s was not whole when the grace ended, on %(end)s.",
            moment=moment,
            name=name,
            end=end,
        )
    if hand_in.state is HandInState.REFUSED:
        return _("Handed in on %(moment)s, in time; but %(name)s was refused.", moment=moment, name=name)
    return _("Handed in on %(moment)s; it waits for %(name)s.", moment=moment, name=name)


def upload_words() -> dict[str, str]:
    """What the script of the page says, in its language; it fills what stands in braces."""
    return {
        "tooLarge": _("{name} is larger than the {limit} allowed. It was not sent. Reduce its images or data."),
        "empty": _("{name} is empty. Check that it was saved, then choose it again."),
        "packing": _("Packing {count} files into {name}…"),
        "starting": _("Starting…"),
        "goingOn": _("{name} goes on where it stopped: {here} of {total} were here already."),
        "sending": _("{share} · {sent} of {total} · {speed} a second · about {left} left"),
        "spoken": _("{share} sent, about {left} left."),
        "paused": _("Paused at {share}. Nothing is lost."),
        "lost": _("The line has dropped. What has arrived is kept; sending goes on by itself when the line is back."),
        "failed": _("Sending has stopped. What has arrived is kept: try again."),
        "checking": _("Received whole. Checking…"),
        "slow": _("Received whole. Checking takes longer than usual: you may leave this page, nothing is lost."),
        "cancelled": _("Cancelled. What you sent before is kept."),
        "broken": _("We failed to look into this file. That is our fault: write to the organisers."),
        "onItsWay": _("{name}, on its way"),
        "receipt": _("Open the receipt"),
    }
