"""Figures that were computed once."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from hackaviz.kernel.database import Base


class KeptFigures(Base):
    """The last figures computed of a subject: a challenge, or a whole jury.

    They hold for whatever has the same `digest`, which is of all that they follow from; nothing else may be read in
    them. A lost row costs a second of computing.
    """

    __tablename__ = "kept_figures"

    subject: Mapped[str] = mapped_column(String(40), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[dict[str, Any]]
    computed_at: Mapped[datetime]
