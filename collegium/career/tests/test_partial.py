"""Partial dates: as exact as they were told, never more."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.career import partial

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("text", ["", "2019", "2019-03", "2019-03-07", "2020-02-29"])
def test_a_date_of_any_precision_stays_as_it_is(text) -> None:
    assert partial.check(text) == text
    assert partial.make(*partial.parts(text)) == text


@pytest.mark.parametrize(
    "text", ["19", "2019-3", "2019-13", "2019-02-30", "2019-00", "March", "1492", "2019-03-07T00:00", "２０１９"]
)
def test_what_is_no_date_is_refused(text) -> None:
    with pytest.raises(ValueError):
        partial.check(text)


def test_a_day_without_a_month_is_not_known() -> None:
    assert partial.make(2019, None, 7) == "2019"
    assert partial.make(None, 3, 7) == ""


def test_words() -> None:
    assert partial.words("") == ""
    assert partial.words("2019") == "2019"
    assert partial.words("2019-03") == "March 2019"
    assert partial.span("2019-03", "", ongoing=True) == "March 2019 – present"
    assert partial.span("2019", "2021") == "2019 – 2021"
    assert partial.span("", "2021") == "until 2021"
    assert partial.span("2019", "2019") == "2019"
    assert partial.span("2019", "") == "2019"


def test_how_long_it_lasted_needs_months_at_both_ends() -> None:
    assert partial.months("2019-03", "2019-03", TODAY) == 1
    assert partial.months("2019-03", "", TODAY) == 93
    assert partial.months("2019", "2020-01", TODAY) is None
    assert partial.lasted(93) == "7 years 9 months"
    assert partial.lasted(1) == "1 month"
    assert partial.lasted(None) == ""


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        (("2019", "2021"), ("2020", "2023"), ("2020", "2021")),
        (("2019", ""), ("2020-05", ""), ("2020", "")),
        (("2019-03", "2019-06"), ("2019-07", ""), None),
        (("2019-03", "2019-06"), ("2019", ""), ("2019", "2019-06")),
        (("", "2021"), ("2020", "2023"), None),
        (("2015", "2016"), ("2017", ""), None),
    ],
)
def test_the_time_two_spans_share(one, other, shared) -> None:
    assert partial.overlap(one, other) == shared


DATES = st.one_of(
    st.just(""),
    st.integers(1900, 2100).map(lambda year: f"{year}"),
    st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(lambda day: day.isoformat()[:7]),
    st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(lambda day: day.isoformat()),
)


@given(DATES, DATES, DATES, DATES)
def test_sharing_is_symmetric(a, b, c, d) -> None:
    one, other = partial.overlap((a, b), (c, d)), partial.overlap((c, d), (a, b))
    assert one == other


@given(DATES)
def test_making_what_was_taken_apart(text) -> None:
    assert partial.make(*partial.parts(text)) == text
