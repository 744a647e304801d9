"""The page of a chart of one's own, and its Plotly file."""

import json

from flask import Flask, Response, render_template, request
from flask_login import current_user

from challenges.catalogue.builder.built import BuiltCharts
from challenges.catalogue.builder.pages import asked_chart, chart_file, chart_page
from challenges.catalogue.policy import find_dataset
from challenges.catalogue.registry import catalogue_registry
from challenges.catalogue.views import blueprint
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session


def register(app: Flask) -> None:
    """The memory of charts; importing this module adds the pages to the room's blueprint."""
    app.extensions["hackaviz.built_charts"] = BuiltCharts()


@blueprint.get("/catalogue/<slug>/chart")
@audience("public")
def builder(slug: str) -> str:
    """Choose what to draw of a file, and see it drawn: the address holds the choices."""
    session = current_session()
    asked = asked_chart(find_dataset(session, slug), request.args)
    is_known = current_user.is_authenticated
    find = catalogue_registry().drafts if is_known else []
    drafts = [draft for each in find for draft in each(session, current_user, request_now())]
    return render_template("challenges/catalogue/builder/chart.html", drafts=drafts, **chart_page(asked))


@blueprint.get("/catalogue/<slug>/chart.json")
@audience("public")
def built_chart(slug: str) -> Response:
    """The chart as a Plotly file, which an entry may be."""
    asked = asked_chart(find_dataset(current_session(), slug), request.args)
    response = Response(json.dumps(chart_file(asked), ensure_ascii=False), mimetype="application/json")
    response.headers.set("Content-Disposition", "attachment", filename=f"{slug}-chart.json")
    return response
