"""Presigned forms: files that a browser posts under a signed policy, as to S3.

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

from local.aws.s3 import StoredObject
from local.aws.s3_links import LinkError
from local.template.names import REGION

_OUTSIDE_THE_POLICY = {"policy", "x-amz-signature", "file", "bucket"}


class PresignedForms:
    """Stores files posted with a form that a function has signed. Its time is real time."""

    def __init__(
        self,
        secret: str,
        put: Callable[[str, str, StoredObject], None],
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._credentials = Credentials("local", secret)
        self._put = put
        self._now = now

    def store(self, bucket: str, form: Mapping[str, str], content: bytes) -> None:
        """Store a file if the form's policy allows it now; raises LinkError."""
        fields = {name.lower(): value for name, value in form.items()}
        if fields.get("x-amz-signature") != self._signature(fields):
            raise LinkError(403, "SignatureDoesNotMatch")
        policy = _policy(fields["policy"])
        if self._now() > datetime.fromisoformat(str(policy["expiration"])):
            raise LinkError(403, "AccessDenied")
        _check(policy["conditions"], fields | {"bucket": bucket}, len(content))
        kind = fields.get("content-type", "binary/octet-stream")
        self._put(bucket, fields["key"], StoredObject(content, kind))

    def _signature(self, fields: Mapping[str, str]) -> str:
        """The signature that belongs to the policy; raises LinkError for credentials of another."""
        signer = botocore.auth.S3SigV4PostAuth(self._credentials, "s3", REGION)
        request = AWSRequest()
        request.context["timestamp"] = fields.get("x-amz-date", "")
        if fields.get("x-amz-credential") != signer.scope(request):
            raise LinkError(403, "InvalidAccessKeyId")
        return str(signer.signature(fields.get("policy", ""), request))


def _policy(policy: str) -> dict[str, object]:
    """The policy of a form; raises LinkError for anything else."""
    try:
        decoded: dict[str, object] = json.loads(base64.b64decode(policy))
    except (ValueError, binascii.Error) as error:
        raise LinkError(400, "InvalidPolicyDocument") from error
    return decoded


def _check(conditions: object, fields: Mapping[str, str], size: int) -> None:
    """Raise LinkError unless every condition is met and names every field."""
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
