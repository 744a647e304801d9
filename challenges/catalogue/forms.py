"""The forms of the catalogue's stewards."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from challenges.catalogue.details import DatasetDetails
from challenges.catalogue.models import Availability, Dataset
from challenges.catalogue.rules import LICENCES, THEMES
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.web.changing import ChangeForm
from hackaviz.web.forms import Form, bilingual, in_one_language_at_least, long_text_field, text_field
from hackaviz.web.language import current_language

PLAIN_FIELDS = (
    "theme",
    "licence",
    "licence_as_stated",
    "landing_page",
    "contact",
    "period",
    "link_seen_on",
    "seen_in",
    "is_featured",
)
# What a source stated and this form does not show.
KEPT = ("keywords", "frequency", "bounds", "issued_on", "modified_on")
REACHABLE_WORDS = {
    Availability.REACHABLE.value: _l("Its link answers: somebody opened it on the day below"),
    Availability.DESCRIBED.value: _l("It is only described: nobody has checked the link"),
}
_LINK_CHOICES = [SelectChoice(value, words) for value, words in REACHABLE_WORDS.items()]


def _named(names: dict[str, Bilingual]) -> list[SelectChoice]:
    language = current_language()
    return [SelectChoice(code, name.in_language(language)) for code, name in names.items()]


class DatasetForm(ChangeForm):
    """Every fact of a dataset."""

    title_fr = StringField(_l("Title in French"), [in_one_language_at_least, Length(max=300)])
    title_en = text_field(_l("Title in English"), longest=300, required=False)
    description_fr = long_text_field(_l("Description in French"), required=False)
    description_en = long_text_field(_l("Description in English"), required=False)
    slug = text_field(_l("Address"), longest=120, required=False)
    publisher_name = text_field(_l("Publisher"), longest=250)
    publisher_website = text_field(_l("Website of the publisher"), longest=1000, required=False)
    theme = SelectField(_l("Theme"))
    licence = SelectField(_l("Licence"))
    licence_as_stated = text_field(_l("Licence as the publisher states it"), longest=500, required=False)
    landing_page = text_field(_l("Web page of the dataset"), longest=2000, required=False)
    contact = text_field(_l("Contact for questions"), longest=320, required=False)
    coverage_fr = text_field(_l("Coverage in French"), required=False)
    coverage_en = text_field(_l("Coverage in English"), required=False)
    period = text_field(_l("Period"), longest=120, required=False)
    formats = text_field(_l("Formats"), longest=300, required=False)
    availability = RadioField(_l("Its link"), choices=_LINK_CHOICES, default="described")
    link_seen_on = DateField(_l("Link last seen on"), [Optional()])
    seen_in = text_field(_l("Where it was seen"), longest=500, required=False)
    is_featured = BooleanField(_l("Recommend it: it comes first among its equals"))

    def __init__(self, dataset: Dataset | None = None, **kwargs: Any) -> None:
        super().__init__(data=_values(dataset) if dataset else None, **kwargs)
        self.kept = {name: getattr(dataset, name) for name in KEPT} if dataset else {}
        self.theme.choices = _named(THEMES)
        self.licence.choices = _named({code: licence.name for code, licence in LICENCES.items()})
        if dataset is None and not self.licence.data:
            self.licence.data = "unknown"

    def details(self) -> DatasetDetails:
        """The facts as the service takes them."""
        plain = {name: getattr(self, name).data for name in PLAIN_FIELDS}
        return DatasetDetails(
            title=bilingual(self, "title"),
            description=bilingual(self, "description"),
            slug=self.slug.data or "",
            publisher_name=self.publisher_name.data,
            publisher_website=self.publisher_website.data or "",
            coverage=bilingual(self, "coverage") or None,
            formats=tuple((self.formats.data or "").split(",")),
            availability=Availability(self.availability.data),
            **plain,
            **self.kept,
        )


def _values(dataset: Dataset) -> dict[str, Any]:
    """What the form shows of a dataset."""
    coverage = dataset.coverage or Bilingual()
    pairs = {"title": dataset.title, "description": dataset.description, "coverage": coverage}
    texts = {f"{name}_{language}": getattr(text, language) for name, text in pairs.items() for language in ("fr", "en")}
    is_described = dataset.availability is Availability.DESCRIBED or dataset.link_seen_on is None
    return {
        **{name: getattr(dataset, name) for name in PLAIN_FIELDS},
        **texts,
        "slug": dataset.slug,
        "publisher_name": dataset.publisher.name,
        "publisher_website": dataset.publisher.website,
        "formats": ", ".join(dataset.formats),
        "availability": (Availability.DESCRIBED if is_described else Availability.REACHABLE).value,
    }


class FileForm(Form):
    """A file to attach."""

    file = FileField(_l("The file, 50 MB at most"), [FileRequired(_l("Choose a file."))])
    title_fr = text_field(_l("Title in French"), required=False)
    title_en = text_field(_l("Title in English"), required=False)

    def title(self) -> Bilingual:
        """Its title, or the file's own name."""
        return bilingual(self, "title") or Bilingual(fr=self.file.data.filename, en=self.file.data.filename)


class LinkForm(Form):
    """A link to attach."""

    url = text_field(_l("Address of the file"), longest=2000)
    format = text_field(_l("Format"), longest=40)
    title_fr = text_field(_l("Title in French"), required=False)
    title_en = text_field(_l("Title in English"), required=False)

    def link(self) -> dict[str, Any]:
        """The link as the service takes it; without a title, its address stands for it."""
        title = bilingual(self, "title") or Bilingual(fr=self.url.data, en=self.url.data)
        return {"url": self.url.data, "title": title, "file_format": self.format.data}
