"""A still image that is lost is found out when somebody asks for it: by a GET, which changes no fact of the contest."""

from hackaviz.web.database import sessions
from submissions.viewer.models import Preview
from submissions.viewer.service import draw_again


def have_drawn_again(lost: Preview) -> None:
    """Make the image due in a transaction of its own; the sweep of the job process finds it within a minute."""
    with sessions().writing() as session, session.begin():
        draw_again(session, lost.id)
