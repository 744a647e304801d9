"""A real Chromium, the system's own, and what a journey asks of it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Browser, Page, Playwright, Route, expect

# The headless shell is the same engine without the windows around it, at half the processor's time.
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# Chromium asks other hosts for news of its own; the tests need none.
QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")
DESKTOP_ENGLISH: dict[str, Any] = {"locale": "en-GB", "viewport": {"width": 1280, "height": 900}}
PHONE_FRENCH: dict[str, Any] = {
    "locale": "fr-FR",
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
}
PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)


def chromium_path() -> str | None:
    """Where the system's Chromium is."""
    return next((path for path in map(shutil.which, CHROMIUM) if path), None)


def launch(playwright: Playwright) -> Browser:
    """Start Chromium, with its sandbox unless we are root, where it cannot have one."""
    path = chromium_path()
    if path is None:
        raise RuntimeError("Chromium is missing: type `apt-get install chromium` as root, or install Google Chrome")
    return playwright.chromium.launch(executable_path=path, chromium_sandbox=os.geteuid() != 0, args=list(QUIET))


@contextmanager
def open_page(browser: Browser, base_url: str | None = None, **device: Any) -> Iterator[Page]:
    """A page in a browser profile of its own. What goes wrong inside the page fails the test at the end."""
    context = browser.new_context(base_url=base_url, **device)
    context.set_default_timeout(PATIENCE_MS)
    page, complaints = context.new_page(), list[str]()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if _is_complaint(message) else None)
    try:
        yield page
    finally:
        context.close()
    assert complaints == [], f"the page complained: {complaints}"


@contextmanager
def late_script(page: Page, address: str) -> Iterator[None]:
    """What is done inside is done before the script at this address has come."""
    held: list[Route] = []
    page.route(address, lambda route: held.append(route))  # noqa: PLW0108  a handler must bear marks
    with page.expect_request(address):
        yield
    held.pop().continue_()
    page.unroute(address)


def _is_complaint(message: Any) -> bool:
    # A refused request is the server's answer, which the test judges; anything else is a fault of the page.
    return message.type == "error" and not message.text.startswith("Failed to load resource")


@cache
def _axe() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


def axe(page: Page) -> list[str]:
    """The accessibility violations of the page as it stands, one line each; none is what we want."""
    page.evaluate(f"() => {{ {_axe()} }}")
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [
        f"{violation['id']} ({violation['impact']}): {violation['help']} — {_where(violation)}" for violation in found
    ]


def _where(violation: dict[str, Any]) -> str:
    return "; ".join(f"{node['target']} {node['html'][:200]}" for node in violation["nodes"][:5])
