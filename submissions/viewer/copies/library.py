"""The most used libraries, kept here for installations without a network: releases of the same major version."""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from submissions.viewer.copies.cdns import Release, release_of

FOLDER = Path(__file__).parent / "library"
VARIANT = re.compile(r"\.(?:min|slim|umd|prod|global|v\d+)(?=\.)", re.IGNORECASE)
TYPES = {".js": "text/javascript", ".css": "text/css", ".png": "image/png", ".json": "application/json"}
MODULE = """const module = {{ exports: {{}} }};
(function (module, exports, require, define) {{
{source}
}}).call(globalThis, module, module.exports, (name) => ({{ {needs} }})[name.split("@")[0]]);
const whole = module.exports;
export default whole;
const {{ {parts} }} = whole;
export {{ {names} }};
"""


@dataclass(frozen=True)
class Kept:
    """A file that stands in for an address: its bytes and type, and which release was asked for and is served."""

    content: bytes
    media_type: str
    name: str
    asked: str
    served: str

    @property
    def is_exact(self) -> bool:
        """Whether it is the very release that was asked for."""
        return self.asked == self.served


def find_kept(url: str) -> Kept | None:
    """What stands in for an address: the same file of a release with the same major version."""
    release = release_of(url)
    for package in _packages() if release else ():
        assert release is not None
        file = _file(package, release)
        if file is None:
            continue
        path = FOLDER / file["file"]
        content = path.read_bytes()
        if release.is_module and path.suffix == ".js":
            if "exports" not in package:
                return None
            content = _as_module(package, content)
        name = package.get("told", package["name"])
        return Kept(content, TYPES[path.suffix], name, release.version, package["version"])
    return None


def _file(package: dict[str, Any], release: Release) -> dict[str, Any] | None:
    if package["name"] != release.name or not _same_major(package["version"], release.version):
        return None
    asked = VARIANT.sub("", release.file.rpartition("/")[2].lower())
    return next((file for file in package["files"] if asked in file["answers"]), None)


def _same_major(kept: str, asked: str) -> bool:
    major = re.match(r"[\^~v=]?(\d+)", asked)
    return major[1] == kept.partition(".")[0] if major else asked in ("", "latest", "next")


def _as_module(package: dict[str, Any], content: bytes) -> bytes:
    """A classic script as a module: it runs alone, and what it exports has names."""
    needs = package.get("needs", ())
    imports = "".join(f'import * as {name} from "https://cdn.jsdelivr.net/npm/{name}@7/+esm";\n' for name in needs)
    # Under other names inside: d3 exports a "window" that would hide the one that d3 itself reads.
    parts = ", ".join(f"{name}: $${place}" for place, name in enumerate(package["exports"]))
    names = ", ".join(f"$${place} as {name}" for place, name in enumerate(package["exports"]))
    body = MODULE.format(source=content.decode(), needs=", ".join(needs), parts=parts, names=names)
    return (imports + body).encode()


@cache
def _packages() -> list[dict[str, Any]]:
    """The newest first: what is asked for without a version gets it."""
    packages: list[dict[str, Any]] = json.loads((FOLDER / "manifest.json").read_text())
    return sorted(packages, key=lambda each: [int(part) for part in each["version"].split(".")], reverse=True)
