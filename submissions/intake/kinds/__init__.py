"""The kinds of entry. One module each: it lists its formats, and the registry below lists the modules."""

from typing import Any

from submissions.intake.archive.directory import find_end
from submissions.intake.kinds import html, image, notebook, pdf, plotly, refused, static_site, svg, vega, video
from submissions.intake.kinds.format import Format
from submissions.intake.report import Finding, refusal
from submissions.intake.upload import Upload

# In the order of recognition: signatures first, then markup, then JSON.
FORMATS: tuple[Format, ...] = (
    *image.FORMATS,
    *pdf.FORMATS,
    *static_site.FORMATS,
    *video.FORMATS,
    *refused.FORMATS,
    *svg.FORMATS,
    *html.FORMATS,
    *notebook.FORMATS,
    *plotly.FORMATS,
    *vega.FORMATS,
)


def claimed_kind(upload: Upload) -> str | None:
    """The kind that the name of the file claims; None where it claims none, or could be several as .json."""
    kinds = {claimed.kind for claimed in _claimed(upload)}
    return kinds.pop() if len(kinds) == 1 else None


def identify(upload: Upload) -> Format:
    """The format that both the name and the content of the file agree on. Raises Refused."""
    claimed = _claimed(upload)
    if not claimed:
        raise refusal(refused.instead_of(upload.suffix) or "not-allowed", item=upload.name)
    found = next((one for one in FORMATS if one.recognise(upload)), None)
    if found is None and upload.suffix == ".json":
        raise refusal(_other_json(upload.document), item=upload.name)
    if found is None and claimed[0].kind == html.KIND and html.is_blank(upload):
        raise refusal("empty.page", item=upload.name)
    if found is None:
        raise refusal("type-mismatch", item=upload.name, expected=claimed[0].name)
    if found.kind == notebook.KIND and upload.suffix == ".json":
        raise refusal("type-mismatch.notebook", item=upload.name)
    if found not in claimed:
        raise refusal("type-mismatch.found", item=upload.name, expected=claimed[0].name, found=found.name)
    if found.kind != static_site.KIND and _ends_as_archive(upload):
        raise refusal("type-mismatch.also-zip", item=upload.name, expected=found.name)
    return found


def inspect(upload: Upload, file_format: Format) -> Finding:
    """What the kind finds in a file of this format. Raises Refused, always for a format that is not accepted."""
    if file_format.inspect is None:
        sentence = refused.instead_of(upload.suffix) or "not-allowed.format"
        raise refusal(sentence, item=upload.name, format=file_format.name)
    return file_format.inspect(upload)


def _claimed(upload: Upload) -> list[Format]:
    return [one for one in FORMATS if upload.suffix in one.suffixes]


def _other_json(document: Any) -> str:
    """What is said of JSON that is no chart; traces without their figure are common enough to be named."""
    if isinstance(document, list) and document and all(isinstance(one, dict) and "type" in one for one in document):
        return "not-allowed.traces"
    return "not-allowed.json"


def _ends_as_archive(upload: Upload) -> bool:
    with upload.path.open("rb") as file:
        return find_end(file) is not None
