"""Amounts as people type them: read to the cent, or refused where they may be a slip."""

import pytest

from hackaviz.kernel.money import parse_amount

READ = {
    "1500": 150_000,
    "1 234,56 €": 123_456,
    "1\u202f234,56\u00a0€": 123_456,
    "1,234.56": 123_456,
    "1.234.567,89": 123_456_789,
    "1234.5": 123_450,
    "€1,500.00": 150_000,
    "EUR 1500": 150_000,
    "1500 euros": 150_000,
    "1'500.00": 150_000,
    "\t1 500 ": 150_000,
    "0,5": 50,
    "１２３４": 123_400,
    "1.500": 150_000,
}
REFUSED = (
    "", "€", "-5", "−5", "12e3", "NaN", "1_000", "²", ".5", "5.", "1500 2000", "12 34", "0.500", "1.234,567",
    "1,234,56", "1500,000", "1.5.5", "1500 $", " " * 5_000 + "1", "9" * 5_000,
)  # fmt: skip


@pytest.mark.parametrize("typed", READ)
def test_an_amount_is_read_to_the_cent(typed):
    assert parse_amount(typed) == READ[typed]


@pytest.mark.parametrize("typed", REFUSED)
def test_what_may_be_a_slip_is_no_amount(typed):
    with pytest.raises(ValueError, match="not an amount"):
        parse_amount(typed)
