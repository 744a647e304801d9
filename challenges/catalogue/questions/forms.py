"""The forms of questions."""

from flask_babel import lazy_gettext as _l

from challenges.catalogue.questions.rules import LONGEST_ANSWER, LONGEST_QUESTION, LONGEST_REASON
from hackaviz.web.forms import Form, RequestKeyField, long_text_field


class QuestionForm(Form):
    """A question about a dataset."""

    text = long_text_field(_l("Your question"), longest=LONGEST_QUESTION)
    request_key = RequestKeyField()


class AnswerForm(Form):
    """An answer for everybody."""

    answer = long_text_field(_l("The answer"), longest=LONGEST_ANSWER)


class HideForm(Form):
    """Why a question is not shown."""

    reason = long_text_field(_l("The reason"), longest=LONGEST_REASON)
