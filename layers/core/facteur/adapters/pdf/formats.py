"""Dates, amounts and identifiers, formatted for each language."""

import datetime as dt
import re
from decimal import Decimal
from functools import cache
from typing import Final

from babel import Locale as BabelLocale
from babel.dates import format_date
from babel.numbers import NumberPattern, parse_pattern

from facteur.locales import Locale, language_of

_CURRENCY: Final = "EUR"
_PLAIN_NUMBER: Final = re.compile(r"[0-9]{1,15}([.,][0-9]{2})?")
_NO_BREAK: Final = "\u00a0"


class Formats:
    """The formats of one language."""

    def __init__(self, locale: Locale) -> None:
        self._locale = BabelLocale.parse(language_of(locale).tag, sep="-")
        money = self._locale.currency_formats["standard"].pattern
        percent = self._locale.percent_formats[None].pattern
        self._money = parse_pattern(money)
        self._whole = parse_pattern(money.replace("0.00", "0"))
        self._price = parse_pattern(money.replace("0.00", "0.00##"))
        self._quantity = parse_pattern("#,##0.####")
        self._rate = parse_pattern(percent.replace("0", "0.##"))

    def date(self, value: dt.date) -> str:
        """``31/01/2027``."""
        return format_date(value, "short", locale=self._locale)

    def weekday(self, value: dt.date) -> str:
        """``dimanche``."""
        return format_date(value, "EEEE", locale=self._locale)

    def money(self, amount: Decimal) -> str:
        """``1 234,56 €``, with spaces that do not break."""
        return self._apply(self._money, amount)

    def price(self, amount: Decimal) -> str:
        """Like ``money``, with up to four decimals."""
        return self._apply(self._price, amount)

    def capital(self, typed: str) -> str:
        """``10000`` as ``10 000 €``; a text that is more than a number of euros stays as typed."""
        compact = re.sub(r"\s", "", typed).removesuffix("€")
        if not _PLAIN_NUMBER.fullmatch(compact):
            return typed
        amount = Decimal(compact.replace(",", "."))
        whole = amount == amount.to_integral_value()
        return self._apply(self._whole if whole else self._money, amount)

    def quantity(self, amount: Decimal) -> str:
        """``16,5``: no more decimals than needed."""
        return self._apply(self._quantity, amount)

    def rate(self, percent: Decimal) -> str:
        """``5,5 %``."""
        return self._apply(self._rate, percent / 100)

    def _apply(self, pattern: NumberPattern, amount: Decimal) -> str:
        return str(pattern.apply(amount, self._locale, currency=_CURRENCY, currency_digits=False))


@cache
def formats_of(locale: Locale) -> Formats:
    """The formats of a language, made once per process."""
    return Formats(locale)


def grouped_siren(value: str) -> str:
    """A SIREN or SIRET in its official groups, ``732 829 320 00074``; any other text unchanged."""
    digits = re.sub(r"\s", "", value)
    if not re.fullmatch(r"\d{9}(\d{5})?", digits):
        return value
    return _NO_BREAK.join(filter(None, (digits[:3], digits[3:6], digits[6:9], digits[9:])))


def grouped_iban(value: str) -> str:
    """An IBAN in groups of four, as ISO 13616 prints it."""
    compact = re.sub(r"\s", "", value).upper()
    return _NO_BREAK.join(compact[at : at + 4] for at in range(0, len(compact), 4))
