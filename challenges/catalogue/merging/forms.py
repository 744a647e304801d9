"""Which of two datasets stays."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from challenges.catalogue.models import Dataset
from hackaviz.web.forms import Form
from hackaviz.web.language import current_language


class MergeForm(Form):
    """The one that stays."""

    kept = RadioField(_l("Which one stays?"), [InputRequired(_l("Choose which one stays."))])

    def __init__(self, first: Dataset, second: Dataset, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.pair = {each.slug: each for each in (first, second)}
        self.kept.choices = [
            SelectChoice(slug, f"{each.title.in_language(current_language())} (/catalogue/{slug})")
            for slug, each in self.pair.items()
        ]

    def chosen(self) -> dict[str, Any]:
        """The one that stays, and the one that goes."""
        (gone,) = (each for slug, each in self.pair.items() if slug != self.kept.data)
        return {"kept": self.pair[self.kept.data], "gone": gone}
