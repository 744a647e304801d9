"""Write and read the demo's small tables. Every file is written the same way, so that a second run changes no byte."""

import csv
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

DEMO = Path(__file__).resolve().parents[1]
FILES = DEMO / "files"

Row = Mapping[str, object]


def write_csv(name: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Write rows as comma-separated UTF-8; None becomes an empty cell."""
    with (FILES / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def read_csv(name: str) -> list[dict[str, str]]:
    """Read back a table of the files folder, every cell as text."""
    with (FILES / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write_geojson(name: str, features: Sequence[Row]) -> None:
    """Write a FeatureCollection, one feature a line."""
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features)
    (FILES / name).write_text(f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n', encoding="utf-8")


def point(longitude: float, latitude: float, properties: Row) -> Row:
    """A GeoJSON point feature."""
    geometry = {"type": "Point", "coordinates": [longitude, latitude]}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def write_manifest() -> None:
    """List every data file with its size and SHA-256, for the reader and its test."""
    listed = {
        path.name: {"sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "bytes": path.stat().st_size}
        for path in sorted(FILES.iterdir())
        if path.suffix in {".csv", ".geojson"}
    }
    (FILES / "files.json").write_text(json.dumps(listed, indent=1) + "\n", encoding="utf-8")
