"""What a team has handed in over time."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as Redirection

from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from submissions.entries.deadlines import may_change
from submissions.entries.hand_in_page import fate_in_words
from submissions.entries.policy import find_version_of
from submissions.entries.transfers.queries import hand_ins_that_waited
from submissions.entries.versions.rules import difference
from submissions.entries.versions.service import bring_back
from submissions.entries.versions.wording import dataset_titles, texts_in_words
from submissions.entries.views.blueprint import blueprint
from submissions.entries.views.draft import own_entry


@blueprint.get("/entries/<public_id>/versions")
@audience("verified")
def versions(public_id: str) -> str:
    """Every version, what it froze, and the hand-ins that did not become one."""
    entry = own_entry(public_id)
    return render_template(
        "submissions/entries/versions.html",
        entry=entry,
        edition=entry.edition,
        may_change=may_change(entry, request_now()),
        waited=hand_ins_that_waited(current_session(), entry),
        fate=fate_in_words,
    )


@blueprint.get("/entries/<public_id>/versions/<int:number>/changes")
@audience("verified")
def changes(public_id: str, number: int) -> str:
    """What changed from an earlier version (`?since=`, the one before unless said) to this one."""
    entry = own_entry(public_id)
    after = find_version_of(entry, number)
    before = find_version_of(entry, request.args.get("since", number - 1, type=int))
    found = difference(before.manifest, after.manifest)
    return render_template(
        "submissions/entries/changes.html",
        entry=entry,
        edition=entry.edition,
        before=before,
        after=after,
        difference=found,
        texts=texts_in_words(found.texts),
        titles=dataset_titles(before.manifest, after.manifest),
    )


@blueprint.post("/entries/<public_id>/versions/<int:number>/bring-back")
@audience("verified")
def bring_version_back(public_id: str, number: int) -> Redirection:
    """Make what a version froze the draft again."""
    entry = own_entry(public_id)
    version = find_version_of(entry, number)
    bring_back(current_session(), entry=entry, version=version, actor=current_user, now=request_now())
    flash(_("The draft is version %(number)s again: look at it, then hand it in.", number=number), "ok")
    return redirect(url_for(".edit", public_id=public_id))
