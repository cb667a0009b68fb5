"""What pydantic and our validators find becomes problems with codes of ours."""

import json
from typing import Annotated, Any

import pytest
from pydantic import StringConstraints

from facteur.domain.address import MAX_ADDRESS, MAX_ADDRESSES, MAX_TYPED_ADDRESSES
from facteur.domain.content_parts import MAX_ENTRIES, MAX_LINE, StaffEntry, Text, TimeOfDay
from facteur.domain.errors import InputError
from facteur.domain.validators import matching
from facteur.http.fields import ClockTime
from facteur.http.validation import MAX_BODY, RequestModel, parse


class Company(RequestModel):
    """Fields with patterns of several kinds."""

    siren: Annotated[str, StringConstraints(pattern=r"^\d{9}$")] = "123456789"
    siret: Annotated[str, *matching(r"^\d{14}$", "siret_invalid")] = "12345678901234"
    name: Text = "Durand"
    opens: ClockTime = "08:00"
    closes: TimeOfDay = ""


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("siren", "12", "value_invalid"),
        ("siret", "12", "siret_invalid"),
        ("siret", 12, "text_expected"),
        ("name", "Durand\nBcc: x", "control_character"),
        ("name", "", "required"),
        ("name", "\n" * 201 + "x" * 201, "too_long"),
        ("opens", "25:00", "time_invalid"),
        ("opens", "", "time_invalid"),
        ("opens", "08:00\n", "time_invalid"),
        ("opens", "0\u0668:0\u0660", "time_invalid"),
        ("opens", 8, "text_expected"),
        ("closes", "8:00", "time_invalid"),
    ],
)
def test_a_field_that_is_wrong_has_the_code_of_its_type(
    field: str, value: object, code: str
) -> None:
    with pytest.raises(InputError) as refused:
        parse(Company, {field: value})

    assert [(problem.field, problem.code) for problem in refused.value.problems] == [(field, code)]


def test_the_schema_shows_the_pattern_of_a_type_with_a_code_of_its_own() -> None:
    fields = Company.model_json_schema()["properties"]

    assert fields["siret"]["pattern"] == r"^\d{14}$"


def test_digits_of_another_script_in_a_stored_list_stay_readable() -> None:
    entry = StaffEntry.model_validate({"last_name": "Martin", "start": "0\u0668:0\u0660"})

    assert entry.start == "0\u0668:0\u0660"


ADDRESS = "a" * MAX_ADDRESS
ENTRY = dict.fromkeys(StaffEntry.model_fields, "x" * MAX_LINE)
LINE = {"description": "x" * 1_000, "unit": "x" * MAX_LINE, "quantity": 1, "unit_price": "9" * 14}


@pytest.mark.parametrize(
    "body",
    [
        {"entries": [ENTRY] * MAX_ENTRIES},
        {"lines": [LINE] * MAX_ENTRIES},
        dict.fromkeys(("to", "cc", "bcc"), [ADDRESS] * MAX_ADDRESSES),
        {"recipients": [ADDRESS] * MAX_TYPED_ADDRESSES},
        {"corrections": {f"{n:0{MAX_ADDRESS}}": ADDRESS for n in range(MAX_ADDRESSES)}},
    ],
    ids="-".join,
)
def test_the_longest_list_that_a_field_takes_fits_in_a_body(body: dict[str, Any]) -> None:
    assert len(json.dumps(body)) < MAX_BODY
