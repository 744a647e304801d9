"""The award letter: what the jury decided, how much, who pays, and how."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from challenges.editions.models import Edition
from hackaviz.kernel.documents import render_pdf
from hackaviz.web.language import current_language, speaking
from hackaviz.web.templating import local_date, money
from judging.results.documents.wording import base_values
from judging.results.models import Publication
from judging.results.reading import Payer, ShownAward, awards_in, text_of

TEMPLATE = "judging/results/documents/letter.typ"


def award_letter(edition: Edition, publication: Publication, award: ShownAward, language: str) -> bytes:
    """The letter about an award of a publication, as PDF. It says what was published, and nothing else."""
    with speaking(language):
        return render_pdf(TEMPLATE, _values(edition, publication, award), at=publication.public_at)


def numbered_awards(publication: Publication) -> Mapping[int, ShownAward]:
    """The awards of a publication by the number that letters have, from 1."""
    return dict(enumerate(awards_in(publication.snapshot), start=1))


def _values(edition: Edition, publication: Publication, award: ShownAward) -> dict[str, Any]:
    entry, prize = award.entry, award.prize.in_language(current_language())
    day = local_date(publication.public_at, edition.time_zone)
    facts = [[_("Work"), entry["title"]], [_("Team"), entry["team"]], [_("Prize"), prize]]
    if award.challenge:
        facts.insert(2, [_("Challenge"), _challenge(award.challenge)])
    if award.cents:
        facts.append([_("Amount"), money(award.cents)])
    titles = base_values(edition, _("Award letter"), publication.public_at, about=[prize, entry["team"]])
    return titles | {
        "as_of": _("%(organiser)s, %(day)s", organiser=edition.organiser_name, day=day),
        "addressed": _("To the members of the team %(team)s: %(members)s", **_addressed(entry)),
        "opening": _("Your work “%(title)s” has won: %(prize)s.", title=entry["title"], prize=prize),
        "facts": facts,
        "payment": [_payment(part, edition) for part in award.payers],
        "closing": _closing(award, edition),
        "seal": _("Publication %(number)s of the results, SHA-256:", number=publication.number),
        "digest": publication.snapshot_sha256,
        "signature": [_("For the organisation, %(name)s", name=edition.organiser_name)],
        "date": _("Date"),
        "sign": _("signature"),
    }


def _challenge(challenge: Mapping[str, Any]) -> str:
    return f"{challenge['number']}. {text_of(challenge['title']).in_language(current_language())}"


def _addressed(entry: Mapping[str, Any]) -> dict[str, str]:
    return {"team": entry["team"], "members": ", ".join(entry["members"])}


def _payment(part: Payer, edition: Edition) -> str:
    told = {"sponsor": part.sponsor, "amount": money(part.cents), "organiser": edition.organiser_name}
    if part.direct:
        return _("%(amount)s from %(sponsor)s, which pays you directly.", **told)
    return _("%(amount)s from %(sponsor)s, paid out on behalf of %(organiser)s.", **told)


def _closing(award: ShownAward, edition: Edition) -> str:
    if not award.cents:
        return _("Questions: %(email)s.", email=edition.contact_email)
    return _(
        "The members share the prize equally unless all of them agree otherwise. Nobody will ask for your bank details "
        "on this platform; whoever pays writes to you. Questions: %(email)s.",
        email=edition.contact_email,
    )
