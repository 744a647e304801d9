"""What applications compile, compiled once for all those of a worker: each test has an application of its own."""

import importlib
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Map, RuleFactory

_addresses: dict[tuple[object, ...], Map] = {}


class KnownAddresses(Map):
    """The addresses of the first application of a kind, which those after it have too."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._known: set[tuple[str, str, frozenset[str]]] = set()

    def add(self, rulefactory: RuleFactory) -> None:
        """Add a rule, unless an application before had it."""
        for rule in rulefactory.get_rules(self):
            key = (rule.rule, str(rule.endpoint), frozenset(rule.methods or ()))
            if key not in self._known:
                self._known.add(key)
                super().add(rule)


def known_addresses(app: Flask, *, host_matching: bool) -> Map:
    """What Flask makes a `url_map` of: the map of the first application with this name and these files."""
    kind = (app.import_name, app.static_folder, host_matching)
    return _addresses.setdefault(kind, KnownAddresses(host_matching=host_matching))


class Templates(FileSystemBytecodeCache):
    """Templates compiled once for all workers, and read once by each."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        self._read: dict[str, Bucket] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """What is known already, or what another worker has written."""
        if bucket.key in self._read:
            bucket.code = self._read[bucket.key].code
        else:
            super().load_bytecode(bucket)
            self._read[bucket.key] = bucket


def import_tests(folder: Path) -> None:
    """Import every test of a folder, each worker beginning elsewhere in the list.

    In a new checkout pytest rewrites them all: so each worker rewrites a share, and finds the shares of the others.
    """
    worker, workers = int(os.environ["PYTEST_XDIST_WORKER"][2:]), int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
    paths = sorted(folder.rglob("test_*.py"))
    first = len(paths) * worker // workers
    for path in [*paths[first:], *paths[:first]]:
        # Whoever collects it says what is wrong with it.
        with suppress(Exception):
            importlib.import_module(".".join(path.relative_to(folder.parent).with_suffix("").parts))
