"""Let a work open from a disk, where browsers refuse to fetch files and to load modules. Runs confined, in a folder.

Pages get a policy that keeps them from the network, and a script that holds the files which scripts ask for. Modules
become data: addresses, named by an import map. Everything else stays as it was shown.
"""

import base64
import html
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

from submissions.intake.markup import ATTRIBUTE, Tag, tags
from submissions.viewer.copies.pages import import_map
from submissions.viewer.copies.reference import Edit, Place, apply, relative
from submissions.viewer.copies.scripts import script_references

SCRIPT = "_offline.js"
SOURCE = Path(__file__).with_name("offline.js")
POLICY = (
    "default-src 'self' file: data: blob: 'unsafe-inline' 'unsafe-eval'; form-action 'none'; object-src 'none'; "
    "base-uri 'self' file:"
)
# What elements load by themselves; scripts ask for the rest.
LOADED_BY_ELEMENTS = ("image/", "video/", "audio/", "font/", "text/css")
ALSO_FETCHED = ("image/svg+xml",)
MODULE = ("import", "export")
UNSAID = ("crossorigin", "integrity")


@dataclass(frozen=True)
class OfflineFile:
    """A file of a work: its path there, its media type, and where it is on disk."""

    path: str
    media_type: str
    disk: Path

    @property
    def kind(self) -> str:
        """The media type without its parameters."""
        return self.media_type.partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        """The character set of a text."""
        return self.media_type.partition("charset=")[2].strip().lower() or "utf-8"


def make_offline(folder: str, name: str, media_types: dict[str, str], shared: dict[str, str]) -> None:
    """Rewrite the files of a work in place. `folder` holds a folder per work; `name` is this one's.

    `media_types` are those of its files by path; `shared` those of files beside the works that scripts may ask for.
    """
    root = Path(folder, name)
    files = {path: OfflineFile(path, kind, root / path) for path, kind in media_types.items()}
    texts = {path: _text(file) for path, file in files.items() if file.kind in ("text/html", "text/javascript")}
    modules = _modules(files, texts)
    for path, text in texts.items():
        if files[path].kind == "text/html":
            files[path].disk.write_text(_offline_page(path, text, texts, modules), encoding="utf-8")
        elif files[path].charset != "utf-8":
            files[path].disk.write_text(text, encoding="utf-8")
    asked = {f"{name}/{path}": file for path, file in files.items() if _is_asked_for(file, texts)}
    asked |= {path: OfflineFile(path, kind, Path(folder, path)) for path, kind in shared.items()}
    table = {path: [file.media_type, _encoded(file.disk.read_bytes())] for path, file in asked.items()}
    script = SOURCE.read_text().replace('"FILES OF THE WORK"', _in_script(table))
    (root / SCRIPT).write_text(script.replace('"FOLDER OF THE WORK"', json.dumps(name)), encoding="utf-8")


def _text(file: OfflineFile) -> str:
    return file.disk.read_bytes().decode(_python_name(file.charset), errors="replace").removeprefix("\ufeff")


def _python_name(charset: str) -> str:
    return {"windows-1252": "cp1252", "macintosh": "mac-roman", "utf-16le": "utf-16", "utf-16be": "utf-16"}.get(
        charset, charset
    )


def _is_asked_for(file: OfflineFile, texts: Mapping[str, str]) -> bool:
    if file.kind == "text/javascript":
        return any("Worker" in text for text in texts.values())
    return file.kind in ALSO_FETCHED or not file.kind.startswith(LOADED_BY_ELEMENTS)


