"""create_app(): the only place that knows every room."""

from datetime import timedelta

from flask import Flask

from challenges.briefs import in_catalogue as briefs_in_catalogue
from challenges.briefs import organise_views as brief_organisation
from challenges.briefs import views as briefs
from challenges.catalogue import steward_views as catalogue_stewards
from challenges.catalogue import views as catalogue
from challenges.catalogue.builder import views as chart_builder
from challenges.catalogue.following import views as dataset_following
from challenges.catalogue.impact import views as dataset_impact
from challenges.catalogue.imports import views as catalogue_imports
from challenges.catalogue.links import views as catalogue_links
from challenges.catalogue.merging import views as catalogue_merging
from challenges.catalogue.publish import views as catalogue_publishing
from challenges.catalogue.questions import views as dataset_questions
from challenges.catalogue.snapshots import views as dataset_snapshots
from challenges.editions import organise_views as edition_organisation
from challenges.editions import views as editions
from challenges.editions.aims import views as edition_aims
from challenges.editions.sheet import views as edition_sheet
from challenges.sponsors import ledger_views as ledger
from challenges.sponsors import terms_views as pledges
from challenges.sponsors import views as sponsors
from challenges.sponsors.agreements import views as agreements
from challenges.sponsors.gifts import views as gifts
from challenges.sponsors.subsidies import views as subsidies
from hackaviz.accounts import login
from hackaviz.accounts import views as accounts
from hackaviz.demo import commands as demo
from hackaviz.settings import ROOT, Settings
from hackaviz.web import (
    access,
    addresses,
    clock,
    commands,
    database,
    doctor,
    errors,
    health,
    jobs,
    language,
    security,
    storage,
    templating,
)
from judging.deliberation import screen_views
from judging.deliberation import views as deliberation
from judging.panels import assignment_views as panel_assignments
from judging.panels import commands as judging_commands
from judging.panels import juror_views as juror_words
from judging.panels import seat_views as jury_seats
from judging.panels import views as panels
from judging.panels.audience import views as audience_vote
from judging.panels.mentors import views as mentors
from judging.panels.rounds import views as rounds
from judging.panels.sponsors import views as prize_panels
from judging.prizes import correcting_views as corrections
from judging.prizes import payout_views as payouts
from judging.prizes import views as prizes
from judging.prizes.outcomes import views as prize_outcomes
from judging.prizes.shares import views as prize_shares
from judging.results import preview_views as results_preview
from judging.results import seal_views as results_seal
from judging.results import views as results
from judging.results.ceremony import views as ceremony
from judging.results.certificates import views as certificates
from judging.results.documents import views as documents
from judging.results.letters import views as result_letters
from judging.results.press import views as press
from judging.scoring import organise_views as scores
from judging.scoring import views as scoring
from judging.scoring.analysis import views as scoring_analysis
from judging.scoring.calibration import upload_views as training_uploads
from judging.scoring.calibration import views as calibration
from judging.scoring.duels import views as duels
from judging.scoring.method import views as scoring_method
from judging.sealing import views as sealing
from submissions.entries import views as entries
from submissions.gallery import views as gallery
from submissions.teams import views as teams
from submissions.viewer import views as viewer

# The header shows the rooms' links in this order.
ROOMS = (
    health,
    commands,
    doctor,
    accounts,
    editions,
    edition_organisation,
    edition_sheet,
    edition_aims,
    briefs,
    brief_organisation,
    briefs_in_catalogue,
    catalogue,
    catalogue_stewards,
    catalogue_imports,
    catalogue_merging,
    catalogue_links,
    catalogue_publishing,
    chart_builder,
    dataset_questions,
    dataset_following,
    dataset_impact,
    dataset_snapshots,
    sponsors,
    ledger,
    pledges,
    agreements,
    gifts,
    subsidies,
    teams,
    entries,
    viewer,
    gallery,
    panels,
    panel_assignments,
    jury_seats,
    juror_words,
    rounds,
    mentors,
    prize_panels,
    audience_vote,
    scoring,
    scores,
    calibration,
    training_uploads,
    duels,
    scoring_method,
    scoring_analysis,
    deliberation,
    screen_views,
    sealing,
    prizes,
    payouts,
    corrections,
    prize_outcomes,
    prize_shares,
    results,
    results_seal,
    results_preview,
    documents,
    certificates,
    result_letters,
    ceremony,
    press,
    judging_commands,
    demo,
)


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application. Raises SettingsError when the environment makes no sense."""
    settings = settings or Settings.from_env()
    app = Flask("hackaviz", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "hackaviz" / "static"))
    app.url_map.converters["int"] = addresses.RowNumber
    _configure(app, settings)
    _prepare(app, settings)
    for room in ROOMS:
        room.register(app)
    access.refuse_undeclared(app)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.extensions["hackaviz.settings"] = settings
    app.config.update(
        SECRET_KEY=settings.secret_key,
        BASE_URL=settings.base_url,
        CONTENT_URL=settings.content_url,
        MAIL_URL=settings.mail_url,
        ANTIVIRUS_URL=settings.antivirus_url,
        DEMO=settings.demo,
        CHECK_LINKS=settings.check_links,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.base_url.startswith("https:"),
        PERMANENT_SESSION_LIFETIME=timedelta(days=30),
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=365),
        # Pages that take files say themselves how large these may be.
        MAX_CONTENT_LENGTH=4_000_000,
        MAX_FORM_MEMORY_SIZE=2_000_000,
        MAX_FORM_PARTS=2_000,
        WTF_CSRF_TIME_LIMIT=None,
    )


def _prepare(app: Flask, settings: Settings) -> None:
    app.wsgi_app = clock.ReceivedAt(app.wsgi_app)  # type: ignore[method-assign]
    errors.init_errors(app)
    database.init_database(app, settings.database_url)
    storage.init_storage(app, settings.storage_url)
    jobs.init_jobs(app, settings)
    access.init_access(app)
    login.init_login(app)
    language.init_language(app)
    security.init_security(app)
    templating.init_templating(app)
