"""The forms of imports."""

from typing import Any
from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from challenges.catalogue.details import NOT_AN_ADDRESS
from challenges.catalogue.imports.models import HarvestSchedule
from challenges.catalogue.imports.rules import Rhythm
from challenges.catalogue.imports.service import Wanted, uploaded
from challenges.catalogue.imports.wording import FORMAT_WORDS, RHYTHM_WORDS
from challenges.catalogue.rules import is_web_address
from hackaviz.kernel.errors import Invalid, TooLarge
from hackaviz.kernel.storage import Storage
from hackaviz.web.forms import Form, text_field

LARGEST_CATALOGUE = 100_000_000
_FORMATS = [SelectChoice(code, words) for code, words in FORMAT_WORDS.items()]
_RHYTHMS = [
    SelectChoice("", _l("Never by itself")),
    *(SelectChoice(rhythm.value, words) for rhythm, words in RHYTHM_WORDS.items()),
]


class ImportForm(Form):
    """A source: an address, or a file."""

    address = text_field(_l("Address of the catalogue"), longest=600, required=False)
    file = FileField(_l("Or a file, 100 MB at most"))
    format = SelectField(_l("Format"), choices=_FORMATS, default="auto")

    def wanted(self, storage: Storage) -> Wanted:
        """What is to be imported; a file is stored first. Raises Invalid unless it is either an address or a file."""
        if bool(self.address.data) == bool(self.file.data):
            raise Invalid(_l("Give either an address or a file."), field="address")
        if self.file.data:
            return uploaded(self.file.data.filename, self._stored(storage), self.format.data)
        if not is_web_address(self.address.data):
            raise Invalid(NOT_AN_ADDRESS, field="address")
        return Wanted(self.address.data, urlsplit(self.address.data).netloc[:300], self.format.data)

    def _stored(self, storage: Storage) -> str:
        try:
            blob = storage.write(self.file.data.stream, limit=LARGEST_CATALOGUE)
        except TooLarge as error:
            raise Invalid(_l("This file is larger than 100 MB. Import it in parts."), field="file") from error
        if blob.bytes == 0:
            raise Invalid(_l("This file is empty. Choose the one that holds the catalogue."), field="file")
        return blob.key


class ScheduleForm(Form):
    """How often a source is harvested again."""

    rhythm = SelectField(_l("Harvest it again"), choices=_RHYTHMS)

    def __init__(self, schedule: HarvestSchedule | None = None, **kwargs: Any) -> None:
        super().__init__(data={"rhythm": schedule.rhythm.value if schedule else ""}, **kwargs)

    def chosen(self) -> Rhythm | None:
        """How often; None for never."""
        return Rhythm(self.rhythm.data) if self.rhythm.data else None
