"""A certificate as PDF: who took part with which work, what it won, and where anybody can check that."""

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import segno
from flask_babel import gettext as _

from challenges.editions.models import Edition
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.documents import render_pdf
from hackaviz.web.language import current_language, speaking
from hackaviz.web.letters import page_url
from hackaviz.web.templating import local_date
from judging.results.certificates.models import Certificate
from judging.results.documents.wording import base_values
from judging.results.reading import Told, told_of

TEMPLATE = "judging/results/certificates/certificate.typ"
# A quarter of the code may be lost: paper is folded and copied.
ERRORS_MENDED = "q"


@dataclass(frozen=True)
class Bearer:
    """Everything that a certificate says."""

    name: str
    told: Told
    edition: Edition
    public_at: datetime
    address: str

    @classmethod
    def of(cls, certificate: Certificate) -> "Bearer":
        """What one certificate says."""
        publication = certificate.publication
        return cls(
            name=certificate.person.name,
            told=told_of(publication.snapshot, certificate.entry.public_id),
            edition=publication.edition,
            public_at=publication.public_at,
            address=page_url("certificates.verify", public_id=certificate.public_id),
        )


def draw_certificate(bearer: Bearer, language: str) -> bytes:
    """The PDF; the same bearer gives the same bytes."""
    with speaking(language):
        return render_pdf(TEMPLATE, _values(bearer), at=bearer.public_at)


def _values(bearer: Bearer) -> dict[str, Any]:
    edition, told = bearer.edition, bearer.told
    day = local_date(bearer.public_at, edition.time_zone)
    return base_values(edition, _("Certificate"), bearer.public_at, about=[bearer.name]) | {
        "name": bearer.name,
        "lines": [
            _("took part in the contest with the team %(team)s", team=told.team),
            _("and handed in the work “%(title)s”.", title=told.title),
        ],
        "prizes": [_prize(each) for each in told.prizes],
        "challenge": _("Challenge %(number)s: %(title)s", number=told.number, title=_plain(told.challenge)),
        "given": _("%(organiser)s, %(day)s", organiser=edition.organiser_name, day=day),
        "verify": _("Check this certificate:"),
        "address": bearer.address,
        "qr": qr_code(bearer.address),
        "qr_words": _("QR code of the address %(address)s", address=bearer.address),
    }


def _prize(prize: Bilingual) -> str:
    return _("Prize: %(prize)s", prize=_plain(prize))


def _plain(text: Bilingual) -> str:
    return text.in_language(current_language())


def qr_code(text: str) -> str:
    """A QR code as SVG."""
    drawn = io.BytesIO()
    segno.make(text, error=ERRORS_MENDED, micro=False).save(drawn, kind="svg", border=0, scale=4, dark="#0e2733")
    return drawn.getvalue().decode()
