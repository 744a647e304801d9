"""Which format a file has: by its content, then by its name."""

import codecs
import re
import zipfile
from pathlib import Path

WEB_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_JSON_OF_RECORDS = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*"')
SHEET_ENDINGS = frozenset({".xlsx", ".xls", ".ods"})
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
    ending = Path(name).suffix.lower()
    if start.startswith(b"PK\x03\x04"):
        # An archive without its end: whoever opens it says so.
        return ending[1:] if ending in SHEET_ENDINGS else "zip"
    return _format_of_text(start, ending)


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
    if WEB_PAGE.match(start):
        return "other"
    if ending in CSV_ENDINGS:
        return "json" if _JSON_OF_RECORDS.match(start) else "csv"
    is_json = start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}
    if ending in JSON_ENDINGS or is_json:
        return "json"
    # Many programs call a table of text a sheet, so that a double click opens it.
    return "csv" if ending in {".txt", *SHEET_ENDINGS} and _is_text(start) else "other"


def _is_text(start: bytes) -> bool:
    return start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or (b"\0" not in start and start[:1].isascii())
