"""Which format a file has: by its content, then by its name."""

import zipfile
from pathlib import Path

CSV_ENDINGS = frozenset({".csv", ".tsv", ".tab"})
JSON_ENDINGS = frozenset({".json", ".geojson", ".jsonl", ".ndjson"})
COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")
ENTRIES_READ = 10_000


def format_of(path: Path, name: str) -> str:
    """One of csv, xlsx, xls, ods, json, parquet, gtfs, shapefile, zip, other; GeoJSON is json until it is opened."""
    with path.open("rb") as stream:
        start = stream.read(4096)
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith(COMPOUND_FILE):
        return "xls"
    if zipfile.is_zipfile(path):
        return _format_of_archive(path)
    return _format_of_text(start, Path(name).suffix.lower())


def _format_of_archive(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist()[:ENTRIES_READ])
        if "mimetype" in names and b"opendocument.spreadsheet" in _first_bytes(archive, "mimetype"):
            return "ods"
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return "xlsx"
    plain = {name.rsplit("/", 1)[-1].lower() for name in names}
    if {"stops.txt", "routes.txt", "trips.txt"} <= plain:
        return "gtfs"
    return "shapefile" if any(name.endswith(".shp") for name in plain) else "zip"


def _first_bytes(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as stream:
        return stream.read(100)


def _format_of_text(start: bytes, ending: str) -> str:
    if ending in CSV_ENDINGS:
        return "csv"
    is_json = start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}
    if ending in JSON_ENDINGS or is_json:
        return "json"
    return "csv" if ending == ".txt" and b"\0" not in start else "other"
