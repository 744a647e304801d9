"""Rights on the whole site, which administrators give and take."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session

from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.errors import Conflict


class Right(StrEnum):
    """What a person may do on the whole site."""

    ADMINISTRATOR = "administrator"
    STEWARD = "steward"


def set_right(session: Session, *, person: Person, right: Right, given: bool, actor: Any, now: datetime) -> None:
    """Give or take a right on the whole site. Raises Conflict for the last administrator."""
    # Lock first: two administrators could take each other's right at the same instant.
    administrators = session.scalars(
        select(Person.id).where(Person.is_administrator, Person.closed_at.is_(None)).with_for_update()
    ).all()
    if right is Right.ADMINISTRATOR and not given and list(administrators) == [person.id]:
        raise Conflict(_l("This is the last administrator. Give the right to somebody else first."))
    attribute = f"is_{right.value}"
    if getattr(person, attribute) == given:
        return
    setattr(person, attribute, given)
    record(session, f"person.{'give' if given else 'take'}_right", subject=person, actor=actor, now=now, right=right)
