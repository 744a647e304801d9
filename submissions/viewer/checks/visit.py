"""Load a work in Chromium and tell what happened: a program of its own, which `browser.visit` starts, watches and ends.

It reads what to do as JSON, and answers as JSON. The picture files are written into the folder that it is given.
"""

import ctypes
import json
import os
import posixpath
import re
import signal
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from playwright.sync_api import BrowserContext, Page, Playwright, Request, sync_playwright
from playwright.sync_api import Error as BrowserError

from hackaviz.kernel.confined import NICENESS

MEASURE = Path(__file__).with_name("measure.js").read_text()
LOAD_MS, IDLE_MS, DRAWING_MS, PICTURE_MS = 20_000, 5_000, 1_500, 15_000
MOST_ASKED, MOST_TOLD, LONGEST_TOLD = 5_000, 40, 300
LONGEST_SECONDS = 180
PR_SET_PDEATHSIG = 1
# The buttons of our own pages around single files are no part of a work (templates/submissions/viewer/content).
WITHOUT_OURS = "#closer[data-words], .whole.film > video::-webkit-media-controls { display: none !important }"
# Where the picture of a film is on our page around it: a still has none of the black above it and below.
FILM = """() => {
  const film = document.querySelector('body.whole.film > video')
  const box = film?.getBoundingClientRect()
  if (!film?.videoWidth || !box.width || !box.height) return null
  const scale = Math.min(box.width / film.videoWidth, box.height / film.videoHeight)
  const width = film.videoWidth * scale, height = film.videoHeight * scale
  return { x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height }
}"""
BLOCKED = re.compile(r"'((?:https?|wss?)://[^']+)'")
POLICY = "Content Security Policy"


class Witness:
    """What was asked and said while a page was open. `own` is the address below which the work's files are."""

    def __init__(self, own: str) -> None:
        self._own = own
        self.paths = dict[str, None]()
        self.fetched = dict[str, None]()
        self.missing = dict[str, None]()
        self.hosts = dict[str, None]()
        self.errors = dict[str, None]()
        self.requests = 0

    def watch(self, page: Page) -> None:
        """Listen to a page from its beginning."""
        page.on("request", self._asked)
        page.on("response", lambda response: self._answered(response.url, response.status))
        page.on("requestfailed", self._failed)
        page.on("console", lambda message: self._said(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self._said(str(error)))

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("http", "https", "ws", "wss"):
            return
        self.requests += 1
        if request.url.startswith(self._own):
            self.paths[_path(request.url, self._own)] = None
            if request.resource_type == "fetch":
                self.fetched[_path(request.url, self._own)] = None
        elif parts.hostname and parts.hostname != urlsplit(self._own).hostname:
            self.hosts[parts.hostname] = None

    def _answered(self, url: str, status: int) -> None:
        if status >= 400 and url.startswith(self._own):
            self.missing[_path(url, self._own)] = None

    def _failed(self, request: Request) -> None:
        # The page that says "not found" is no picture: browsers keep such an answer from a work.
        if (request.failure or "").endswith("BLOCKED_BY_ORB"):
            self._answered(request.url, 404)

    def _said(self, text: str) -> None:
        for url in BLOCKED.findall(text) if POLICY in text else ():
            self._blocked(url)
        # A file that is missing and a host that is refused are told by name, not by what the browser says of them. What
        # the policy takes from the work's own files, such as a PDF within a page, has no other name.
        is_told = POLICY in text and not any(url.startswith(self._own) for url in BLOCKED.findall(text))
        if not is_told and not text.startswith("Failed to load resource"):
            self.errors[text.replace(self._own, "")[:LONGEST_TOLD]] = None

    def _blocked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.hostname and parts.hostname != urlsplit(self._own).hostname:
            self.hosts[parts.hostname] = None
        elif not url.startswith(self._own):
            self.missing[_outside(parts.path, self._own)] = None

    def told(self) -> dict[str, Any]:
        """As JSON, not more of each than a person reads."""
        lists = {"missing": self.missing, "hosts": self.hosts, "errors": self.errors}
        cut = {name: list(found)[:MOST_TOLD] for name, found in lists.items()}
        asked = {"paths": list(self.paths)[:MOST_ASKED], "fetched": list(self.fetched)[:MOST_ASKED]}
        return {**cut, **asked, "requests": self.requests}


def _path(url: str, own: str) -> str:
    return unquote(url.removeprefix(own).partition("?")[0].partition("#")[0])


def _outside(path: str, own: str) -> str:
    """How a work named a file above it, as "../fond.png", or from the top of the host, where a work has nothing."""
    home = urlsplit(own).path
    top = f"{posixpath.dirname(home.rstrip('/'))}/"
    return unquote(posixpath.relpath(path, home) if path.startswith(top) else path)


def visit(order: dict[str, Any]) -> dict[str, Any]:
    """Open the address once for each view: {"views": {name: what was measured}, and what the witness tells}.

    {"unstarted": why} when Chromium does not start.
    """
    with sync_playwright() as playwright:
        try:
            context = _start(playwright, order)
        except BrowserError as error:
            return {"unstarted": str(error)[:1000]}
        # The first view tells what was asked: the others load the same again.
        witness, views = Witness(order["own"]), dict[str, Any]()
        for number, (name, size) in enumerate(order["views"].items()):
            page = context.new_page()
            if number == 0:
                witness.watch(page)
            views[name] = _look(page, order["url"], size, Path(order["folder"], f"{name}.png"))
            page.close()
        _close(context)
    return {"views": views, **witness.told()}


def _start(playwright: Playwright, order: dict[str, Any]) -> BrowserContext:
    return playwright.chromium.launch_persistent_context(
        order["profile"],
        executable_path=order["program"],
        args=order["flags"],
        env=order["environment"],
        headless=True,
        chromium_sandbox=True,
        service_workers="block",
        accept_downloads=False,
        viewport={"width": 1280, "height": 960},
    )


def _look(page: Page, url: str, size: Iterable[int], picture: Path) -> dict[str, Any]:
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    page.on("dialog", lambda dialog: dialog.dismiss())
    with suppress(BrowserError):
        page.goto(url, wait_until="load", timeout=LOAD_MS)
        page.wait_for_load_state("networkidle", timeout=IDLE_MS)
    page.wait_for_timeout(DRAWING_MS)
    measured = _measured(page)
    page.screenshot(path=picture, timeout=PICTURE_MS, style=WITHOUT_OURS, clip=page.evaluate(FILM))
    return measured


def _measured(page: Page) -> dict[str, Any]:
    """The page's own numbers; text in frames of the work counts too."""
    measured: dict[str, Any] = page.evaluate(MEASURE)
    for frame in page.frames[1:20]:
        with suppress(BrowserError):
            measured["text"] += frame.evaluate("() => document.body?.innerText.trim().length ?? 0")
    return measured


def _close(context: BrowserContext) -> None:
    with suppress(BrowserError):
        context.close()


def _end_with_the_job() -> None:
    """Whatever becomes of the process that started this one, nothing goes on without it, and nothing without end."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.alarm(LONGEST_SECONDS)


if __name__ == "__main__":
    _end_with_the_job()
    os.nice(NICENESS)
    json.dump(visit(json.load(sys.stdin)), sys.stdout)
