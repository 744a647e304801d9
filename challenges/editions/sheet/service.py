"""What organisers decide of how entries are handed in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.editions.sheet.queries import questions_of
from challenges.editions.sheet.rules import RECOMMENDED, Need, SheetField, check_needs
from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.database import lock_row
from hackaviz.kernel.errors import Invalid

HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))+")


@dataclass(frozen=True)
class HandInTerms:
    """How an edition takes entries in: the need of each field, the checks that block, the live hosts."""

    needs: Mapping[SheetField, Need]
    blocking_checks: tuple[str, ...] = ()
    live_hosts: tuple[str, ...] = ()


def recommend(edition: Edition) -> None:
    """Let a new edition ask what we recommend."""
    edition.sheet_needs = _plain(RECOMMENDED)


def set_hand_in(session: Session, *, edition: Edition, terms: HandInTerms, actor: Person | None, now: datetime) -> None:
    """Change how entries are handed in; versions handed in before stay. Raises Invalid, naming the field."""
    check_needs(terms.needs)
    _check(terms)
    lock_row(session, edition)
    wanted: dict[str, Any] = {
        "sheet_needs": _plain(terms.needs),
        "blocking_checks": list(terms.blocking_checks),
        "live_hosts": list(terms.live_hosts),
    }
    before = {"sheet_needs": _plain(questions_of(edition).needs)}
    changed = [name for name, value in wanted.items() if before.get(name, getattr(edition, name)) != value]
    for name in changed:
        setattr(edition, name, wanted[name])
    if changed:
        facts = {"changed": changed, "live_hosts": wanted["live_hosts"]}
        record(session, "edition.set_hand_in", subject=edition, actor=actor, now=now, edition_id=edition.id, **facts)


def _plain(needs: Mapping[SheetField, Need]) -> dict[str, str]:
    return {name.value: need.value for name, need in needs.items()}


def _check(terms: HandInTerms) -> None:
    wrong = [host for host in terms.live_hosts if not HOST.fullmatch(host)]
    if wrong:
        message = _l("This is not the name of a host: %(host)s. It looks like tiles.example.org.", host=wrong[0])
        raise Invalid(message, field="live_hosts")
