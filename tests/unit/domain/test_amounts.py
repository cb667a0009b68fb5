"""Totals, to the cent."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facteur.domain.amounts import line_total, totals_of
from facteur.domain.content_parts import Line

amounts = st.decimals("-9999999999", "9999999999", places=4, allow_nan=False, allow_infinity=False)
rates = st.sampled_from(["0", "2.1", "5.5", "10", "20", "20.0", "20.00", "99.99"]).map(Decimal)
lines = st.builds(
    Line, description=st.just("x"), quantity=amounts, unit_price=amounts, vat_rate=rates
)


def line(quantity: str, price: str, rate: str = "20") -> Line:
    return Line(
        description="x",
        quantity=Decimal(quantity),
        unit_price=Decimal(price),
        vat_rate=Decimal(rate),
    )


def rounded(amount: Fraction) -> Fraction:
    """Half-up to the cent, away from zero, in exact arithmetic."""
    cents = (abs(amount) * 100 + Fraction(1, 2)).__floor__()
    return Fraction(cents if amount >= 0 else -cents, 100)


@pytest.mark.parametrize(
    ("quantity", "price", "total"),
    [
        ("1", "0.005", "0.01"),
        ("3", "0.335", "1.01"),
        ("-1", "0.005", "-0.01"),
        ("0", "9", "0.00"),
        ("0", "-5", "0.00"),
        ("-0.0001", "1", "0.00"),
    ],
)
def test_line_is_rounded_half_up(quantity: str, price: str, total: str) -> None:
    assert str(line_total(line(quantity, price))) == total


@given(items=st.lists(lines, max_size=6))
def test_totals_are_exact_to_the_cent_however_large(items: list[Line]) -> None:
    totals = totals_of(items)

    for rate in totals.rates:
        nets = [
            rounded(Fraction(one.quantity) * Fraction(one.unit_price))
            for one in items
            if one.vat_rate == rate.rate
        ]
        assert Fraction(rate.net) == sum(nets)
        assert Fraction(rate.vat) == rounded(sum(nets) * Fraction(rate.rate) / 100)
    assert Fraction(totals.net) == sum(Fraction(rate.net) for rate in totals.rates)
    assert Fraction(totals.vat) == sum(Fraction(rate.vat) for rate in totals.rates)
    assert Fraction(totals.gross) == Fraction(totals.net) + Fraction(totals.vat)


@given(items=st.lists(lines, max_size=6))
def test_rates_are_told_once_each_in_ascending_order(items: list[Line]) -> None:
    rates = [rate.rate for rate in totals_of(items).rates]

    assert rates == sorted({one.vat_rate for one in items})


@given(items=st.lists(lines, max_size=6), data=st.data())
def test_order_of_the_lines_changes_no_total(items: list[Line], data: st.DataObject) -> None:
    assert totals_of(data.draw(st.permutations(items))) == totals_of(items)


def test_vat_is_rounded_once_a_rate_and_not_once_a_line() -> None:
    totals = totals_of([line("1", "0.03"), line("1", "0.03"), line("1", "0.03", "20.00")])

    assert (str(totals.net), str(totals.vat), str(totals.gross)) == ("0.09", "0.02", "0.11")


def test_no_lines_cost_nothing() -> None:
    assert str(totals_of([]).gross) == "0.00"