def _encoded(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _modules(files: Mapping[str, OfflineFile], texts: Mapping[str, str]) -> dict[str, str]:
    """Every script of the work as a module: its name in the import map, and its data: address."""
    if not any(_has_modules(text) for path, text in texts.items() if files[path].kind == "text/html"):
        return {}
    scripts = {path: text for path, text in texts.items() if files[path].kind == "text/javascript"}
    return {
        f"work:/{path}": f"data:text/javascript;base64,{_encoded(_named(path, text, scripts).encode())}"
        for path, text in scripts.items()
    }


def _has_modules(page: str) -> bool:
    return any(tag.name == "script" and tag.attributes.get("type", "").lower() == "module" for tag in tags(page))


def _named(path: str, text: str, scripts: Mapping[str, str]) -> str:
    """A module whose imports are names of the import map, and which knows itself by such a name."""
    content = text.encode().decode("latin-1")
    edits = list(_import_edits(path, content, scripts))
    renamed = apply(content, edits).encode("latin-1").decode()
    return renamed.replace("import.meta.url", json.dumps(f"work:/{path}"))


def _import_edits(path: str, content: str, scripts: Mapping[str, str]) -> Iterator[Edit]:
    if not any(word in content for word in MODULE):
        return
    for reference in script_references(content, only_imports=True):
        target = _path_of(reference.url, path)
        if reference.place is Place.MODULE and target in scripts:
            yield Edit(reference.start, reference.end, f"work:/{target}".encode().decode("latin-1"))


def _path_of(url: str, path: str) -> str:
    """The path that a relative address leads to from a file of the work; "" for a bare name or another site."""
    if not url.startswith(("./", "../", "/")) or url.startswith("//"):
        return ""
    return unquote(urljoin(f"/{path}", url.partition("?")[0].partition("#")[0])).lstrip("/")


def _offline_page(path: str, page: str, texts: Mapping[str, str], modules: Mapping[str, str]) -> str:
    edits, has_modules = list[Edit](), _has_modules(page)
    for tag in tags(page):
        edits += _tag_edits(tag, path, texts)
    head = _head(path, _map_of(path, page, modules) if has_modules else None)
    start = _start_of_head(page)
    edits.append(Edit(start, start, head))
    return apply(page, edits)


def _in_script(value: Any) -> str:
    """JSON that may stand in a script of a page."""
    return json.dumps(value).replace("</", "<\\/")


def _head(path: str, imports: Mapping[str, str] | None) -> str:
    script = html.escape(relative(SCRIPT, path), quote=True)
    parts = [
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        f'<script src="{script}"></script>',
    ]
    if imports is not None:
        parts.append(f'<script type="importmap">{_in_script({"imports": imports})}</script>')
    return "".join(parts)


def _map_of(path: str, page: str, modules: Mapping[str, str]) -> dict[str, str]:
    """The import map of a page: all modules, and the names that the page gave to some of them."""
    named = dict[str, str]()
    for name, url in import_map(page).items():
        folder = _path_of(url, path)
        named |= {
            name + module.removeprefix(f"work:/{folder}"): address
            for module, address in modules.items()
            if module == f"work:/{folder}" or (url.endswith("/") and module.startswith(f"work:/{folder}"))
        }
    return {**modules, **named}


def _start_of_head(page: str) -> int:
    """Where the page's own head begins: what stands there comes before anything that the page loads."""
    for tag in tags(page):
        if tag.name == "head":
            return tag.end
        if tag.name != "html":
            return tag.start
    return len(page)


def _tag_edits(tag: Tag, path: str, texts: Mapping[str, str]) -> Iterator[Edit]:
    kind = tag.attributes.get("type", "").strip().lower() if tag.name == "script" else ""
    if kind == "importmap" or (tag.name == "link" and "modulepreload" in tag.attributes.get("rel", "").lower()):
        yield Edit(tag.start, tag.end, "")
    elif kind == "module":
        yield from _module_edits(tag, path, texts)
    else:
        begins = tag.start + 1 + len(tag.name)
        for found in ATTRIBUTE.finditer(tag.raw_attributes):
            if found[1].lower() in UNSAID:
                yield Edit(begins + found.start(), begins + found.end(), "")


def _module_edits(tag: Tag, path: str, texts: Mapping[str, str]) -> Iterator[Edit]:
    """A module of its own file is imported by its name; one that stands in the page gets its imports renamed."""
    if "src" in tag.attributes:
        url = tag.attributes["src"]
        target = _path_of(url if url.startswith((".", "/")) else f"./{url}", path)
        if target in texts:
            name = _in_script(f"work:/{target}")
            yield Edit(tag.start, tag.end, f'<script type="module">import {name};')
        return
    content = tag.content.encode().decode("latin-1")
    renamed = apply(content, _import_edits(path, content, texts)).encode("latin-1").decode()
    yield Edit(tag.end - len(tag.content), tag.end, renamed)
