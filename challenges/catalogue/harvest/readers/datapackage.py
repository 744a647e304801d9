"""Frictionless datapackage.json: one package is one dataset, its resources are the files."""

from collections.abc import Iterator
from typing import Any

from challenges.catalogue.harvest.opening import Opened, whole_json
from challenges.catalogue.harvest.readers import table
from challenges.catalogue.harvest.record import Stated, Unreadable
from challenges.catalogue.harvest.values import first, listed, plain, words
from challenges.catalogue.rules import LICENCES


def read(source: Opened) -> Iterator[Stated]:
    """Each package: a file holds one, or a list of them."""
    whole = whole_json(source.path)
    packages = whole.get("packages", [whole]) if isinstance(whole, dict) else listed(whole)
    if not all(isinstance(package, dict) for package in packages):
        raise Unreadable("A datapackage.json is an object with resources, or a list of such objects.")
    for package in packages:
        yield _own(package) or _stated(package, source.address)


def _own(package: dict[str, Any]) -> Stated | None:
    """What a catalogue like this one says beside the words of the standard, see `publish.packages`."""
    row = package.get("catalogue_record")
    if not isinstance(row, dict) or row.get("licence_code") not in LICENCES:
        return None
    stated = table.stated(row)
    files = [each for each in listed(package.get("resources")) if isinstance(each, dict) and each.get("titles")]
    stated.resources = [_resource(each) | {"title": each["titles"]} for each in files]
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
        contact=[each.get("email") for each in listed(package.get("contributors")) if isinstance(each, dict)],
        base=base,
        resources=[_resource(each) for each in listed(package.get("resources")) if isinstance(each, dict)],
    )


def _publisher(package: dict[str, Any]) -> Any:
    """The contributor who publishes, else the first one; old packages name an author."""
    people = [each for each in listed(package.get("contributors")) if isinstance(each, dict)]
    publishers = [each for each in people if "publisher" in [each.get("role"), *listed(each.get("roles"))]]
    return first(package.get("publisher"), *(each.get("title") for each in publishers + people), package.get("author"))


def _licences(package: dict[str, Any]) -> list[Any]:
    stated = listed(first(package.get("licenses"), package.get("license")))
    return [
        text
        for each in stated
        for text in ([each.get("name"), each.get("title"), each.get("path")] if isinstance(each, dict) else [each])
    ]


def _resource(each: dict[str, Any]) -> dict[str, Any]:
    path = first(each.get("path"), each.get("url"))
    return {
        "url": path[0] if isinstance(path, list) else path,
        "title": first(each.get("title"), each.get("name")),
        "format": each.get("format"),
        "media_type": each.get("mediatype"),
        "bytes": each.get("bytes"),
        "hash": each.get("hash"),
    }
