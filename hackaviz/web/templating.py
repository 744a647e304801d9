"""What every template may use: filters, static addresses, navigation."""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, get_timezone_location
from babel.numbers import format_currency, format_decimal
from flask import Flask, current_app, has_request_context, request
from markupsafe import Markup, escape
from wtforms import Field

from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.identifiers import new_public_id
from hackaviz.kernel.markdown import render_markdown
from hackaviz.kernel.money import CURRENCY
from hackaviz.kernel.one_line import on_one_line
from hackaviz.web.clock import request_now
from hackaviz.web.language import current_language, language_url
from hackaviz.web.security import csp_nonce

IS_ARCHIVE = "hackaviz.archive"
_CODE_OF_ENTRY = re.compile(r"\bC-\d{2,}\b")
# The French write “d’Athènes”, “du Caire”, and do not agree on “Hanoï”.
_NOT_AFTER_DE = re.compile(r"[aeiouhàâéèêëîïôöûü]|les? ", re.IGNORECASE)
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)


@dataclass(frozen=True)
class Link:
    """One entry of a menu; `state` is a short word under an edition's title."""

    label: str
    url: str
    is_current: bool = False
    state: str = ""


@dataclass
class Navigation:
    """The links of the header and the footer, filled by the rooms through `navigation_source`."""

    editions: list[Link]
    links: list[Link]
    account: list[Link]
    footer: list[Link]


NavigationSource = Callable[[Navigation], None]


def navigation_source(app: Flask, source: NavigationSource) -> None:
    """Let a room add its links to the header; called in the order of registration."""
    app.extensions.setdefault("hackaviz.navigation", []).append(source)


def _navigation() -> Navigation:
    navigation = Navigation([], [], [], [])
    for source in current_app.extensions.get("hackaviz.navigation", []):
        source(navigation)
    return navigation


def init_templating(app: Flask) -> None:
    """Register filters and globals."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters |= {
        "localized": localized,
        "localized_markdown": localized_markdown,
        "markdown": markdown,
        "money": money,
        "money_short": money_short,
        "datetime": local_datetime,
        "date": local_date,
        "filesize": file_size,
        "city": city,
        "striptags": words_of,
        "whole_codes": whole_codes,
        "in_order_of": in_order_of,
        "number": lambda value: format_decimal(value, locale=_locale()),
    }
    app.jinja_env.globals |= {
        "static_url": static_url,
        "csp_nonce": csp_nonce,
        "language_url": language_url,
        "request_now": request_now,
        "form_key": new_public_id,
    }
    app.context_processor(
        lambda: {
            "language": current_language(),
            "navigation": _navigation(),
            "site_name": "Hackaviz",
            "is_demo": current_app.config["DEMO"],
            "is_archive": is_archive(),
        }
    )


def in_order_of(fields: Iterable[Field], body: str) -> list[Field]:
    """Fields as a page shows them; those that it does not show come first."""
    return sorted(fields, key=lambda field: found.start() if (found := _control(field).search(body)) else -1)


def _control(field: Field) -> re.Pattern[str]:
    # A group of controls numbers them.
    return re.compile(rf'id="{re.escape(field.id)}["-]')


def is_archive() -> bool:
    """Whether this page is drawn for an archive, where nobody signs in and no server answers."""
    return has_request_context() and bool(request.environ.get(IS_ARCHIVE))


def _locale() -> str:
    return "fr_FR" if current_language() == "fr" else "en_GB"


def localized(text: Bilingual | None) -> Markup | str:
    """The text in the page's language; marked with its own language where only the other exists."""
    if not text:
        return ""
    shown = text.language_shown(current_language())
    words = escape(text.in_language(current_language()))
    return words if shown == current_language() else Markup('<span lang="{}">{}</span>').format(shown, words)


def words_of(markup: str) -> str:
    """The words of some HTML, on one line. Jinja's own filter would make plain spaces of no-break ones."""
    return on_one_line(unescape(_TAG.sub("", str(markup))))


