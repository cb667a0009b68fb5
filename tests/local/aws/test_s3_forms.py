"""Presigned forms, posted to the local mode under the same conditions as to S3."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from facteur.adapters.s3 import S3_CONFIG, S3Uploads
from facteur.domain.identity import OrgId
from local.aws.s3_forms import PresignedForms
from local.aws.s3_links import LinkError
from tests.local.conftest import Running

BUCKET = "facteur-local-bucket"
PDF = b"%PDF-1.7\r\n\x00\xff\n--boundary\r\nend"
ORG = OrgId("atelier")
KEY = "tmp/atelier/uploads/01KBX3V5TQ8ZJ4M6N2W9RHCE1D.pdf"


def form(running: Running, *, limit: int = 100) -> dict[str, str]:
    """The fields of a form as the documents function signs it."""
    client: Any = running.session.client("s3", config=S3_CONFIG)
    made = S3Uploads(client, bucket=BUCKET).form(ORG, "01KBX3V5TQ8ZJ4M6N2W9RHCE1D", limit=limit)
    return dict(made.fields)


def post(running: Running, fields: dict[str, str], pdf: bytes = PDF) -> httpx.Response:
    files = {"file": ("facture.pdf", pdf, "application/pdf")}
    return running.http.post(f"/local/archive/{BUCKET}/", data=fields, files=files)


@pytest.mark.feature("B17", "B19")
def test_what_is_posted_is_kept_byte_for_byte_under_the_key_of_the_form(running: Running) -> None:
    response = post(running, form(running))

    stored = running.system.objects.find(BUCKET, KEY)
    assert response.status_code == 204
    assert stored is not None
    assert (stored.content, stored.media_type) == (PDF, "application/pdf")


@pytest.mark.parametrize(
    "change",
    [
        {"key": "atelier/other.pdf"},
        {"Content-Type": "text/html"},
        {"x-amz-signature": "0" * 64},
        {"x-amz-credential": "somebody/else"},
        {"policy": "e30="},
        {"acl": "public-read"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_form_that_was_changed_is_refused(running: Running, change: dict[str, str]) -> None:
    response = post(running, form(running) | change)

    assert response.status_code == 403
    assert running.system.objects.find(BUCKET, KEY) is None


@pytest.mark.parametrize(
    ("size", "status"), [(0, 400), (1, 204), (100, 204), (101, 400), (1_000, 400)]
)
def test_a_file_of_another_size_than_allowed_is_refused(
    running: Running, size: int, status: int
) -> None:
    response = post(running, form(running, limit=100), b"x" * size)

    assert response.status_code == status


def test_a_form_without_a_file_or_a_signature_is_refused(running: Running) -> None:
    address = f"/local/archive/{BUCKET}/"

    no_file = running.http.post(address, data=form(running))
    nothing_signed = post(running, {"key": KEY})

    assert (no_file.status_code, nothing_signed.status_code) == (400, 403)


def test_a_form_works_for_a_quarter_of_an_hour(running: Running) -> None:
    fields = form(running)
    secret = running.system.state.fact("secret") or ""

    def status_after(minutes: int) -> int:
        def now() -> datetime:
            return datetime.now(UTC) + timedelta(minutes=minutes)

        try:
            PresignedForms(secret, running.system.objects.put, now=now).store(BUCKET, fields, PDF)
        except LinkError as error:
            return error.status
        return 204

    assert [status_after(minutes) for minutes in (0, 14, 16)] == [204, 204, 403]


def test_what_was_posted_is_forgotten_after_a_day(running: Running) -> None:
    post(running, form(running))

    running.advance("P2D")

    assert running.system.objects.find(BUCKET, KEY) is None
