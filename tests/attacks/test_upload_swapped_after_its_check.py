"""A file that is exchanged for another one between its check and its storing.

The form of an upload stays valid for some minutes. The attacker posts an honest PDF, creates a
document of it, and posts a hostile one under the same id while the first is being inspected; or
the reverse, so that the inspector sees the honest one. What is kept and sent must be the very
bytes that were inspected.
"""

import hashlib
from collections.abc import Callable

import pytest

from tests.functions.calling import Answer, Api

GOOD, HOSTILE = b"%PDF-1.7 good", b"%PDF-1.7 /Launch"
INVOICE = {"type": "invoice", "number": "F-1", "date": "2026-11-21"}


def created(api: Api, pdf: bytes, *, meanwhile: bytes) -> Answer:
    """A document of an upload that is exchanged when the inspector begins to read it."""
    upload_id = api.upload(pdf)
    [key] = api.uploads.posted

    def post() -> None:
        api.uploads.posted[key] = meanwhile

    api.inspector.before = post
    return api("POST", "/v1/documents", INVOICE | {"upload_id": upload_id})


def test_a_hostile_file_is_not_kept_when_the_inspector_saw_a_good_one(api: Api) -> None:
    answer = created(api, HOSTILE, meanwhile=GOOD)

    assert (answer.status, answer.problems) == (422, {("upload_id", "upload_changed")})
    assert api.archive.kept == {}
    assert api("GET", "/v1/documents").json["items"] == []


def test_a_good_file_is_not_kept_unseen_either(api: Api) -> None:
    answer = created(api, GOOD, meanwhile=b"%PDF-1.7 another good one")

    assert answer.problems == {("upload_id", "upload_changed")}
    assert api.archive.kept == {}


def test_a_file_that_is_exchanged_after_its_inspection_is_kept_as_it_was(api: Api) -> None:
    upload_id = api.upload(GOOD)
    answer = api("POST", "/v1/documents", INVOICE | {"upload_id": upload_id})
    api.uploads.posted = dict.fromkeys(api.uploads.posted, HOSTILE)

    assert answer.status == 201
    assert answer.json["upload"]["sha256"] == hashlib.sha256(GOOD).hexdigest()
    assert list(api.archive.kept.values()) == [GOOD]


@pytest.mark.parametrize(
    "change", [lambda pdf: pdf + b" ", lambda pdf: pdf[:-1], lambda _: b""], ids=["+1", "-1", "0"]
)
def test_one_byte_makes_another_file(api: Api, change: Callable[[bytes], bytes]) -> None:
    answer = created(api, GOOD, meanwhile=change(GOOD))

    assert answer.status == 422
    assert api.archive.kept == {}
