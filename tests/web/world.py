"""One edition with one of everything, people around it, and what the addresses of the site are filled with."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from challenges.catalogue.harvest.models import HarvestSource
from challenges.catalogue.imports.models import CatalogueImport
from challenges.catalogue.imports.rules import ImportState
from challenges.catalogue.models import Resource
from challenges.catalogue.questions.models import DatasetQuestion
from challenges.catalogue.snapshots.models import DatasetSnapshot
from challenges.catalogue.snapshots.rules import SnapshotState
from challenges.editions.models import Edition
from challenges.editions.rules import Phase
from challenges.ledger.models import Transaction
from challenges.ledger.rules import TransactionKind
from challenges.sponsors.agreements.models import Contribution
from challenges.sponsors.agreements.rules import ContributionKind
from challenges.sponsors.models import Instalment, Pledge, Sponsor
from hackaviz.accounts.links import issue_link
from hackaviz.accounts.models import Invitation, Person, Role, TokenPurpose
from hackaviz.kernel.identifiers import new_token, token_digest
from hackaviz.kernel.jobs import beat
from hackaviz.kernel.storage import Storage
from judging.panels.audience.models import AudiencePanel
from judging.panels.audience.rules import Electorate
from judging.panels.mentors.models import Mentor
from judging.panels.models import Flag
from judging.panels.rounds.models import Round, RoundKind
from judging.prizes.models import Award, AwardPaymentReversal
from judging.results.certificates.models import Certificate
from judging.results.models import Publication
from judging.results.snapshot import seal_reference, take_snapshot
from judging.scoring.calibration.models import TrainingWork
from judging.sealing.service import seal
from submissions.entries.annexes.models import Annex
from submissions.entries.models import Entry, Upload
from submissions.entries.transfers.models import Transfer
from submissions.teams.models import TeamInvitation
from submissions.viewer.checks.models import CheckState, WorkCheck
from submissions.viewer.models import Preview, PreviewState
from tests import factories as make
from tests.support.uploads import image_bytes

ABOUT_TRANSFERS = "cancel cancel_by_form complete list_parts offset part_address send_piece transfer_state".split()


@dataclass
class World:
    """`people` by what they are; `values` by "room.function.argument", "room.argument" or "argument"."""

    people: dict[str, Person | None]
    values: dict[str, Any]

    def address(self, rule: Rule) -> str:
        """The address of a rule, filled from this world. Raises KeyError for an argument that it does not know."""
        values = {name: self._value(str(rule.endpoint), name) for name in rule.arguments - set(rule.defaults or {})}
        built = rule.build(values | (rule.defaults or {}), append_unknown=False)
        assert built is not None, rule
        return str(built[1])

    def _value(self, endpoint: str, name: str) -> Any:
        room = endpoint.partition(".")[0]
        for key in (f"{endpoint}.{name}", f"{room}.{name}", name):
            if key in self.values:
                return self.values[key]
        raise KeyError(f"{endpoint}: the world has no {name}; make one in tests/web/world.py")


def make_world(session: Session, storage: Storage, phase: Phase, now: datetime) -> World:
    """Build it, with the edition in a phase."""
    beat(session, now + timedelta(hours=1))  # so that a slow walk still finds a job process that works
    edition = make.make_edition(session, phase, now)
    make.declare_aims(session, edition)
    captain, member = make.make_person(session), make.make_person(session)
    challenge = make.make_challenge(session, edition)
    team = make.make_team(session, edition, [captain, member], challenge=challenge)
    entry = make.make_entry(session, team, challenge)
    make.hand_in(session, entry)
    version = make.hand_in(session, entry)
    transfer = make.save(
        session,
        Transfer(entry=entry, begun_by=captain, file_name="site.zip", bytes=9, fingerprint="", begun_at=now),
    )
    people = _people(session, edition, captain, member, entry)
    sponsor_values = _sponsor_values(session, edition, people["contact"], entry)
    values = {
        "edition_slug": edition.slug,
        "challenge_slug": challenge.slug,
        "teams.public_id": team.public_id,
        "entries.start.public_id": team.public_id,
        "entries.public_id": entry.public_id,
        **{f"entries.{name}.public_id": transfer.public_id for name in ABOUT_TRANSFERS},
        "entries.changes.number": version.number,
        "entries.bring_version_back.number": version.number,
        "gallery.public_id": entry.public_id,
        "person_public_id": member.public_id,
        "accounts.public_id": member.public_id,
        "person_id": people["juror"].public_id,
        "version_public_id": version.public_id,
        "viewer.public_id": version.upload.public_id,
        "size": "small",
        "width": 320,
        "form": "avif",
        "checks.public_id": entry.public_id,
        "checks.name": "wide",
        "code": f"C-{entry.number:02d}",
        "number": challenge.number,
        **_published(session, storage, entry, now),
        "language": "fr",
        **_jury_values(session, edition, people["juror"], entry),
        "dataset_slug": entry.citations[0].dataset.slug,
    }
    _keep_annex(session, storage, entry, now)
    values |= sponsor_values | _files(session, storage, entry, version.upload) | {"payouts.kind": "csv"}
    award = session.get_one(Award, values["award_id"])
    award.proof_key = storage.write(BytesIO(b"paid")).key
    values["reversal_id"] = _paid_by_mistake(session, storage, award).id
    session.get_one(Sponsor, values["sponsor_id"]).logo_key = storage.write(BytesIO(b"a logo")).key
    return World(people, values | _links(session, edition, team, people, now))


def _published(session: Session, storage: Storage, entry: Entry, now: datetime) -> dict[str, Any]:
    """Results that are public once the edition's are, and the certificate of the captain."""
    edition, captain = entry.edition, entry.team.captain
    sealed = seal(session, edition=edition, actor=None, now=now)
    prize = make.make_prize(session, edition, entry.challenge, 1_000)
    make.save(session, Award(prize=prize, entry=entry, cents=1_000, decided_at=edition.created_at))
    snapshot = take_snapshot(session, edition, now) | {"seal": seal_reference(sealed)}
    dates = {"public_at": edition.created_at, "prepared_at": edition.created_at}
    told = {"snapshot": snapshot, "snapshot_sha256": "0" * 64, "number": 1}
    publication = make.save(session, Publication(edition=edition, **dates, **told))
    files = dict.fromkeys(("fr", "en"), storage.write(BytesIO(b"%PDF")).key)
    stands_on = {"publication": publication, "person": captain, "entry": entry, "files": files}
    made = make.save(session, Certificate(**stands_on, asked_at=now, made_at=now))
    numbers = {"sealing.number": sealed.number, "results.number": sealed.number, "documents.number": 1}
    return numbers | {"certificates.public_id": made.public_id, "letters.addressees": "winners"}


