"""The form that pins a file for an edition."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from challenges.catalogue.models import Resource
from challenges.editions.models import Edition
from hackaviz.web.forms import Form
from hackaviz.web.language import current_language


class PinForm(Form):
    """A file of the dataset, and an edition."""

    edition = SelectField(_l("Edition"))
    resource = SelectField(_l("File"))

    def __init__(self, editions: Sequence[Edition], resources: Sequence[Resource]) -> None:
        super().__init__()
        language = current_language()
        self.edition.choices = [SelectChoice(each.slug, each.title.in_language(language)) for each in editions]
        self.resource.choices = [SelectChoice(str(each.id), _named(each, language)) for each in resources]


def _named(resource: Resource, language: str) -> str:
    title, name = resource.title.in_language(language), resource.file_name or resource.url
    return title if title == name else f"{title} ({name})"
