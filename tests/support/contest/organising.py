"""What the organiser does before the contest opens: edition, rules, dataset, challenge, sponsors, prizes, jury."""

from datetime import datetime

from tests.support.contest import plan
from tests.support.contest.plan import SLUG
from tests.support.visitor import Visitor, plain

ORGANISE = f"/editions/{SLUG}/organise"
# Asked for often: read without drawing the page again.
WAITING = """async (address) => {
  const dashboard = new DOMParser().parseFromString(await (await fetch(address)).text(), 'text/html')
  return [...dashboard.querySelectorAll('.todo li')].map(
    (line) => [line.querySelector('a').textContent, line.querySelector('b').textContent])
}"""


def both(name: str, text: plan.Bilingual) -> dict[str, str]:
    """A text as the pair of fields in which it is typed."""
    return {f"{name}_fr": text.fr, f"{name}_en": text.en}


def create_edition(organiser: Visitor) -> None:
    """A draft in both languages, with its dates in its own zone."""
    organiser.open("/")
    organiser.press("Create an edition")
    texts = both("title", plan.EDITION) | both("tagline", plan.TAGLINE) | both("description", plan.DESCRIPTION)
    organiser.fill(**texts, slug=SLUG, organiser_name="La rade", contact_email=plan.ORGANISER.email)
    organiser.fill(time_zone=plan.ZONE.key, **plan.calendar())
    organiser.fill(smallest_team=1, largest_team=3, reviews_needed=1)
    organiser.press("Create the edition")
    organiser.reads(organiser.words.say("The rules have no text yet."))


def write_rules(organiser: Visitor) -> None:
    """The first version."""
    organiser.press("Write the rules")
    organiser.fill(**both("text", plan.RULES))
    organiser.press("Publish version %(number)s", number=1)


def add_dataset(organiser: Visitor) -> None:
    """A dataset with its file, in the catalogue."""
    organiser.open("/catalogue")
    organiser.press("Add a dataset")
    organiser.fill(**both("title", plan.DATASET), publisher_name="Capitainerie", licence="lov2")
    organiser.press("Add the dataset")
    organiser.press("Attach a file")
    file = {"name": "calls.csv", "mimeType": "text/csv", "buffer": plan.DATASET_CSV}
    organiser.page.locator("input[type=file]").set_input_files(file)
    organiser.press("Attach the file")
    organiser.reads("2026-01-02")


def write_challenge(organiser: Visitor) -> None:
    """A brief in Markdown, a rubric, a dataset, publication."""
    organiser.open(f"{ORGANISE}/challenges")
    organiser.press("Write a challenge")
    organiser.fill(**both("title", plan.TITLE), **both("question", plan.QUESTION), **both("brief", plan.BRIEF))
    organiser.press("Save the draft")
    write_rubric(organiser)
    organiser.follow("Datasets", within=organiser.page.locator("main"))
    organiser.press("Suggest", within=organiser.row(plan.DATASET.in_language(organiser.words.language)))
    organiser.follow("Texts and publication")
    organiser.press("Publish the challenge")
    organiser.follow("See the page")
    assert organiser.page.locator("strong", has_text="anné" if organiser.words.language == "fr" else "one year").count()
    organiser.reads("60", "40", plan.DATASET.in_language(organiser.words.language))


def write_rubric(organiser: Visitor) -> None:
    """Two criteria, weighted three to two, with the labels of their marks."""
    for number, (name, question, weight) in enumerate(plan.RUBRIC):
        line = f"criteria-{number}"
        organiser.fill(**both(f"{line}-name", name), **both(f"{line}-question", question))
        organiser.fill(**{f"{line}-weight": weight}, **both(f"{line}-labels", plan.LABELS))
    organiser.press("Save the rubric")


def publish_edition(organiser: Visitor) -> None:
    """From the dashboard, which says that nothing is missing."""
    organiser.open(ORGANISE)
    organiser.press("Publish the edition")
    organiser.reads(organiser.words.say("The edition is published: everyone sees it."))


def record_sponsors(organiser: Visitor) -> None:
    """Who promised how much, and where the money goes."""
    for promise in plan.PROMISES:
        organiser.be_at(f"{ORGANISE}/sponsors")
        organiser.press("Add a sponsor")
        organiser.fill(name=promise.sponsor)
        organiser.press("Save the sponsor")
        organiser.press("Record a pledge", within=organiser.section(promise.sponsor))
        organiser.fill(name=promise.pledge, cents=plan.typed(promise.cents), carrier_name=promise.carrier)
        organiser.choose(custody=promise.custody)
        organiser.press("Record the pledge")
        organiser.reads(plan.euros(promise.cents, organiser.words.language))


def record_receipt(organiser: Visitor, promise: plan.Promise, cents: int) -> None:
    """Money that arrived today."""
    day = datetime.now(plan.ZONE).date().isoformat()
    organiser.open(f"{ORGANISE}/sponsors")
    organiser.follow_text(promise.pledge)
    organiser.fill(cents=plan.typed(cents), received_on=day, reference="VIR-1")
    organiser.press("Record the payment")
    organiser.reads(organiser.words.say("The payment is recorded."))


def announce_prizes(organiser: Visitor) -> None:
    """A first and a second prize for the challenge."""
    for place, (title, cents) in enumerate((plan.FIRST_PRIZE, plan.SECOND_PRIZE), start=1):
        organiser.be_at(f"{ORGANISE}/prizes")
        organiser.press("Announce a prize")
        organiser.fill(place=place, **both("title", title), cents=plan.typed(cents))
        organiser.press("Save the prize")
    organiser.reads(plan.euros(1_500_50, organiser.words.language))


def invite_jury(organiser: Visitor) -> None:
    """Two jurors."""
    for juror in (plan.FIRST_JUROR, plan.SECOND_JUROR):
        organiser.be_at(f"{ORGANISE}/jury")
        organiser.fill(name=juror.name, email=juror.email)
        organiser.press("Send the invitation")
        organiser.reads(juror.email)


def invite_contact(organiser: Visitor) -> None:
    """Whoever follows the first sponsor's money."""
    organiser.open(f"{ORGANISE}/sponsors")
    organiser.press("Contacts", within=organiser.section(plan.HELD.sponsor))
    organiser.fill(name=plan.CONTACT.name, email=plan.CONTACT.email)
    organiser.press("Send the invitation")


def waiting(organiser: Visitor) -> dict[str, int]:
    """What the dashboard says waits for someone now, whatever page is open: how many of what."""
    lines: list[tuple[str, str]] = organiser.page.evaluate(WAITING, ORGANISE)
    return {plain(thing): int(count) for thing, count in lines}
