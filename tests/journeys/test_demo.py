"""The demo's pages, as each person it offers: every page answers, reads well by machine, and fits its screen."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from hackaviz.demo.people import CAPTAIN, JUROR, ORGANISER, PASSWORD, SPONSOR, STEWARD
from tests.support.browser import DESKTOP_ENGLISH, PHONE_FRENCH, axe, open_page
from tests.support.site import LiveSite, serve

DEVICES = {"english-desktop": DESKTOP_ENGLISH, "french-phone": PHONE_FRENCH}
SMART_PORT, SILLAGES, ACCOSTAGES, MOUILLAGES, RIVAGES, ESCALES = (
    f"/editions/{slug}" for slug in ("smart-port-2020-21", "sillages", "accostages", "mouillages", "rivages", "escales")
)
PUBLIC = [
    *("/", "/editions", "/catalogue", "/catalogue?q=port", "/catalogue/world-ports", "/catalogue/merimee"),
    *("/catalogue/world-ports/impact", "/publishers/searoute"),
    *(SMART_PORT, f"{SMART_PORT}/results", f"{SMART_PORT}/gallery", f"{SMART_PORT}/rules", f"{SMART_PORT}/ceremony"),
    *(f"{SMART_PORT}/contributions", f"{RIVAGES}/contributions"),
    *(f"{SMART_PORT}/challenges/*", f"{ESCALES}/challenges/*"),
    *(f"{SMART_PORT}/gallery>/entries/", RIVAGES, f"{RIVAGES}/results", f"{RIVAGES}/gallery", ESCALES),
    *(
        "/sign-in",
        "/sign-up",
        "/password/forgotten",
        "/legal",
        "/privacy",
        "/accessibility",
        "/outbox",
        "/no-such-page",
    ),
]
PEOPLE = {
    CAPTAIN: ["/account", f"{ESCALES}/team", f"{ESCALES}/register", f"{SILLAGES}/team", f"{RIVAGES}/audience"],
    JUROR: [
        *(f"{RIVAGES}/jury", f"{RIVAGES}/jury>{RIVAGES}/jury/C-", f"{RIVAGES}/jury/duels"),
        *(f"{MOUILLAGES}/jury", f"{MOUILLAGES}/deliberation/screen"),
    ],
    SPONSOR: [f"{SMART_PORT}/sponsorship"],
    STEWARD: ["/catalogue/new", "/catalogue/world-ports", "/catalogue/questions", "/catalogue/world-ports/snapshots"],
    ORGANISER: [
        *(f"{RIVAGES}/organise", f"{RIVAGES}/organise/edition", f"{RIVAGES}/organise/rules", f"{RIVAGES}/organise/log"),
        *(f"{RIVAGES}/organise/hand-in", f"{RIVAGES}/organise/aims", f"{RIVAGES}/organise/listing"),
        *(f"{RIVAGES}/organise/jury", f"{RIVAGES}/organise/jury/audience", f"{RIVAGES}/organise/jury/duels"),
        *(f"{RIVAGES}/organise/sponsors", f"{RIVAGES}/organise/prizes"),
        *(f"{RIVAGES}/organise/participants", f"{RIVAGES}/organise/entries", f"{RIVAGES}/organise/scores"),
        *(f"{MOUILLAGES}/organise/deliberation/1", f"{MOUILLAGES}/organise/seals", f"{ACCOSTAGES}/organise/results"),
        *(f"{SMART_PORT}/organise/awards", f"{SMART_PORT}/organise/results", f"{SMART_PORT}/organise/challenges"),
        *(f"{SMART_PORT}/organise/{name}" for name in ("documents", "certificates", "letters", "letters/winners")),
        *(f"{SMART_PORT}/organise/results/preview/{role}" for role in ("team", "sponsor")),
    ],
}


@pytest.fixture(scope="module")
def demo(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """The demo, built once by its own command and served as `bin/demo` does."""
    folder = tmp_path_factory.mktemp("demo")
    database = folder / "hackaviz.sqlite"
    shutil.copyfile(sqlite_template, database)
    with serve(f"sqlite:///{database}", folder / "site", demo=True) as site:
        # Its many pictures and checks would take the processors from the browser that reads the pages; other tests
        # see them made.
        site.kill_jobs()
        site.flask("demo", "build")
        yield site


def visit(page: Page, site: LiveSite, path: str, device: str) -> None:
    """Open a page; `/*` follows the first link that begins so, `a>b` opens a and follows its first link to b.

    Here axe examines pages at a desk; in the contest, on a phone.
    """
    page.goto(site.url + first_link(page, site, path))
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
        f"{path} is wider than its window"
    )
    if device == "english-desktop":
        page.wait_for_load_state("networkidle")
        assert axe(page) == [], path


def first_link(page: Page, site: LiveSite, path: str) -> str:
    """The address that a path of the lists above stands for."""
    start, _, wanted = path.partition(">")
    if path.endswith("/*"):
        start, wanted = path.partition("/challenges/")[0], path.removesuffix("*")
    if not wanted:
        return path
    found = re.search(rf'href="({re.escape(wanted)}[a-z0-9-]+)"', page.request.get(site.url + start).text())
    assert found, f"{start} has no link to {wanted}"
    return found[1]


@pytest.mark.parametrize("device", DEVICES)
def test_every_public_page_of_the_demo_reads_well(browser: Browser, demo: LiveSite, device: str) -> None:
    with open_page(browser, demo.url, **DEVICES[device]) as page:
        for path in PUBLIC:
            visit(page, demo, path, device)


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.email.split("@")[0])
def test_every_page_of_a_role_reads_well(browser: Browser, demo: LiveSite, person, device: str) -> None:
    with open_page(browser, demo.url, **DEVICES[device]) as page:
        page.goto(f"{demo.url}/sign-in")
        page.fill("main [name=email]", person.email)
        page.fill("main [name=password]", PASSWORD)
        page.press("main [name=password]", "Enter")
        page.wait_for_url(lambda url: "/sign-in" not in url)
        for path in PEOPLE[person]:
            visit(page, demo, path, device)


def test_the_ceremony_goes_on_without_the_network(browser: Browser, demo: LiveSite) -> None:
    with open_page(browser, demo.url, **DESKTOP_ENGLISH) as page:
        page.goto(f"{demo.url}{SMART_PORT}/ceremony")
        slides, words = page.locator("[data-slide]").count(), page.locator("[data-status]")
        expect(words).to_have_text("Everything is loaded: the network may go", timeout=60_000)
        page.context.set_offline(True)
        revealed = []
        for _slide in range(slides - 1):
            page.keyboard.press("ArrowRight")
            revealed += page.locator("[data-current].reveal h2").all_inner_texts()
        assert len(revealed) == (slides - 2) / 2
        assert page.locator("[data-state=live] iframe").count() == len(revealed)
        page.get_by_role("button", name="Back").click()
        page.get_by_role("button", name="Use the work").click()
        assert page.locator("[data-current] .is-lent iframe").evaluate("frame => !frame.inert")


def test_building_the_demo_again_changes_nothing(demo: LiveSite) -> None:
    with urlopen(f"{demo.url}{SMART_PORT}/results") as answer:
        before = re.search(r'class="mono">([0-9a-f]{64})', answer.read().decode())
    demo.flask("demo", "build")
    with urlopen(f"{demo.url}{SMART_PORT}/results") as answer:
        after = re.search(r'class="mono">([0-9a-f]{64})', answer.read().decode())
    assert before and after and before[1] == after[1]
