"""The choices for a chart as a form whose answer is an address."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import IntegerField, SelectField, StringField

from challenges.catalogue.builder.wording import AGGREGATE_WORDS, FAULT_WORDS, KIND_WORDS, ORDER_WORDS
from challenges.catalogue.charts.choices import LEAST_TOP, LONGEST_VALUE, MOST_TOP, Choices, Fault
from challenges.catalogue.models import Resource
from challenges.catalogue.wording import TYPE_WORDS
from hackaviz.web.forms import Form

NOTHING = ("", "–")


class ChartForm(Form):
    """What to draw. It is sent by GET, so that the address says it all; `faults` of the choices stand at its fields."""

    class Meta(Form.Meta):
        """Nothing is changed, so nobody's session is asked for."""

        csrf = False

    file = SelectField(_l("File"))
    kind = SelectField(_l("Chart"))
    x = SelectField(_l("Across (x)"))
    y = SelectField(_l("Values (y)"), description=_l("Not needed to count rows, nor for a histogram."))
    aggregate = SelectField(_l("Values that fall together"), description=_l("For bars and lines."))
    colour = SelectField(_l("Colour"), description=_l("For bars, lines and points."))
    where = SelectField(_l("Only rows where"))
    equals = StringField(_l("is exactly"), render_kw={"maxlength": LONGEST_VALUE})
    order = SelectField(_l("Order of the bars"))
    top = IntegerField(
        _l("How many are shown"),
        description=_l("The greatest; all others stand together as “others”."),
        render_kw={"min": LEAST_TOP, "max": MOST_TOP, "type": "number"},
    )

    def __init__(self, files: Sequence[Resource], chosen: Resource, choices: Choices, language: str) -> None:
        asked = {name: str(value) for name, value in choices.as_dict().items()}
        super().__init__(formdata=MultiDict({**asked, "file": str(chosen.id)}))
        self.file.choices = [(str(file.id), file.title.in_language(language)) for file in files]
        columns = [column for column in chosen.columns if column["type"] != "geometry"]
        self.x.choices = [NOTHING, *map(_column, columns)]
        self.y.choices = self.colour.choices = self.where.choices = self.x.choices
        self.kind.choices = list(KIND_WORDS.items())
        self.aggregate.choices = list(AGGREGATE_WORDS.items())
        self.order.choices = list(ORDER_WORDS.items())

    def show(self, faults: Mapping[str, Fault]) -> None:
        """Say beside each field why it makes no chart."""
        for name, fault in faults.items():
            self[name].errors = [str(FAULT_WORDS[fault])]


def _column(column: Mapping[str, Any]) -> tuple[str, str]:
    return column["name"], f"{column['name']} ({TYPE_WORDS[column['type']]})"
