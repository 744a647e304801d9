"""Where every team of an edition stands, for organisers."""

from flask import current_app, render_template, request
from flask_login import current_user

from challenges.editions.policy import find_edition
from hackaviz.web.access import audience
from hackaviz.web.database import current_session
from hackaviz.web.paging import asked_page
from submissions.entries.queries import EntryFilter, team_lines
from submissions.entries.rules import EntryState
from submissions.entries.scans.service import clean_uploads
from submissions.entries.views.blueprint import blueprint


@blueprint.get("/editions/<edition_slug>/organise/entries")
@audience("organiser")
def entries_list(edition_slug: str) -> str:
    """Teams and their entries: without a draft, draft, handed in."""
    edition = find_edition(current_session(), edition_slug, current_user)
    asked = request.args.get("state", "")
    wanted = EntryFilter(EntryState(asked) if asked in list(EntryState) else None, request.args.get("q", "").strip())
    page = team_lines(current_session(), edition, wanted, asked_page())
    versions = [line.entry.current_version for line in page.rows if line.entry and line.entry.current_version]
    scans = {
        "has_antivirus": current_app.config["ANTIVIRUS_URL"] is not None,
        "clean": clean_uploads(current_session(), [version.upload_id for version in versions]),
    }
    return render_template("submissions/entries/list.html", edition=edition, page=page, wanted=wanted, **scans)
