"""Documents as accessible PDF (PDF/UA-1): a Typst template and plain values in, the same bytes out for the same values.

Templates stand beside the pages, as `templates/<package>/<room>/<document>.typ`; they read their values with
`#let it = json(bytes(sys.inputs.values))`. Only the fonts that come with Typst are used, so that every machine draws
the same pages, and nothing is fetched.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
ACCESSIBLE: Final = "ua-1"


def render_pdf(template: str, values: Mapping[str, Any], *, at: datetime) -> bytes:
    """The PDF of a template of `templates/`, filled with plain values (texts, numbers, lists, mappings).

    `at` is the date that the file bears: give the instant of what the document tells, never that of the rendering.
    """
    import typst

    document: bytes = typst.compile(
        TEMPLATES / template,
        root=TEMPLATES,
        ignore_system_fonts=True,
        sys_inputs={"values": json.dumps(values, ensure_ascii=False, sort_keys=True)},
        format="pdf",
        pdf_standards=ACCESSIBLE,
        timestamp=at.astimezone(UTC).replace(microsecond=0),
    )
    return document
