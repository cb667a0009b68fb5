"""Presigned forms: files that browsers post, on the terms of a signed policy, as on S3.

https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
"""

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from local.archive import LinkError
from local.intrinsics import REGION
from local.objects import Stored

_OUTSIDE_THE_POLICY = {"policy", "x-amz-signature", "file", "bucket"}


class Uploads:
    """Takes what is posted with a form that a function has signed."""

    def __init__(
        self,
        secret: str,
        put: Callable[[str, str, Stored], None],
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._credentials = Credentials("local", secret)
        self._put = put
        self._now = now

    def take(self, bucket: str, form: Mapping[str, str], content: bytes) -> None:
        """Keep a file if the form's policy lets it in now, by real time; raises LinkError."""
        fields = {name.lower(): value for name, value in form.items()}
        if fields.get("x-amz-signature") != self._signature(fields):
            raise LinkError(403, "SignatureDoesNotMatch")
        policy = _read(fields["policy"])
        if self._now() > datetime.fromisoformat(str(policy["expiration"])):
            raise LinkError(403, "AccessDenied")
        _check(policy["conditions"], fields | {"bucket": bucket}, len(content))
        kind = fields.get("content-type", "binary/octet-stream")
        self._put(bucket, fields["key"], Stored(content, kind))

    def _signature(self, fields: Mapping[str, str]) -> str:
        """The signature that a form with this policy must carry."""
        signer = botocore.auth.S3SigV4PostAuth(self._credentials, "s3", REGION)
        request = AWSRequest()
        request.context["timestamp"] = fields.get("x-amz-date", "")
        if fields.get("x-amz-credential") != signer.scope(request):
            raise LinkError(403, "InvalidAccessKeyId")
        return str(signer.signature(fields.get("policy", ""), request))


def _read(policy: str) -> dict[str, object]:
    """A policy; its signature is right, so that we have written it."""
    try:
        read: dict[str, object] = json.loads(base64.b64decode(policy))
    except (ValueError, binascii.Error) as error:
        raise LinkError(400, "InvalidPolicyDocument") from error
    return read


def _check(conditions: object, fields: Mapping[str, str], size: int) -> None:
    """Every condition holds, and every field is named by one; raises LinkError."""
    named: set[str] = set()
    for condition in conditions if isinstance(conditions, Iterable) else ():
        match condition:
            case ["content-length-range", int(low), int(high)]:
                if size < low:
                    raise LinkError(400, "EntityTooSmall")
                if size > high:
                    raise LinkError(400, "EntityTooLarge")
            case dict():
                if any(fields.get(name.lower()) != value for name, value in condition.items()):
                    raise LinkError(403, "AccessDenied")
                named |= {name.lower() for name in condition}
            case _:
                raise LinkError(400, "InvalidPolicyDocument")
    if fields.keys() - named - _OUTSIDE_THE_POLICY:
        raise LinkError(403, "AccessDenied")
