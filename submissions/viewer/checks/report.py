"""The report of an upload as it stands now: what a check saw, against the sheet and the citations of this moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from challenges.catalogue.models import Resource
from hackaviz.web.templating import localized
from submissions.entries.models import Entry, Upload
from submissions.viewer.checks.citations import Contents, Source, contents_of, is_certain, is_found
from submissions.viewer.checks.findings import MAY_BLOCK, Facts, Finding, find
from submissions.viewer.checks.models import CheckState, WorkCheck
from submissions.viewer.checks.queries import check_of, cited_resources, names_and_hashes, resources_within
from submissions.viewer.copies.queries import copy_of


@dataclass(frozen=True)
class Report:
    """What the pages show. While `is_due`, findings are those that need no browser."""

    is_due: bool
    findings: tuple[Finding, ...] = ()
    finished_at: datetime | None = None
    pictures: tuple[str, ...] = ()

    @property
    def warnings(self) -> int:
        """How many points there are to look at."""
        return sum(1 for finding in self.findings if finding.state == "warn")


def report_of(session: Session, upload: Upload) -> Report:
    """The report of an upload."""
    check = check_of(session, upload)
    if check is None or check.state is CheckState.DUE:
        return Report(is_due=check is not None)
    findings = find(_facts(session, upload, check))
    return Report(False, tuple(findings), check.finished_at, tuple(check.pictures))


def blocking(session: Session, upload: Upload) -> list[Finding]:
    """The findings for which the edition refuses a hand-in. A report that is not there yet refuses nothing."""
    chosen = set(upload.entry.edition.blocking_checks or ()) & {code.value for code in MAY_BLOCK}
    if not chosen:
        return []
    return [finding for finding in report_of(session, upload).findings if finding.code.value in chosen]


def _facts(session: Session, upload: Upload, check: WorkCheck) -> Facts:
    entry, copy = upload.entry, copy_of(session, upload)
    told: dict[str, Any] = copy.report if copy is not None else {}
    contents = contents_of(names_and_hashes(session, upload), told.get("urls", ()))
    cited = _by_dataset(cited_resources(session, entry))
    missing = [title for title, sources in cited.items() if not any(is_found(each, contents) for each in sources)]
    return Facts(
        kind=upload.kind or "",
        entry_point=upload.entry_point or "",
        has_alternative=bool(entry.text_alternative.strip()),
        bytes=check.report.get("bytes", upload.bytes),
        copy=told,
        seen=check.report or None,
        has_no_browser=check.error == "no-browser",
        allowed_hosts=tuple(entry.edition.live_hosts or ()),
        cited_missing=tuple(missing) if _can_tell(upload) else (),
        cited_found=len(cited) - len(missing),
        uncited=tuple(_uncited(session, entry, contents)),
    )


def _can_tell(upload: Upload) -> bool:
    """A picture or a film holds no data that could be compared."""
    return upload.kind not in ("image", "pdf", "svg", "video")


def _by_dataset(resources: Iterable[Resource]) -> dict[str, list[Source]]:
    found = dict[str, list[Source]]()
    for resource in resources:
        found.setdefault(str(localized(resource.dataset.title)), []).append(_source(resource))
    return found


def _uncited(session: Session, entry: Entry, contents: Contents) -> list[str]:
    cited = {citation.dataset_id for citation in entry.citations}
    within = (each for each in resources_within(session, contents) if each.dataset_id not in cited)
    certain = (each.dataset for each in within if is_certain(_source(each), contents))
    return list(dict.fromkeys(str(localized(dataset.title)) for dataset in certain))


def _source(resource: Resource) -> Source:
    return Source(resource.url, resource.file_name, resource.sha256 or "")
