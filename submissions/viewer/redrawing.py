"""A picture that is lost is found out when somebody asks for it: by a GET, which changes no fact of the contest."""

from collections.abc import Callable
from textwrap import wrap

from flask import Response, render_template
from sqlalchemy.orm import Session

from hackaviz.web.database import do_after_commit, sessions
from hackaviz.web.jobs import wake
from submissions.entries.models import Upload
from submissions.viewer.labels import label_of
from submissions.viewer.service import WORK

LABEL_LETTERS, LABEL_LINES = 30, 4


def have_made_again(make_due: Callable[[Session, int], None], row_id: int) -> None:
    """Make the picture due in a transaction of its own; the sweep of the job process finds it within a minute."""
    with sessions().writing() as session, session.begin():
        make_due(session, row_id)


def label_while(make_due: Callable[[Session, int], None], row_id: int, upload: Upload, name: str) -> Response:
    """Have the picture made again at once, and answer the label that stands in meanwhile."""
    have_made_again(make_due, row_id)
    wake(WORK)
    do_after_commit()
    lines = wrap(name, LABEL_LETTERS)[:LABEL_LINES]
    label = render_template("submissions/viewer/label.svg", kind=label_of(upload), lines=lines)
    return Response(label, content_type="image/svg+xml", headers={"Cache-Control": "no-store"})
