"""The proof of a hand-in: a page, and a signed document that can be checked years later."""

from flask import Response, jsonify, render_template
from flask_login import current_user

from challenges.editions.navigation import show_edition
from hackaviz.web.access import audience
from hackaviz.web.database import current_session
from submissions.entries.policy import find_version
from submissions.entries.receipts import Seal, receipt_document
from submissions.entries.views.blueprint import blueprint


@blueprint.get("/receipts/<version_public_id>")
@audience("verified")
def receipt(version_public_id: str) -> str:
    """What was handed in, when and by whom, with the SHA-256 of every file."""
    version = find_version(current_session(), version_public_id, current_user)
    entry = version.entry
    show_edition(entry.edition)
    return render_template("submissions/entries/receipt.html", version=version, entry=entry, edition=entry.edition)


@blueprint.get("/receipts/<version_public_id>.json")
@audience("verified")
def signed_receipt(version_public_id: str) -> Response:
    """The receipt that `flask entries verify-receipt` reads."""
    version = find_version(current_session(), version_public_id, current_user)
    document = receipt_document(version.manifest, Seal(version.manifest_sha256, version.signature))
    response = jsonify(document)
    name = f"hackaviz-{version.entry.code}-version-{version.number}.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
