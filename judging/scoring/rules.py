"""What may stand in a review. Pure: plain values in, plain values out."""

from collections.abc import Collection, Mapping

from flask_babel import lazy_gettext as _l

from hackaviz.kernel.errors import Invalid

LONGEST_COMMENT = 20_000


def mark_field(criterion: int) -> str:
    """The name of the field that holds the mark on a criterion."""
    return f"mark-{criterion}"


def check_marks(marks: Mapping[int, int | None], highest: Mapping[int, int]) -> dict[int, int]:
    """The marks given, without those left out. `highest` has the best mark of each criterion of the challenge.

    Raises Invalid, naming the field, for a mark that the rubric does not have.
    """
    given = {criterion: mark for criterion, mark in marks.items() if mark is not None}
    for criterion, mark in given.items():
        if criterion not in highest:
            raise Invalid(_l("The rubric has changed since this page was opened. Reload it: your comments are kept."))
        if not 0 <= mark <= highest[criterion]:
            raise Invalid(_l("Choose one of the marks of the rubric."), field=mark_field(criterion))
    return given


def check_comment(text: str, field: str) -> str:
    """A comment as it is stored: one kind of line end, nothing that a database refuses. Raises Invalid if too long."""
    cleaned = text.replace("\r\n", "\n").replace("\x00", "").encode("utf-8", "ignore").decode()
    if len(cleaned) > LONGEST_COMMENT:
        message = _l(
            "This comment is longer than %(most)s characters. Shorten it: nothing is lost.", most=LONGEST_COMMENT
        )
        raise Invalid(message, field=field)
    return cleaned


def without_mark(given: Collection[int], criteria: Collection[int]) -> list[int]:
    """The criteria that still lack a mark, in the rubric's order."""
    return [criterion for criterion in criteria if criterion not in given]
