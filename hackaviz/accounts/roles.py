"""Roles in words, in the reader's language."""

from flask_babel import lazy_gettext as _l

from hackaviz.accounts.models import Role

ROLE_NAMES = {
    Role.ORGANISER: _l("Organiser"),
    Role.JUROR: _l("Member of the jury"),
    Role.SPONSOR: _l("Sponsor’s contact"),
}
