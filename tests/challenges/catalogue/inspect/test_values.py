"""Readings of a cell: what goes in comes out."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from challenges.catalogue.inspect.values import READINGS, day_first, whole, with_comma, with_point, year_first

finite = st.floats(allow_nan=False, allow_infinity=False, width=32)


@given(st.integers(min_value=-(10**18) + 1, max_value=10**18 - 1))
def test_a_whole_number_is_read_back(number: int):
    assert whole(str(number)) == number
    assert whole(f"{number:,}".replace(",", "\u202f")) == number


@given(finite)
def test_a_decimal_number_is_read_back_with_point_and_with_comma(number: float):
    text = repr(number)
    assert with_point(text) == number
    assert with_comma(text.replace(".", ",")) == number


@given(st.dates())
def test_a_day_is_read_back_in_both_orders(day: date):
    for moment in (year_first(day.isoformat()), day_first(f"{day.day}/{day.month}/{day.year:04}")):
        assert moment is not None
        assert moment.date() == day


@given(st.text(max_size=30))
def test_no_text_makes_a_reading_fail(text: str):
    for read in READINGS.values():
        read(text)
