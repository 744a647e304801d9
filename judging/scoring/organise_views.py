"""What organisers see of marks: the ranking as it stands, and every review of an entry with its comments."""

from flask import Flask, render_template
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy.orm import Session

from challenges.briefs.queries import challenges_of
from challenges.editions.models import Edition
from challenges.editions.policy import find_edition
from challenges.editions.registry import OrganiserLink, Section, edition_registry
from hackaviz.web.access import audience
from hackaviz.web.database import current_session
from judging.panels.hints import open_hints
from judging.panels.policy import find_entry
from judging.panels.rounds.queries import finalists_of
from judging.scoring.method.queries import choices_of, terms_for
from judging.scoring.queries import finished_by_pair, rankings_of, reviews_of_entry
from judging.scoring.ranked import score_in_words, with_scores
from judging.scoring.views import Page, blueprint
from judging.scoring.wording import rubric_in_words
from submissions.entries.queries import handed_in_entries


def register(app: Flask) -> None:
    """Add the link, and scores in words; the pages stand on the blueprint of reviews."""
    app.jinja_env.filters["score"] = score_in_words
    edition_registry(app).organiser_links.append(OrganiserLink(Section.JURY, _l("Scores"), "scoring.scores", order=62))


@blueprint.get("/editions/<edition_slug>/organise/scores")
@audience("organiser")
def scores(edition_slug: str) -> Page:
    """The ranking of each challenge from the reviews finished so far."""
    session = current_session()
    edition = find_edition(session, edition_slug, current_user)
    rankings, choices, challenges = (
        rankings_of(session, edition),
        choices_of(session, edition),
        challenges_of(session, edition),
    )
    entries = {entry.id: entry for entry in handed_in_entries(session, edition)}
    doubtful = _doubtful(session, edition)
    return render_template(
        "judging/scoring/scores.html",
        edition=edition,
        entries=entries,
        doubtful=[entry.code for entry in entries.values() if entry.id in doubtful],
        finalists=finalists_of(session, edition),
        parts=[(challenge, rankings.get(challenge.id, [])) for challenge in challenges],
        terms={challenge.id: terms_for(edition, choices, challenge.id) for challenge in challenges},
    )


def _doubtful(session: Session, edition: Edition) -> set[int]:
    """The entries of which a finished review counts although a possible conflict waits to be settled."""
    finished = finished_by_pair(session, edition)
    return {hint.entry for hint in open_hints(session, edition) if finished.get((hint.juror, hint.entry))}


@blueprint.get("/editions/<edition_slug>/organise/scores/<code>")
@audience("organiser")
def scores_of_entry(edition_slug: str, code: str) -> Page:
    """Every review of one entry, with marks and both comments."""
    session = current_session()
    edition = find_edition(session, edition_slug, current_user)
    entry = find_entry(session, edition, code)
    rubric = rubric_in_words(entry.challenge)
    given = with_scores(reviews_of_entry(session, entry), entry.challenge)
    page = {"edition": edition, "entry": entry, "rubric": rubric, "reviews": given}
    return render_template("judging/scoring/scores_of_entry.html", **page)
