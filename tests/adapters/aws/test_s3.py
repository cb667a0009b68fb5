"""The archive: PDFs stored by content, with links valid for a quarter of an hour."""

import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
from botocore.exceptions import ClientError, ReadTimeoutError
from botocore.stub import Stubber
from moto import mock_aws

from facteur.adapters.s3 import S3_CONFIG, S3Archive, S3Uploads
from facteur.domain.errors import UnavailableError
from facteur.domain.identity import OrgId

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

ORG, OTHER = OrgId("atelier"), OrgId("autre")
PDF = b"%PDF-1.7 facture"
UPLOAD = "01KBX3V5TQ8ZJ4M6N2W9RHCE1D"


@pytest.fixture
def client() -> "Iterator[S3Client]":
    with mock_aws():
        client: Any = boto3.client(
            "s3",
            region_name="eu-west-3",
            aws_access_key_id="testing",
            aws_secret_access_key="testing",
            config=S3_CONFIG,
        )
        client.create_bucket(
            Bucket="archive", CreateBucketConfiguration={"LocationConstraint": "eu-west-3"}
        )
        yield client


@pytest.fixture
def archive(client: "S3Client") -> S3Archive:
    return S3Archive(client, bucket="archive")


@pytest.fixture
def uploads(client: "S3Client") -> S3Uploads:
    return S3Uploads(client, bucket="archive")


@pytest.mark.feature("B7")
def test_what_is_kept_comes_back_byte_for_byte_under_its_sha256(archive: S3Archive) -> None:
    sha256 = archive.put(ORG, PDF)

    assert sha256 == hashlib.sha256(PDF).hexdigest()
    assert archive.get(ORG, sha256) == PDF


def test_keeping_again_writes_nothing(archive: S3Archive, client: "S3Client") -> None:
    sha256 = archive.put(ORG, PDF)
    before = client.head_object(Bucket="archive", Key=f"atelier/{sha256}.pdf")["LastModified"]

    assert archive.put(ORG, PDF) == sha256

    after = client.head_object(Bucket="archive", Key=f"atelier/{sha256}.pdf")["LastModified"]
    assert after == before


CONTENDED = ("put_object", "ConditionalRequestConflict", "", 409)


@pytest.mark.parametrize("there_by_then", [True, False])
def test_bytes_that_another_keeps_at_the_same_moment_are_kept(
    archive: S3Archive, client: "S3Client", there_by_then: bool
) -> None:
    with Stubber(client) as stub:
        stub.add_client_error(*CONTENDED)
        stub.add_client_error(*CONTENDED)
        if there_by_then:
            stub.add_client_error("put_object", "PreconditionFailed", http_status_code=412)
        else:
            stub.add_response("put_object", {})

        assert archive.put(ORG, PDF) == hashlib.sha256(PDF).hexdigest()

        stub.assert_no_pending_responses()


def test_bytes_that_others_keep_without_end_are_an_error(
    archive: S3Archive, client: "S3Client"
) -> None:
    with Stubber(client) as stub:
        for _ in range(4):
            stub.add_client_error(*CONTENDED)

        with pytest.raises(ClientError, match="ConditionalRequestConflict"):
            archive.put(ORG, PDF)

        stub.assert_no_pending_responses()


def test_any_other_refusal_is_an_error(archive: S3Archive, client: "S3Client") -> None:
    with Stubber(client) as stub:
        stub.add_client_error("put_object", "AccessDenied", http_status_code=403)

        with pytest.raises(ClientError):
            archive.put(ORG, PDF)


def test_an_archive_that_breaks_or_does_not_answer_is_unavailable(client: "S3Client") -> None:
    archive, uploads = S3Archive(client, bucket="archive"), S3Uploads(client, bucket="archive")
    calls: list[Callable[[], object]] = [
        lambda: archive.put(ORG, PDF),
        lambda: archive.get(ORG, "ab12"),
        lambda: archive.preview(ORG, PDF, filename="a.pdf"),
        lambda: uploads.find(ORG, UPLOAD, limit=100),
    ]
    slow_down = {"Error": {"Code": "SlowDown"}, "ResponseMetadata": {"HTTPStatusCode": 503}}
    for error in (
        ReadTimeoutError(endpoint_url="https://archive"),
        ClientError(slow_down, "AnyOperation"),  # type: ignore[arg-type]
    ):
        for call in calls:
            with _failing(client, error), pytest.raises(UnavailableError):
                call()


@contextmanager
def _failing(client: "S3Client", error: Exception) -> Iterator[None]:
    """Make every call fail, as after the client's own retries."""

    def fail(**_: object) -> None:
        raise error

    client.meta.events.register("before-call.s3", fail)
    yield
    client.meta.events.unregister("before-call.s3", fail)


