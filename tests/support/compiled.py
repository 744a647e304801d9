"""What applications compile, compiled once for all those of a worker: each test has an application of its own."""

import importlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

_compile = Rule.compile
_compiled: dict[tuple[object, ...], Rule] = {}


def compile_once(rule: Rule) -> None:
    """What Werkzeug compiles for a rule depends on its text, its defaults and the converters of its map alone."""
    assert rule.map is not None
    defaults, converters = tuple(sorted((rule.defaults or {}).items())), frozenset(rule.map.converters.values())
    key = (rule.rule, rule.host, rule.subdomain, rule.merge_slashes, defaults, converters)
    if key not in _compiled:
        _compile(rule)
        _compiled[key] = rule
    first = _compiled[key]
    rule.arguments |= first.arguments
    rule._parts, rule._trace, rule._converters = first._parts, first._trace, first._converters
    rule._build, rule._build_unknown = _bound(first._build, rule), _bound(first._build_unknown, rule)


def _bound(method: Callable[..., tuple[str, str]], rule: Rule) -> Callable[..., tuple[str, str]]:
    return method.__func__.__get__(rule)  # type: ignore[attr-defined, no-any-return]


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
