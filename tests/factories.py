"""Small makers of rows for tests: each makes one thing, valid as it stands, and flushes.

Nothing is made behind your back but what the thing cannot be without.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from itertools import chain, count
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from challenges.briefs.models import Challenge, Criterion
from challenges.catalogue.models import Availability, Dataset, Publisher
from challenges.catalogue.placing import catalogue_changed
from challenges.editions.aims.rules import AimKind
from challenges.editions.models import Aim, Edition, RulesVersion, Visibility
from challenges.editions.rules import Phase
from challenges.ledger.service import open_accounts
from challenges.sponsors.agreements.models import Agreement, AgreementParty
from challenges.sponsors.gifts.models import Gift
from challenges.sponsors.models import Custody, Pledge, Prize, Sponsor
from challenges.sponsors.service import Payment, record_payment
from challenges.sponsors.subsidies.models import Subsidy
from hackaviz.accounts.models import EditionRole, Person, Role
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.identifiers import fold, new_public_id
from judging.panels.models import Assignment, Conflict
from judging.prizes.models import Award
from judging.prizes.paying import Proof, WinnerPayment, approve_payout, record_award_payment
from judging.prizes.winnings import winning_with
from judging.scoring.marks_log import Act, append
from judging.scoring.models import Mark, Review
from judging.scoring.service import set_aside_review
from judging.sealing.service import seal
from submissions.entries.annexes.models import Annex
from submissions.entries.annexes.service import annex_of
from submissions.entries.manifest import freeze_draft, whole_manifest
from submissions.entries.models import Citation, Entry, EntryVersion, Upload, UploadFile, UploadState
from submissions.entries.receipts import canonical
from submissions.teams.models import Eligibility, Registration, Team, TeamMember
from submissions.teams.queries import registrations_of_members

_numbers = count(1)
DAY = timedelta(days=1)

# How far each boundary of the calendar lies from now, in days, for an edition in each phase.
_CALENDARS = {
    Phase.ANNOUNCED: (2, 10, 11, 20, 21, 30),
    Phase.REGISTRATION: (-2, 8, 9, 20, 21, 30),
    Phase.SUBMISSION: (-10, 5, -5, 5, 6, 20),
    Phase.BEFORE_JUDGING: (-30, -20, -19, -1, 1, 10),
    Phase.JUDGING: (-30, -20, -19, -5, -4, 10),
    Phase.DELIBERATION: (-60, -50, -49, -30, -29, -1),
    Phase.RESULTS: (-60, -50, -49, -30, -29, -10),
}


def both(text: str) -> Bilingual:
    """The same text, marked by language."""
    return Bilingual(fr=f"{text} (fr)", en=f"{text} (en)")


def save(session: Session, row: Any) -> Any:
    """Add and flush."""
    session.add(row)
    session.flush()
    return row


def make_person(session: Session, **values: Any) -> Person:
    """A person with a verified address and no role."""
    return save(session, _person(**values))


def _person(**values: Any) -> Person:
    number = next(_numbers)
    defaults = {
        "email": f"person{number}@example.org",
        "name": f"Person {number}",
        "language": "en",
        "email_verified_at": datetime(2026, 1, 1, tzinfo=UTC),
        "created_at": datetime(2026, 1, 1, tzinfo=UTC),
    }
    return Person(**defaults | values)


def make_edition(
    session: Session, phase: Phase = Phase.SUBMISSION, now: datetime | None = None, **values: Any
) -> Edition:
    """A published edition with one version of its rules, in the given phase at `now` (the present unless given)."""
    now = now or datetime.now(UTC)
    number = next(_numbers)
    names = (
        "registration_opens_at",
        "registration_closes_at",
        "submission_opens_at",
        "submission_closes_at",
        "judging_opens_at",
        "judging_closes_at",
    )
    dates = {name: now + days * DAY for name, days in zip(names, _CALENDARS[phase], strict=True)}
    defaults = {
        "slug": f"edition-{number}",
        "title": both(f"Edition {number}"),
        "tagline": both("A tagline"),
        "description": both("A description"),
        "organiser_name": "The organisers",
        "contact_email": "contact@example.org",
        "time_zone": "Europe/Paris",
        "results_expected_at": dates["judging_closes_at"] + DAY,
        "results_public_at": now - DAY if phase is Phase.RESULTS else None,
        "smallest_team": 1,
        "largest_team": 5,
        "reviews_needed": 2,
        "visibility": Visibility.PUBLISHED,
        "published_at": now - 90 * DAY,
        "created_at": now - 90 * DAY,
    }
    edition = save(session, Edition(**defaults | dates | values))
    save(session, RulesVersion(edition=edition, number=1, text=both("The rules"), published_at=edition.created_at))
    return edition


def declare_aims(session: Session, edition: Edition, *slugs: str) -> list[Aim]:
    """An ambition and an objective, “port” and “energy” unless their slugs are given."""
    ambition, objective = slugs or ("port", "energy")
    for kind, slug in ((AimKind.AMBITION, ambition), (AimKind.OBJECTIVE, objective)):
        edition.aims.append(Aim(kind=kind, position=0, slug=slug, title=both(slug.title())))
    session.flush()
    return edition.aims


def grant(
    session: Session, person: Person, role: Role, edition: Edition, sponsor: Sponsor | None = None
) -> EditionRole:
    """Give a role in an edition."""
    given = EditionRole(
        person=person,
        edition_id=edition.id,
        role=role,
        sponsor_id=sponsor.id if sponsor else None,
        granted_at=edition.created_at,
    )
    return save(session, given)


def make_challenge(session: Session, edition: Edition, *, criteria: int = 2, **values: Any) -> Challenge:
    """A published challenge with criteria of weight 1, 2 … and marks 0 to 4."""
    number = next(_numbers)
    defaults = {
        "edition": edition,
        "number": number,
        "slug": f"challenge-{number}",
        "title": both(f"Challenge {number}"),
        "question": both("A question?"),
        "brief": both("A brief."),
        "visibility": Visibility.PUBLISHED,
        "published_at": edition.created_at,
    }
    challenge = Challenge(**defaults | values)
    labels = [both(word).as_dict() for word in ("Absent", "Weak", "Fair", "Good", "Outstanding")]
    for position in range(criteria):
        weight = position + 1
        name = both(f"Criterion {weight}")
        challenge.criteria.append(
            Criterion(position=position, name=name, question=both("Is it?"), weight=weight, labels=labels)
        )
    return save(session, challenge)


def make_dataset(session: Session, **values: Any) -> Dataset:
    """A described dataset with a publisher of its own."""
    number = next(_numbers)
    publisher = values.pop("publisher", None) or Publisher(slug=f"publisher-{number}", name=f"Publisher {number}")
    title = values.pop("title", both(f"Dataset {number}"))
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    defaults = {
        "slug": f"dataset-{number}",
        "title": title,
        "description": both("What it holds"),
        "publisher": publisher,
        "theme": "port",
        "licence": "lov2",
        "availability": Availability.DESCRIBED,
        "folded": fold(f"{title.fr} {title.en} {publisher.name}"),
        "created_at": moment,
        "updated_at": moment,
    }
    dataset = save(session, Dataset(**defaults | values))
    catalogue_changed(session, dataset)
    return dataset


def register(session: Session, edition: Edition, person: Person, **values: Any) -> Registration:
    """A confirmed student who accepted the current rules."""
    return save(session, _registration(edition, person, **values))


def _registration(edition: Edition, person: Person, **values: Any) -> Registration:
    defaults = {
        "edition": edition,
        "person": person,
        "rules_version": edition.current_rules,
        "rules_accepted_at": edition.created_at,
        "is_student": True,
        "school": "A school",
        "eligibility": Eligibility.CONFIRMED,
    }
    return Registration(**defaults | values)


def _cited_dataset(session: Session) -> Dataset:
    """The dataset that entries cite unless a test gives another."""
    known = session.scalars(select(Dataset).where(Dataset.slug == "cited")).one_or_none()
    return known or make_dataset(session, slug="cited")


def make_team(session: Session, edition: Edition, members: list[Person] | None = None, **values: Any) -> Team:
    """A team of registered people (one new person unless given); the first is its captain."""
    team = _team(edition, members or [_person()], **values)
    # One flush for all of them: tests make thousands of teams.
    session.add_all([team, *_registrations(team)])
    session.flush()
    return team


def _team(edition: Edition, people: list[Person], **values: Any) -> Team:
    name = values.pop("name", f"Team {next(_numbers)}")
    defaults = {"edition": edition, "name": name, "folded_name": fold(name), "created_at": edition.created_at}
    team = Team(**defaults | values)
    for seat, person in enumerate(people, start=1):
        joined = {"edition_id": edition.id, "seat": seat, "is_captain": seat == 1, "joined_at": edition.created_at}
        team.members.append(TeamMember(person=person, **joined))
    return team


def _registrations(team: Team) -> list[Registration]:
    return [_registration(team.edition, member.person) for member in team.members]


def make_entry(session: Session, team: Team, challenge: Challenge, **values: Any) -> Entry:
    """A complete draft without file, which cites `dataset` or the one that all cite."""
    return save(session, _entry(team, challenge, values.pop("dataset", None) or _cited_dataset(session), **values))


def _entry(team: Team, challenge: Challenge, dataset: Dataset, **values: Any) -> Entry:
    number = next(_numbers)
    defaults = {
        "edition_id": challenge.edition_id,
        "challenge": challenge,
        "team": team,
        "number": number,
        "title": f"Entry {number}",
        "message": "One sentence.",
        "text_alternative": "What it shows.",
        "created_at": team.created_at,
        "updated_at": team.created_at,
    }
    entry = Entry(**defaults | values)
    entry.citations.append(Citation(dataset=dataset, usage="For everything."))
    return entry


def make_upload(session: Session, entry: Entry, *, storage_key: str = "sha256/00/00/00", **values: Any) -> Upload:
    """An accepted image; give `storage_key` of a real blob when a test serves it."""
    return save(session, _upload(entry, storage_key, **values))


def _upload(entry: Entry, storage_key: str = "sha256/00/00/00", **values: Any) -> Upload:
    digest = "0" * 64
    defaults = {
        "entry": entry,
        "sent_by_id": entry.team.captain.id,
        "file_name": "work.png",
        "bytes": 10,
        "sha256": digest,
        "storage_key": storage_key,
        "state": UploadState.ACCEPTED,
        "kind": "image",
        "entry_point": "work.png",
        "report": {"accepted": True, "kind": "image", "external_hosts": [], "reasons": []},
        "received_at": entry.created_at,
    }
    upload = Upload(**defaults | values)
    if not upload.files:
        upload.files.append(
            UploadFile(path="work.png", media_type="image/png", bytes=10, sha256=digest, storage_key=storage_key)
        )
    entry.current_upload = upload
    return upload


def make_annex(session: Session, entry: Entry, **values: Any) -> Annex:
    """Sources beside a work, without a stored file."""
    file = {"file_name": "sources.zip", "bytes": 4, "sha256": "0" * 64, "storage_key": "sha256/00/00/00"}
    defaults = {"entry": entry, "sent_by_id": entry.team.captain.id, "received_at": entry.created_at}
    return save(session, Annex(**defaults | file | values))


def hand_in(session: Session, entry: Entry, upload: Upload | None = None, **values: Any) -> EntryVersion:
    """A version as it would stand after a hand-in, without going through the service."""
    upload = upload or entry.current_upload or make_upload(session, entry)
    registrations, annex = registrations_of_members(session, entry.team), annex_of(session, entry)
    return save(session, _version(entry, upload, registrations, annex, **values))


def _version(
    entry: Entry, upload: Upload, registrations: Mapping[int, Registration], annex: Annex | None, **values: Any
) -> EntryVersion:
    number, captain, now = len(entry.versions) + 1, entry.team.captain, entry.created_at
    draft = freeze_draft(entry, registrations, annex=annex, receipt=new_public_id(), actor=captain, now=now)
    manifest = whole_manifest(draft, upload, number=number)
    defaults = {
        "entry": entry,
        "number": number,
        "upload": upload,
        "handed_in_at": entry.created_at,
        "handed_in_by": captain,
        "manifest": manifest,
        "manifest_sha256": sha256(canonical(manifest)).hexdigest(),
        "signature": "unsigned",
        "request_key": new_public_id(),
    }
    entry.current_version = EntryVersion(**defaults | values)
    return entry.current_version


def make_handed_in_entry(session: Session, challenge: Challenge, **values: Any) -> Entry:
    """An entry of a new team, handed in once."""
    team = values.pop("team", None) or make_team(session, challenge.edition, challenge=challenge)
    entry = _entry(team, challenge, values.pop("dataset", None) or _cited_dataset(session), **values)
    save(session, _upload(entry))
    hand_in(session, entry)
    return entry


def make_handed_in_entries(session: Session, challenge: Challenge, many: int) -> list[Entry]:
    """Entries of new teams, each handed in once, in far fewer statements than one by one."""
    teams = [_team(challenge.edition, [_person()], challenge=challenge) for _ in range(many)]
    registered = [_registrations(team) for team in teams]
    session.add_all([*teams, *chain(*registered)])
    session.flush()
    dataset = _cited_dataset(session)
    entries = [_entry(team, challenge, dataset) for team in teams]
    session.add_all(map(_upload, entries))
    session.flush()
    with session.no_autoflush:
        for entry, people in zip(entries, registered, strict=True):
            session.add(_version(entry, entry.current_upload, {each.person_id: each for each in people}, None))
    session.flush()
    return entries


def make_juror(session: Session, edition: Edition, **values: Any) -> Person:
    """A person with the role of juror."""
    person = make_person(session, **values)
    grant(session, person, Role.JUROR, edition)
    return person


def refuse_team(session: Session, entry: Entry) -> None:
    """The organisers refuse the captain of an entry's team."""
    registration = session.query(Registration).filter_by(person_id=entry.team.captain.id).one()
    registration.eligibility = Eligibility.REFUSED
    session.flush()


