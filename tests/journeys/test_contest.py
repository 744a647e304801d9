"""A contest from an empty installation, without the demo, to the last euro: in English at a desk, in French on a phone.

Every step is an act of a person in a real browser. Each new page is checked for faults of accessibility, for anything
wider than the screen and for words in the wrong language (`Visitor.look`); an error on a console fails the test.
Places, scores and cents must be those worked out by hand in tests/support/contest/plan.py.
"""

from dataclasses import dataclass

from tests.support.contest import deciding, judging, organising, plan, taking_part
from tests.support.contest.organising import waiting
from tests.support.contest.people import Contest, accept_invitation, first_administrator
from tests.support.contest.taking_part import File
from tests.support.uploads import image_bytes, zip_bytes
from tests.support.visitor import Visitor

SITE = b"<!doctype html><html lang='fr'><title>Escales</title><h1>Douze mois</h1><script src='m.js'></script></html>"
SCRIPT = b"document.querySelector('h1').textContent += ', en direct'"


def test_in_english_at_a_desk(english_contest):
    first = File("douze.png", "image/png", image_bytes("PNG", (900, 600)))
    better = File("douze-2.png", "image/png", image_bytes("PNG", (1200, 800)))
    run(english_contest, first, better)


def test_in_french_on_a_phone(french_contest):
    first = File("site.zip", "application/zip", zip_bytes({"index.html": SITE}))
    better = File("site-2.zip", "application/zip", zip_bytes({"index.html": SITE, "m.js": SCRIPT}))
    run(french_contest, first, better)


@dataclass
class People:
    """Who is in the contest by now."""

    organiser: Visitor
    captain: Visitor
    member: Visitor
    other_captain: Visitor


def run(contest: Contest, first: File, better: File) -> None:
    """The whole story."""
    organiser = open_the_edition(contest)
    find_the_money(contest, organiser)
    people = form_teams(contest, organiser)
    hand_in(contest, people, first, better)
    judge(contest, people)
    award(contest, organiser)
    second_approver = publish(contest, people)
    pay(contest, people, second_approver)


def open_the_edition(contest: Contest) -> Visitor:
    """An administrator, an edition with its rules, a dataset, a challenge; all of it published."""
    organiser = first_administrator(contest, plan.ORGANISER)
    organising.create_edition(organiser)
    organising.write_rules(organiser)
    organising.add_dataset(organiser)
    organising.write_challenge(organiser)
    assert waiting(organiser) == told(contest, {"edition to publish": 1})
    organising.publish_edition(organiser)
    assert waiting(organiser) == {}
    return organiser


def find_the_money(contest: Contest, organiser: Visitor) -> None:
    """Three pledges, kept in three ways; what is unpaid waits until it has arrived. Prizes, and invitations."""
    organising.record_sponsors(organiser)
    assert waiting(organiser) == told(contest, {"pledge not fully paid": 2})
    organising.record_receipt(organiser, plan.HELD, plan.HELD.cents)
    organising.record_receipt(organiser, plan.CARRIED, plan.CARRIED_FIRST)
    assert waiting(organiser) == told(contest, {"pledge not fully paid": 1})
    organising.record_receipt(organiser, plan.CARRIED, plan.CARRIED.cents - plan.CARRIED_FIRST)
    assert waiting(organiser) == {}
    organising.announce_prizes(organiser)
    organising.invite_jury(organiser)
    organising.invite_contact(organiser)


def form_teams(contest: Contest, organiser: Visitor) -> People:
    """A captain with an invited member, and a captain alone; the organiser confirms what they stated."""
    captain = taking_part.arrive(contest, plan.CAPTAIN)
    taking_part.register(captain, school="École des mâts", is_minor=False)
    taking_part.create_team(captain, plan.BEACONS)
    taking_part.invite(captain, plan.MEMBER)
    member = taking_part.join(contest, plan.MEMBER, plan.BEACONS)
    other = taking_part.arrive(contest, plan.OTHER_CAPTAIN)
    taking_part.register(other, school="Université du cap", is_minor=False)
    taking_part.create_team(other, plan.TIDES)
    assert waiting(organiser) == told(contest, {"student status to confirm": 3, "team without a draft": 2})
    taking_part.confirm_statuses(organiser, plan.CAPTAIN, plan.MEMBER, plan.OTHER_CAPTAIN)
    assert waiting(organiser) == told(contest, {"team without a draft": 2})
    return People(organiser, captain, member, other)


