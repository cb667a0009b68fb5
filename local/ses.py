"""SES: checks a raw message as SES does, captures it, and remembers to tell what became of it."""

import base64
import email
import email.policy
import json
import re
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from botocore.awsrequest import AWSPreparedRequest
from botocore.exceptions import ConnectTimeoutError, ReadTimeoutError

from local.aws import Answer, body_of, refusal
from local.clock import LocalClock
from local.faults import Faults
from local.intrinsics import REGION
from local.mailbox import Mailbox
from local.ses_events import Accepted, events_of
from local.state import State

MAX_ENVELOPE = 50
MAX_BYTES = 40 * 1024 * 1024
"""https://docs.aws.amazon.com/ses/latest/dg/quotas.html"""
MAX_LINE = 998
_TAG = re.compile(r"[A-Za-z0-9_-]{1,256}")
_ADDRESS = re.compile(r"[!-?A-~]{1,64}@[a-zA-Z0-9](?:[a-zA-Z0-9.-]{0,250}[a-zA-Z0-9])?")
_REPLACED = {b"message-id", b"date"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    source: bytes
    message: EmailMessage
    sender: str
    envelope: Sequence[str]
    tags: Mapping[str, str]
    configuration_set: str


class _RefusedError(Exception):
    """SES's answer to a message it does not take: its code and words."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Ses:
    """Answers ``SendEmail``. ``verified`` are the domains one may send from; ``topics`` says where
    an event of a kind goes, by configuration set; ``captured`` is told of each message taken."""

    state: State
    clock: LocalClock
    faults: Faults
    mailbox: Mailbox
    verified: Callable[[], Iterable[str]]
    topics: Callable[[str, str], Sequence[str]]
    configuration_sets: Iterable[str]
    captured: Callable[[str], None]
    """Told the id of each message taken."""

    def __call__(self, operation: str, request: AWSPreparedRequest) -> Answer:
        """The answer to one request, or the time-out that a fault asks for."""
        if operation != "SendEmail":
            raise LookupError(f"sesv2 {operation} is not part of the local mode")
        fault = self.faults.take("ses")
        match fault:
            case "throttle":
                return refusal(429, "TooManyRequestsException", "Maximum sending rate exceeded.")
            case "timeout_before_accept":
                # The connection is never made, so the caller knows that nothing was sent.
                raise ConnectTimeoutError(endpoint_url=request.url)
            case "error_500":
                return refusal(500, "InternalServiceErrorException", "Internal failure.")
            case "reject":
                return refusal(400, "MessageRejected", "Message rejected: asked for by a fault.")
        try:
            asked = _read(body_of(request))
            self._check(asked)
        except _RefusedError as error:
            return refusal(400, error.code, str(error))
        message_id = self._take(asked)
        if fault == "timeout_after_accept":
            raise ReadTimeoutError(endpoint_url=request.url)
        answer = json.dumps({"MessageId": message_id}).encode()
        return 200, {"Content-Type": "application/json"}, answer

    def _check(self, asked: _Asked) -> None:
        if asked.configuration_set not in self.configuration_sets:
            raise _RefusedError(
                "NotFoundException",
                f"Configuration set <{asked.configuration_set}> does not exist.",
            )
        if asked.sender.rpartition("@")[2].lower() not in set(self.verified()):
            raise _RefusedError(
                "MessageRejected",
                "Email address is not verified. The following identities failed the check in"
                f" region {REGION.upper()}: {asked.sender}",
            )

    def _take(self, asked: _Asked) -> str:
        """Capture the message with its events to come: both, or neither."""
        now = self.clock.now()
        message_id = f"0102{uuid.uuid4().hex[:12]}-{uuid.uuid4()}-000000"
        own = {
            "Message-ID": f"<{message_id}@{REGION}.amazonses.com>",
            "Date": format_datetime(now),
        }
        source = _with_headers(asked.source, own)
        headers = [*own.items(), *((name, str(value)) for name, value in asked.message.items())]
        mail = Accepted(
            id=message_id,
            source=asked.sender,
            destination=asked.envelope,
            headers=headers,
            tags=asked.tags,
            configuration_set=asked.configuration_set,
            at=now,
        )
        with self.state.transaction():
            self.mailbox.keep(
                source,
                id=message_id,
                sender=asked.sender,
                to=asked.envelope,
                subject=str(asked.message.get("Subject", "")),
                at=now,
                tags=dict(asked.tags),
            )
            self._plan_events(mail)
        self.captured(message_id)
        return message_id

    def _plan_events(self, mail: Accepted) -> None:
        events = list(events_of(mail))
        delays = [delay for delay, _ in events]
        if self.faults.take("events", among=("reorder",), count=len(events)):
            delays.reverse()
        now = self.clock.timestamp()
        for delay, (_, event) in zip(delays, events, strict=True):
            for topic in self.topics(mail.configuration_set, str(event["eventType"])):
                self.state.write(
                    "INSERT INTO events (due_at, topic, body) VALUES (?, ?, ?)",
                    now + delay,
                    topic,
                    json.dumps(event),
                )


def _read(body: bytes) -> _Asked:
    """A request as SES understands it; raises _RefusedError."""
    asked = json.loads(body)
    raw = asked.get("Content", {}).get("Raw", {}).get("Data")
    if raw is None:
        raise _RefusedError("BadRequestException", "Only raw content is part of the local mode.")
    source = base64.b64decode(raw)
    if len(source) > MAX_BYTES:
        raise _RefusedError("BadRequestException", f"Message is longer than {MAX_BYTES} bytes.")
    if any(len(line) > MAX_LINE for line in source.splitlines()):
        raise _RefusedError("BadRequestException", f"Line longer than {MAX_LINE} characters.")
    message = email.message_from_bytes(source, policy=email.policy.default)
    destination = asked.get("Destination", {})
    envelope = [
        address
        for field in ("ToAddresses", "CcAddresses", "BccAddresses")
        for address in destination.get(field) or []
    ]
    if not 1 <= len(envelope) <= MAX_ENVELOPE:
        raise _RefusedError("BadRequestException", f"Recipient count is not 1 to {MAX_ENVELOPE}.")
    for address in envelope:
        if not _ADDRESS.fullmatch(address):
            raise _RefusedError("BadRequestException", "Illegal address")
    tags = {tag["Name"]: tag["Value"] for tag in asked.get("EmailTags") or []}
    if not all(_TAG.fullmatch(name) and _TAG.fullmatch(value) for name, value in tags.items()):
        raise _RefusedError("BadRequestException", "Invalid tag name or value.")
    return _Asked(
        source=source,
        message=message,
        sender=parseaddr(str(message.get("From", "")))[1],
        envelope=envelope,
        tags=tags,
        configuration_set=asked.get("ConfigurationSetName", ""),
    )


def _with_headers(source: bytes, own: Mapping[str, str]) -> bytes:
    """The source with SES's own Message-ID and Date; every other byte as it was."""
    end = b"\r\n" if b"\r\n" in source[:2_000] else b"\n"
    head, blank, body = source.partition(end + end)
    kept: list[bytes] = []
    skipping = False
    for line in head.split(end):
        if not line.startswith((b" ", b"\t")):
            skipping = line.partition(b":")[0].strip().lower() in _REPLACED
        if not skipping:
            kept.append(line)
    ours = [f"{name}: {value}".encode() for name, value in own.items()]
    return end.join(ours + kept) + blank + body
