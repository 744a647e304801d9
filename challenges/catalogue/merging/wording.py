"""What the pages of duplicates say."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.catalogue.harvest.queries import record_of_dataset
from challenges.catalogue.merging.rules import Alike
from challenges.catalogue.models import Dataset
from challenges.catalogue.registry import Holder
from challenges.catalogue.rules import licence_of, theme_name
from challenges.catalogue.wording import format_names, usable_words
from hackaviz.web.language import current_language
from hackaviz.web.templating import local_date

ALIKE_WORDS = {
    Alike.TITLE: _l("same title and publisher"),
    Alike.PAGE: _l("same web page"),
    Alike.FILE: _l("same file"),
}
Facts = list[tuple[str, str]]


def alike_in_words(alike: Sequence[Alike]) -> str:
    """What two datasets share."""
    return ", ".join(str(ALIKE_WORDS[each]) for each in alike)


def names_of(pair: Sequence[Dataset]) -> list[str]:
    """What tells two datasets apart: their titles, with their addresses where these are the same."""
    titles = [each.title.in_language(current_language()) for each in pair]
    if titles[0].casefold() != titles[1].casefold():
        return titles
    return [f"{title} (/catalogue/{each.slug})" for title, each in zip(titles, pair, strict=True)]


def facts_of(session: Session, dataset: Dataset, holders: Sequence[Holder]) -> Facts:
    """What a steward compares: (name, value), in the same order for each dataset."""
    language = current_language()
    origin = record_of_dataset(session, dataset.id)
    return [
        (_("Publisher"), dataset.publisher.name),
        (_("Description"), dataset.description.in_language(language)),
        (_("Theme"), theme_name(dataset.theme).in_language(language)),
        (_("Licence"), licence_of(dataset.licence).name.in_language(language)),
        (_("Period"), dataset.period),
        (_("Coverage"), dataset.coverage.in_language(language) if dataset.coverage else ""),
        (_("Web page of the dataset"), dataset.landing_page),
        (_("Formats"), format_names(dataset)),
        (_("Files and links"), ", ".join(each.file_name or each.url for each in dataset.resources)),
        (_("Usable"), usable_words(dataset)),
        (_("Source"), origin.source.name if origin else dataset.seen_in),
        (_("Updated on"), local_date(dataset.updated_at)),
        (_("Held by"), _held(session, dataset, holders)),
    ]


def _held(session: Session, dataset: Dataset, holders: Sequence[Holder]) -> str:
    counts = [(holder, holder.count(session, dataset)) for holder in holders]
    return ", ".join(holder.words(number) for holder, number in counts if number)
