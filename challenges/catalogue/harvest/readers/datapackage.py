"""Frictionless datapackage.json: one package is one dataset, its resources are the files."""

from collections.abc import Iterator
from typing import Any

from challenges.catalogue.harvest.opening import Opened, whole_json
from challenges.catalogue.harvest.readers import table
from challenges.catalogue.harvest.readers.guarding import each
from challenges.catalogue.harvest.record import RejectedRecord, Stated, Unreadable
from challenges.catalogue.harvest.values import first, listed, plain, words
from challenges.catalogue.rules import LICENCES


def read(source: Opened) -> Iterator[Stated | RejectedRecord]:
    """Each package: a file holds one, or a list of them."""
    whole = whole_json(source.path)
    packages = whole.get("packages", [whole]) if isinstance(whole, dict) else listed(whole)
    if not all(isinstance(package, dict) for package in packages):
        raise Unreadable("A datapackage.json is an object with resources, or a list of such objects.")
    yield from each(packages, lambda package: _own(package) or _stated(package, source.address))


def _own(package: dict[str, Any]) -> Stated | None:
    """What a catalogue like this one says beside the words of the standard, see `publish.packages`."""
    row = package.get("catalogue_record")
    if not isinstance(row, dict) or row.get("licence_code") not in LICENCES:
        return None
    stated = table.stated(row)
    files = [file for file in listed(package.get("resources")) if isinstance(file, dict) and file.get("titles")]
    stated.resources = [_resource(file) | {"title": file["titles"]} for file in files]
    stated.resources += [{"format": code} for code in words(row.get("formats"))]
    return stated


def _stated(package: dict[str, Any], base: str) -> Stated:
    temporal = package.get("temporal") or {}
    return Stated(
        identifier=first(package.get("id"), package.get("name")),
        title=first(package.get("title"), package.get("name")),
        description=package.get("description"),
        publisher=_publisher(package),
        licence=_licences(package),
        themes=package.get("themes"),
        keywords=package.get("keywords"),
        coverage=package.get("spatial"),
        bounds=package.get("bounds"),
        start=temporal.get("start") if isinstance(temporal, dict) else None,
        end=temporal.get("end") if isinstance(temporal, dict) else None,
        period=temporal if isinstance(temporal, str) else None,
        frequency=package.get("accrualPeriodicity"),
        issued=package.get("created"),
        modified=first(package.get("modified"), package.get("updated")),
        landing_page=plain(package.get("homepage")).removeprefix("git+"),
        contact=[
            who.get("email")
            for who in [*listed(package.get("contributors")), package.get("author")]
            if isinstance(who, dict)
        ],
        base=base,
        resources=[_resource(file) for file in listed(package.get("resources")) if isinstance(file, dict)],
    )


def _publisher(package: dict[str, Any]) -> Any:
    """The contributor who publishes, else the first one; old packages name an author."""
    people = [who for who in listed(package.get("contributors")) if isinstance(who, dict)]
    publishers = [who for who in people if "publisher" in [who.get("role"), *listed(who.get("roles"))]]
    return first(package.get("publisher"), *(who.get("title") for who in publishers + people), package.get("author"))


def _licences(package: dict[str, Any]) -> list[Any]:
    stated = listed(first(package.get("licenses"), package.get("license")))
    return [
        text
        for said in stated
        for text in (
            [said.get(name) for name in ("name", "title", "path", "type", "url", "id")]
            if isinstance(said, dict)
            else [said]
        )
    ]


def _resource(file: dict[str, Any]) -> dict[str, Any]:
    path = first(file.get("path"), file.get("url"))
    return {
        "url": path[0] if isinstance(path, list) else path,
        "title": first(file.get("title"), file.get("name")),
        "format": file.get("format"),
        "media_type": file.get("mediatype"),
        "bytes": file.get("bytes"),
        "hash": file.get("hash"),
    }
