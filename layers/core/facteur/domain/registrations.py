"""Registration numbers of companies and bank accounts, checked by their keys.

python-stdnum knows the rules; it is imported at the first number that is checked, because few
requests have one.
"""

import re
from collections.abc import Mapping
from importlib import import_module
from types import ModuleType
from typing import Final, cast

from facteur.domain.errors import Problem

type Reasons = Mapping[str, Problem]
"""python-stdnum's error by name → what is wrong; the empty name stands for every other error."""

_COUNTRY: Final = re.compile(r"[a-z]{2}")
_GREECE: Final = "el"
"""What VAT numbers of Greece begin with, unlike its country code."""
_NO_BREAK: Final = str.maketrans("\u00a0\u202f", "  ")

_SIREN: Final[Reasons] = {
    "InvalidChecksum": Problem("", "siren_key_wrong"),
    "": Problem("", "siren_invalid"),
}
_SIRET: Final[Reasons] = {
    "InvalidChecksum": Problem("", "siret_key_wrong"),
    "": Problem("", "siret_invalid"),
}
_VAT_NUMBER: Final[Reasons] = {
    "InvalidChecksum": Problem("", "vat_number_key_wrong"),
    "": Problem("", "vat_number_invalid"),
}
_IBAN: Final[Reasons] = {
    "InvalidChecksum": Problem("", "iban_key_wrong"),
    "InvalidComponent": Problem("", "iban_country_unknown"),
    "": Problem("", "iban_invalid"),
}
_BIC: Final[Reasons] = {
    "InvalidComponent": Problem("", "bic_country_unknown"),
    "": Problem("", "bic_invalid"),
}


def check_siren(value: str) -> list[Problem]:
    """What is wrong with a SIREN, nine digits; spaces and an empty value are allowed."""
    return _checked(value, "fr.siren", _SIREN)


def check_siret(value: str) -> list[Problem]:
    """What is wrong with a SIRET, fourteen digits; spaces and an empty value are allowed."""
    return _checked(value, "fr.siret", _SIRET)


def check_vat_number(value: str) -> list[Problem]:
    """What is wrong with a VAT number of the EU, or of another country whose rules are known."""
    if not value:
        return []
    from stdnum import get_cc_module
    from stdnum.eu import vat

    country = value[:2].lower()
    if country in vat.MEMBER_STATES or country == _GREECE:
        return _checked(value, "eu.vat", _VAT_NUMBER)
    module = get_cc_module(country, "vat") if _COUNTRY.fullmatch(country) else None
    if module is None:
        return [Problem("", "vat_number_country_unknown")]
    # Each country has a name of its own for it, which "vat" stands for.
    return _checked(value, cast("ModuleType", module).__name__.removeprefix("stdnum."), _VAT_NUMBER)


def check_iban(value: str) -> list[Problem]:
    """What is wrong with an IBAN; spaces and an empty value are allowed."""
    # Rules of single countries also know their banks, as they were once.
    return _checked(value, "iban", _IBAN, check_country=False)


def check_bic(value: str) -> list[Problem]:
    """What is wrong with a BIC, eight or eleven characters; an empty value is allowed."""
    return _checked(value, "bic", _BIC)


def _checked(value: str, kind: str, reasons: Reasons, **options: bool) -> list[Problem]:
    """The problem of a number; ``kind`` is the module of python-stdnum."""
    if not value:
        return []
    from stdnum.exceptions import ValidationError

    plain = value.translate(_NO_BREAK)
    if not plain.isascii():
        # python-stdnum would read the digits of other scripts.
        return [reasons[""]]
    try:
        import_module(f"stdnum.{kind}").validate(plain, **options)
    except ValidationError as error:
        return [reasons.get(type(error).__name__, reasons[""])]
    return []