def whole_codes(value: Any) -> Any:
    """A text whose codes of entries, such as C-43, are not parted at the end of a line; anything else as it is."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    marked, codes = _CODE_OF_ENTRY.subn(r'<span class="code">\g<0></span>', str(escape(value)))
    # Held together: where the parent is a row of boxes, as a cell on a phone, each piece of a text would be one.
    return Markup(f"<span>{marked}</span>" if codes else marked)  # noqa: S704 — escaped


def markdown(text: str, top: int = 3) -> Markup:
    """Markdown as clean HTML whose highest heading is h`top`."""
    return Markup(render_markdown(text, top=top))  # noqa: S704 — cleaned by the kernel


def localized_markdown(text: Bilingual | None, top: int = 3) -> Markup:
    """Markdown in the page's language, or in the other one, marked."""
    if not text:
        return Markup("")
    shown = text.language_shown(current_language())
    html = markdown(text.in_language(current_language()), top)
    return html if shown == current_language() else Markup('<div lang="{}">{}</div>').format(shown, html)


def money(cents: int, currency: str = CURRENCY) -> str:
    """An amount to the cent: “1 500,00 €”, “€1,500.00”."""
    return format_currency(cents / 100, currency, locale=_locale())


def money_short(cents: int, currency: str = CURRENCY) -> str:
    """An amount without cents where it is whole: “1 500 €”, “€1,500”."""
    if cents % 100:
        return money(cents, currency)
    pattern = "#,##0\u00a0¤" if current_language() == "fr" else "¤#,##0"
    return format_currency(cents // 100, currency, pattern, locale=_locale(), currency_digits=False)


def local_datetime(moment: datetime, zone: str = "UTC") -> Markup:
    """A moment in a time zone, with the zone's name, as a <time> element."""
    there = moment.astimezone(ZoneInfo(zone))
    if current_language() == "fr":
        clock = f"{there:%H} h {there:%M}".replace(" ", "\u00a0")
        text = f"{day_in_words(there.date())} à {clock}, {'UTC' if zone == 'UTC' else _hour_of(city(zone))}"
    else:
        text = f"{day_in_words(there.date())} at {there:%H:%M}, {'UTC' if zone == 'UTC' else f'{city(zone)} time'}"
    return Markup('<time datetime="{}">{}</time>').format(moment.isoformat(), text)


def _hour_of(name: str) -> str:
    return f"heure locale ({name})" if _NOT_AFTER_DE.match(name) else f"heure de {name}"


def city(zone: str) -> str:
    """The city that names a time zone, in the reader's language: "Europe/London" → "Londres"."""
    return str(get_timezone_location(zone, locale=_locale(), return_city=True)).rsplit("/", 1)[-1]


def local_date(day: date | datetime, zone: str = "UTC") -> str:
    """A day, in words."""
    if isinstance(day, datetime):
        day = day.astimezone(ZoneInfo(zone)).date()
    return day_in_words(day)


def day_in_words(day: date, pattern: str = "d MMMM y") -> str:
    """A day by a pattern that begins with it. The French write “1er janvier”, which no pattern says."""
    text = format_date(day, pattern, locale=_locale())
    return f"1er{text[1:]}" if day.day == 1 and current_language() == "fr" else text


def clock_time(moment: datetime, zone: str) -> str:
    """A time of day to the second, for receipts."""
    return format_datetime(moment.astimezone(ZoneInfo(zone)), "HH:mm:ss", tzinfo=ZoneInfo(zone), locale=_locale())


def file_size(size: int) -> str:
    """Bytes as people read them, in powers of ten: “12,4 Mo”, “12.4 MB”."""
    units = ["o", "ko", "Mo", "Go"] if current_language() == "fr" else ["B", "kB", "MB", "GB"]
    value: float = size
    for unit in units:
        if value < 1000 or unit == units[-1]:
            break
        value /= 1000
    digits = "#,##0.#" if value < 100 and unit != units[0] else "#,##0"
    return f"{format_decimal(value, digits, locale=_locale())}\u00a0{unit}"


def static_url(name: str) -> str:
    """The address of a static file with its content hash, so that browsers may keep it for ever."""
    app = current_app
    return _static_address(str(app.static_folder), str(app.static_url_path), name)


@cache
def _static_address(folder: str, base: str, name: str) -> str:
    # Kept whole: a gallery page asks for it a hundred times, and url_for is slow.
    path = Path(folder) / name
    version = hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.exists() else "missing"
    return f"{base}/{name}?v={version}"
