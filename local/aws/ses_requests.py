"""Requests of SES's ``SendEmail``, checked as SES checks a raw message."""

import base64
import email
import email.policy
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import parseaddr

MAX_ENVELOPE = 50
MAX_BYTES = 40 * 1024 * 1024
"""https://docs.aws.amazon.com/ses/latest/dg/quotas.html"""
MAX_LINE = 998
_TAG = re.compile(r"[A-Za-z0-9_-]{1,256}")
_ADDRESS = re.compile(r"[!-?A-~]{1,64}@[a-zA-Z0-9](?:[a-zA-Z0-9.-]{0,250}[a-zA-Z0-9])?")


class SesError(Exception):
    """An error response of SES: its code and message."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class SendRequest:
    """A message to send: its source, and the same parsed."""

    source: bytes
    message: EmailMessage
    sender: str
    envelope: Sequence[str]
    tags: Mapping[str, str]
    configuration_set: str


def read_send_request(body: bytes) -> SendRequest:
    """A request from its JSON body; raises SesError."""
    request = json.loads(body)
    source = _source(request)
    message = email.message_from_bytes(source, policy=email.policy.default)
    return SendRequest(
        source=source,
        message=message,
        sender=parseaddr(str(message.get("From", "")))[1],
        envelope=_envelope(request.get("Destination", {})),
        tags=_tags(request.get("EmailTags") or []),
        configuration_set=request.get("ConfigurationSetName", ""),
    )


def _source(request: Mapping[str, Mapping[str, Mapping[str, str]]]) -> bytes:
    raw = request.get("Content", {}).get("Raw", {}).get("Data")
    if raw is None:
        raise SesError("BadRequestException", "Only raw content is part of the local mode.")
    source = base64.b64decode(raw)
    if len(source) > MAX_BYTES:
        raise SesError("BadRequestException", f"Message is longer than {MAX_BYTES} bytes.")
    if any(len(line) > MAX_LINE for line in source.splitlines()):
        raise SesError("BadRequestException", f"Line longer than {MAX_LINE} characters.")
    return source


def _envelope(destination: Mapping[str, Sequence[str]]) -> Sequence[str]:
    envelope = [
        address
        for field in ("ToAddresses", "CcAddresses", "BccAddresses")
        for address in destination.get(field) or []
    ]
    if not 1 <= len(envelope) <= MAX_ENVELOPE:
        raise SesError("BadRequestException", f"Recipient count is not 1 to {MAX_ENVELOPE}.")
    for address in envelope:
        if not _ADDRESS.fullmatch(address):
            raise SesError("BadRequestException", "Illegal address")
    return envelope


def _tags(listed: Sequence[Mapping[str, str]]) -> Mapping[str, str]:
    tags = {tag["Name"]: tag["Value"] for tag in listed}
    if not all(_TAG.fullmatch(name) and _TAG.fullmatch(value) for name, value in tags.items()):
        raise SesError("BadRequestException", "Invalid tag name or value.")
    return tags