def _keep_annex(session: Session, storage: Storage, entry: Entry, now: datetime) -> None:
    blob = storage.write(BytesIO(b"plot(ports)"))
    stored = {"bytes": blob.bytes, "sha256": blob.sha256, "storage_key": blob.key}
    sender = entry.team.captain.id
    make.save(session, Annex(entry=entry, sent_by_id=sender, file_name="plot.R", received_at=now, **stored))


def _people(session: Session, edition: Edition, captain: Person, member: Person, entry: Entry) -> dict[str, Any]:
    rival = make.make_team(session, edition).captain
    juror = make.make_juror(session, edition)
    make.assign(session, juror, entry)
    organiser, elsewhere = make.make_person(session), make.make_person(session)
    make.grant(session, organiser, Role.ORGANISER, edition)
    make.grant(session, elsewhere, Role.ORGANISER, make.make_edition(session))
    # Every right there is, and none of use before the address is verified.
    unverified = make.make_person(session, email_verified_at=None, is_administrator=True, is_steward=True)
    make.grant(session, unverified, Role.ORGANISER, edition)
    make.grant(session, unverified, Role.JUROR, edition)
    return {
        "visitor": None,
        "unverified": unverified,
        "outsider": make.make_person(session),
        "captain": captain,
        "member": member,
        "rival": rival,
        "juror": juror,
        "contact": make.make_person(session),
        "other organiser": elsewhere,
        "organiser": organiser,
        "steward": make.make_person(session, is_steward=True),
        "administrator": make.make_person(session, is_administrator=True),
    }


