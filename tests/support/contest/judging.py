"""From the end of hand-in to the last finished review: dates, assignments, conflict, marks."""

from datetime import UTC, datetime

from tests.support.contest import plan
from tests.support.contest.organising import ORGANISE
from tests.support.visitor import Visitor, plain

JURY = f"/editions/{plan.SLUG}/jury"
SAVED = """() => document.querySelector('[data-plain]').hidden
    && !Object.keys(localStorage).some(name => name.startsWith('review.'))"""


def end_hand_in(organiser: Visitor) -> None:
    """The organiser moves the dates: hand-in is over, the jury starts."""
    now = plan.local(datetime.now(UTC))
    organiser.open(f"{ORGANISE}/edition")
    organiser.fill(submission_closes_at=now, judging_opens_at=now)
    organiser.press("Save the edition")
    organiser.reads(organiser.words.say("The edition is saved."))


def code_of(organiser: Visitor, crew: plan.Crew) -> str:
    """The code under which jurors know an entry."""
    organiser.open(f"{ORGANISE}/entries")
    cell = organiser.row(crew.name).get_by_text(crew.title)
    return cell.inner_text().split(" · ")[0]


def assign_everything(organiser: Visitor) -> None:
    """Each juror gets each entry, by the proposal."""
    organiser.open(f"{ORGANISE}/jury/assignments")
    organiser.fill(reviews=2)
    organiser.press("Show a proposal")
    organiser.press("Assign as proposed")
    organiser.reads(organiser.words.say("Every entry has jurors enough."))


def declare_conflict(juror: Visitor, code: str) -> None:
    """From the entry itself; it leaves the list."""
    juror.open(f"{JURY}/{code}")
    juror.press("Declare a conflict of interest")
    juror.fill(reason="J’enseigne à la capitaine.")
    juror.press("Declare the conflict")
    assert juror.page.locator("main table", has_text=code).count() == 0


def comment_of(name: str) -> str:
    """What the juror of this name writes to every team, without signing."""
    return f"La légende aide ({len(name)} lettres)."


def review(juror: Visitor, code: str, marks: tuple[int, ...]) -> None:
    """Marks and a comment keep themselves; a reload loses nothing; then the review is finished."""
    comment = comment_of(juror.name)
    juror.open(f"{JURY}/{code}")
    juror.fill(comment_to_team=comment)
    for criterion, mark in zip(juror.page.locator("fieldset.rubric").all(), marks, strict=True):
        criterion.locator("label.mark").nth(mark).click()
    wait_until_saved(juror)
    juror.open(f"{JURY}/{code}")
    assert juror.page.locator("[name=comment_to_team]").input_value() == comment
    juror.press("Finish")


def wait_until_saved(juror: Visitor) -> None:
    """Until the script has come there is a button to save; until the server has answered, the device keeps a copy."""
    juror.page.wait_for_function(SAVED)


def reviews_by(juror: Visitor) -> str:
    """What the juror's list says."""
    juror.open(JURY)
    return plain(juror.page.locator("main").inner_text())
