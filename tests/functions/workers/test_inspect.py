"""The function ``inspect`` as deployed: its own wiring, on the bucket of moto."""

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import facteur.bootstrap.inspect
from functions.inspect.handler import handler
from tests.fakes import FakeClock
from tests.functions.workers.conftest import context, event
from tests.support.deployment import deployment
from tests.support.pdfs import objects, pdf_of

REQUEST = event("inspect")
KEY = f"tmp/{REQUEST['organization']}/uploads/{REQUEST['upload_id']}.pdf"


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The empty archive, whose environment is that of the function alone."""
    with deployment(monkeypatch, FakeClock(), facteur.bootstrap.inspect.inspect) as deployed:
        for name in ("TABLE_NAME", "OUTBOX_QUEUE_URL", "INSPECT_FUNCTION"):
            monkeypatch.delenv(name)
        yield deployed.s3


def inspected(bucket: Any, pdf: bytes) -> dict[str, Any]:
    bucket.put_object(Bucket="archive", Key=KEY, Body=pdf)
    return handler(REQUEST, context())


@pytest.mark.feature("B17")
def test_a_good_upload_is_named_by_the_hash_of_the_bytes_that_were_read(bucket: Any) -> None:
    pdf = pdf_of()

    assert inspected(bucket, pdf) == {
        "sha256": hashlib.sha256(pdf).hexdigest(),
        "reason": None,
        "what": "",
    }


@pytest.mark.feature("B17")
def test_a_hostile_upload_is_refused_with_its_reason(bucket: Any) -> None:
    answer = inspected(bucket, pdf_of(objects(catalog=b"/OpenAction<</S/L#61unch>>")))

    assert (answer["reason"], answer["what"]) == ("upload_has_actions", "Launch")
    assert json.loads(json.dumps(answer)) == answer


def test_an_upload_that_is_gone_or_too_large_has_no_hash(bucket: Any) -> None:
    gone = handler(REQUEST, context())
    large = inspected(bucket, b"%PDF-".ljust(10 * 1024 * 1024 + 1))

    assert gone == large == {"sha256": "", "reason": None, "what": ""}


def test_the_log_names_the_upload_and_no_word_of_it(
    bucket: Any, logged: Callable[[], list[dict[str, Any]]]
) -> None:
    inspected(bucket, pdf_of(objects(catalog=b"/OpenAction<</S/Secret>>")))

    [line] = logged()
    assert (line["upload"], line["reason"]) == (REQUEST["upload_id"], "upload_has_actions")
    assert "Secret" not in json.dumps(line)
