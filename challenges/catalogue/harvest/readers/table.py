"""A catalogue as a table: whatever delimiter and encoding, columns found by their names in French and English."""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from challenges.catalogue.harvest.opening import Opened
from challenges.catalogue.harvest.readers.guarding import each
from challenges.catalogue.harvest.record import RejectedRecord, Stated, Unreadable
from challenges.catalogue.harvest.values import first, words
from challenges.catalogue.harvest.vocabularies import format_code
from challenges.catalogue.inspect.delimited import DELIMITERS
from challenges.catalogue.inspect.encoding import encoding_of
from challenges.catalogue.rules import LICENCES, THEMES
from hackaviz.kernel.cells import as_written
from hackaviz.kernel.identifiers import slugify

# Names as slugs, the surest first.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "identifier": ("identifier", "identifiant", "id", "uid", "uuid", "datasetid", "dataset-id", "slug", "code", "name"),
    "title": (
        "title",
        "titre",
        "nom-du-jeu-de-donnees",
        "jeu-de-donnees",
        "dataset",
        "nom",
        "name",
        "libelle",
        "intitule",
        "titre-du-jeu-de-donnees",
        "nom-du-jeu",
        "dataset-title",
        "dataset-name",
        "default-title",
    ),
    "title_fr": ("title-fr", "titre-fr", "titre-francais"),
    "title_en": ("title-en", "titre-en", "english-title", "titre-anglais"),
    "description": ("description", "notes", "resume", "summary", "abstract", "descriptif", "commentaire"),
    "description_fr": ("description-fr",),
    "description_en": ("description-en",),
    "publisher": (
        "publisher",
        "producteur",
        "editeur",
        "organization",
        "organisation",
        "organisme",
        "author",
        "auteur",
        "fournisseur",
        "producteur-nom",
        "nom-du-producteur",
        "organisation-productrice",
        "service-producteur",
        "coll-nom",
        "owner",
    ),
    "publisher_website": ("publisher-website", "site-du-producteur"),
    "licence": ("license", "licence", "license-id", "licence-id", "licence-as-stated"),
    "licence_url": ("license-url", "licence-url", "license-title"),
    "themes": ("theme", "themes", "thematique", "thematiques", "category", "categorie", "categories"),
    "keywords": ("keywords", "keyword", "mots-cles", "mot-cle", "motscles", "tags", "tag", "etiquettes", "mots-clefs"),
    "coverage": (
        "spatial",
        "coverage",
        "couverture-spatiale",
        "territoire",
        "couverture",
        "emprise",
        "zone",
        "couv-spat-nom",
        "couverture-geographique",
        "perimetre",
    ),
    "coverage_fr": ("coverage-fr",),
    "coverage_en": ("coverage-en",),
    "bounds": ("bounds", "bbox", "emprise-geographique", "spatial"),
    "period": ("temporal", "period", "periode", "couverture-temporelle", "temporal-coverage", "annee", "year"),
    "start": (
        "start",
        "debut",
        "date-de-debut",
        "temporal-start",
        "temporal-coverage-start",
        "start-date",
        "couv-temp-debut",
    ),
    "end": ("end", "fin", "date-de-fin", "temporal-end", "temporal-coverage-end", "end-date", "couv-temp-fin"),
    "frequency": (
        "frequency",
        "frequence",
        "frequence-de-mise-a-jour",
        "update-frequency",
        "accrualperiodicity",
        "periodicite",
        "freq-maj",
        "frequence-maj",
        "mise-a-jour-frequence",
    ),
    "issued": (
        "issued",
        "created",
        "created-at",
        "date-de-creation",
        "date-de-publication",
        "published",
        "issued-on",
        "date-publ",
        "creation",
    ),
    "modified": (
        "modified",
        "updated",
        "updated-at",
        "last-modified",
        "date-de-mise-a-jour",
        "derniere-mise-a-jour",
        "modified-on",
        "mise-a-jour",
        "date-maj",
        "date-de-modification",
        "date-de-derniere-mise-a-jour",
        "derniere-modification",
    ),
    "landing_page": ("landing-page", "landingpage", "page", "page-web", "homepage", "lien", "link", "web-page", "url"),
    "resource": (
        "download-url",
        "downloadurl",
        "resource-url",
        "url-de-telechargement",
        "fichier",
        "file",
        "url",
        "lien",
        "link",
        "resources",
    ),
    "format": ("format", "formats", "file-format", "type-de-fichier", "format-ressources", "format-du-fichier"),
    "contact": ("contact", "contact-email", "email", "courriel", "mail"),
    "language": ("language", "langue", "lang"),
}
KNOWN_NAMES = {name for names in COLUMNS.values() for name in names} | {"default-description"}


