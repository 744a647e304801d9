"""The shape of a letter that an organiser writes."""

from flask_babel import lazy_gettext as _l

from hackaviz.web.forms import Form, bilingual, long_text_field, text_field
from judging.results.letters.models import ResultLetter
from judging.results.letters.rules import Addressees
from judging.results.letters.service import LetterText
from judging.results.letters.wording import first_body, first_subject


class LetterForm(Form):
    """Subject and text, in both languages."""

    subject_fr = text_field(_l("Subject in French"), longest=200, required=False)
    subject_en = text_field(_l("Subject in English"), longest=200, required=False)
    body_fr = long_text_field(_l("Letter in French"), longest=5000, required=False)
    body_en = long_text_field(_l("Letter in English"), longest=5000, required=False)

    @classmethod
    def of(cls, letter: ResultLetter | None, addressees: Addressees) -> "LetterForm":
        """The form of a letter, or of what an organiser starts from."""
        subject = letter.subject if letter else first_subject(addressees)
        body = letter.body if letter else first_body(addressees)
        texts = {f"subject_{each}": getattr(subject, each) for each in ("fr", "en")}
        return cls(**texts, **{f"body_{each}": getattr(body, each) for each in ("fr", "en")})

    def text(self) -> LetterText:
        """What the form says; browsers send line ends of their own."""
        body = bilingual(self, "body")
        plain = {each: getattr(body, each).replace("\r\n", "\n") for each in ("fr", "en")}
        return LetterText(bilingual(self, "subject"), type(body)(**plain))