def assign(session: Session, juror: Person, entry: Entry) -> Assignment:
    """Ask a juror to review an entry."""
    return save(session, Assignment(juror=juror, entry=entry, assigned_at=entry.created_at))


def declare_conflict(session: Session, juror: Person, entry: Entry) -> Conflict:
    """A juror must not judge an entry."""
    values = {"reason": "Same school", "declared_at": entry.created_at, "declared_by_id": juror.id}
    conflict = save(session, Conflict(juror=juror, entry=entry, **values))
    set_aside_review(session, juror, entry, entry.created_at)
    return conflict


def make_review(
    session: Session, juror: Person, entry: Entry, marks: list[int | None], *, finished: bool = True, **values: Any
) -> Review:
    """A review with one mark per criterion in order, and its link in the log of marks; None leaves a mark out."""
    moment = entry.created_at
    dates = {"started_at": moment, "saved_at": moment, "finished_at": moment if finished else None}
    review = Review(juror=juror, entry=entry, **dates | values)
    for criterion, value in zip(entry.challenge.criteria, marks, strict=True):
        if value is not None:
            review.marks.append(Mark(criterion_id=criterion.id, value=value))
    save(session, review)
    append(session, review=review, act=Act.FINISH if finished else Act.SAVE, now=moment)
    return review


