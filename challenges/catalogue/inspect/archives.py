"""What a ZIP holds: a table among other things, or a Shapefile."""

import codecs
import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import accumulate
from pathlib import Path
from typing import Any

from challenges.catalogue.inspect.formats import CSV_ENDINGS, JSON_ENDINGS
from challenges.catalogue.inspect.places import doubts_about
from challenges.catalogue.inspect.records import lines_of
from challenges.catalogue.inspect.report import Finding, Part, Position, Row, Table

TABLES = CSV_ENDINGS | JSON_ENDINGS | {".txt", ".parquet", ".xlsx", ".xls", ".ods"}
# The shapes, their facts, where each begins.
LAYER = (".shp", ".dbf", ".shx", ".cpg")
# How programs write the encoding of the facts beside what Python calls it.
CODE_PAGES = {"65001": "utf-8", "1252": "cp1252", "ansi 1252": "cp1252", "88591": "latin-1", "8859-1": "latin-1"}
# Inflated, of one file; how many names are looked at, and how many tables into.
LARGEST_MEMBER, MOST_NAMES, MOST_PARTS = 1 << 30, 10_000, 100
BYTES_LOOKED_AT = 1 << 20


def open_zip(path: Path, open_inner: Callable[[Path, str], Table | None]) -> Table:
    """The one table of a ZIP; of several, or of none, only that is said. Raises BadZipFile or ValueError."""
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist()[:MOST_NAMES] if _is_table(name)]
    if len(names) > 1:
        said = Finding("several-tables", f"It holds {len(names)} tables: unpack it to look into each.")
        return _without_rows(said, list(_parts(path, names[:MOST_PARTS], open_inner)))
    inner = _look_inside(path, names[0], open_inner) if names else None
    if inner is None:
        return _without_rows(Finding("no-table", "It holds no table."))

    def rows() -> Iterator[Row]:
        with _unpacked(path, names) as (file,):
            again = open_inner(file, names[0])
            yield from again.rows() if again else ()

    inner.format, inner.rows = "zip", rows
    inner.findings = [*inner.findings, Finding("inside", f"The table is {names[0]}.")]
    return inner


def _look_inside(path: Path, name: str, open_inner: Callable[[Path, str], Table | None]) -> Table | None:
    with _unpacked(path, [name]) as (file,):
        return open_inner(file, name)


def _parts(path: Path, names: list[str], open_inner: Callable[[Path, str], Table | None]) -> Iterator[Part]:
    """The tables that can be opened, as far as their bytes together are no more than one file may have."""
    with zipfile.ZipFile(path) as archive:
        sizes = [archive.getinfo(name).file_size for name in names]
    for name, total in zip(names, accumulate(sizes), strict=True):
        if total > LARGEST_MEMBER:
            return
        with _unpacked(path, [name]) as (file,):
            inner = open_inner(file, name)
            if inner is not None:
                yield Part(name, sum(1 for _row in inner.rows()), tuple(inner.names))


def _without_rows(finding: Finding, parts: Sequence[Part] = ()) -> Table:
    return Table("zip", [], lambda: iter(()), findings=[finding], parts=list(parts))


def _is_table(name: str) -> bool:
    stem = Path(name).stem.lower()
    is_note = stem.startswith(("readme", "lisez", "licen", "."))
    return Path(name).suffix.lower() in TABLES and not name.startswith("__MACOSX/") and not is_note


@contextmanager
def _unpacked(path: Path, names: list[str]) -> Iterator[list[Path]]:
    """Members of a ZIP as files, under names of ours: theirs may lead elsewhere. Raises ValueError for a large one."""
    with tempfile.TemporaryDirectory(prefix="unpacked-") as folder, zipfile.ZipFile(path) as archive:
        files = []
        for name in names:
            if archive.getinfo(name).file_size > LARGEST_MEMBER:
                raise ValueError(f"{name} is larger than {LARGEST_MEMBER >> 20} MiB: unpack it first.")
            files.append(Path(folder, f"inside{Path(name).suffix.lower()}"))
            with archive.open(name) as packed, files[-1].open("wb") as stream:
                shutil.copyfileobj(packed, stream)
        yield files


def open_shapefile(path: Path) -> Table:
    """The first layer of a Shapefile in a ZIP, its shapes in a column of their own."""
    with zipfile.ZipFile(path) as archive:
        layers = [name for name in archive.namelist() if name.lower().endswith(".shp")]
        stem = layers[0][: -len(".shp")]
        parts = [name for name in archive.namelist() if name.startswith(f"{stem}.") and name.lower().endswith(LAYER)]
    with _layer(path, parts) as reader:
        names = [field[0] for field in reader.fields if field[0] != "DeletionFlag"]
        kind = reader.shapeTypeName.title()

    def rows() -> Iterator[Row]:
        with _layer(path, parts) as reader:
            for each in reader.iterShapeRecords():
                shape = json.dumps(_shape(each), separators=(",", ":")) if each.shape.shapeType else None
                yield [*map(_cell, each.record), shape]

    def shapes() -> Iterator[list[Position]]:
        with _layer(path, parts) as reader:
            for each in reader.iterShapeRecords():
                yield from lines_of(_as_lists(_shape(each)))

    columns = [*names, "geometry"]
    findings = [*_findings(layers), *(doubt for doubt in doubts_about(shapes()) if doubt.code == "projected")]
    return Table("shapefile", columns, rows, is_typed=True, geometry=kind, shapes=shapes, findings=findings)


@contextmanager
def _layer(path: Path, parts: list[str]) -> Iterator[Any]:
    import shapefile

    if not any(name.lower().endswith(".dbf") for name in parts):
        raise ValueError("The archive holds shapes without their facts: add the .dbf file of the same name.")
    with _unpacked(path, parts) as files:
        said = {"encoding": _encoding(files[0].parent), "encodingErrors": "replace"}
        with shapefile.Reader(str(files[0].with_suffix("")), **said) as reader:
            yield reader


def _encoding(folder: Path) -> str:
    """That of the facts: as a file beside them states it, else UTF-8 where they are, else that of Windows."""
    stated = folder / "inside.cpg"
    if stated.exists():
        name = stated.read_text("ascii", "replace").strip().lower()
        # The library would read it too, and knows fewer names.
        stated.unlink()
        with suppress(LookupError):
            return codecs.lookup(CODE_PAGES.get(name, name)).name
    with (folder / "inside.dbf").open("rb") as facts:
        header = int.from_bytes(facts.read(10)[8:], "little")
        facts.seek(header)
        start = facts.read(BYTES_LOOKED_AT)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _shape(record: Any) -> Any:
    return record.shape.__geo_interface__ if record.shape.shapeType else None


def _findings(layers: list[str]) -> list[Finding]:
    many = f"The archive holds {len(layers)} layers; this is the first, {layers[0]}."
    return [Finding("several-layers", many)] if len(layers) > 1 else []


def _cell(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def _as_lists(value: Any) -> Any:
    """GeoJSON of tuples as GeoJSON of lists, as files have it."""
    if isinstance(value, dict):
        return {name: _as_lists(inner) for name, inner in value.items()}
    return [_as_lists(each) for each in value] if isinstance(value, list | tuple) else value
