"""What a check found, as codes with what must be known to say them. Pure: plain values in, plain values out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

HEAVY_BYTES = 15_000_000
MANY_REQUESTS = 150
LEAST_TEXT = 20
# A picture of which so much has one colour shows nothing.
BLANK_SHARE = 0.997
WIDER_THAN_A_PHONE = 390 + 8
# Kinds that a browser runs or lays out: only there can text be missing, or a page come out blank.
LIVE_KINDS = ("html", "static-site", "notebook", "plotly", "vega", "vega-lite", "svg")
PAGE_KINDS = ("html", "static-site")


class Code(StrEnum):
    """What a check may say; an edition may choose of the warnings those that refuse a hand-in."""

    RECOGNISED = "recognised"
    OPENS = "opens"
    WEIGHT = "weight"
    FROZEN = "frozen"
    READABLE = "readable"
    TRACES_REMOVED = "traces-removed"
    CITATIONS_FOUND = "citations-found"
    NO_BROWSER = "no-browser"
    NOT_LOADED = "not-loaded"
    BLANK = "blank"
    NO_TEXT = "no-text"
    MISSING_FILES = "missing-files"
    MISREAD_FILES = "misread-files"
    OTHER_HOSTS = "other-hosts"
    NOT_FROZEN = "not-frozen"
    SCRIPT_ERRORS = "script-errors"
    HEAVY = "heavy"
    MANY_REQUESTS = "many-requests"
    WIDE_ON_PHONE = "wide-on-phone"
    LOW_CONTRAST = "low-contrast"
    NO_ALTERNATIVE = "no-alternative"
    CITATION_NOT_FOUND = "citation-not-found"
    NOT_CITED = "not-cited"


FINE = frozenset(
    (Code.RECOGNISED, Code.OPENS, Code.WEIGHT, Code.FROZEN, Code.READABLE, Code.TRACES_REMOVED, Code.CITATIONS_FOUND)
)
TOLD = frozenset((Code.NO_BROWSER,))
# What an edition may refuse: facts of the work itself, never a failure of ours.
MAY_BLOCK = (
    Code.BLANK,
    Code.NO_TEXT,
    Code.MISSING_FILES,
    Code.MISREAD_FILES,
    Code.OTHER_HOSTS,
    Code.NOT_FROZEN,
    Code.SCRIPT_ERRORS,
    Code.HEAVY,
    Code.WIDE_ON_PHONE,
    Code.LOW_CONTRAST,
    Code.NO_ALTERNATIVE,
    Code.CITATION_NOT_FOUND,
    Code.NOT_CITED,
)


@dataclass(frozen=True)
class Finding:
    """One line of a report; `items` are names to list, `count` how many there are in all."""

    code: Code
    count: int = 0
    items: tuple[str, ...] = ()
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def state(self) -> str:
        """ "ok", "info" or "warn": nothing here refuses by itself."""
        return "ok" if self.code in FINE else "info" if self.code in TOLD else "warn"


@dataclass(frozen=True)
class Facts:
    """All that a report is drawn from. `seen` is what the browser told, None when none looked."""

    kind: str
    entry_point: str
    has_alternative: bool
    bytes: int
    copy: dict[str, Any] = field(default_factory=dict)
    seen: dict[str, Any] | None = None
    has_no_browser: bool = False
    allowed_hosts: tuple[str, ...] = ()
    cited_missing: tuple[str, ...] = ()
    cited_found: int = 0
    uncited: tuple[str, ...] = ()


def find(facts: Facts) -> list[Finding]:
    """The report, warnings first."""
    recognised = Finding(Code.RECOGNISED, items=(facts.kind, facts.entry_point))
    found = [recognised, *_looks(facts), *_loading(facts), *_reach(facts), *_words(facts), *_sources(facts)]
    return sorted(found, key=lambda finding: ("warn", "info", "ok").index(finding.state))


def _loading(facts: Facts) -> Iterator[Finding]:
    seen = facts.seen
    if seen is None:
        yield Finding(Code.NO_BROWSER if facts.has_no_browser else Code.NOT_LOADED)
        return
    if seen["missing"]:
        yield _listing(Code.MISSING_FILES, seen["missing"])
    # Older reports do not know.
    if seen.get("misread"):
        yield _listing(Code.MISREAD_FILES, seen["misread"])
    if seen["errors"]:
        yield _listing(Code.SCRIPT_ERRORS, seen["errors"])
    if facts.bytes > HEAVY_BYTES:
        yield Finding(Code.HEAVY, facts.bytes)
    else:
        yield Finding(Code.WEIGHT, facts.bytes, params={"requests": seen["requests"]})
    if seen["requests"] > MANY_REQUESTS:
        yield Finding(Code.MANY_REQUESTS, seen["requests"])


def _reach(facts: Facts) -> Iterator[Finding]:
    """What the work still asks of others, and what was copied in so that it need not."""
    observed = facts.seen["hosts"] if facts.seen else ()
    asked = [*facts.copy.get("hosts", ()), *observed]
    hosts = sorted({host for host in asked if not _is_allowed(host, facts.allowed_hosts)})
    if hosts:
        yield _listing(Code.OTHER_HOSTS, hosts)
    if facts.copy.get("not_frozen"):
        yield _listing(Code.NOT_FROZEN, [each["url"] for each in facts.copy["not_frozen"]])
    if facts.copy.get("frozen"):
        yield _frozen(facts.copy["frozen"])


def _is_allowed(host: str, allowed: Sequence[str]) -> bool:
    return host in allowed


def _frozen(copies: list[dict[str, Any]]) -> Finding:
    """How many files were copied in; where another release stands in, which: (name, served, asked)."""
    instead = [each["instead"] for each in copies if "instead" in each]
    other = [(each["name"], each["served"], each["asked"]) for each in instead if not _meets(each)]
    return Finding(Code.FROZEN, len(copies), params={"instead": list(dict.fromkeys(other))})


def _meets(instead: dict[str, str]) -> bool:
    """Whether what is served is what was asked for: the release itself, or the newest of a line ("7", "^7.8")."""
    asked = instead["asked"].lstrip("^~v")
    return asked != "" and f"{instead['served']}.".startswith(f"{asked}.")


def _looks(facts: Facts) -> Iterator[Finding]:
    seen = facts.seen
    if seen is None:
        return
    if facts.kind not in LIVE_KINDS:
        yield Finding(Code.OPENS)
        return
    wide, narrow = seen["views"]["wide"], seen["views"]["narrow"]
    is_blank = seen["plain"]["wide"] >= BLANK_SHARE and wide["text"] < LEAST_TEXT
    if is_blank:
        yield Finding(Code.BLANK)
    elif wide["text"] < LEAST_TEXT and facts.kind in PAGE_KINDS:
        yield Finding(Code.NO_TEXT)
    else:
        yield Finding(Code.OPENS)
    if facts.kind in PAGE_KINDS and narrow["width"] > WIDER_THAN_A_PHONE and not is_blank:
        yield Finding(Code.WIDE_ON_PHONE, narrow["width"])
    contrast = wide["contrast"]
    if contrast["low"]:
        yield Finding(Code.LOW_CONTRAST, contrast["low"], params={"examples": contrast["examples"]})
    elif contrast["texts"]:
        yield Finding(Code.READABLE, contrast["texts"])


def _words(facts: Facts) -> Iterator[Finding]:
    if not facts.has_alternative:
        yield Finding(Code.NO_ALTERNATIVE)
    if facts.copy.get("cleaned"):
        removed = [label for each in facts.copy["cleaned"] for label in each["removed"]]
        yield Finding(Code.TRACES_REMOVED, len(facts.copy["cleaned"]), tuple(dict.fromkeys(removed)))


def _sources(facts: Facts) -> Iterator[Finding]:
    if facts.cited_missing:
        yield _listing(Code.CITATION_NOT_FOUND, facts.cited_missing)
    if facts.cited_found:
        yield Finding(Code.CITATIONS_FOUND, facts.cited_found)
    if facts.uncited:
        yield _listing(Code.NOT_CITED, facts.uncited)


def _listing(code: Code, names: Sequence[str]) -> Finding:
    return Finding(code, len(names), tuple(names))
