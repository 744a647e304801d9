"""Forms of entries."""

from flask_babel import lazy_gettext as _l
from wtforms import FileField, HiddenField

from hackaviz.web.forms import Form, RequestKeyField, long_text_field, text_field
from submissions.entries.rules import Sheet


class UploadForm(Form):
    """One file. Its bytes are read by `views.sent_file`, never by this form."""

    file = FileField(_l("Drop a file here, or choose it"))


class SheetForm(Form):
    """What a team writes about its work. Everything may wait: hand-in says what is missing."""

    seen = HiddenField()
    title = text_field(_l("Title"), longest=160, required=False)
    message = text_field(_l("The message, in one sentence"), longest=300, required=False)
    text_alternative = long_text_field(_l("Text alternative"), longest=5_000, required=False)
    method = long_text_field(_l("Method"), longest=10_000, required=False)
    tools = text_field(_l("Tools"), longest=300, required=False)

    def sheet(self) -> Sheet:
        """The typed texts as the service wants them."""
        return Sheet(**{name: self[name].data or "" for name in vars(Sheet())})


class CitationForm(Form):
    """How a dataset is used."""

    usage = text_field(_l("How you used it, in one sentence"), longest=500)


class HandInForm(Form):
    """Nothing to type: the key makes the same form, sent twice, count once."""

    request_key = RequestKeyField()