def make_sponsor(session: Session, edition: Edition, **values: Any) -> Sponsor:
    """A sponsor without pledge."""
    defaults = {"edition": edition, "name": f"Sponsor {next(_numbers)}", "description": both("A sponsor")}
    return save(session, Sponsor(**defaults | values))


def make_pledge(
    session: Session, sponsor: Sponsor, cents: int = 100_000, *, received: int | None = None, **values: Any
) -> Pledge:
    """A pledge held by the organiser, received in full unless said otherwise."""
    defaults = {
        "edition_id": sponsor.edition_id,
        "sponsor": sponsor,
        "name": f"Pledge {next(_numbers)}",
        "promised_cents": cents,
        "custody": Custody.ORGANISER,
        "pledged_at": sponsor.edition.created_at,
    }
    pledge = save(session, Pledge(**defaults | values))
    acts = {"actor": None, "now": sponsor.edition.created_at}
    accounts = {"edition_id": pledge.edition_id, "pledge_id": pledge.id, "custody": pledge.custody}
    open_accounts(session, **accounts, cents=pledge.promised_cents, **acts)
    received = cents if received is None else received
    if received:
        payment = Payment(received, sponsor.edition.created_at.date(), "R-1", new_public_id())
        record_payment(session, pledge=pledge, payment=payment, **acts)
    return pledge