def _jury_values(session: Session, edition: Edition, juror: Person, entry: Entry) -> dict[str, Any]:
    """Two rounds, a juror's word to the organisers, and a training work of an edition that is over."""
    halfway = edition.judging_opens_at + (edition.judging_closes_at - edition.judging_opens_at) / 2
    spans = {
        RoundKind.QUALIFICATION: (edition.judging_opens_at, halfway),
        RoundKind.FINALISTS: (halfway, edition.judging_closes_at),
    }
    for kind, (opens_at, closes_at) in spans.items():
        session.add(Round(edition=edition, kind=kind, opens_at=opens_at, closes_at=closes_at))
    flag = make.save(session, Flag(juror=juror, entry=entry, text="It does not open", raised_at=entry.created_at))
    over = make.make_challenge(session, make.make_edition(session, Phase.RESULTS))
    work = make.make_handed_in_entry(session, over)
    facts = {"number": 1, "entry": work, "challenge": entry.challenge, "chosen_at": entry.created_at}
    make.save(session, TrainingWork(edition_id=edition.id, **facts))
    mentor = {"email": "mentor@example.org", "name": "A mentor", "noted_at": entry.created_at, "noted_by_id": juror.id}
    noted = make.save(session, Mentor(team=entry.team, **mentor))
    # An audience vote that is over: while one is open, its voters see the works.
    voted = {"opens_at": edition.created_at, "closes_at": edition.created_at + timedelta(hours=1)}
    make.save(session, AudiencePanel(edition=edition, electorate=Electorate.EVERYBODY, **voted))
    trained = dict.fromkeys(("calibration.work.number", "calibration.remove.number"), 1)
    return trained | {"flag_id": flag.id, "mentor_id": noted.id}


def _sponsor_values(session: Session, edition: Edition, contact: Person, entry: Entry) -> dict[str, Any]:
    sponsor = make.make_sponsor(session, edition)
    make.grant(session, contact, Role.SPONSOR, edition, sponsor)
    pledge, prize = make.make_pledge(session, sponsor), make.make_prize(session, edition, None)
    award = make.save(session, Award(prize=prize, entry=entry, cents=1_000, decided_at=edition.created_at))
    receipt = session.scalars(select(Transaction).where(Transaction.kind == TransactionKind.RECEIPT)).one()
    numbers = {"sponsor_id": sponsor.id, "pledge_id": pledge.id, "prize_id": prize.id, "award_id": award.id}
    return numbers | {"transaction_id": receipt.id, "proposal_id": 1} | _agreed(session, pledge)


def _paid_by_mistake(session: Session, storage: Storage, award: Award) -> AwardPaymentReversal:
    """A payment that was taken back, with its proof."""
    proof = {"proof_key": storage.write(BytesIO(b"a proof")).key, "proof_name": "proof.pdf"}
    told = {"award_id": award.id, "prize_title": award.prize.title, "entry_code": award.entry.code, "cents": 1_000}
    paid = {"paid_on": date(2026, 5, 1), "payment_reference": "R-1", "reason": "A mistake"}
    row = AwardPaymentReversal(edition_id=award.prize.edition_id, reversed_at=award.decided_at, **told, **paid, **proof)
    return make.save(session, row)


def _agreed(session: Session, pledge: Pledge) -> dict[str, Any]:
    """A part of a schedule, a gift, a subsidy, and an agreement whose party brings something."""
    gift, party = make.make_gift(session, pledge.sponsor), make.make_party(session, pledge.sponsor.edition)
    brought = make.save(session, Contribution(party=party, kind=ContributionKind.DATA, description="Data"))
    part = make.save(session, Instalment(pledge=pledge, due_on=date(2026, 5, 1), cents=100))
    subsidy = make.make_subsidy(session, pledge.sponsor.edition)
    agreed = {"agreement_id": party.agreement_id, "party_id": party.id, "contribution_id": brought.id}
    return agreed | {"instalment_id": part.id, "gift_id": gift.id, "subsidy_id": subsidy.id}


