"""What an import found, as a table to save."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from challenges.catalogue.imports.models import ImportFinding
from challenges.catalogue.imports.wording import CHANGE_WORDS, fact_in_words, reason_in_words, value_in_words

Row = tuple[str, ...]


def as_table(findings: Iterable[ImportFinding]) -> Iterator[Row]:
    """A header, then a row for each finding; for each changed fact of a dataset one of its own."""
    yield _("Change"), _("Identifier"), _("Title"), _("Page"), _("Reason"), _("Fact"), _("Before"), _("After")
    for finding in findings:
        page = url_for("catalogue.dataset", slug=finding.slug, _external=True) if finding.slug else ""
        reason = reason_in_words(finding.reason) if finding.reason else ""
        start = (str(CHANGE_WORDS[finding.change]), finding.identifier, finding.title, page, reason)
        yield from (start + fact for fact in _facts(finding) or [("", "", "")])


def _facts(finding: ImportFinding) -> list[Row]:
    return [(fact_in_words(each["fact"]), *_both(each)) for each in finding.facts]


def _both(fact: dict[str, Any]) -> tuple[str, str]:
    return value_in_words(fact["fact"], fact["old"]), value_in_words(fact["fact"], fact["new"])
