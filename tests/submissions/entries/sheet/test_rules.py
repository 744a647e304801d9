from dataclasses import replace

import pytest

from challenges.editions.sheet.rules import RECOMMENDED, Need, Questions, SheetField
from submissions.entries.sheet.rules import Sheet, SheetGap, agrees_to_be_shown, sheet_gaps

EVERYTHING = Questions(dict.fromkeys(SheetField, Need.REQUIRED), frozenset({"ambition", "objective"}))
FULL = Sheet(
    title="Title",
    message="Message",
    text_alternative="Alternative",
    method="Method",
    tools="Tools",
    abstract="Abstract",
    licence="cc-by-4.0",
    languages=("fr",),
    ai_use="used",
    ai_details="A little.",
    consent="refused",
    ambitions=("port",),
    objectives=("energy",),
)


def test_a_full_sheet_lacks_nothing():
    assert sheet_gaps(FULL, EVERYTHING) == []


@pytest.mark.parametrize("gap", list(SheetGap))
def test_each_answer_that_is_needed_is_asked_for(gap):
    lacking = replace(FULL, **{gap.value: type(getattr(FULL, gap))()})
    expected = [gap] if gap is not SheetGap.AI_USE else [SheetGap.AI_USE]
    assert sheet_gaps(lacking, EVERYTHING) == expected


def test_an_empty_sheet_lacks_everything_in_the_order_of_the_form_but_details_of_nothing():
    assert sheet_gaps(Sheet(), EVERYTHING) == [gap for gap in SheetGap if gap is not SheetGap.AI_DETAILS]


def test_who_used_no_ai_says_no_more():
    assert sheet_gaps(replace(FULL, ai_use="none", ai_details=""), EVERYTHING) == []


def test_what_an_edition_does_not_ask_is_never_missing():
    recommended = Questions(RECOMMENDED)
    assert sheet_gaps(replace(FULL, abstract="", method="", tools="", ambitions=(), objectives=()), recommended) == []


@pytest.mark.parametrize(("consent", "shown"), [("given", True), ("refused", False), ("", False)])
def test_where_consent_is_asked_only_a_yes_shows_a_work(consent, shown):
    assert agrees_to_be_shown(consent, EVERYTHING) is shown


def test_where_consent_is_not_asked_the_rules_of_the_edition_show_it():
    assert agrees_to_be_shown("", Questions())
