"""The form of a review: a mark per criterion, two comments, and what keeps two windows from overwriting each other."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from challenges.briefs.models import Challenge
from hackaviz.kernel.errors import Invalid
from hackaviz.kernel.identifiers import new_public_id
from hackaviz.web.forms import Form, RequestKeyField, long_text_field
from judging.scoring.models import Review
from judging.scoring.rules import LONGEST_COMMENT, mark_field

LONGEST_KEY = 60


class ReviewForm(Form):
    """What every review has; `review_form` adds the marks of a challenge's rubric."""

    comment_to_team = long_text_field(_l("For the team"), longest=LONGEST_COMMENT, required=False)
    comment_private = long_text_field(_l("For the jury only"), longest=LONGEST_COMMENT, required=False)
    base_revision = IntegerField(widget=HiddenInput(), default=0)
    save_key = RequestKeyField()
    criteria: tuple[int, ...] = ()

    def draft(self) -> dict[str, Any]:
        """What the service keeps."""
        return {
            "marks": {criterion: self[mark_field(criterion)].data for criterion in self.criteria},
            "comment_to_team": self.comment_to_team.data or "",
            "comment_private": self.comment_private.data or "",
            "base_revision": self.base_revision.data or 0,
            "save_key": self.save_key.data,
        }

    def build_on(self, review: Review) -> None:
        """Let this form, sent again, replace what is saved: the writer has read both."""
        self.base_revision.data, self.base_revision.raw_data = review.revision, None
        self.save_key.data = new_public_id()


def review_form(challenge: Challenge, review: Review | None, *, finishing: bool = False) -> ReviewForm:
    """The form of a challenge's rubric with what was saved; to finish, every criterion needs a mark."""
    rule = InputRequired(_l("Give a mark on this criterion before you finish.")) if finishing else Optional()
    fields: dict[str, Any] = {
        mark_field(criterion.id): RadioField(
            str(criterion.name.in_language("en")),
            [rule],
            choices=[SelectChoice(str(mark), str(mark)) for mark in range(criterion.highest_mark + 1)],
            coerce=int,
            validate_choice=False,
        )
        for criterion in challenge.criteria
    }
    numbers = tuple(criterion.id for criterion in challenge.criteria)
    form: ReviewForm = type("RubricForm", (ReviewForm,), fields | {"criteria": numbers})(data=_saved(review))
    return form


def _saved(review: Review | None) -> dict[str, Any]:
    if review is None:
        return {}
    return {
        "comment_to_team": review.comment_to_team,
        "comment_private": review.comment_private,
        "base_revision": review.revision,
        **{mark_field(mark.criterion_id): mark.value for mark in review.marks},
    }


def draft_of(payload: Any) -> dict[str, Any]:
    """The same from the JSON that a page sends by itself. Raises Invalid when it is not what such a page sends."""
    try:
        draft = {
            "marks": {int(criterion): _mark(value) for criterion, value in payload["marks"].items()},
            "comment_to_team": payload["comment_to_team"],
            "comment_private": payload["comment_private"],
            "base_revision": int(payload["base_revision"]),
            "save_key": payload["save_key"],
        }
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Invalid(_l("This page could not be understood. Reload it: what you typed is kept.")) from error
    texts = (draft["comment_to_team"], draft["comment_private"], draft["save_key"])
    if not all(isinstance(text, str) for text in texts) or not 0 < len(draft["save_key"]) <= LONGEST_KEY:
        raise Invalid(_l("This page could not be understood. Reload it: what you typed is kept."))
    return draft


def _mark(value: Any) -> int | None:
    return None if value is None else int(value)
