"""The shape of what organisers type about publication."""

from flask_babel import lazy_gettext as _l

from hackaviz.web.forms import Form, long_text_field, moment_field


class ScheduleForm(Form):
    """When the results become public."""

    public_at = moment_field(_l("Public from"))


class CorrectionForm(Form):
    """Why published results change."""

    reason = long_text_field(_l("Reason of the correction, shown to the public"), longest=1000)
