"""What a label says that stands in for a picture."""

from submissions.entries.models import Upload

# Kinds as a label names them: a picture has one language, so that these need none.
LABELS = {
    "image": "Image",
    "svg": "SVG",
    "pdf": "PDF",
    "html": "HTML",
    "static-site": "HTML, ZIP",
    "notebook": "Jupyter",
    "plotly": "Plotly",
    "vega": "Vega",
    "vega-lite": "Vega-Lite",
    "video": "Video",
}


def label_of(upload: Upload) -> str:
    """The kind of a work as its label names it."""
    return LABELS.get(upload.kind or "", upload.kind or "")
