"""The media type under which a file of an entry is served, from its name and, for text, its content."""

from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

from submissions.intake.charset import detect_charset

UNKNOWN = "application/octet-stream"

TEXT_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".cjs": "text/javascript",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".vtt": "text/vtt",
    ".glsl": "text/plain",
}

OTHER_TYPES = {
    ".json": "application/json",
    ".map": "application/json",
    ".ipynb": "application/x-ipynb+json",
    ".geojson": "application/geo+json",
    ".topojson": "application/json",
    ".webmanifest": "application/manifest+json",
    ".ndjson": "application/x-ndjson",
    ".xml": "application/xml",
    ".xhtml": "application/xhtml+xml",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".apng": "image/apng",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".vl": "application/json",
    ".vg": "application/json",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".ico": "image/x-icon",
    ".bmp": "image/bmp",
    ".pdf": "application/pdf",
    ".wasm": "application/wasm",
    ".parquet": "application/vnd.apache.parquet",
    ".arrow": "application/vnd.apache.arrow.file",
    ".pbf": "application/x-protobuf",
    ".zip": "application/zip",
    ".gz": "application/gzip",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".eot": "application/vnd.ms-fontobject",
    ".glb": "model/gltf-binary",
    ".gltf": "model/gltf+json",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".wav": "audio/wav",
    ".m4a": "audio/mp4",
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".webm": "video/webm",
}


def type_of_name(path: str) -> str:
    """The type that the end of a name says, without a character set."""
    suffix = PurePosixPath(path).suffix.lower()
    return TEXT_TYPES.get(suffix) or OTHER_TYPES.get(suffix, UNKNOWN)


def media_type(path: str, chunks: Callable[[], Iterable[bytes]]) -> str:
    """The type for a file name; `chunks` is read only for text, to name its character set."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix in TEXT_TYPES:
        return f"{TEXT_TYPES[suffix]}; charset={detect_charset(chunks())}"
    return OTHER_TYPES.get(suffix, UNKNOWN)
