"""The proof of a hand-in: a page, a signed document, and the key with which anybody checks it years later."""

from flask import Response, current_app, jsonify, make_response, render_template
from flask_login import current_user

from challenges.editions.navigation import show_edition
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from submissions.entries.deadlines import closing_of
from submissions.entries.policy import find_version
from submissions.entries.receipts import PublicKey, Seal, public_key_pem, receipt_document, signing_key
from submissions.entries.sheet.wording import sheet_rows
from submissions.entries.views.blueprint import blueprint


@blueprint.get("/receipts/<version_public_id>")
@audience("verified")
def receipt(version_public_id: str) -> str:
    """What was handed in, when and by whom, with the SHA-256 of every file."""
    version = find_version(current_session(), version_public_id, current_user)
    entry = version.entry
    show_edition(entry.edition)
    context = {"entry": entry, "edition": entry.edition, "closing": closing_of(entry), "now": request_now()}
    rows = sheet_rows(version.manifest)
    return render_template("submissions/entries/receipt.html", version=version, sheet_rows=rows, **context)


@blueprint.get("/receipts/<version_public_id>.json")
@audience("verified")
def signed_receipt(version_public_id: str) -> Response:
    """The receipt that `flask entries verify-receipt` reads."""
    version = find_version(current_session(), version_public_id, current_user)
    document = receipt_document(version.manifest, Seal(version.manifest_sha256, version.signature), _public_key())
    response = jsonify(document)
    name = f"hackaviz-{version.entry.code}-version-{version.number}.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.get("/receipts/public-key.pem")
@audience("public")
def public_key() -> Response:
    """The key that verifies every receipt of this installation, for whoever wants to do without us."""
    return make_response(public_key_pem(_public_key()), 200, {"Content-Type": "application/x-pem-file"})


def _public_key() -> PublicKey:
    return signing_key(current_app.config["SECRET_KEY"]).public_key()
