"""S3: the archive of sent PDFs, and short-lived previews and uploads in the same bucket."""

import hashlib
import random
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from facteur.adapters.aws_errors import is_unanswered
from facteur.domain.attempts import pause_after
from facteur.domain.errors import UnavailableError
from facteur.domain.identity import OrgId
from facteur.ports import UploadForm

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

S3_CONFIG = Config(
    # By default boto3 presigns with SigV2 for the global host, which redirects or refuses. The
    # console's Content-Security-Policy names the regional host, also in us-east-1.
    signature_version="s3v4",
    s3={"addressing_style": "virtual", "us_east_1_regional_endpoint": "regional"},
    retries={"mode": "standard", "total_max_attempts": 4},
    connect_timeout=2,
    read_timeout=10,
)
LINK_LIFETIME = timedelta(minutes=15)
_PDF = "application/pdf"
_EXISTS = "PreconditionFailed"
_CONTENDED = "ConditionalRequestConflict"
"""A concurrent write to the same key: try again.
https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html"""
_ATTEMPTS = 4
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(milliseconds=100), timedelta(milliseconds=800)
_MISSING = {"NoSuchKey", "AccessDenied"}
"""S3 answers AccessDenied for a missing key to callers that may not list the bucket.
https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html"""


class S3Archive:
    """The port ``Archive``: PDFs at ``<org>/<sha256>.pdf``, previews below ``tmp/<org>/``."""

    def __init__(self, client: "S3Client", *, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def put(self, organization: OrgId, pdf: bytes) -> str:
        """Store a PDF under its SHA-256, unless it is there already."""
        sha256 = hashlib.sha256(pdf).hexdigest()
        key = _key(organization, sha256)
        for attempt in range(1, _ATTEMPTS):
            try:
                self._put_if_absent(key, pdf)
            except ClientError as error:
                if error.response["Error"]["Code"] != _CONTENDED:
                    raise
                chance = random.random()  # noqa: S311 - jitter
                pause = pause_after(attempt, first=_FIRST_PAUSE, most=_LONGEST_PAUSE, chance=chance)
                time.sleep(pause.total_seconds())
            else:
                return sha256
        self._put_if_absent(key, pdf)
        return sha256

    def _put_if_absent(self, key: str, pdf: bytes) -> None:
        try:
            with _translated():
                self._client.put_object(
                    Bucket=self._bucket, Key=key, Body=pdf, ContentType=_PDF, IfNoneMatch="*"
                )
        except ClientError as error:
            # The key is the hash of the content, so what is stored are these bytes.
            if error.response["Error"]["Code"] != _EXISTS:
                raise

    def get(self, organization: OrgId, sha256: str) -> bytes:
        """The PDF stored under a SHA-256."""
        with _translated():
            answer = self._client.get_object(Bucket=self._bucket, Key=_key(organization, sha256))
            return answer["Body"].read()

    def link(self, organization: OrgId, sha256: str, *, filename: str) -> str:
        """A link to an archived PDF, valid for ``LINK_LIFETIME``, shown as ``filename``."""
        return self._link(_key(organization, sha256), filename)

    def preview(self, organization: OrgId, pdf: bytes, *, filename: str) -> str:
        """Store a PDF for a day and return a link to it, valid for ``LINK_LIFETIME``."""
        key = f"tmp/{organization}/{uuid.uuid4().hex}.pdf"
        with _translated():
            self._client.put_object(Bucket=self._bucket, Key=key, Body=pdf, ContentType=_PDF)
        return self._link(key, filename)

    def _link(self, key: str, filename: str) -> str:
        return self._client.generate_presigned_url(
            "get_object",
            Params={
                "Bucket": self._bucket,
                "Key": key,
                "ResponseContentType": _PDF,
                "ResponseContentDisposition": content_disposition(filename),
            },
            ExpiresIn=int(LINK_LIFETIME.total_seconds()),
        )


class S3Uploads:
    """The port ``Uploads``: PDFs below ``tmp/<org>/uploads/``, removed after a day."""

    def __init__(self, client: "S3Client", *, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def form(self, organization: OrgId, upload_id: str, *, limit: int) -> UploadForm:
        """A presigned POST of one PDF of at most ``limit`` bytes, valid for ``LINK_LIFETIME``."""
        terms = [{"Content-Type": _PDF}, ["content-length-range", 1, limit]]
        made = self._client.generate_presigned_post(
            self._bucket,
            _upload_key(organization, upload_id),
            Fields={"Content-Type": _PDF},
            Conditions=terms,
            ExpiresIn=int(LINK_LIFETIME.total_seconds()),
        )
        return UploadForm(upload_id, made["url"], made["fields"])

    def find(self, organization: OrgId, upload_id: str, *, limit: int) -> bytes | None:
        """The bytes posted under an id, at most one more than ``limit``; or None."""
        key = _upload_key(organization, upload_id)
        try:
            with _translated():
                body = self._client.get_object(Bucket=self._bucket, Key=key)["Body"]
                return body.read(limit + 1)
        except ClientError as error:
            if error.response["Error"]["Code"] in _MISSING:
                return None
            raise


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        if is_unanswered(error):
            raise UnavailableError("archive_unavailable") from error
        raise


def content_disposition(filename: str) -> str:
    """A Content-Disposition header with a file name in any alphabet (RFC 6266, RFC 8187)."""
    return f"inline; filename*=UTF-8''{quote(filename, safe='')}"


def _upload_key(organization: OrgId, upload_id: str) -> str:
    return f"tmp/{organization}/uploads/{upload_id}.pdf"


def _key(organization: OrgId, sha256: str) -> str:
    return f"{organization}/{sha256}.pdf"
