"""The viewer in a real browser: by keyboard, on the whole screen, as wide as a phone, and in a page of another site."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page, expect

from challenges.editions.rules import Phase
from hackaviz.kernel.storage import open_storage
from tests.factories import hand_in, make_challenge, make_edition, make_entry, make_team
from tests.support.browser import axe
from tests.support.works import send_work

# A work that keeps the keyboard, counts how often it was loaded, and says how wide it is.
WORK = b"""<!doctype html><html lang="en"><title>Greedy</title><button>Mine</button><p id=width></p><script>
addEventListener("keydown", (event) => { event.preventDefault(); event.stopPropagation(); }, true);
document.querySelector("#width").textContent = innerWidth;
addEventListener("resize", () => { document.querySelector("#width").textContent = innerWidth; });
</script></html>"""


@pytest.fixture
def entry(session, live_site):
    challenge = make_challenge(session, make_edition(session, Phase.RESULTS, datetime.now(UTC)))
    entry = make_entry(session, make_team(session, challenge.edition), challenge)
    hand_in(session, entry, send_work(session, open_storage(live_site.storage_url), entry, "greedy.html", WORK))
    session.commit()
    return entry.public_id


@contextmanager
def another_site(page: str) -> Iterator[str]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):  # named so by the library
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def live(page: Page):
    page.wait_for_selector("[data-stage][data-state=live]", state="attached")
    return page.frame_locator("[data-viewer] iframe")


def test_the_keyboard_gets_into_a_greedy_work_and_out_again(page, entry):
    page.goto(f"/entries/{entry}")
    live(page)
    full = page.get_by_role("button", name="Full screen", exact=True)
    full.focus()
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        assert page.evaluate("document.activeElement.tagName") != "IFRAME"

    full.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.fullscreenElement !== null && document.activeElement.tagName === 'IFRAME'")
    expect(page.get_by_role("button", name="Leave the full screen")).to_be_visible()
    # What Escape does in a browser that people hold: the page cannot be asked to press it for them.
    page.evaluate("document.exitFullscreen()")
    expect(full).to_be_focused()
    assert axe(page) == []


def test_a_work_is_shown_as_wide_as_a_phone_and_loaded_again(page, entry):
    page.goto(f"/entries/{entry}")
    width = live(page).locator("#width")
    expect(width).to_have_text("1280")
    # By key: right after a scroll, Chromium may still send a click to the frame that was there a moment before.
    page.get_by_role("button", name="Phone").press("Enter")
    # A frame out of sight is told its new width only when it is seen again.
    width.scroll_into_view_if_needed()
    expect(width).to_have_text("390", timeout=20_000)
    first = width.evaluate("() => performance.timeOrigin")
    page.get_by_role("button", name="Reload the work").press("Enter")
    again = live(page).locator("#width")
    expect(again).to_have_text("390")
    assert again.evaluate("() => performance.timeOrigin") > first


def test_another_site_shows_a_public_work_without_any_cookie(page, entry, live_site):
    code = page.request.get(f"/oembed?url={live_site.url}/entries/{entry}").json()["html"]
    with another_site(f"<!doctype html><html lang=en><title>Blog</title>{code}</html>") as blog:
        page.goto(blog)
        work = page.frame_locator("iframe").frame_locator("[data-viewer] iframe")
        expect(work.get_by_role("button", name="Mine")).to_be_visible()
        assert page.context.cookies() == []