def read(source: Opened) -> Iterator[Stated | RejectedRecord]:
    """Each row. Raises Unreadable where no column holds titles."""
    yield from each(rows(source.path), stated)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Each row by the names of its columns, one at a time. Raises Unreadable."""
    encoding = encoding_of(path)
    try:
        with path.open(encoding=encoding, errors="replace", newline="") as stream:
            lines = (line.replace("\0", "") for line in stream)
            header = next((line for line in lines if not _says_nothing(line)), "").lstrip("\ufeff")
            delimiter = max(DELIMITERS, key=lambda sign: len(_known(_names(header, sign))))
            names = _names(header, delimiter)
            _check(names)
            for cells in csv.reader(lines, delimiter=delimiter):
                if any(cell.strip() for cell in cells):
                    yield dict(zip(names, map(as_written, cells), strict=False))
    except csv.Error as error:
        raise Unreadable(f"The quotes of this table make no sense ({error}). Export it again.") from error


def _says_nothing(line: str) -> bool:
    """Whether a line stands before the header: blank, or the delimiter as spreadsheets note it."""
    return not line.strip("\ufeff \t\r\n") or re.match(r"\ufeff?sep=.\s*$", line) is not None


def _names(header: str, delimiter: str) -> list[str]:
    return [name.strip() for name in next(csv.reader([header], delimiter=delimiter), [])]


def _known(names: list[str]) -> set[str]:
    """The columns that mean something to us. Commas in the texts of a table say less about its delimiter than these."""
    return {slugify(name) for name in names} & KNOWN_NAMES


def _check(names: list[str]) -> None:
    known = {slug for field in ("title", "title_fr", "title_en") for slug in COLUMNS[field]}
    if not known & {slugify(name) for name in names}:
        found = ", ".join(names[:8])
        raise Unreadable(f"No column holds titles: it would be named title or titre. The columns are {found}.")


def stated(row: Mapping[str, Any]) -> Stated:
    """What a row says, by the names of its columns."""
    cells = {slugify(name): value for name, value in row.items()}
    found: dict[str, Any] = {
        field: next((cells[name] for name in names if cells.get(name)), None) for field, names in COLUMNS.items()
    }
    resource = found.pop("resource")
    licence_url, page_format = found.pop("licence_url"), found.pop("format")
    found["licence"] = [found["licence"], licence_url]
    for name in ("title", "description", "coverage"):
        spoken = {code: text for code in ("fr", "en") if (text := found.pop(f"{name}_{code}"))}
        found[name] = first(spoken, found[name])
    if found["identifier"] == found["title"] and "name" in cells and not cells.get("title"):
        found["identifier"] = None
    if resource and resource == found["landing_page"] and not page_format and not format_code(url=resource):
        # The only address is that of a page: nothing says that it is a file.
        resource = None
    linked = [{"url": resource, "format": page_format}] if resource or page_format else []
    return Stated(**found | {"resources": linked} | _own(cells))


def _own(cells: dict[str, Any]) -> dict[str, Any]:
    """What a table of a catalogue like this one says in its own words."""
    found: dict[str, Any] = {}
    if cells.get("licence-code") in LICENCES:
        found |= {"licence_code": cells["licence-code"], "licence": cells.get("licence-as-stated")}
    if cells.get("theme-code") in THEMES:
        found["themes"] = f"/catalogue?theme={cells['theme-code']}"
    if (files := _files(cells.get("files") or "")) is not None:
        found["resources"] = files + [{"format": code} for code in words(cells.get("formats"))]
    return found


def _files(cell: str) -> list[dict[str, Any]] | None:
    try:
        files = json.loads(cell)
    except (ValueError, RecursionError):
        return None
    return [file for file in files if isinstance(file, dict)] if isinstance(files, list) else None
