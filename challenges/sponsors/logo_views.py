"""Pages of a sponsor's logo: sent by organisers, shown to whoever may read the edition."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response

from challenges.editions.policy import find_edition
from challenges.sponsors.forms import LogoForm
from challenges.sponsors.logos import set_logo, store_logo
from challenges.sponsors.policy import find_sponsor
from challenges.sponsors.prize_views import blueprint
from hackaviz.kernel.errors import NotFound
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session, opens_write_late, start_writing
from hackaviz.web.once import makes_once
from hackaviz.web.storage import current_storage

Page = tuple[str, int] | str | Response


@blueprint.route("/editions/<edition_slug>/organise/sponsors/<int:sponsor_id>/logo", methods=["GET", "POST"])
@audience("organiser")
@opens_write_late
@makes_once
def send_logo(edition_slug: str, sponsor_id: int) -> Page:
    """Send a logo, or another in its place."""
    form = LogoForm()
    find_sponsor(current_session(), find_edition(current_session(), edition_slug, current_user), sponsor_id)
    if form.accepts(lambda: _keep(edition_slug, sponsor_id, form)):
        flash(_("The logo is saved."), "ok")
        return redirect(url_for(".sponsor", edition_slug=edition_slug, sponsor_id=sponsor_id))
    edition = find_edition(current_session(), edition_slug, current_user)
    context = {"form": form, "sponsor": find_sponsor(current_session(), edition, sponsor_id)}
    return render_template("challenges/sponsors/logo.html", edition=edition, **context), form.status


def _keep(edition_slug: str, sponsor_id: int, form: LogoForm) -> None:
    current_session().close()
    with form.logo.data.stream as sent:
        key = store_logo(sent, current_storage())
    session = start_writing()
    sponsor = find_sponsor(session, find_edition(session, edition_slug, current_user), sponsor_id)
    set_logo(session, sponsor=sponsor, logo_key=key, actor=current_user, now=request_now())


@blueprint.get("/editions/<edition_slug>/sponsors/<int:sponsor_id>/logo.png")
@audience("public")
def logo(edition_slug: str, sponsor_id: int) -> Response:
    """The logo of a sponsor."""
    edition = find_edition(current_session(), edition_slug, current_user)
    sponsor = find_sponsor(current_session(), edition, sponsor_id)
    if sponsor.logo_key is None:
        raise NotFound(_l("This sponsor has no logo here."))
    with current_storage().open(sponsor.logo_key) as kept:
        return Response(kept.read(), content_type="image/png")
