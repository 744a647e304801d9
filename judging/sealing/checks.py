"""What must always hold of marks and seals: reviews are what their log says of them, seals what was sealed."""

import json
from collections.abc import Iterator
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from hackaviz.kernel.audit import is_logged
from judging.scoring.marks_log import problems_of
from judging.sealing.document import digest_of
from judging.sealing.models import Seal


def marks_out_of_step(session: Session) -> Iterator[str]:
    """Links that were changed, and reviews that differ from the log."""
    for edition in session.scalars(select(Edition).order_by(Edition.id)):
        for problem in problems_of(session, edition):
            yield f"{edition.slug}: {problem}"


def rewritten_seals(session: Session) -> Iterator[str]:
    """Seals whose files are not those of their SHA-256."""
    for each in session.scalars(select(Seal).order_by(Seal.id)):
        for form, text, digest in (("full", each.full, each.full_sha256), ("public", each.public, each.public_sha256)):
            if sha256(text.encode()).hexdigest() != digest and not _names_its_content(text, digest):
                yield f"the {form} file of seal {each.id} is not what was sealed"


def _names_its_content(text: str, digest: str) -> bool:
    """Seals from before 22 November 2026 are named by the digest of their content, without the end of the file."""
    document = json.loads(text)
    return bool(document["sha256"] == digest == digest_of(document))


def unlogged_seals(session: Session) -> Iterator[str]:
    """Seals that nobody set, as far as the log knows."""
    for number in session.scalars(select(Seal.id).where(~is_logged(Seal, "results.seal"))):
        yield f"seal {number} is in no act of the log"


CHECKS = {"marks-logged": marks_out_of_step, "seals-whole": rewritten_seals, "seals-logged": unlogged_seals}
