"""What the sheet of an edition asks."""

from challenges.editions.models import Edition
from challenges.editions.sheet.rules import Questions, questions


def questions_of(edition: Edition) -> Questions:
    """The questions of an edition; reads its aims."""
    return questions(edition.sheet_needs, {aim.kind.value for aim in edition.aims})
