"""Totals of invoices and orders, in Decimal, rounded half-up per VAT rate."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from facteur.domain.content_parts import Line

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class RateTotal:
    """Net amount and VAT of the lines of one rate (in percent)."""

    rate: Decimal
    net: Decimal
    vat: Decimal


@dataclass(frozen=True, slots=True)
class Totals:
    """Amounts of a whole document, in the organization's currency, to the cent."""

    rates: tuple[RateTotal, ...]
    net: Decimal
    vat: Decimal
    gross: Decimal


def line_total(line: Line) -> Decimal:
    """Quantity times unit price, rounded half-up to the cent."""
    return _rounded(line.quantity * line.unit_price)


def totals_of(lines: Iterable[Line]) -> Totals:
    """Totals with VAT computed once per rate on the sum of its lines, rates ascending."""
    nets: dict[Decimal, Decimal] = {}
    for line in lines:
        rate = line.vat_rate.normalize()
        nets[rate] = nets.get(rate, Decimal(0)) + line_total(line)
    rates = tuple(
        RateTotal(rate, net, _rounded(net * rate / 100)) for rate, net in sorted(nets.items())
    )
    net = sum((rate.net for rate in rates), Decimal("0.00"))
    vat = sum((rate.vat for rate in rates), Decimal("0.00"))
    return Totals(rates, net, vat, net + vat)


def _rounded(amount: Decimal) -> Decimal:
    # Adding zero takes the sign off a zero: a discount of nothing is not printed as -0,00.
    return amount.quantize(_CENT, ROUND_HALF_UP) + 0
