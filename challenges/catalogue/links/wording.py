"""What is said of the check of a link."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from challenges.catalogue.links.models import Check
from challenges.catalogue.links.rules import LOST_AFTER
from hackaviz.web.templating import local_date

CODE_WORDS = {
    "address-refused": _l("it leads inside a private network, where nobody looks"),
    "not-web": _l("it is no address that can be opened"),
    "host-unknown": _l("its host has no address any more"),
    "unreachable": _l("its host did not answer"),
    "too-slow": _l("its host took too long"),
    "too-many-redirects": _l("its host sends from one address to the next without end"),
    "refused-by-host": _l("its host answered with an error"),
}


def check_in_words(check: Check) -> tuple[str, str]:
    """Whether a link answers: the look of a pill, and a sentence with the day."""
    day = local_date(check.checked_at)
    if not check.failures:
        return "ok", _("answers, checked on %(day)s", day=day)
    reason = CODE_WORDS.get(check.code, CODE_WORDS["unreachable"])
    if check.failures < LOST_AFTER:
        return "warn", _("did not answer on %(day)s: %(reason)s; asked again soon", day=day, reason=reason)
    return "bad", _("does not answer, last checked on %(day)s: %(reason)s", day=day, reason=reason)
