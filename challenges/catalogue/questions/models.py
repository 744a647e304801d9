"""Questions about datasets, and their answers."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from challenges.catalogue.models import Dataset
from challenges.catalogue.questions.rules import QuestionState
from hackaviz.accounts.models import Person
from hackaviz.kernel.database import Base, enum_column
from hackaviz.kernel.identifiers import new_public_id


class DatasetQuestion(Base):
    """A question about a dataset. The public reads it with its answer, without the name of who asked.

    `reason` says why it is hidden. `forwarded_at` is when it was sent to the contact of the dataset.
    """

    __tablename__ = "dataset_questions"
    __table_args__ = (
        CheckConstraint("state <> 'answered' OR answer <> ''", name="answered_in_words"),
        CheckConstraint("state <> 'hidden' OR reason <> ''", name="hidden_with_reason"),
        CheckConstraint("(state = 'open') = (settled_at IS NULL)", name="settled_at_a_moment"),
        Index("ix_dataset_questions_dataset_id_state", "dataset_id", "state"),
        Index("ix_dataset_questions_state", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(20), unique=True, default=new_public_id)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id"))
    asker_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    request_key: Mapped[str] = mapped_column(String(60), unique=True)
    asked_at: Mapped[datetime]
    state: Mapped[QuestionState] = mapped_column(enum_column(QuestionState), default=QuestionState.OPEN)
    answer: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    forwarded_at: Mapped[datetime | None]

    dataset: Mapped[Dataset] = relationship()
    asker: Mapped[Person] = relationship(foreign_keys=[asker_id])
