"""A subject or a name that a mail program shows as something else.

The attacker writes an encoded-word, which the recipient's program decodes into text that nobody
checked, or invisible characters that turn the direction of what follows, so that an amount or the
end of a file name is read the other way round. Both are refused where they are typed, by name and
at a cost that does not grow faster than the text; what colleagues write is accepted.
"""

import time

import pytest

from facteur.domain.headers import check_header
from tests.functions.calling import INVOICE, Api

DECEIVING = {
    "=?utf-8?q?a?b?=": "encoded_word",
    "Facture =?UTF-8?B?YQ==?= F-142": "encoded_word",
    "Facture \u202e142": "direction_character",
    "Facture \u2067fdp.exe\u2069": "direction_character",
    "Facture \u200f142": "direction_character",
}


@pytest.mark.parametrize(("value", "code"), DECEIVING.items())
def test_a_subject_that_deceives_is_refused(api: Api, value: str, code: str) -> None:
    document = api.create(INVOICE)
    body = {"document_ids": [document], "to": "compta@dupont.example", "subject": value}

    answer = api("POST", "/v1/sends", body)

    assert (answer.status, answer.problems) == (422, {("subject", code)})
    assert not api.outbox.messages


@pytest.mark.parametrize(("value", "code"), DECEIVING.items())
def test_a_name_that_enters_headers_is_refused_alike(api: Api, value: str, code: str) -> None:
    profile = api("GET", "/v1/profile").json
    settings = api("GET", "/v1/settings").json

    answers = [
        api("PUT", "/v1/profile", profile | {"name": value}),
        api("PUT", "/v1/settings", settings | {"name": value}),
        api("POST", "/v1/documents", INVOICE | {"name": value}),
    ]

    assert [(answer.status, answer.problems) for answer in answers] == [
        (422, {("name", code)})
    ] * len(answers)


@pytest.mark.parametrize("piece", ["=?x?q?", "=?", "=?=?q", "?=", "=?a?b"])
def test_the_check_costs_what_reading_the_value_costs(piece: str) -> None:
    def seconds(length: int) -> float:
        value = (piece * length)[:length]
        return min(_timed(value) for _ in range(3))

    usual, long = seconds(20_000), seconds(200_000)

    # Ten times the text; a cost that grows with its square would be a hundred times as high.
    assert long < 40 * usual


def _timed(value: str) -> float:
    started = time.process_time()
    check_header(value, field="subject")
    return time.process_time() - started
