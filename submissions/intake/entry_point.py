"""Which page of a site opens first: an index at the root, one folder down, or in a built folder; else its only page."""

import re
from collections.abc import Callable, Iterable

from submissions.intake.markup import tags, visible_text
from submissions.intake.report import refusal

# A page that a build tool fills may say “Loading”; one to read says more.
SHELL_CHARACTERS = 100
INDEXES = ("index.html", "index.htm")
PAGES = (".html", ".htm")
NAMES_TOLD = 4
BUILT_FOLDERS = ("dist", "build", "public", "docs", "_site", "out", "site", "www")
# What only a build tool understands: browsers show a blank page.
SOURCE_SCRIPT = re.compile(r"\.(?:tsx?|jsx|vue|svelte)(?:\?|$)|^/src/")
# Beside it stands the source of a site, and pages that only a build tool opens.
BUILT_FROM = "package.json"
UNFILLED = ("%PUBLIC_URL%", "%BASE_URL%", "<%= ")


def find_entry_point(paths: Iterable[str], read: Callable[[str], str], name: str) -> str:
    """The path of the first page; `read` gives the text of one. Raises Refused when there is none to show."""
    every = list(paths)
    shared = _shared_folder(every)

    def rank(path: str) -> tuple[int, str]:
        return _rank(path[len(shared) :])

    indexes = sorted((path for path in every if is_index(path)), key=rank)
    candidates = [path for path in indexes if rank(path)[0] < OUT_OF_REACH]
    if not candidates:
        candidates = [_only_page(every, lambda path: rank(path)[0], name)]
    built = [path for path in candidates if not is_unbuilt(read(path))]
    if not built:
        raise refusal("no-entry-point.unbuilt", item=candidates[0])
    first, *others = built
    if others and rank(first)[0] == ONE_FOLDER_DOWN == rank(others[0])[0]:
        raise refusal("no-entry-point.several", item=name)
    return first


def is_index(path: str) -> bool:
    """Whether its name makes a page the first of its folder."""
    return path.rpartition("/")[2].lower() in INDEXES


def _only_page(paths: list[str], place: Callable[[str], int], name: str) -> str:
    """The one page at the root, else the one in a folder there: what R and Quarto export beside a folder of files.

    Raises Refused when there is none, or when nobody could tell which comes first.
    """
    pages = sorted(path for path in paths if path.lower().endswith(PAGES))
    at_root = [path for path in pages if place(path) == ROOT]
    nearest = at_root or [path for path in pages if place(path) in (BUILT, ONE_FOLDER_DOWN)]
    if not nearest:
        is_source = any(path.rpartition("/")[2] == BUILT_FROM for path in paths)
        sentence = "no-entry-point" if pages else "no-entry-point.no-page"
        raise refusal("no-entry-point.unbuilt" if is_source else sentence, item=name)
    if len(nearest) > 1:
        told = ", ".join(nearest[:NAMES_TOLD]) + (" …" if len(nearest) > NAMES_TOLD else "")
        raise refusal("no-entry-point.which", item=name, pages=told)
    return nearest[0]


def is_unbuilt(page: str) -> bool:
    """Whether a page is the empty shell that a build tool fills, rather than a page to open."""
    if len(visible_text(page)) > SHELL_CHARACTERS:
        return False
    scripts = [tag.attributes.get("src", "") for tag in tags(page) if tag.name == "script"]
    return any(map(SOURCE_SCRIPT.search, scripts)) or any(mark in page for mark in UNFILLED)


def _shared_folder(paths: list[str]) -> str:
    """The folders around everything but the last one, with a "/" at the end: a folder zipped in a folder."""
    folders = [path.split("/")[:-1] for path in paths]
    depth = 0
    while folders and len({tuple(parts[: depth + 1]) for parts in folders}) == 1 and depth < len(folders[0]):
        depth += 1
    return "".join(f"{folder}/" for folder in folders[0][:depth][:-1]) if folders else ""


ROOT, BUILT, ONE_FOLDER_DOWN, BUILT_ONE_DOWN, OUT_OF_REACH = range(5)


def _rank(path: str) -> tuple[int, str]:
    """How good a place for the first page, then its name: index.html comes before index.htm."""
    match path.lower().split("/")[:-1]:
        case []:
            place = ROOT
        case [folder]:
            place = BUILT if folder in BUILT_FOLDERS else ONE_FOLDER_DOWN
        case [_, folder] if folder in BUILT_FOLDERS:
            place = BUILT_ONE_DOWN
        case _:
            place = OUT_OF_REACH
    return place, path.lower()
