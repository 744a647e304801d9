"""From the ranking to the last euro: scores, awards, funding, publication, payment."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Locator, Page

from tests.support.contest import plan
from tests.support.contest.organising import ORGANISE
from tests.support.visitor import Visitor, plain

PUBLIC = f"/editions/{plan.SLUG}"
SUMS = """() => [...document.querySelectorAll('.money > div')].map(
    line => [line.querySelector('dt').firstChild.textContent.trim(), line.querySelector('.num').textContent])"""
SOON = timedelta(seconds=20)


def ranking(reader: Visitor) -> list[tuple[str, str, str]]:
    """Place, team and score of each line of the ranking on this page, as it is written."""
    place, team, score = (reader.words.say(word) for word in ("Place", "Team", "Score"))
    lines = reader.page.locator(f"main tbody tr:has([data-label='{score}'])").all()
    return [tuple(_cell(line, label) for label in (place, team, score)) for line in lines]


def _cell(line, label: str) -> str:
    cell = line.locator(f"[data-label='{label}']")
    return plain((cell if cell.count() else line.locator("th")).first.inner_text()).strip()


def award_by_ranking(organiser: Visitor) -> None:
    """The proposal becomes awards, each funded to the cent."""
    organiser.open(f"{ORGANISE}/awards")
    organiser.press("Award these prizes")
    organiser.reads(organiser.words.say("The prizes are awarded by the ranking, and funded to the cent."))


def funding_of(organiser: Visitor, crew: plan.Crew) -> str:
    """Who pays the award of a team, as the page says it."""
    organiser.open(f"{ORGANISE}/awards")
    paid_by = organiser.words.say("Paid by")
    line = organiser.section(organiser.words.say("What is awarded")).locator("tr", has_text=crew.name).last
    return _cell(line, paid_by)


def funding_by_hand(crew: plan.Crew, language: str) -> str:
    """What it must say."""
    parts = plan.FUNDING[crew]
    return ", ".join(f"{promise.sponsor} {plan.euros(cents, language)}" for promise, cents in parts.items())


def soon() -> datetime:
    """The next full minute that leaves time to look before it."""
    late = datetime.now(UTC) + SOON
    return late.replace(second=0, microsecond=0) + timedelta(minutes=1)


def publish_soon(organiser: Visitor) -> datetime:
    """At the next full minute that leaves time to look before it; that moment."""
    organiser.open(f"{ORGANISE}/results")
    moment = soon()
    organiser.fill(public_at=plan.local(moment))
    organiser.press("Publish on this date")
    organiser.reads(organiser.words.say("Under embargo"))
    return moment


def wait_until(page: Page, moment: datetime) -> None:
    """Nothing else has to happen: no job, no press of a button."""
    left = (moment - datetime.now(UTC)).total_seconds()
    page.wait_for_timeout(max(0, left * 1000 + 500))


def bytes_for_outsiders(outsider: Visitor, *addresses: str) -> str:
    """Everything that is served to somebody without an account, in both languages."""
    pages = []
    for address in addresses:
        for language in ("fr", "en"):
            answer = outsider.page.request.get(address, headers={"Accept-Language": language})
            pages.append(f"{address} {answer.status}\n{answer.text()}")
    return "\n".join(pages)


def guardian_consents(minor: Visitor) -> None:
    """A prize is paid to nobody under 18 without their guardian, who consents in the minor's account."""
    minor.open(f"{PUBLIC}/team")
    minor.press("See how they are shared")
    minor.fill(guardian="Ada Mineure", consents=True)
    minor.press("Keep the consent")


def approve_payments(*approvers: Visitor) -> None:
    """Each payment is approved by two different people; after the first alone nothing can be paid."""
    for count, approver in enumerate(approvers, start=1):
        for crew in plan.FUNDING:
            approver.be_at(f"{ORGANISE}/awards")
            approver.press("Approve the payment", within=_award_of(approver, crew))
        paying = approver.page.get_by_role("link", name=approver.words.say("Record the payment"))
        assert paying.count() == (len(plan.FUNDING) if count == len(approvers) else 0)


def _award_of(organiser: Visitor, crew: plan.Crew) -> Locator:
    return organiser.section(organiser.words.say("What is awarded")).locator("tr", has_text=crew.name).last


def record_payments(organiser: Visitor) -> None:
    """Each winner was paid, with a proof; nothing is left to do and nothing is left over."""
    today = datetime.now(plan.ZONE).date().isoformat()
    proof = {"name": "avis.txt", "mimeType": "text/plain", "buffer": b"VIR"}
    for crew in plan.FUNDING:
        organiser.open(f"{ORGANISE}/awards")
        organiser.follow("Record the payment", within=_award_of(organiser, crew))
        organiser.fill(paid_on=today, reference=f"VIR {crew.name}")
        organiser.page.set_input_files("[name=proof]", proof)
        organiser.press("Record the payment")


def refuse_to_tell(outsider: Visitor, contact: Visitor, captain: Visitor) -> None:
    """Before the hour: no name of a team, no title and no message of a work in any byte served to outsiders."""
    receipts = captain.page.url
    public = ("/", "/editions", PUBLIC, f"{PUBLIC}/challenges/les-escales", f"{PUBLIC}/results", f"{PUBLIC}/gallery")
    served = bytes_for_outsiders(outsider, *public, f"{PUBLIC}/calendar.ics", "/catalogue/calls-by-day", receipts)
    served += bytes_for_outsiders(contact, *public, f"{PUBLIC}/sponsorship", receipts)
    for crew in plan.FUNDING:
        for secret in (crew.name, crew.title, crew.message):
            assert secret not in served


def visit_gallery(outsider: Visitor) -> None:
    """Both works, each with its prize and its still image."""
    outsider.open(f"{PUBLIC}/gallery")
    prizes = (title.in_language(outsider.words.language) for title, _cents in (plan.FIRST_PRIZE, plan.SECOND_PRIZE))
    outsider.reads(plan.BEACONS.title, plan.TIDES.title, plan.BEACONS.name, *prizes)
    for image in outsider.page.locator(".work img").all():
        image.scroll_into_view_if_needed()
        outsider.page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=image.element_handle())


def open_live_work(outsider: Visitor, crew: plan.Crew) -> None:
    """From its card to its page, where it lives in its frame."""
    outsider.follow_text(crew.title)
    # The member is a minor: the public reads the first name alone.
    first, last = plan.MEMBER.name.split()
    outsider.reads(crew.name, crew.message, plan.CAPTAIN.name, first)
    assert last not in outsider.text()
    outsider.page.frame_locator("[data-viewer] iframe").locator("img, h1").first.wait_for()


def nothing_is_left_to_do(organiser: Visitor) -> None:
    """No award can be taken back, replaced or funded anew."""
    organiser.open(f"{ORGANISE}/awards")
    for act in ("Take back", "Award these prizes", "Fund every unpaid award again"):
        assert organiser.page.get_by_role("button", name=organiser.words.say(act)).count() == 0


def money_is_spent(organiser: Visitor, *, awarded: int, left: int) -> None:
    """What the accounts say at the end."""
    language = organiser.words.language
    organiser.open(f"{ORGANISE}/sponsors")
    sums = dict(organiser.page.evaluate(SUMS))
    assert plain(sums[organiser.words.say("Awarded")]) == plan.euros(awarded, language)
    assert plain(sums[organiser.words.say("Left, not awarded")]) == plan.euros(left, language)
