import pytest

from challenges.editions.sheet.rules import RECOMMENDED
from hackaviz.kernel.errors import Invalid
from submissions.entries.manifest import sheet_in, sheet_of
from submissions.entries.policy import is_public
from submissions.entries.refusals import NotReady
from submissions.entries.sheet.rules import Sheet, SheetGap
from submissions.entries.sheet.service import NothingToShow, decide_showing, save_sheet
from tests.factories import DAY, declare_aims

pytestmark = pytest.mark.usefixtures("in_app")
FULL = Sheet(
    title="Title",
    message="Message",
    text_alternative="Alternative",
    licence="cc-by-4.0",
    languages=("fr", "en"),
    ai_use="none",
    consent="given",
    ambitions=("port",),
    objectives=("energy",),
)


@pytest.fixture
def asking(session, draft):
    """The draft, in an edition that asks what we recommend."""
    edition = draft.edition
    edition.sheet_needs = {name.value: need.value for name, need in RECOMMENDED.items()}
    declare_aims(session, edition)
    session.flush()
    session.refresh(edition)
    return draft


def save(session, entry, sheet, now):
    save_sheet(session, entry=entry, sheet=sheet, actor=entry.team.captain, now=now)


def test_a_sheet_is_kept_and_frozen_whole(session, asking, now, hand_in):
    save(session, asking, FULL, now)
    session.flush()
    session.expire(asking)
    assert sheet_of(asking) == FULL
    version = hand_in(asking, now)
    session.flush()
    session.expire(version)
    assert sheet_in(version.manifest) == FULL
    assert [aim["title"]["fr"] for aim in version.manifest["aims"]] == ["Port (fr)", "Energy (fr)"]


def test_hand_in_waits_for_what_the_edition_asks(session, asking, now, hand_in):
    save(session, asking, Sheet("Title", "Message", "Alternative"), now)
    with pytest.raises(NotReady) as refusal:
        hand_in(asking, now)
    gaps = [SheetGap.AI_USE, SheetGap.AMBITIONS, SheetGap.OBJECTIVES, SheetGap.LICENCE, SheetGap.CONSENT]
    assert list(refusal.value.missing) == gaps


def test_an_aim_of_another_edition_is_refused(session, asking, now):
    with pytest.raises(Invalid):
        save(session, asking, Sheet(title="Title", ambitions=("elsewhere",)), now)


@pytest.mark.parametrize("consent", ["given", "refused"])
def test_the_public_sees_a_work_only_when_its_team_agreed(session, asking, now, hand_in, consent):
    save(session, asking, Sheet(**(vars(FULL) | {"consent": consent})), now)
    hand_in(asking, now)
    asking.edition.results_public_at = now
    assert is_public(asking, now) is (consent == "given")


def test_consent_may_be_taken_back_and_given_again_after_the_results(session, asking, now, hand_in):
    save(session, asking, FULL, now)
    version = hand_in(asking, now)
    asking.edition.results_public_at = now
    later, actor = now + 300 * DAY, asking.team.captain
    decide_showing(session, entry=asking, shown=False, actor=actor, now=later)
    assert not is_public(asking, later)
    assert version.manifest["consent"] == "given"
    decide_showing(session, entry=asking, shown=True, actor=actor, now=later)
    assert is_public(asking, later)


def test_nothing_is_decided_before_a_hand_in_or_where_nothing_is_asked(session, draft, now, hand_in):
    with pytest.raises(NothingToShow):
        decide_showing(session, entry=draft, shown=False, actor=draft.team.captain, now=now)
    hand_in(draft, now)
    with pytest.raises(NothingToShow):
        decide_showing(session, entry=draft, shown=False, actor=draft.team.captain, now=now)
    assert draft.may_be_shown
