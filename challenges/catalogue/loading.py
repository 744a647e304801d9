"""Code that loads a file, in three languages, with what the inspection knows of it. Pure.

Addresses and names of columns are untrusted: they are written as JSON strings, which all three languages read alike.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

PYTHON, R, JAVASCRIPT = "Python", "R", "JavaScript"
# The codecs of Python as R and browsers call them.
R_ENCODINGS = {"latin-1": "latin1", "cp1252": "windows-1252", "mac_roman": "macintosh"}
BROWSER_ENCODINGS = {"latin-1": "iso-8859-1", "cp1252": "windows-1252", "mac_roman": "macintosh"}
UTF_8 = frozenset({"utf-8", "utf-8-sig", ""})
# Names on one line.
NAMES_IN_LINE = 4

Columns = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class File:
    """A file as code sees it: where it is, and how its text is written, where that is known."""

    address: str
    format: str
    encoding: str = ""
    delimiter: str = ","
    decimal: str = "."
    codes: tuple[str, ...] = ()
    decimals: tuple[str, ...] = ()
    # Where the file itself has none.
    names: tuple[str, ...] = ()


def file_of(address: str, file_format: str, inspection: Mapping[str, Any] | None) -> File:
    """A file with what its inspection found."""
    found = inspection or {}
    columns: Columns = found.get("columns", ())
    return File(
        address=address,
        format=file_format,
        encoding=found.get("encoding") or "",
        delimiter=found.get("delimiter") or ("\t" if file_format == "tsv" else ","),
        decimal=found.get("decimal") or ".",
        codes=tuple(_codes(columns, found.get("preview") or ())),
        decimals=tuple(column["name"] for column in columns if column["type"] == "number"),
        names=tuple(column["name"] for column in columns) if _is_nameless(found) else (),
    )


def _is_nameless(inspection: Mapping[str, Any]) -> bool:
    return any(each["code"] == "no-header" for each in inspection.get("findings", ()))


def _codes(columns: Columns, preview: Sequence[Sequence[str | None]]) -> list[str]:
    """Texts that look like numbers, such as 013: pandas would take their zeros away."""
    cells = zip(*preview, strict=True) if preview else [()] * len(columns)
    return [
        column["name"]
        for column, values in zip(columns, cells, strict=True)
        if column["type"] == "string" and any(value and value.isdigit() for value in values)
    ]


def snippets(file: File) -> dict[str, str]:
    """The code by language; empty for a format of which we know nothing."""
    writers = WRITERS.get(file.format, {})
    return {language: code for language, write in writers.items() if (code := write(file))}


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _listed(items: Sequence[str]) -> str:
    """Items with commas between them, few on a line."""
    lines = [", ".join(items[place : place + NAMES_IN_LINE]) for place in range(0, len(items), NAMES_IN_LINE)]
    return ",\n    ".join(lines)


def _python_text(file: File) -> str:
    options = []
    if file.delimiter != ",":
        options.append(f"sep={_quoted(file.delimiter)}")
    if file.decimal == ",":
        options.append('decimal=","')
    if file.encoding not in {"utf-8", ""}:
        options.append(f"encoding={_quoted(file.encoding)}")
    if file.names:
        options.append(f"names=[{_listed([_quoted(name) for name in file.names])}]")
    if file.codes:
        options.append("dtype={" + _listed([f"{_quoted(name)}: str" for name in file.codes]) + "}")
    lines = "".join(f"\n    {option}," for option in [_quoted(file.address), *options])
    return f"import pandas as pd\n\ndata = pd.read_csv({lines}\n)"


def _r_text(file: File) -> str:
    encoding = "" if file.encoding in UTF_8 else R_ENCODINGS.get(file.encoding, file.encoding.upper())
    marks = [f'decimal_mark = "{file.decimal}"'] if file.decimal != "." else []
    marks += [f'encoding = "{encoding}"'] if encoding else []
    locale = [f"locale = locale({', '.join(marks)})"] if marks else []
    names = [f"col_names = c({_listed([_quoted(name) for name in file.names])})"] if file.names else []
    options = [_quoted(file.address), f"delim = {_quoted(file.delimiter)}", *names, *locale]
    lines = ",".join(f"\n  {option}" for option in options)
    return f"library(readr)\n\ndata <- read_delim({lines}\n)"


def _browser_text(file: File) -> str:
    """With d3; browsers read no UTF-32."""
    if file.encoding.startswith("utf-32"):
        return ""
    text = f"{_quoted(file.delimiter.join(file.names) + chr(10))} + text" if file.names else "text"
    parse = {",": f"d3.csvParse({text})", "\t": f"d3.tsvParse({text})"}.get(
        file.delimiter, f"d3.dsvFormat({_quoted(file.delimiter)}).parse({text})"
    )
    lines = ['import * as d3 from "d3";', "", f"const answer = await fetch({_quoted(file.address)});"]
    if file.encoding in UTF_8:
        lines.append("const text = await answer.text();")
    else:
        label = BROWSER_ENCODINGS.get(file.encoding, file.encoding)
        lines.append(f'const text = new TextDecoder("{label}").decode(await answer.arrayBuffer());')
    lines.append(f"const data = {parse};")
    if file.decimals:
        names = [_quoted(name) for name in file.decimals]
        number = 'row[name].replace(",", ".")' if file.decimal == "," else "row[name]"
        lines.append(f"for (const row of data) for (const name of [{_listed(names)}])")
        lines.append(f'  row[name] = row[name] === "" ? null : Number({number});')
    return "\n".join(lines)


_PANDAS = """\
import pandas as pd

