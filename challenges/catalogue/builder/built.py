"""Charts of people's own choices, computed outside the web process and remembered.

The memory of a process forgets nothing wrongly: the same bytes and the same choices make the same chart. Its size, the
time and memory of each computation, and how many run at once are limited, for anybody may ask.
"""

import json
from collections import OrderedDict
from collections.abc import Mapping
from threading import BoundedSemaphore, Lock
from typing import Any

from flask_babel import lazy_gettext as _l

from challenges.catalogue.charts.choices import Choices
from challenges.catalogue.files import copied
from challenges.catalogue.models import Resource
from hackaviz.kernel.confined import Caps, ConfinedError, run_confined
from hackaviz.kernel.errors import DomainError
from hackaviz.kernel.storage import Storage

BUILD = "challenges.catalogue.charts.building:build"
BUILD_CAPS = Caps(seconds=30, memory_bytes=2 << 30)
MOST_KEPT, MOST_AT_ONCE = 200, 2
# How long a reader waits for a place: as long as most charts take, so that waiting never holds all threads for long.
PATIENCE_SECONDS = 4

Series = dict[str, Any]


class ChartTooHeavy(DomainError):
    """The chart of this file takes more time or memory than we give."""

    status = 422
    code = "chart-too-heavy"


class ChartsBusy(DomainError):
    """As many charts as may be are being computed."""

    status = 503
    code = "charts-busy"


class BuiltCharts:
    """The last charts that were asked for, and the doors through which new ones are made; safe for threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Series] = OrderedDict()
        self._lock, self._doors = Lock(), BoundedSemaphore(MOST_AT_ONCE)

    def series(self, storage: Storage, resource: Resource, choices: Choices) -> Series:
        """The figures of a chart. Raises ChartTooHeavy or ChartsBusy."""
        key = json.dumps([resource.sha256, resource.file_name, choices.as_dict()])
        found = self._find(key)
        if found is None:
            found = self._compute(storage, resource, choices)
            self._keep(key, found)
        return found

    def _compute(self, storage: Storage, resource: Resource, choices: Choices) -> Series:
        if not self._doors.acquire(timeout=PATIENCE_SECONDS):
            raise ChartsBusy(_l("Many charts are being drawn. Nothing is lost: reload this page in a moment."))
        try:
            with copied(storage, str(resource.storage_key)) as path:
                series: Series = run_confined(
                    BUILD, path, resource.file_name, _columns(resource), choices.as_dict(), caps=BUILD_CAPS
                )
        except ConfinedError as error:
            message = _l("This file is too large or too damaged to be charted here. Download it to draw it yourself.")
            raise ChartTooHeavy(message) from error
        finally:
            self._doors.release()
        return series

    def _find(self, key: str) -> Series | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _keep(self, key: str, series: Series) -> None:
        with self._lock:
            self._kept[key] = series
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)


def _columns(resource: Resource) -> list[Mapping[str, Any]]:
    """What the computation asks of the inspection."""
    wanted = {"name", "type", "reading"}
    return [{name: value for name, value in column.items() if name in wanted} for column in resource.columns]