@pytest.mark.feature("B20")
def test_organizations_keep_the_same_bytes_apart(archive: S3Archive) -> None:
    sha256 = archive.put(ORG, PDF)

    with pytest.raises(ClientError):
        archive.get(OTHER, sha256)


def test_a_link_is_regional_signed_and_shows_the_name_in_any_alphabet(archive: S3Archive) -> None:
    url = urlsplit(archive.link(ORG, "ab12", filename="Facture Été n°1.pdf"))

    query = {name: values[0] for name, values in parse_qs(url.query).items()}
    assert url.netloc == "archive.s3.eu-west-3.amazonaws.com"
    assert url.path == "/atelier/ab12.pdf"
    assert query["X-Amz-Algorithm"] == "AWS4-HMAC-SHA256"
    assert query["X-Amz-Expires"] == "900"
    assert query["response-content-type"] == "application/pdf"
    assert (
        query["response-content-disposition"]
        == "inline; filename*=UTF-8''Facture%20%C3%89t%C3%A9%20n%C2%B01.pdf"
    )


def test_links_and_forms_are_on_the_regional_host_in_the_first_region_of_all_too() -> None:
    key: Any = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}
    client: Any = boto3.client("s3", region_name="us-east-1", config=S3_CONFIG, **key)

    link = S3Archive(client, bucket="archive").link(ORG, "ab12", filename="a.pdf")
    form = S3Uploads(client, bucket="archive").form(ORG, UPLOAD, limit=100)

    assert link.startswith("https://archive.s3.us-east-1.amazonaws.com/")
    assert form.url == "https://archive.s3.us-east-1.amazonaws.com/"


def test_previews_stay_under_the_prefix_that_expires(
    archive: S3Archive, client: "S3Client"
) -> None:
    first = urlsplit(archive.preview(ORG, PDF, filename="a.pdf"))
    second = urlsplit(archive.preview(ORG, PDF, filename="a.pdf"))

    assert first.path.startswith("/tmp/atelier/")  # noqa: S108 - a key
    assert first.path != second.path
    stored = client.get_object(Bucket="archive", Key=first.path.removeprefix("/"))
    assert stored["Body"].read() == PDF


@pytest.mark.feature("B17")
def test_a_form_takes_one_pdf_of_a_limited_size_under_one_key_for_a_quarter_of_an_hour(
    uploads: S3Uploads,
) -> None:
    form = uploads.form(ORG, UPLOAD, limit=10_485_760)

    policy = json.loads(base64.b64decode(form.fields["policy"]))
    key = f"tmp/atelier/uploads/{UPLOAD}.pdf"
    assert form.upload_id == UPLOAD
    assert form.url == "https://archive.s3.eu-west-3.amazonaws.com/"
    assert (form.fields["key"], form.fields["Content-Type"]) == (key, "application/pdf")
    assert ["content-length-range", 1, 10_485_760] in policy["conditions"]
    for fixed in ({"key": key}, {"bucket": "archive"}, {"Content-Type": "application/pdf"}):
        assert fixed in policy["conditions"]
    started = datetime.fromisoformat(form.fields["x-amz-date"])
    ends = datetime.fromisoformat(policy["expiration"])
    assert ends - started <= timedelta(minutes=15, seconds=1)


@pytest.mark.feature("B17")
def test_an_upload_is_found_by_its_organization_alone(
    uploads: S3Uploads, client: "S3Client"
) -> None:
    client.put_object(Bucket="archive", Key=f"tmp/atelier/uploads/{UPLOAD}.pdf", Body=PDF)

    assert uploads.find(ORG, UPLOAD, limit=100) == PDF
    assert uploads.find(OTHER, UPLOAD, limit=100) is None


def test_no_more_of_an_upload_is_read_than_shows_that_it_is_too_large(
    uploads: S3Uploads, client: "S3Client"
) -> None:
    client.put_object(Bucket="archive", Key=f"tmp/atelier/uploads/{UPLOAD}.pdf", Body=PDF)

    assert uploads.find(ORG, UPLOAD, limit=4) == PDF[:5]


@pytest.mark.parametrize("code", ["NoSuchKey", "AccessDenied"])
def test_an_upload_that_lacks_is_none_also_to_who_may_not_list_the_bucket(
    uploads: S3Uploads, client: "S3Client", code: str
) -> None:
    with Stubber(client) as stub:
        stub.add_client_error("get_object", code)

        assert uploads.find(ORG, UPLOAD, limit=100) is None


def test_an_upload_that_cannot_be_read_is_an_error(uploads: S3Uploads, client: "S3Client") -> None:
    with Stubber(client) as stub:
        stub.add_client_error("get_object", "NoSuchBucket", http_status_code=404)

        with pytest.raises(ClientError):
            uploads.find(ORG, UPLOAD, limit=100)
