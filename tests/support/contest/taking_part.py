"""What students do: register, form a team, hand in a work and hand it in again."""

import hashlib
from dataclasses import dataclass

from tests.support.contest import plan
from tests.support.contest.people import Contest, sign_up
from tests.support.visitor import Visitor


@dataclass(frozen=True)
class File:
    """A work as it is chosen from a disk."""

    name: str
    media_type: str
    content: bytes


def sha256(file: File) -> str:
    """What a receipt says of it."""
    return hashlib.sha256(file.content).hexdigest()


def arrive(contest: Contest, person: plan.Person) -> Visitor:
    """From the home page: take part, sign up, verify the address."""
    visitor = contest.enter(person)
    visitor.open("/")
    visitor.press("Take part")
    visitor.press("Sign up", within=visitor.page.locator("main"))
    sign_up(contest, visitor)
    return visitor


def register(visitor: Visitor, *, school: str, is_minor: bool) -> None:
    """A student states who they are and accepts the rules."""
    if "/register" not in visitor.page.url:
        visitor.open(f"/editions/{plan.SLUG}/register")
    visitor.choose(is_student="yes", is_minor="yes" if is_minor else "no")
    visitor.fill(school=school, accepts_rules=True)
    visitor.press("Register")


def create_team(captain: Visitor, crew: plan.Crew) -> None:
    """The captain names the team and takes the one challenge."""
    if "/teams/new" not in captain.page.url:
        captain.open(f"/editions/{plan.SLUG}/team")
    captain.fill(name=crew.name)
    captain.page.locator("main [name=challenge]").select_option(index=1)
    captain.press("Create the team")
    captain.reads(crew.name)


def invite(captain: Visitor, person: plan.Person) -> None:
    """By e-mail."""
    captain.fill(email=person.email)
    captain.press("Invite")
    captain.reads(person.email)


def join(contest: Contest, person: plan.Person, crew: plan.Crew) -> Visitor:
    """The invited person opens the letter and does what it takes to join."""
    member = contest.enter(person)
    member.open(contest.letter_link(person.email, "/team-invitations/"))
    member.press("Sign up", within=member.page.locator("main"))
    sign_up(contest, member)
    if "/team-invitations/" not in member.page.url:
        member.open(contest.letter_link(person.email, "/team-invitations/"))
    member.press("Register", within=member.page.locator("main"))
    register(member, school="Lycée de la rade", is_minor=True)
    member.press("Join the team")
    member.reads(crew.name, plan.CAPTAIN.name)
    return member


def confirm_statuses(organiser: Visitor, *people: plan.Person) -> None:
    """The organiser confirms what students stated."""
    participants = f"/editions/{plan.SLUG}/organise/participants"
    for person in people:
        organiser.be_at(participants)
        organiser.press("Confirm", within=organiser.row(person.email))
    organiser.open(participants)
    for person in people:
        assert organiser.row(person.email).get_by_text(organiser.words.say("confirmed")).is_visible()


def start_entry(captain: Visitor) -> None:
    """From the page of the team."""
    captain.open(f"/editions/{plan.SLUG}/team")
    captain.press("Start the entry")


def send_file(captain: Visitor, file: File) -> None:
    """Choosing is sending: the page comes back once the file is judged."""
    chosen = {"name": file.name, "mimeType": file.media_type, "buffer": file.content}
    captain.page.locator("main input[name=file]").set_input_files(chosen)
    kept = captain.page.locator(".upload", has_text=file.name).get_by_text(captain.words.say("Accepted, in use"))
    kept.wait_for()
    captain.page.wait_for_load_state("networkidle")
    captain.look()


def sees_own_work(captain: Visitor) -> None:
    """The live work, as the jury will see it: the picture, or the page with its title."""
    frame = captain.section(captain.words.say("What the jury will see")).frame_locator("iframe")
    frame.locator("img, h1").first.wait_for()


def fill_in_sheet(captain: Visitor, crew: plan.Crew) -> None:
    """The texts that go with the work."""
    captain.follow("Edit the sheet")
    captain.fill(title=crew.title, message=crew.message, text_alternative="Douze barres, une par mois.")
    captain.fill(ai_use=True, licence="cc-by-4.0", consent=True)
    captain.press("Save the sheet")
    captain.reads(crew.title)


def cite(captain: Visitor) -> None:
    """The dataset of the catalogue, with its use."""
    captain.follow("Cite datasets")
    captain.press("Cite", within=captain.page.locator("main"))
    captain.fill(usage="Une barre par mois.")
    captain.press("Save the citation")
    captain.follow("Back to the entry")
    captain.reads("Une barre par mois.")


def open_entry(captain: Visitor) -> None:
    """From the page of the team."""
    captain.open(f"/editions/{plan.SLUG}/team")
    captain.press("Open the entry")


def hand_in(captain: Visitor, version: int, *files: File) -> str:
    """A version with its receipt; the address of the receipt."""
    captain.press("Hand in version %(number)s", number=version)
    captain.reads(captain.words.say("Hand-in accepted"), *(file.name for file in files))
    return captain.page.url
