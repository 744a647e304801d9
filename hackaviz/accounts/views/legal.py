"""Who runs this site, what it does with data about people, and how far everybody can use it."""

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from hackaviz.accounts.registry import account_registry
from hackaviz.accounts.views.blueprint import blueprint
from hackaviz.web.access import audience
from hackaviz.web.database import current_session


@blueprint.get("/legal")
@audience("public")
def legal() -> ResponseReturnValue:
    """The legal notice."""
    return _page("legal")


@blueprint.get("/privacy")
@audience("public")
def privacy() -> ResponseReturnValue:
    """What is kept of people, why, and for how long."""
    return _page("privacy")


@blueprint.get("/accessibility")
@audience("public")
def accessibility() -> ResponseReturnValue:
    """What was done and checked so that everybody can use the site, and what is not there yet."""
    return _page("accessibility")


def _page(name: str) -> ResponseReturnValue:
    operator = account_registry().newest_edition_card(current_session())
    host = current_app.config["BASE_URL"]
    return render_template(f"hackaviz/accounts/{name}.html", operator=operator, host=host)
