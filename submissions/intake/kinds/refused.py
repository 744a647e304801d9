"""Formats that are known only to be refused by name, and what is said of them: what to send instead."""

from typing import Any

from submissions.intake.kinds.format import Format, begins_with


def _has_brand(*brands: bytes) -> Any:
    return lambda upload: upload.head[4:8] == b"ftyp" and upload.head[8:12] in brands


FORMATS = (
    Format("HEIC", "image", (".heic", ".heif"), _has_brand(b"heic", b"heix", b"mif1", b"msf1")),
    Format("TIFF", "image", (".tif", ".tiff"), begins_with(b"II*\0", b"MM\0*")),
    Format("BMP", "image", (".bmp",), begins_with(b"BM")),
    Format("ICO", "image", (".ico",), begins_with(b"\0\0\1\0")),
    Format("Ogg", "video", (".ogv", ".ogg"), begins_with(b"OggS")),
    Format("QuickTime", "video", (".mov",), _has_brand(b"qt  ")),
    Format("Matroska", "video", (".mkv",), begins_with(b"\x1a\x45\xdf\xa3")),
)

# What the ends of names promise that students send and nobody can see in a browser.
SENT_INSTEAD = {
    "not-allowed.picture": ".heic .heif .tif .tiff .bmp .ico .jp2 .jxl .svgz .dng .cr2",
    "not-allowed.film": ".mov .avi .mkv .wmv .flv .mpg .mpeg .3gp .ogv .ogg",
    "not-allowed.office": ".pptx .ppt .ppsx .odp .key .docx .doc .odt .rtf .pages",
    "not-allowed.archive": ".7z .rar .tar .gz .tgz .bz2 .xz .zst .dmg .iso",
    "not-allowed.project": (
        ".twb .twbx .pbix .qgz .qgs .ai .psd .eps .fig .sketch .xd .indd .afdesign .afpub .blend .rproj .aep .xcf"
    ),
    "not-allowed.source": (
        ".r .rmd .qmd .py .js .mjs .ts .tsx .jsx .vue .svelte .css .sql .jl .md .txt .csv .tsv .xlsx .xls .ods "
        ".parquet .geojson .topojson .gpkg .kml .shp .xml .php"
    ),
    "not-allowed.link": ".url .webloc .lnk .desktop",
    "not-allowed.saved-page": ".mhtml .mht .webarchive .xhtml",
    "not-allowed.unfinished": ".crdownload .part .partial .download .tmp",
}
_SENTENCES = {suffix: sentence for sentence, suffixes in SENT_INSTEAD.items() for suffix in suffixes.split()}


def instead_of(suffix: str) -> str | None:
    """The sentence for files with this end of name, among `messages.SENTENCES`; None for one that nobody expects."""
    return _SENTENCES.get(suffix)
