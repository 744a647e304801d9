"""A hostile entry in a real browser: nothing it tries reaches the application, leaves its frame or carries a cookie."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Error, Frame, Page

from challenges.editions.rules import Phase
from hackaviz.kernel.storage import open_storage
from tests.factories import hand_in, make_challenge, make_edition, make_entry, make_team
from tests.support.uploads import zip_bytes
from tests.support.works import send_work

ATTEMPTS = (Path(__file__).parent / "hostile_entry.js").read_text()
SITE = {
    "Equipe secrete/index.html": b'<!doctype html><html lang="en"><title>Site</title><p id="out">waiting</p>'
    b'<script type="module" src="js/main.mjs"></script></html>',
    "Equipe secrete/js/main.mjs": b"""import { read } from "./read.js";
document.querySelector("#out").textContent = await read();""",
    "Equipe secrete/js/read.js": b'export const read = async () => (await (await fetch("data.json")).json()).port;',
    "Equipe secrete/data.json": '{"port": "Séville"}'.encode(),
}


class Listener:
    """Another site, which notes who calls."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        calls = self.calls

        class Note(BaseHTTPRequestHandler):
            def do_GET(self):
                calls.append(f"{self.command} {self.path}")
                self.send_response(200)
                self.send_header("Access-Control-Allow-Origin", "*")
                self.end_headers()

            do_POST = do_HEAD = do_OPTIONS = do_GET  # noqa: N815  named so by the library

            def log_message(self, *_arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Note)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    @contextmanager
    def listening(self) -> Iterator["Listener"]:
        thread = threading.Thread(target=self.server.serve_forever)
        thread.start()
        try:
            yield self
        finally:
            self.server.shutdown()
            self.server.server_close()
            thread.join()


@pytest.fixture
def listener() -> Iterator[Listener]:
    with Listener().listening() as listener:
        yield listener


