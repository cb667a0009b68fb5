"""Registration numbers are checked by their keys, and the problem says what is wrong."""

from collections.abc import Callable

import pytest

from facteur.domain.errors import Problem
from facteur.domain.registrations import (
    check_bic,
    check_iban,
    check_siren,
    check_siret,
    check_vat_number,
)

type Check = Callable[[str], list[Problem]]


@pytest.mark.feature("B39")
@pytest.mark.parametrize(
    ("check", "value"),
    [
        (check_siren, ""),
        (check_siren, "732829320"),
        (check_siren, "732 829 320"),
        (check_siren, "732\u00a0829\u202f320"),
        (check_siret, "73282932000074"),
        (check_siret, "35600000049837"),  # La Poste has a rule of its own
        (check_vat_number, ""),
        (check_vat_number, "FR44732829320"),
        (check_vat_number, "fr 44 732 829 320"),
        (check_vat_number, "DE136695976"),
        (check_vat_number, "EL094259216"),
        (check_vat_number, "BE0428759497"),
        (check_vat_number, "CHE-107.787.577 IVA"),
        (check_iban, "FR7630006000011234567890189"),
        (check_iban, "FR76 3000 6000 0112 3456 7890 189"),
        (check_iban, "BE68 5390 0754 7034"),
        (check_bic, "AGRIFRPP"),
        (check_bic, "qntofrp1xxx"),
    ],
)
def test_number_with_its_key_is_accepted(check: Check, value: str) -> None:
    assert check(value) == []


@pytest.mark.feature("B39")
@pytest.mark.parametrize(
    ("check", "value", "code"),
    [
        (check_siren, "123", "siren_invalid"),
        (check_siren, "73282932a", "siren_invalid"),
        (check_siren, "٧٣٢٨٢٩٣٢٠", "siren_invalid"),
        (check_siren, "７３２８２９３２０", "siren_invalid"),
        (check_siren, "732829321", "siren_key_wrong"),
        (check_siren, "73282932000074", "siren_invalid"),
        (check_siret, "732829320", "siret_invalid"),
        (check_siret, "73282932000075", "siret_key_wrong"),
        (check_vat_number, "FR", "vat_number_invalid"),
        (check_vat_number, "FR4473282932", "vat_number_invalid"),
        (check_vat_number, "FR45732829320", "vat_number_key_wrong"),
        (check_vat_number, "44732829320", "vat_number_country_unknown"),
        (check_vat_number, "ZZ", "vat_number_country_unknown"),
        (check_vat_number, "../etc", "vat_number_country_unknown"),
        (check_vat_number, "CHE-107.787.578 IVA", "vat_number_key_wrong"),
        (check_iban, "FR00", "iban_key_wrong"),
        (check_iban, "FR7630006000011234567890188", "iban_key_wrong"),
        (check_iban, "FR76 ", "iban_invalid"),
        (check_iban, "٧", "iban_invalid"),
        (check_bic, "x", "bic_invalid"),
        (check_bic, "AGRIZZPP", "bic_country_unknown"),
    ],
)
def test_number_that_cannot_be_right_is_refused_with_its_reason(
    check: Check, value: str, code: str
) -> None:
    assert check(value) == [Problem("", code)]