data = pd.READ(ADDRESS)"""
_GEOPANDAS = """\
import geopandas as gpd

data = gpd.read_file(ADDRESS)
data.plot()"""
_SHAPES_IN_R = """\
library(sf)

data <- st_read(ADDRESS)
plot(st_geometry(data))"""
_SHAPEFILE_IN_R = _SHAPES_IN_R.replace("ADDRESS", 'paste0("/vsizip/{/vsicurl/", ADDRESS, "}")')
_FILE_IN_R = """\
library(LIBRARY)

file <- tempfile(fileext = "ENDING")
download.file(ADDRESS, file, mode = "wb")
data <- READ(file)"""
_JSON_IN_BROWSERS = """\
const answer = await fetch(ADDRESS);
const data = await answer.json();"""
_WORKBOOK_IN_BROWSERS = """\
import * as XLSX from "xlsx";

const answer = await fetch(ADDRESS);
const book = XLSX.read(await answer.arrayBuffer());
const data = XLSX.utils.sheet_to_json(book.Sheets[book.SheetNames[0]]);"""
_SHAPEFILE_IN_BROWSERS = """\
import shp from "shpjs";

const data = await shp(ADDRESS);"""
_PARQUET_IN_BROWSERS = """\
import { asyncBufferFromUrl, parquetReadObjects } from "hyparquet";

const file = await asyncBufferFromUrl({ url: ADDRESS });
const data = await parquetReadObjects({ file });"""
_TIMETABLE = """\
import io
import zipfile
from urllib.request import urlopen

import pandas as pd

with urlopen(ADDRESS) as answer:
    archive = zipfile.ZipFile(io.BytesIO(answer.read()))
stops = pd.read_csv(archive.open("stops.txt"), dtype={"stop_id": str})"""
_TIMETABLE_IN_R = """\
library(tidytransit)

data <- read_gtfs(ADDRESS)"""
_JSON_IN_R = """\
library(jsonlite)

data <- fromJSON(ADDRESS)"""


def _reads(template: str, **words: str) -> Callable[[File], str]:
    """Code of which only the address changes; `words` are filled in beforehand."""
    for word, text in words.items():
        template = template.replace(word, text)
    return lambda file: template.replace("ADDRESS", _quoted(file.address))


def _workbook(library: str, read: str, ending: str) -> dict[str, Callable[[File], str]]:
    return {
        PYTHON: _reads(_PANDAS, READ="read_excel"),
        R: _reads(_FILE_IN_R, LIBRARY=library, READ=read, ENDING=ending),
        JAVASCRIPT: _reads(_WORKBOOK_IN_BROWSERS),
    }


_TEXT = {PYTHON: _python_text, R: _r_text, JAVASCRIPT: _browser_text}
WRITERS: Mapping[str, Mapping[str, Callable[[File], str]]] = {
    "csv": _TEXT,
    "tsv": _TEXT,
    "xlsx": _workbook("readxl", "read_excel", ".xlsx"),
    "xls": _workbook("readxl", "read_excel", ".xls"),
    "ods": _workbook("readODS", "read_ods", ".ods"),
    "json": {
        PYTHON: _reads(_PANDAS, READ="read_json"),
        R: _reads(_JSON_IN_R),
        JAVASCRIPT: _reads(_JSON_IN_BROWSERS),
    },
    "geojson": {PYTHON: _reads(_GEOPANDAS), R: _reads(_SHAPES_IN_R), JAVASCRIPT: _reads(_JSON_IN_BROWSERS)},
    "shapefile": {
        PYTHON: _reads(_GEOPANDAS),
        R: _reads(_SHAPEFILE_IN_R),
        JAVASCRIPT: _reads(_SHAPEFILE_IN_BROWSERS),
    },
    "parquet": {
        PYTHON: _reads(_PANDAS, READ="read_parquet"),
        R: _reads(_FILE_IN_R, LIBRARY="arrow", READ="read_parquet", ENDING=".parquet"),
        JAVASCRIPT: _reads(_PARQUET_IN_BROWSERS),
    },
    "gtfs": {PYTHON: _reads(_TIMETABLE), R: _reads(_TIMETABLE_IN_R)},
}
