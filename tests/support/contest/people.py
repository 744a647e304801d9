"""How people come to the contest: each with a browser of their own, a letter in hand, an account."""

import re
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser
from sqlalchemy import create_engine, select

from hackaviz.kernel.mail import OutgoingMail
from tests.support.browser import open_page
from tests.support.contest.plan import Person
from tests.support.site import LiveSite
from tests.support.visitor import Visitor
from tests.support.words import Words

PASSWORD = "seven grey ships at dawn"


@dataclass
class Contest:
    """An installation, and how its visitors come."""

    site: LiveSite
    browser: Browser
    device: dict[str, Any]
    words: Words
    doors: ExitStack = field(default_factory=ExitStack)
    seen: set[str] = field(default_factory=set)

    @property
    def language(self) -> str:
        """What its visitors read."""
        return self.words.language

    def enter(self, person: Person | None = None) -> Visitor:
        """A visitor with a browser profile of their own; closed with the contest."""
        page = self.doors.enter_context(open_page(self.browser, self.site.url, **self.device))
        known = {"name": person.name, "email": person.email} if person else {}
        return Visitor(page, self.words, self.seen, is_on_phone="is_mobile" in self.device, **known)

    def letter_link(self, email: str, path: str) -> str:
        """The address under `path` in the latest letter to somebody that has one."""
        engine = create_engine(self.site.database_url)
        wanted = select(OutgoingMail.body).where(OutgoingMail.recipient == email).order_by(OutgoingMail.id.desc())
        with engine.connect() as connection:
            bodies = list(connection.scalars(wanted))
        engine.dispose()
        found = [link for body in bodies for link in re.findall(rf"{re.escape(self.site.url)}{path}\S+", body)]
        assert found, f"no letter to {email} holds a link to {path}: {bodies}"
        return found[0]


def first_administrator(contest: Contest, person: Person) -> Visitor:
    """The operator makes somebody an administrator; they choose their password and sign in."""
    link = contest.site.flask(
        "accounts", "create-administrator", "--email", person.email, "--name", person.name,
        "--language", contest.language,
    )  # fmt: skip
    visitor = contest.enter(person)
    visitor.open(link)
    visitor.fill(password=PASSWORD)
    visitor.press("Set this password")
    sign_in(visitor)
    return visitor


def sign_in(visitor: Visitor) -> None:
    """With the password that everybody here has."""
    if "/sign-in" not in visitor.page.url:
        visitor.open("/sign-in")
    visitor.fill(email=visitor.email, password=PASSWORD)
    visitor.press("Sign in", within=visitor.page.locator("main"))


def sign_up(contest: Contest, visitor: Visitor) -> None:
    """From wherever “Sign up” stands: an account, and a verified address."""
    visitor.fill(name=visitor.name, email=visitor.email, password=PASSWORD)
    visitor.press("Open an account")
    visitor.reads(visitor.words.say("Look into your mailbox"))
    visitor.open(contest.letter_link(visitor.email, "/verify/"))
    visitor.press("Yes, verify my address")
    if "/sign-in" in visitor.page.url:
        sign_in(visitor)


def accept_invitation(contest: Contest, person: Person) -> Visitor:
    """An invited person opens the letter, opens an account and accepts."""
    visitor = contest.enter(person)
    visitor.open(contest.letter_link(person.email, "/invitations/"))
    visitor.fill(name=person.name, password=PASSWORD)
    visitor.press("Open an account and accept")
    return visitor