def make_prize(
    session: Session, edition: Edition, challenge: Challenge | None, cents: int = 50_000, **values: Any
) -> Prize:
    """A first prize."""
    defaults = {
        "edition_id": edition.id,
        "challenge_id": challenge.id if challenge else None,
        "place": 1,
        "title": both("First prize"),
        "cents": cents,
    }
    return save(session, Prize(**defaults | values))


def make_gift(session: Session, sponsor: Sponsor, **values: Any) -> Gift:
    """A thing promised, of no stated value."""
    texts = {"title": both("An internship"), "terms": both("Three months")}
    promised = {"edition_id": sponsor.edition_id, "promised_at": sponsor.edition.created_at}
    return save(session, Gift(**{"sponsor": sponsor, **texts, **promised} | values))


def make_subsidy(session: Session, edition: Edition, **values: Any) -> Subsidy:
    """80 % of a cost of 4,500.00 without tax, requested."""
    cost = {"cost_without_tax_cents": 450_000, "cost_with_tax_cents": 540_000, "is_on_cost_with_tax": False}
    asked = {"rate": 8_000, "requested_cents": 360_000, "requested_on": edition.created_at.date()}
    texts = {"funder": "The region", "purpose": "The contest", "edition_id": edition.id}
    return save(session, Subsidy(**texts | cost | asked | values))


