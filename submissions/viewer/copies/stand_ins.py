"""What a sandbox takes away and some works count on, storage, cookies and workers: lines of ours stand in. Pure."""

import re
from functools import cache
from pathlib import Path

from submissions.intake.markup import tags

COUNTS_ON = re.compile(r"\b(?:localStorage|sessionStorage|document\.cookie|serviceWorker|Worker\s*\()")
LINES = Path(__file__).with_name("stand_ins.js")


def counts_on_more(text: str) -> bool:
    """Whether a page or script may use what a work does not have here."""
    return COUNTS_ON.search(text) is not None


def first_script(page: str) -> int | None:
    """Where the first script of a page begins: what must be there before any of them runs goes to this place."""
    return next((tag.start for tag in tags(page) if tag.name == "script"), None)


@cache
def stand_ins() -> str:
    """The script that stands in, as a page holds it."""
    lines = LINES.read_text(encoding="utf-8").splitlines()
    code = "".join(f"{line.strip()}\n" for line in lines if line.strip() and not line.strip().startswith("//"))
    return f"<script>{code}</script>"
