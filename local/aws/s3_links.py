"""Presigned links: signed and limited as on S3, but with the address of the local server."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, quote, urlencode

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from local.aws.s3 import StoredObject
from local.template.names import REGION

_LINK = re.compile(rf"https://([a-z0-9.-]+)\.s3\.{REGION}\.amazonaws\.com/")
_OVERRIDES = {
    "response-content-disposition": "Content-Disposition",
    "response-content-type": "Content-Type",
    "response-cache-control": "Cache-Control",
}
_TIME = "%Y%m%dT%H%M%SZ"


class LinkError(Exception):
    """A link or form with a wrong signature, expired or without its object.

    ``status`` and ``code`` are those of S3's response.
    """

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


def with_local_links(text: str, base: str) -> str:
    """``text`` with the host of every link to a bucket replaced by ``base``, which ends in "/"."""
    return _LINK.sub(rf"{base}local/archive/\1/", text)


class PresignedLinks:
    """Serves presigned links to objects. Their time is real time, which the local clock leaves
    alone: boto3 signs with it."""

    def __init__(
        self,
        secret: str,
        get: Callable[[str, str], StoredObject | None],
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._credentials = Credentials("local", secret)
        self._get = get
        self._now = now

    def read(self, bucket: str, key: str, query: str) -> tuple[bytes, dict[str, str]]:
        """The content and headers that a presigned GET responds with; raises LinkError."""
        signed = dict(parse_qsl(query, keep_blank_values=True))
        url = f"https://{bucket}.s3.{REGION}.amazonaws.com/{quote(key)}"
        expected = self._signature(url, signed)
        if expected is None or signed.get("X-Amz-Signature") != expected:
            raise LinkError(403, "SignatureDoesNotMatch")
        started = datetime.strptime(signed["X-Amz-Date"], _TIME).replace(tzinfo=UTC)
        if self._now() > started + timedelta(seconds=int(signed["X-Amz-Expires"])):
            raise LinkError(403, "AccessDenied")
        stored = self._get(bucket, key)
        if stored is None:
            raise LinkError(404, "NoSuchKey")
        headers = {"Content-Type": stored.media_type}
        for name, header in _OVERRIDES.items():
            if name in signed:
                headers[header] = signed[name]
        return stored.content, headers

    def _signature(self, url: str, signed: dict[str, str]) -> str | None:
        """The signature that belongs to these parameters, or None for credentials of another."""
        at, credential = signed.get("X-Amz-Date", ""), signed.get("X-Amz-Credential", "")
        unsigned = {name: value for name, value in signed.items() if name != "X-Amz-Signature"}
        request = AWSRequest("GET", f"{url}?{urlencode(unsigned, quote_via=quote)}")
        request.context["timestamp"] = at
        request.context["payload_signing_enabled"] = False
        signer = botocore.auth.S3SigV4QueryAuth(self._credentials, "s3", REGION)
        if credential != f"local/{signer.credential_scope(request)}":
            return None
        canonical = signer.canonical_request(request)
        return str(signer.signature(signer.string_to_sign(request, canonical), request))