def make_party(session: Session, edition: Edition, **values: Any) -> AgreementParty:
    """A party of a new agreement; it has not signed and brings nothing."""
    number = next(_numbers)
    words = {"title": both("An agreement"), "reference": f"A-{number}", "created_at": edition.created_at}
    agreement = save(session, Agreement(edition_id=edition.id, **words))
    return save(session, AgreementParty(**{"agreement": agreement, "name": f"Party {number}"} | values))


def pay(session: Session, edition: Edition, award: Award, paid_on: date, reference: str) -> None:
    """The result is sealed, two people approve an award, and it is paid, with a proof that no storage has."""
    seal(session, edition=edition, actor=None, now=edition.judging_closes_at)
    afterwards = max(edition.judging_closes_at, datetime.combine(paid_on, time(12), UTC))
    facts = {"edition": edition, "award": award, "now": afterwards}
    approvers = [make_person(session, is_administrator=True) for _two in range(2)]
    for approver in approvers:
        seen = winning_with(session, edition, award).content
        approve_payout(session, seen=seen, actor=approver, **facts)
    payment = WinnerPayment(paid_on, reference, Proof("no blob", "proof.pdf"))
    record_award_payment(session, payment=payment, actor=approvers[0], **facts)


def sign_in(client: FlaskClient, person: Person) -> FlaskClient:
    """Sign a test client in, without the sign-in page."""
    with client.session_transaction() as kept:
        kept["_user_id"] = person.get_id()
        kept["_fresh"] = True
    return client
