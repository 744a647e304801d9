"""The links of accounts in the header and the footer."""

from flask import current_app, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from hackaviz.web.templating import Link, Navigation

FOOTER = ("accounts.legal", "accounts.privacy", "accounts.accessibility")


def add_links(navigation: Navigation) -> None:
    """The way in for visitors; for people who are signed in, their account and what they administer."""
    if not current_user.is_authenticated:
        navigation.account += [_link(_("Sign in"), "accounts.sign_in"), _link(_("Sign up"), "accounts.sign_up")]
    else:
        navigation.account.append(_link(_("Your account"), "accounts.account"))
        if current_user.is_administrator:
            navigation.account.append(_link(_("Administration"), "accounts.people"))
            navigation.account.append(_link(_("Outbox"), "accounts.outbox"))
    labels = (_("Legal notice"), _("Privacy"), _("Accessibility"))
    navigation.footer += [_link(label, endpoint) for label, endpoint in zip(labels, FOOTER, strict=True)]
    if current_app.config["DEMO"]:
        navigation.footer.append(_link(_("Outbox"), "accounts.outbox"))


def _link(label: str, endpoint: str) -> Link:
    return Link(label, url_for(endpoint), request.endpoint == endpoint)
