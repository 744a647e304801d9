import pytest

from hackaviz.kernel.errors import Invalid
from submissions.entries.listing.rules import Contribution, NotListable, check_decision, matrix
from submissions.entries.sheet.rules import Sheet

BOTH = Sheet(ambitions=("port",), objectives=("energy",))


@pytest.mark.parametrize("sheet", [Sheet(), Sheet(ambitions=("port",)), Sheet(objectives=("energy",))])
def test_listing_is_refused_without_at_least_one_of_each(sheet):
    with pytest.raises(NotListable):
        check_decision(sheet, is_listed=True, is_refused=False, reason="")
    check_decision(sheet, is_listed=False, is_refused=True, reason="No objective.")


def test_a_refusal_says_why():
    with pytest.raises(Invalid):
        check_decision(BOTH, is_listed=False, is_refused=True, reason="  ")
    check_decision(BOTH, is_listed=True, is_refused=False, reason="")


def test_a_work_stands_in_every_cell_that_it_contributes_to():
    one = Contribution("1", "One", "Team", ["port"], ["energy", "water"])
    two = Contribution("2", "Two", "Team", ["port", "jobs"], ["water"])
    port, jobs, pride = matrix(["port", "jobs", "pride"], ["energy", "water"], [one, two])
    assert port.cells == [[one], [one, two]]
    assert (port.total, jobs.total, pride.total) == (2, 1, 0)
    assert jobs.cells == [[], [two]]
    assert pride.cells == [[], []]