def hand_in(contest: Contest, people: People, first: File, better: File) -> None:
    """The Beacons hand in twice, the Tides once; the dashboard follows."""
    taking_part.start_entry(people.captain)
    assert waiting(people.organiser) == told(contest, {"team without a draft": 1, "draft not handed in": 1})
    taking_part.send_file(people.captain, first)
    taking_part.sees_own_work(people.captain)
    taking_part.fill_in_sheet(people.captain, plan.BEACONS)
    taking_part.cite(people.captain)
    first_receipt = taking_part.hand_in(people.captain, 1, first)
    assert waiting(people.organiser) == told(contest, {"team without a draft": 1})
    taking_part.open_entry(people.captain)
    taking_part.send_file(people.captain, better)
    assert taking_part.hand_in(people.captain, 2, better) != first_receipt
    people.member.open(first_receipt)
    people.member.reads(contest.words.say("A newer version was handed in since"), taking_part.sha256(first))
    taking_part.start_entry(people.other_captain)
    taking_part.send_file(people.other_captain, File("pouls.png", "image/png", image_bytes("PNG", (640, 400))))
    taking_part.fill_in_sheet(people.other_captain, plan.TIDES)
    taking_part.cite(people.other_captain)
    taking_part.hand_in(people.other_captain, 1)
    assert waiting(people.organiser) == {}


def judge(contest: Contest, people: People) -> None:
    """Hand-in ends; jurors are assigned; one declares a conflict; both finish. Each act changes what waits."""
    organiser = people.organiser
    ines, karl = (accept_invitation(contest, juror) for juror in (plan.FIRST_JUROR, plan.SECOND_JUROR))
    judging.end_hand_in(organiser)
    assert waiting(organiser) == told(contest, {"entry with too few jurors": 2})
    judging.assign_everything(organiser)
    assert waiting(organiser) == told(contest, {"review not finished": 4})
    beacons, tides = (judging.code_of(organiser, crew) for crew in (plan.BEACONS, plan.TIDES))
    judging.declare_conflict(karl, beacons)
    assert waiting(organiser) == told(contest, {"review not finished": 3})
    judging.review(ines, beacons, plan.INES_ON_BEACONS)
    assert waiting(organiser) == told(contest, {"review not finished": 2})
    judging.review(ines, tides, plan.INES_ON_TIDES)
    judging.review(karl, tides, plan.KARL_ON_TIDES)
    assert waiting(organiser) == {}


def award(contest: Contest, organiser: Visitor) -> None:
    """The ranking, the awards and who pays them are what the hand calculation says."""
    organiser.open(f"{organising.ORGANISE}/scores")
    assert deciding.ranking(organiser) == ranking_by_hand(contest)
    deciding.award_by_ranking(organiser)
    for crew in plan.FUNDING:
        assert deciding.funding_of(organiser, crew) == deciding.funding_by_hand(crew, contest.language)


def publish(contest: Contest, people: People) -> Visitor:
    """Until its minute nobody outside sees a winner in any byte; from then on everybody does.

    While all wait for it, the second approver comes.
    """
    outsider, contact = contest.enter(), accept_invitation(contest, plan.CONTACT)
    moment = deciding.publish_soon(people.organiser)
    deciding.refuse_to_tell(outsider, contact, people.captain)
    second_approver = first_administrator(contest, plan.SECOND_APPROVER)
    deciding.wait_until(outsider.page, moment)
    outsider.open(f"{deciding.PUBLIC}/results")
    assert deciding.ranking(outsider) == ranking_by_hand(contest)
    outsider.reads(*(promise.sponsor for promise in plan.PROMISES), plan.euros(1_500_50, contest.language))
    deciding.visit_gallery(outsider)
    deciding.open_live_work(outsider, plan.BEACONS)
    people.member.open(f"{deciding.PUBLIC}/team")
    people.member.reads(judging.comment_of(plan.FIRST_JUROR.name))
    contact.open(f"{deciding.PUBLIC}/sponsorship")
    contact.reads(plan.BEACONS.name, plan.BEACONS.title, plan.euros(plan.HELD.cents, contest.language))
    return second_approver


def pay(contest: Contest, people: People, second_approver: Visitor) -> None:
    """A guardian consents, two people approve, the winners are paid; nothing is left over or waits for anyone."""
    organiser = people.organiser
    deciding.guardian_consents(people.member)
    deciding.approve_payments(organiser, second_approver)
    deciding.record_payments(organiser)
    deciding.nothing_is_left_to_do(organiser)
    deciding.money_is_spent(organiser, awarded=1_500_50, left=0)
    assert waiting(organiser) == {}


def told(contest: Contest, counts: dict[str, int]) -> dict[str, int]:
    """What waits, in the words of the page."""
    return {contest.words.count(number, thing): number for thing, number in counts.items()}


def ranking_by_hand(contest: Contest) -> list[tuple[str, str, str]]:
    """Place, team, score."""
    return [
        ("1", plan.BEACONS.name, plan.BEACONS_SCORE.in_language(contest.language)),
        ("2", plan.TIDES.name, plan.TIDES_SCORE.in_language(contest.language)),
    ]
