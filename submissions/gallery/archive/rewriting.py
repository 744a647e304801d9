"""A public page of ours as a file of the archive: relative links, icons inside, nothing that needs a server. Pure."""

import re
from collections.abc import Callable, Iterator
from html import escape, unescape

from submissions.intake.markup import ATTRIBUTE, Tag, tags
from submissions.viewer.copies.reference import Edit, apply

# What leads to the site itself, or to pages that an archive has not.
FORMS = re.compile(r"<form\b.*?</form>", re.DOTALL | re.IGNORECASE)
SCRIPTS = re.compile(
    r"<script\b(?![^>]*(?:data-archive|application/(?:ld\+)?json))[^>]*>.*?</script>", re.DOTALL | re.IGNORECASE
)
LIVE_LINKS = {"canonical", "alternate", "preload"}
LINKED = ("href", "src", "poster")
KEPT = ("#", "mailto:", "data:", "tel:")
ICON_FILE = "icons.svg"
ICONS = re.compile(r'href="[^"]*icons\.svg[^"]*#([\w-]+)"')
SYMBOL = re.compile(r'<symbol\b[^>]*\bid="([\w-]+)".*?</symbol>', re.DOTALL)
# A link by its address as the page has it: how the archive names it, or None when it is not in the archive.
Name = Callable[[str], str | None]


def archived_page(page: str, name: Name, icons: str) -> str:
    """The page with every address renamed; links to what is not in the archive become words."""
    page = SCRIPTS.sub("", FORMS.sub("", page))
    edits = [edit for tag in tags(page) for edit in _edits(tag, name)]
    return _with_icons(apply(page, edits), icons)


def addresses(page: str, *, with_scripts: bool = False) -> Iterator[str]:
    """Every address that a page links to or loads; those of scripts only where they are kept."""
    for tag in tags(page if with_scripts else SCRIPTS.sub("", FORMS.sub("", page))):
        for attribute in LINKED:
            if attribute in tag.attributes and not _is_live(tag):
                yield tag.attributes[attribute]
        yield from (url for url, _size in _candidates(tag.attributes.get("srcset", "")))


def _edits(tag: Tag, name: Name) -> Iterator[Edit]:
    if _is_live(tag) or (tag.name == "meta" and tag.attributes.get("property", "").startswith("og:")):
        yield Edit(tag.start, tag.end, "")
        return
    begins = tag.start + 1 + len(tag.name)
    for found in ATTRIBUTE.finditer(tag.raw_attributes):
        start, end = begins + found.start(), begins + found.end()
        value = unescape((found[2] or "").strip("\"'"))
        if found[1].lower() == "srcset":
            pairs = [(name(url), size) for url, size in _candidates(value)]
            words = ", ".join(f"{url} {size}".strip() for url, size in pairs if url)
            yield Edit(start, end, f'srcset="{escape(words)}"')
        elif found[1].lower() in LINKED and value and not value.startswith(KEPT) and ICON_FILE not in value:
            yield Edit(start, end, _renamed(tag, found[1], name(value)))


def _renamed(tag: Tag, attribute: str, renamed: str | None) -> str:
    if renamed is not None:
        return f'{attribute}="{escape(renamed)}"'
    return "hidden" if tag.attributes.get("role") == "button" or tag.name != "a" else ""


def _is_live(tag: Tag) -> bool:
    return tag.name == "link" and bool(LIVE_LINKS & set(tag.attributes.get("rel", "").split()))


def _candidates(srcset: str) -> list[tuple[str, str]]:
    parts = (part.split() for part in srcset.split(","))
    return [(part[0], " ".join(part[1:])) for part in parts if part]


def _with_icons(page: str, icons: str) -> str:
    """Browsers draw no symbol of another file from a disk: those that the page uses stand in it."""
    used = set(ICONS.findall(page))
    page = ICONS.sub(r'href="#icon-\1"', page)
    drawn = (
        each[0].replace(f'id="{each[1]}"', f'id="icon-{each[1]}"', 1)
        for each in SYMBOL.finditer(icons)
        if each[1] in used
    )
    symbols = "".join(drawn)
    return page.replace("</body>", f'<svg hidden aria-hidden="true">{symbols}</svg></body>') if symbols else page
