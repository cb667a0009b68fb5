"""Presigned links: the same signatures and terms as on S3, at an address of this machine."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, quote, urlencode

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from local.intrinsics import REGION
from local.objects import Stored

_LINK = re.compile(rf"https://([a-z0-9.-]+)\.s3\.{REGION}\.amazonaws\.com/")
_OVERRIDES = {
    "response-content-disposition": "Content-Disposition",
    "response-content-type": "Content-Type",
    "response-cache-control": "Cache-Control",
}
_TIME = "%Y%m%dT%H%M%SZ"


class LinkError(Exception):
    """The link is forged, has expired, or leads nowhere; ``status`` is what S3 answers."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


def with_local_links(text: str, base: str) -> str:
    """``text`` with the links to buckets in it leading to ``base`` (ending in "/") instead."""
    return _LINK.sub(rf"{base}local/archive/\1/", text)


class Archive:
    """What presigned links lead to."""

    def __init__(
        self,
        secret: str,
        get: Callable[[str, str], Stored | None],
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._credentials = Credentials("local", secret)
        self._get = get
        self._now = now

    def read(self, bucket: str, key: str, query: str) -> tuple[bytes, dict[str, str]]:
        """The bytes and headers a presigned GET gives now, by real time; raises LinkError."""
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
        answered = {"Content-Type": stored.media_type}
        for name, header in _OVERRIDES.items():
            if name in signed:
                answered[header] = signed[name]
        return stored.content, answered

    def _signature(self, url: str, signed: dict[str, str]) -> str | None:
        """The signature that a link with these terms must carry."""
        at, credential = signed.get("X-Amz-Date", ""), signed.get("X-Amz-Credential", "")
        terms = {name: value for name, value in signed.items() if name != "X-Amz-Signature"}
        request = AWSRequest("GET", f"{url}?{urlencode(terms, quote_via=quote)}")
        request.context["timestamp"] = at
        request.context["payload_signing_enabled"] = False
        signer = botocore.auth.S3SigV4QueryAuth(self._credentials, "s3", REGION)
        if credential != f"local/{signer.credential_scope(request)}":
            return None
        canonical = signer.canonical_request(request)
        return str(signer.signature(signer.string_to_sign(request, canonical), request))
