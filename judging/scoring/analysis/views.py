"""The organisers' pages of figures: a challenge, the jury as a whole, and its coverage as it grows."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from flask import Flask, jsonify, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from challenges.briefs.models import Challenge
from challenges.briefs.queries import challenges_of
from challenges.editions.models import Edition
from challenges.editions.policy import find_edition
from hackaviz.kernel.errors import NotFound
from hackaviz.kernel.jobs import transactions
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session, sessions
from hackaviz.web.templating import localized
from judging.panels.coverage import panel_of
from judging.scoring.analysis import charts, wording
from judging.scoring.analysis.keeping import keep, with_kept
from judging.scoring.analysis.reading import Reading, read_challenge, read_jury
from judging.scoring.views import blueprint


def register(app: Flask) -> None:
    """Add the words for figures; the pages stand on the blueprint of reviews."""
    app.jinja_env.filters |= {"figure": wording.figure, "signed": charts.signed, "chance": wording.chance}


@blueprint.get("/editions/<edition_slug>/organise/scores/challenge/<int:number>")
@audience("organiser")
def analysis(edition_slug: str, number: int) -> str:
    """How sure the ranking of a challenge is, and what it hangs on."""
    session = current_session()
    edition = find_edition(session, edition_slug, current_user)
    challenge = _challenge(challenges_of(session, edition), number)
    reading = _with_figures(read_challenge(session, edition, challenge), f"challenge {challenge.id}")
    codes = _in_order(reading)
    return render_template(
        "judging/scoring/analysis/challenge.html",
        edition=edition,
        challenge=challenge,
        reading=reading,
        codes=codes,
        charts=charts,
        wording=wording,
        changes=wording.changes_of(reading, challenge),
        criteria=[(str(each.id), localized(each.name), each.highest_mark) for each in challenge.criteria],
    )


@blueprint.get("/editions/<edition_slug>/organise/scores/jury")
@audience("organiser")
def jury_figures(edition_slug: str) -> str:
    """Every juror over all challenges, and who was asked for what."""
    session = current_session()
    edition = find_edition(session, edition_slug, current_user)
    reading = _with_figures(read_jury(session, edition), f"jury {edition.id}")
    page = {"reading": reading, "panel": panel_of(session, edition)}
    return render_template(
        "judging/scoring/analysis/jury.html", edition=edition, charts=charts, wording=wording, **page
    )


def _with_figures(reading: Reading, subject: str) -> Reading:
    """The reading with its figures: as they were kept, or computed now and kept for whoever comes next."""
    reading = with_kept(current_session(), reading, subject=subject)
    if reading.kept is not None or reading.analysis is None:
        return reading
    # What can be computed is shown, also where it cannot be kept: while another process keeps the same.
    with suppress(SQLAlchemyError), transactions(sessions().writing)() as session:
        keep(session, reading, subject=subject, now=request_now())
    return replace(reading, kept=reading.analysis)


@blueprint.get("/editions/<edition_slug>/organise/scores/coverage.json")
@audience("organiser")
def coverage_data(edition_slug: str) -> Response:
    """The coverage as it stands, for the chart that asks again."""
    session = current_session()
    return jsonify(_coverage(find_edition(session, edition_slug, current_user)))


def _coverage(edition: Edition) -> charts.Spec:
    panel = panel_of(current_session(), edition)
    words = {"todo": _("to do"), "begun": _("begun"), "done": _("finished"), "conflict": _("conflict declared")}
    rows = [(juror.name, [panel.state(juror, entry).value for entry in panel.entries]) for juror in panel.jurors]
    return charts.coverage([entry.code for entry in panel.entries], rows, words)


def _challenge(challenges: Sequence[Challenge], number: int) -> Challenge:
    found = next((challenge for challenge in challenges if challenge.number == number), None)
    if found is None:
        raise NotFound(_l("This edition has no such challenge."))
    return found


def _in_order(reading: Reading) -> list[str]:
    """The codes of entries by place, those without place last."""
    codes = {entry.id: code for code, entry in reading.entries.items()}
    return [codes[row.entry] for row in reading.ranked if row.entry in codes]
