"""What people type is read as they mean it in Indonesia, or refused; never guessed."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from compliance.web.typed import dated, decimal_number, whole_number


@pytest.fixture(autouse=True)
def request_context(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


@pytest.mark.parametrize("typed", ["2.092.600.000", "Rp2.092.600.000", "Rp 2092600000", " 2092600000 "])
def test_rupiah_are_read_with_or_without_thousands_marks(typed: str) -> None:
    assert whole_number(typed) == 2_092_600_000


@pytest.mark.parametrize("typed", ["5,6", "5.60", "-3", "lima", "1.2.3", "2.092.600,00"])
def test_what_is_no_whole_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="bilangan bulat"):
        whole_number(typed)


@pytest.mark.parametrize(
    ("typed", "read"), [("26,04", "26.04"), ("126,15 %", "126.15"), ("100", "100"), ("1.234,5", "1234.5")]
)
def test_percentages_use_a_decimal_comma_and_may_pass_100(typed: str, read: str) -> None:
    assert decimal_number(typed) == Decimal(read)


def test_a_decimal_point_is_refused_because_it_marks_thousands() -> None:
    with pytest.raises(ValueError, match="koma"):
        decimal_number("26.04")


def test_empty_fields_are_unknown_and_not_zero() -> None:
    assert whole_number(" ") is None
    assert decimal_number("") is None
    assert dated("") is None


@pytest.mark.parametrize("typed", ["15 November 2021", "15 november  2021", "15/11/2021", "15-11-2021", "2021-11-15"])
def test_a_day_is_read_as_people_write_it(typed: str) -> None:
    assert dated(typed) == (date(2021, 11, 15), "hari")


@pytest.mark.parametrize("typed", ["Maret 2024", "3/2024", "2024-03"])
def test_a_bare_month_counts_from_its_first_day(typed: str) -> None:
    assert dated(typed) == (date(2024, 3, 1), "bulan")


def test_a_bare_year_counts_from_31_december() -> None:
    assert dated("2021") == (date(2021, 12, 31), "tahun")


@pytest.mark.parametrize("typed", ["31 Februari 2024", "15 Nopembr 2021", "2021-13", "00/00/2021"])
def test_a_date_that_is_in_no_calendar_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="kalender"):
        dated(typed)


@pytest.mark.parametrize("typed", ["kemarin", "21.11.2021", "2021.11.15", "15 November"])
def test_a_date_written_otherwise_is_refused_with_examples(typed: str) -> None:
    with pytest.raises(ValueError, match="Contoh"):
        dated(typed)
