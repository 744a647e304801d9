"""Forms of entries."""

from flask_babel import lazy_gettext as _l
from wtforms import FileField, HiddenField, IntegerField
from wtforms.validators import Optional

from hackaviz.web.forms import Form, RequestKeyField, text_field


class UploadForm(Form):
    """One file. Its bytes are read by `views.sent_file`, never by this form."""

    file = FileField(_l("Drop a file here, or choose it"))


class CitationForm(Form):
    """How a dataset is used."""

    usage = text_field(_l("How you used it, in one sentence"), longest=500)


class HandInForm(Form):
    """Nothing to type: the key makes the same form, sent twice, count once.

    `named` names what is handed in: "upload:…" or "transfer:…" with an identifier; "announced" for the file that the
    other fields tell of, which the page is about to send; the draft's own file when empty.
    """

    request_key = RequestKeyField()
    named = HiddenField()
    file_name = HiddenField()
    bytes = IntegerField(validators=[Optional()])
    fingerprint = HiddenField()
