"""The web server is killed the instant after it acknowledged a hand-in: the version is there, whole."""

import re
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from sqlalchemy import select, text

from hackaviz.accounts.passwords import hash_password
from hackaviz.kernel.mail import OutgoingMail
from submissions.entries.models import EntryVersion
from submissions.entries.receipts import seal, signing_key
from tests.factories import make_challenge, make_edition, make_entry, make_person, make_team, make_upload

PASSWORD = "correct horse battery staple"


class Visitor:
    """A browser without scripts: cookies, and forms with their token."""

    def __init__(self, url):
        self.url, self.opener = url, build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path):
        return self.opener.open(self.url + path).read().decode()

    def post(self, path, *, seen_on, **fields):
        page = self.get(seen_on)
        hidden = {
            name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', page) for name in ("csrf_token", "request_key")
        }
        form = {name: found[1] for name, found in hidden.items() if found} | fields
        return self.opener.open(self.url + path, urlencode(form).encode()).geturl()


def test_an_acknowledged_hand_in_survives_the_death_of_the_server(session, live_site):
    captain = make_person(session, password_hash=hash_password(PASSWORD))
    edition = make_edition(session)
    team = make_team(session, edition, [captain])
    entry = make_entry(session, team, make_challenge(session, edition))
    make_upload(session, entry)
    session.commit()
    visitor = Visitor(live_site.url)
    visitor.post("/sign-in", seen_on="/sign-in", email=captain.email, password=PASSWORD)
    edit = f"/entries/{entry.public_id}"
    receipt = visitor.post(f"{edit}/hand-in", seen_on=f"{edit}/edit")
    live_site.kill_web()
    session.rollback()
    version = session.scalars(select(EntryVersion)).one()
    assert receipt.endswith(version.public_id)
    assert seal(version.manifest, signing_key("only-for-tests-" * 4)).signature == version.signature
    assert session.scalar(select(OutgoingMail.recipient)) == captain.email
    assert session.scalar(text("PRAGMA integrity_check")) == "ok"