def _files(session: Session, storage: Storage, entry: Entry, upload: Upload) -> dict[str, Any]:
    """A file of the catalogue with a chart, and a drawn work."""
    blob = storage.write(BytesIO(b"port,ships\nFos,1\n"))
    groups = [{"name": None, "x": ["Fos"], "y": [1]}]
    series = {"kind": "bar", "x": "port", "y": "ships", "colour": None, "groups": groups}
    ships = {"name": "ships", "type": "integer", "missing": 0, "distinct": 1, "min": 1, "max": 1, "reading": "integer"}
    dataset = make.make_dataset(session)
    resource = Resource(
        dataset_id=dataset.id,
        title=make.both("The table"),
        format="csv",
        file_name="ports.csv",
        storage_key=blob.key,
        bytes=blob.bytes,
        sha256=blob.sha256,
        inspection={"columns": [ships], "rows": 1, "preview": [], "series": series},
    )
    drawn = storage.write(BytesIO(image_bytes("WEBP")))
    still = {"width": 320, "height": 240, "avif": {"key": drawn.key, "bytes": drawn.bytes}}
    sizes = {"small_key": drawn.key, "large_key": drawn.key, "width": 4, "height": 3, "stills": [still]}
    preview = Preview(upload=upload, state=PreviewState.READY, **sizes)
    pictures = {"wide": {"key": drawn.key, "bytes": drawn.bytes, "width": 4, "height": 3}}
    check = WorkCheck(upload=upload, state=CheckState.READY, asked_at=upload.received_at, pictures=pictures)
    session.add_all([resource, preview, check])
    session.flush()
    named = {f"{room}.slug": dataset.slug for room in ("catalogue", "following", "impact", "questions", "snapshots")}
    of_publisher = dict.fromkeys(("impact.publisher.slug", "impact.publisher_table.slug"), dataset.publisher.slug)
    shown = {"catalogue.syntax": "ttl", "resource_id": resource.id}
    used = _asked_and_frozen(session, entry, resource) | _imported(session, entry, dataset.slug)
    return named | of_publisher | shown | used


def _imported(session: Session, entry: Entry, slug: str) -> dict[str, Any]:
    """A source, a stopped import of it, and two datasets to compare."""
    source = {"address": "https://portal.example/data.json", "name": "portal.example"}
    moments = {"created_at": entry.created_at, "harvested_at": entry.created_at}
    known = make.save(session, HarvestSource(**source, **moments, format="datajson"))
    state = {"state": ImportState.STOPPED, "asked_at": entry.created_at, "expected": {"new": 0}}
    this = make.save(session, CatalogueImport(**source, **state, wanted_format="auto"))
    pair = {"first": slug, "second": make.make_dataset(session).slug}
    return {"import_id": this.id, "source_id": known.id, **pair}


def _asked_and_frozen(session: Session, entry: Entry, resource: Resource) -> dict[str, Any]:
    """A question about a dataset, and a copy of its file that the edition pins; no letter to a follower."""
    moment, asker = entry.created_at, entry.team.captain
    asked = {"dataset_id": resource.dataset_id, "asker": asker, "request_key": "asked", "asked_at": moment}
    question = make.save(session, DatasetQuestion(text="What is a port?", **asked))
    kept = {
        name: getattr(resource, name) for name in ("title", "format", "file_name", "storage_key", "bytes", "sha256")
    }
    pinned = {"edition_id": entry.edition_id, "dataset_id": resource.dataset_id, "resource_id": resource.id}
    dates = {"pinned_at": moment, "taken_at": moment, "due_at": moment}
    copy = make.save(session, DatasetSnapshot(state=SnapshotState.KEPT, **kept, **pinned, **dates))
    return {"questions.public_id": question.public_id, "snapshots.public_id": copy.public_id, "following.token": "x"}


def _links(session: Session, edition: Edition, team: Any, people: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Tokens of every kind of link, each still good."""
    role, seat = new_token(), new_token()
    sent = {"email": "invited@example.org", "created_at": now, "expires_at": now + timedelta(days=9)}
    by = {"invited_by_id": people["organiser"].id}
    to_jury = {"token_digest": token_digest(role), "edition_id": edition.id, "role": Role.JUROR}
    to_team = {"token_digest": token_digest(seat), "team_id": team.id}
    jury_invitation = make.save(session, Invitation(**to_jury, **sent, **by))
    team_invitation = make.save(session, TeamInvitation(**to_team, **sent, **by))
    owner = {"person": people["outsider"], "now": now}
    verification = issue_link(session, purpose=TokenPurpose.VERIFY_EMAIL, **owner)
    return {
        "accounts.token": role,
        "accounts.verify.token": verification,
        "accounts.verify_email.token": verification,
        "accounts.choose_password.token": issue_link(session, purpose=TokenPurpose.RESET_PASSWORD, **owner),
        "teams.token": seat,
        "teams.invitation_id": team_invitation.id,
        "invitation_id": jury_invitation.id,
    }
