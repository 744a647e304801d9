"""What a reader learns of a dataset before downloading it: the parts of its page that come from its files."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import current_app, url_for

from challenges.catalogue.builder.pages import chartable
from challenges.catalogue.charts.choices import choices_of
from challenges.catalogue.charts.figure import is_map
from challenges.catalogue.column_wording import column_lines
from challenges.catalogue.file_wording import notes_on
from challenges.catalogue.loading import file_of, snippets
from challenges.catalogue.map_look import map_of_dataset
from challenges.catalogue.models import Dataset, Resource
from challenges.catalogue.usable_wording import usable_checks

# Files for which code is shown; the others are loaded alike.
MOST_FILES = 6


@dataclass(frozen=True)
class Loading:
    """How to load one file, by programming language."""

    resource: Resource
    code: dict[str, str]


def understanding(dataset: Dataset, today: date) -> dict[str, Any]:
    """What the template shows. A suggested chart that is a map gives way to the map, which has coasts."""
    shown = next((resource for resource in dataset.resources if resource.columns), None)
    drawn = next((resource for resource in dataset.resources if resource.series), None)
    map_look = map_of_dataset(dataset)
    is_drawn_twice = drawn is not None and map_look is not None and is_map(drawn.series or {})
    return {
        "usable": usable_checks(dataset, today),
        "shown": shown,
        "columns": column_lines(shown) if shown else [],
        "drawn": None if is_drawn_twice else drawn,
        "titled": drawn if is_drawn_twice else None,
        "map": map_look,
        "builder_url": _builder_url(dataset, drawn),
        "loadings": _loadings(dataset),
        "notes": {resource.id: notes_on(resource) for resource in dataset.resources},
    }


def _builder_url(dataset: Dataset, drawn: Resource | None) -> str | None:
    """The builder with the choices of the suggested chart; None where no file can be charted."""
    files = chartable(dataset)
    if not files:
        return None
    choices = choices_of(drawn.chart or {}) if drawn in files and drawn else None
    asked = {"file": drawn.id, **choices.as_dict()} if drawn and choices else {}
    return url_for("catalogue.builder", slug=dataset.slug, **asked)


def _loadings(dataset: Dataset) -> list[Loading]:
    found = (Loading(each, snippets(_file(dataset, each))) for each in dataset.resources)
    return [loading for loading in found if loading.code][:MOST_FILES]


def _file(dataset: Dataset, resource: Resource) -> Any:
    path = url_for("catalogue.download", slug=dataset.slug, resource_id=resource.id)
    here = f"{current_app.config['BASE_URL']}{path}"
    return file_of(here if resource.is_here else resource.url, resource.format, resource.inspection)
