"""The demo's catalogue and works, read from their files. Pure: no database, no network."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from hackaviz.kernel.bilingual import Bilingual

DEMO = Path(__file__).resolve().parent
FILES, WORKS, DRAFT, LOGOS = (DEMO / name for name in ("files", "works", "draft", "logos"))
# Where French never breaks a line, although keyboards give a plain space.
FRENCH_SPACE = re.compile(r" (?=[?;:!»%€])|(?<=«) ")


@dataclass(frozen=True)
class DataFile:
    """A file of a dataset that is really here; `sha256` and `bytes` are those of the committed file."""

    path: Path
    title: Bilingual
    sha256: str
    bytes: int

    @property
    def format(self) -> str:
        """csv or geojson."""
        return self.path.suffix.removeprefix(".")


@dataclass(frozen=True)
class DatasetContent:
    """A dataset of the catalogue. `chart` holds type, x, y, colour and a bilingual title, for the first file."""

    slug: str
    theme: str
    title: Bilingual
    description: Bilingual
    publisher_name: str
    publisher_website: str
    licence: str
    licence_as_stated: str
    landing_page: str
    period: str
    formats: tuple[str, ...]
    coverage: Bilingual
    availability: str
    link_seen_on: date | None
    seen_in: str
    is_featured: bool
    files: tuple[DataFile, ...]
    chart: Mapping[str, Any] | None


@dataclass(frozen=True)
class CitationContent:
    """A dataset that a work uses, and how."""

    dataset: str
    usage: Bilingual


@dataclass(frozen=True)
class SheetContent:
    """What a team answers beyond its texts. Aims are slugs; without `ai_details` no generative AI had a part."""

    languages: tuple[str, ...]
    licence: str
    ai_details: Bilingual | None
    ambitions: tuple[str, ...]
    objectives: tuple[str, ...]
    abstract: Bilingual | None


@dataclass(frozen=True)
class WorkContent:
    """A work as a team would hand it in. `challenge` is its number in the edition of its team.

    `annex` holds the sources that some teams keep beside it.
    """

    slug: str
    kind: str
    path: Path
    sha256: str
    challenge: int
    title: Bilingual
    message: Bilingual
    text_alternative: Bilingual
    method: Bilingual
    tools: str
    sheet: SheetContent
    citations: tuple[CitationContent, ...]
    annex: Path | None


def read_datasets() -> list[DatasetContent]:
    """All datasets, by slug."""
    manifest = read_json(FILES / "files.json")
    records = [record for path in sorted((DEMO / "catalogue").glob("*.json")) for record in read_json(path)]
    return sorted((_dataset(record, manifest) for record in records), key=lambda dataset: dataset.slug)


def read_works() -> list[WorkContent]:
    """All works, by slug."""
    return [_work(path) for path in sorted(WORKS.glob("*/work.json"))]


def read_draft() -> WorkContent:
    """What the team of the open edition that visitors may try has sent and not handed in."""
    return _work(DRAFT / "work.json")


def read_json(path: Path) -> Any:
    """The content of a JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def bilingual(record: Mapping[str, str]) -> Bilingual:
    """A text in both languages; raises KeyError when one is missing."""
    return Bilingual(fr=FRENCH_SPACE.sub("\u00a0", record["fr"]), en=record["en"])


def _dataset(record: Mapping[str, Any], manifest: Mapping[str, Any]) -> DatasetContent:
    seen = record["link_seen_on"]
    return DatasetContent(
        slug=record["slug"],
        theme=record["theme"],
        title=bilingual(record["title"]),
        description=bilingual(record["description"]),
        publisher_name=record["publisher"]["name"],
        publisher_website=record["publisher"]["url"],
        licence=record["licence"],
        licence_as_stated=record["licence_stated"],
        landing_page=record["landing_page"],
        period=record["period"],
        formats=tuple(record["formats"]),
        coverage=bilingual(record["coverage"]),
        availability=record["availability"],
        link_seen_on=date.fromisoformat(seen) if seen else None,
        seen_in=record["seen_in"],
        is_featured=record["featured"],
        files=tuple(_file(each, manifest) for each in record["files"]),
        chart=record["chart"],
    )


def _file(record: Mapping[str, Any], manifest: Mapping[str, Any]) -> DataFile:
    name = record["path"]
    return DataFile(FILES / name, bilingual(record["title"]), manifest[name]["sha256"], manifest[name]["bytes"])


def _work(path: Path) -> WorkContent:
    record = read_json(path)
    return WorkContent(
        slug=record["slug"],
        kind=record["kind"],
        path=path.parent / record["file"],
        sha256=record["sha256"],
        challenge=record["challenge"],
        title=bilingual(record["title"]),
        message=bilingual(record["message"]),
        text_alternative=bilingual(record["text_alternative"]),
        method=bilingual(record["method"]),
        tools=record["tools"],
        sheet=_sheet(record["sheet"]),
        citations=tuple(CitationContent(each["slug"], bilingual(each["usage"])) for each in record["datasets"]),
        annex=path.parent / record["annex"] if "annex" in record else None,
    )


def _sheet(record: Mapping[str, Any]) -> SheetContent:
    ai_details, abstract = record["ai_details"], record.get("abstract")
    return SheetContent(
        languages=tuple(record["languages"]),
        licence=record["licence"],
        ai_details=bilingual(ai_details) if ai_details else None,
        ambitions=tuple(record["ambitions"]),
        objectives=tuple(record["objectives"]),
        abstract=bilingual(abstract) if abstract else None,
    )