@pytest.fixture
def visitor(browser, live_site) -> Iterator[Page]:
    """A visitor with a session on the application and something in its storage. The console may complain here."""
    context = browser.new_context(base_url=live_site.url, locale="en-GB", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto("/?lang=en")
    page.evaluate("localStorage.setItem('secret', 'of the application')")
    assert any(cookie["name"] == "session" for cookie in context.cookies(live_site.url))
    yield page
    context.close()


@pytest.fixture
def publish(session, live_site):
    """Publishes a work and answers the address of its page."""

    def publish(name: str, content: bytes) -> str:
        challenge = make_challenge(session, make_edition(session, Phase.RESULTS, datetime.now(UTC)))
        entry = make_entry(session, make_team(session, challenge.edition), challenge)
        hand_in(session, entry, send_work(session, open_storage(live_site.storage_url), entry, name, content))
        session.commit()
        return f"/entries/{entry.public_id}"

    return publish


@contextmanager
def called() -> Iterator[tuple[int, list[bytes]]]:
    """A port that notes the packets it gets, as a server of WebRTC would."""
    packets: list[bytes] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as port:
        port.bind(("127.0.0.1", 0))
        port.settimeout(0.2)
        is_over = threading.Event()

        def listen() -> None:
            while not is_over.is_set():
                with suppress(TimeoutError):
                    packets.append(port.recv(2_000))

        thread = threading.Thread(target=listen)
        thread.start()
        try:
            yield port.getsockname()[1], packets
        finally:
            is_over.set()
            thread.join()


def hostile_page(app: str, listener: str, port: int) -> bytes:
    script = ATTEMPTS.replace("APP", app).replace("LISTENER", listener).replace("CALLED", str(port))
    return f"<!doctype html><html><title>Hostile</title><h1>Hello</h1><script>{script}</script></html>".encode()


def live_frame(page: Page) -> Frame:
    page.wait_for_selector("[data-stage][data-state=live]", state="attached")
    return page.main_frame.child_frames[0]


def test_nothing_it_tries_reaches_the_application_or_another_site(visitor, publish, live_site, listener):
    with called() as (port, packets):
        _try_everything(visitor, publish, live_site, listener, port)
        assert packets == []


def _try_everything(visitor, publish, live_site, listener, port):
    address, answered, asked = publish("hostile.html", hostile_page(live_site.url, listener.url, port)), [], []
    downloads = []
    visitor.on("download", lambda download: downloads.append(download))  # noqa: PLW0108  a handler must bear marks
    visitor.context.on("response", lambda answer: answered.append(answer.url))
    visitor.context.on("request", lambda request: asked.append(request))  # noqa: PLW0108
    visitor.goto(address)
    frame = live_frame(visitor)
    frame.wait_for_function("() => window.finished", timeout=60_000)
    outcomes = frame.evaluate("() => window.outcomes")

    assert len(outcomes) >= 40
    assert {name: outcome for name, outcome in outcomes.items() if not outcome.startswith("refused")} == {}
    assert frame.evaluate("() => self.origin") == "null"
    assert listener.calls == []
    assert [url for url in answered if "from-the-entry" in url] == []
    assert downloads == [] and len(visitor.context.pages) == 1 and visitor.url == live_site.url + address
    sent = [request.all_headers() for request in asked if request.url.startswith(live_site.content_url)]
    assert sent and not any("cookie" in headers for headers in sent)
    assert [cookie for cookie in visitor.context.cookies() if cookie["domain"] == "localhost"] == []


def test_a_page_within_the_page_calls_nobody(visitor, publish):
    """Chromium 156 ends the process of the frame that tries; what matters is that no packet leaves."""
    call = "const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:%s' }] });"
    call += "peer.createDataChannel('x'); peer.createOffer().then((offer) => peer.setLocalDescription(offer));"
    with called() as (port, packets):
        inner = f"<script>{call % port}</script>"
        address = publish("call.html", f'<!doctype html><html><title>x</title><iframe srcdoc="{inner}">'.encode())
        ended: list[Page] = []
        visitor.on("crash", lambda page: ended.append(page))  # noqa: PLW0108  a handler must bear marks
        with suppress(Error):  # which comes first, the end of that process or of the page's loading, is chance
            visitor.goto(address)
            if not ended:
                visitor.wait_for_event("crash")
        assert ended == [visitor], "the frame never tried, so the silence shows nothing"
        assert packets == []


def test_it_cannot_take_its_frame_to_another_site_or_to_the_application(visitor, publish, live_site, listener):
    answered: list[str] = []
    visitor.on("response", lambda answer: answered.append(answer.url))
    for target in (listener.url, live_site.url):
        away = f"{target}/from-the-entry"
        for move in (
            f'<meta http-equiv="refresh" content="0;url={away}">',
            f"<script>location.href = '{away}'</script>",
        ):
            page = f"<!doctype html><html><title>x</title>{move}<h1>Away</h1></html>"
            visitor.goto(publish("away.html", page.encode()))
            live_frame(visitor)
            visitor.wait_for_timeout(500)

    assert listener.calls == []
    assert [url for url in answered if "from-the-entry" in url] == []


def test_alone_in_a_window_it_has_no_origin_and_cannot_leave(visitor, publish, listener, live_site):
    # Only where it is framed: opened for itself it stays, and can be asked what it is.
    move = f"if (self !== top) setTimeout(() => {{ location.href = '{listener.url}/from-the-entry' }}, 300)"
    visitor.goto(
        publish(
            "alone.html", f"<!doctype html><html><title>x</title><script>{move}</script><h1>Alone</h1></html>".encode()
        )
    )
    alone = visitor.locator("a[href*='/alone/']").get_attribute("href")
    live = visitor.locator("[data-viewer]").get_attribute("data-live")

    visitor.goto(alone)
    visitor.wait_for_timeout(1_000)
    assert listener.calls == []

    visitor.goto(live)
    assert visitor.evaluate("() => self.origin") == "null"
    with pytest.raises(Exception, match="sandboxed"):
        visitor.evaluate("() => document.cookie")


def test_a_site_loads_its_own_data_and_modules_under_neutral_names(visitor, publish):
    visitor.goto(publish("site.zip", zip_bytes(SITE)))
    frame = live_frame(visitor)
    frame.wait_for_selector("#out:has-text('Séville')")
    assert "secrete" not in frame.url
    assert "secrete" not in visitor.content()
