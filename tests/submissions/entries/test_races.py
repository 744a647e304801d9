"""Hand-ins side by side, on both databases, each in a thread and transaction of its own."""

import pytest

from hackaviz.accounts.models import Person
from submissions.entries import handing_in, service
from submissions.entries.models import Entry
from submissions.entries.receipts import signing_key
from submissions.teams.models import Team
from tests.factories import make_challenge, make_team

KEY = signing_key("only-for-tests")
pytestmark = pytest.mark.usefixtures("in_app")


def a_hand_in(entry, key, now):
    entry_id, actor_id = entry.id, entry.team.captain.id

    def act(own):
        entry, actor = own.get_one(Entry, entry_id), own.get_one(Person, actor_id)
        facts = {"entry": entry, "actor": actor, "now": now, "request_key": key}
        return handing_in.hand_in(own, signing_key=KEY, **facts).number

    return act


def test_the_same_form_sent_twice_at_once_makes_one_version(session, draft, now, race):
    assert race(a_hand_in(draft, "same", now), a_hand_in(draft, "same", now)) == [1, 1]
    assert len(draft.versions) == 1


def test_ten_hand_ins_at_once_make_ten_versions_and_the_last_counts(session, draft, now, race):
    answers = race(*(a_hand_in(draft, f"key-{place}", now) for place in range(10)))
    assert sorted(answers) == list(range(1, 11))
    assert draft.current_version.number == 10


def test_teams_that_start_at_once_get_different_numbers(session, edition, now, race):
    challenge = make_challenge(session, edition)
    teams = [make_team(session, edition, challenge=challenge) for _ in range(5)]

    def starting(team_id, actor_id):
        def act(own):
            team, actor = own.get_one(Team, team_id), own.get_one(Person, actor_id)
            return service.start_entry(own, team=team, actor=actor, now=now).number

        return act

    answers = race(*(starting(team.id, team.captain.id) for team in teams))
    assert len(set(answers)) == 5


def test_one_team_that_starts_twice_at_once_has_one_entry(session, team, now, race):
    team_id, actor_id = team.id, team.captain.id

    def act(own):
        team, actor = own.get_one(Team, team_id), own.get_one(Person, actor_id)
        return service.start_entry(own, team=team, actor=actor, now=now).number

    first, second = race(act, act)
    assert first == second
