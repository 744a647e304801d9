"""The forms of a challenge: its texts, its rubric, the search for datasets."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FormField, IntegerField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from challenges.briefs.models import Challenge
from challenges.briefs.rules import DEFAULT_LABELS, FEWEST_LABELS, MOST_LABELS, CriterionDetails
from challenges.briefs.service import TEXTS, ChallengeDetails, criteria_of
from hackaviz.kernel.bilingual import LANGUAGES, Bilingual
from hackaviz.web.changing import ChangeForm
from hackaviz.web.forms import Form, bilingual, in_one_language_at_least, long_text_field, text_field

BLANK_ROWS = 2
FIRST_ROWS = 4
MOST_CRITERIA = 20


class ChallengeForm(ChangeForm):
    """Number and texts. Only the title is needed for a draft; publication asks for the rest."""

    number = IntegerField(_l("Number"), [InputRequired(_l("Give the challenge a number.")), NumberRange(1, 99)])
    title_fr = text_field(_l("Title, in French"), longest=120, required=False)
    title_en = text_field(_l("Title, in English"), longest=120, required=False)
    question_fr = long_text_field(_l("Question, in French"), longest=400, required=False)
    question_en = long_text_field(_l("Question, in English"), longest=400, required=False)
    brief_fr = long_text_field(_l("What is asked, in French"), required=False)
    brief_en = long_text_field(_l("What is asked, in English"), required=False)

    validate_title_fr = in_one_language_at_least

    @classmethod
    def of(cls, challenge: Challenge) -> "ChallengeForm":
        """The form of a challenge as it stands."""
        texts = {
            f"{name}_{language}": words
            for name in TEXTS
            for language, words in getattr(challenge, name).as_dict().items()
        }
        return cls(data={"number": challenge.number, **texts})

    def details(self) -> ChallengeDetails:
        """What was typed."""
        return ChallengeDetails(number=self.number.data, **{name: bilingual(self, name) for name in TEXTS})


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


class CriterionForm(Form):
    """One line of the rubric; a line without any text is left out."""

    class Meta(Form.Meta):
        """The form around it carries the token."""

        csrf = False

    order = IntegerField(_l("Place"), [Optional(), NumberRange(1, 99)])
    name_fr = text_field(_l("Criterion, in French"), longest=80, required=False)
    name_en = text_field(_l("Criterion, in English"), longest=80, required=False)
    question_fr = text_field(_l("The jury’s question, in French"), longest=300, required=False)
    question_en = text_field(_l("The jury’s question, in English"), longest=300, required=False)
    weight = IntegerField(_l("Weight"), [Optional(), NumberRange(1, 1000, _l("A weight is a whole number from 1 up."))])
    labels_fr = long_text_field(_l("Marks, in French"), longest=1_000, required=False)
    labels_en = long_text_field(_l("Marks, in English"), longest=1_000, required=False)
    remove = BooleanField(_l("Remove this criterion"))

    @property
    def is_left_out(self) -> bool:
        """Ticked for removal, or never begun."""
        texts = (self.name_fr, self.name_en, self.question_fr, self.question_en)
        return bool(self.remove.data) or not any(field.data for field in texts)

    def validate_name_fr(self, field: Any) -> None:
        """A criterion needs a name."""
        if not self.is_left_out:
            in_one_language_at_least(self, field)

    def validate_question_fr(self, field: Any) -> None:
        """A criterion needs a question."""
        if not self.is_left_out:
            in_one_language_at_least(self, field)

    def validate_labels_fr(self, _field: Any) -> None:
        """As many labels in both languages, where both are written."""
        french, english = _lines(self.labels_fr.data), _lines(self.labels_en.data)
        if french and english and len(french) != len(english):
            raise ValidationError(
                _l(
                    "%(french)s marks in French, %(english)s in English. Write as many in both, or one language alone.",
                    french=len(french),
                    english=len(english),
                )
            )
        if not self.is_left_out and not FEWEST_LABELS <= max(len(french), len(english)) <= MOST_LABELS:
            message = _l("A scale has %(least)s to %(most)s marks.", least=FEWEST_LABELS, most=MOST_LABELS)
            raise ValidationError(message)

    def details(self) -> CriterionDetails:
        """What was typed; no weight counts as 1."""
        french, english = _lines(self.labels_fr.data), _lines(self.labels_en.data)
        count = max(len(french), len(english))
        french, english = french or [""] * count, english or [""] * count
        return CriterionDetails(
            name=bilingual(self, "name"),
            question=bilingual(self, "question"),
            weight=self.weight.data if self.weight.data is not None else 1,
            labels=tuple(Bilingual(fr=fr, en=en) for fr, en in zip(french, english, strict=True)),
        )


class RubricForm(ChangeForm):
    """The whole rubric on one page, with empty lines at its end for more criteria."""

    criteria = FieldList(FormField(CriterionForm), max_entries=MOST_CRITERIA + FIRST_ROWS)

    @classmethod
    def of(cls, challenge: Challenge) -> "RubricForm":
        """The form of a rubric as it stands, with blank lines."""
        rows = [_row(order, details) for order, details in enumerate(criteria_of(challenge), start=1)]
        blanks = BLANK_ROWS if rows else FIRST_ROWS
        rows += [{"order": len(rows) + extra + 1, "weight": 1, **_labels(DEFAULT_LABELS)} for extra in range(blanks)]
        return cls(data={"criteria": rows})

    def details(self) -> list[CriterionDetails]:
        """The criteria in the order of their places; equal places keep the order of the page."""
        kept = [line.form for line in self.criteria if not line.form.is_left_out]
        return [form.details() for form in sorted(kept, key=lambda form: form.order.data or MOST_CRITERIA)]


def _row(order: int, details: CriterionDetails) -> dict[str, Any]:
    texts = {
        f"{name}_{language}": words
        for name in ("name", "question")
        for language, words in getattr(details, name).as_dict().items()
    }
    return {"order": order, "weight": details.weight, **texts, **_labels(details.labels)}


def _labels(labels: tuple[Bilingual, ...]) -> dict[str, str]:
    return {
        f"labels_{language}": "\n".join(getattr(label, language) for label in labels).strip() for language in LANGUAGES
    }
