from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from hackaviz.accounts.rules import InvitationState, invitation_state, normalise_email

END = datetime(2026, 3, 2, tzinfo=UTC)


@dataclass
class Dates:
    expires_at: datetime = END
    accepted_at: datetime | None = None
    withdrawn_at: datetime | None = None


@pytest.mark.parametrize(
    "twin", ["Ada@Example.org", " ada@example.org ", "ａｄａ@example.org", "ada＠example．org", "ADA@EXAMPLE.ORG"]
)
def test_spellings_of_one_address_are_one(twin):
    assert normalise_email(twin) == "ada@example.org"


def test_a_domain_with_accents_is_stored_as_mail_servers_know_it():
    assert normalise_email("ada@Élan.example") == "ada@xn--lan-9la.example"


@pytest.mark.parametrize("nonsense", ["", "@", "ada", "ada@.org", "ada@" + "x" * 80])
def test_what_is_no_address_passes_unharmed_to_who_refuses_it(nonsense):
    assert normalise_email(nonsense) == nonsense


def test_an_invitation_is_open_until_its_very_end():
    assert invitation_state(Dates(), END) is InvitationState.OPEN
    assert invitation_state(Dates(), END + timedelta(seconds=1)) is InvitationState.EXPIRED


def test_what_was_done_with_an_invitation_counts_before_its_age():
    late = END + timedelta(days=1)
    assert invitation_state(Dates(accepted_at=END), late) is InvitationState.ACCEPTED
    assert invitation_state(Dates(withdrawn_at=END), late) is InvitationState.WITHDRAWN
