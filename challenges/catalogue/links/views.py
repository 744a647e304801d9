"""What a dataset's page says of its links, and the job that asks them."""

from datetime import datetime
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from challenges.catalogue.links.jobs import LinkChecker
from challenges.catalogue.links.queries import checks_of
from challenges.catalogue.links.wording import check_in_words
from challenges.catalogue.models import Dataset
from challenges.catalogue.registry import DatasetPart, catalogue_registry
from hackaviz.kernel.jobs import Work
from hackaviz.web.jobs import declare_work


def register(app: Flask) -> None:
    """The part of a dataset's page; the job, where links are checked."""
    catalogue_registry(app).parts.append(DatasetPart(10, "challenges/catalogue/links/_part.html", _part))
    if app.config["CHECK_LINKS"]:
        declare_work(app, Work("links", LinkChecker().step))


def _part(session: Session, dataset: Dataset, _now: datetime) -> dict[str, Any] | None:
    checks = checks_of(session, dataset)
    titles = {resource.url: resource.title for resource in dataset.resources}
    found = [(titles.get(each.url, dataset.title), each.url, *check_in_words(each)) for each in checks]
    return {"checks": found} if found else None
