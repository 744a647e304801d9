import pytest

from challenges.editions.sheet.rules import ALLOWED, RECOMMENDED, UNCHOSEN, Need, SheetField, check_needs, questions
from hackaviz.kernel.errors import Invalid


@pytest.mark.parametrize("needs", [RECOMMENDED, UNCHOSEN], ids=["recommended", "unchosen"])
def test_what_we_propose_speaks_of_every_field_and_is_allowed(needs):
    assert set(needs) == set(SheetField)
    check_needs(needs)


def test_a_title_can_never_be_left_out():
    with pytest.raises(Invalid) as refusal:
        check_needs({SheetField.TITLE: Need.HIDDEN})
    assert refusal.value.field == "title"
    assert ALLOWED[SheetField.TITLE] == (Need.REQUIRED,)


def test_an_edition_whose_organisers_chose_nothing_asks_nobody_for_more():
    unchosen = questions(None)
    required = {name for name in SheetField if unchosen.require(name)}
    assert required == {SheetField.TITLE, SheetField.MESSAGE, SheetField.TEXT_ALTERNATIVE}
    assert not unchosen.ask(SheetField.CONSENT)


def test_aims_are_asked_only_where_the_edition_declares_some():
    chosen = {"aims": "required"}
    assert not questions(chosen).ask(SheetField.AIMS)
    assert questions(chosen, ["ambition", "objective"]).require(SheetField.AIMS)


def test_a_field_chosen_by_a_newer_version_is_passed_over():
    assert questions({"soundtrack": "required", "licence": "required"}).require(SheetField.LICENCE)
