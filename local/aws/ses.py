"""SES: captures each accepted message in the mailbox, and plans the events that follow."""

import json
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from email.utils import format_datetime

from botocore.awsrequest import AWSPreparedRequest
from botocore.exceptions import ConnectTimeoutError, ReadTimeoutError

from local.aws.ses_events import AcceptedMessage, events_of
from local.aws.ses_requests import SendRequest, SesError, read_send_request
from local.aws.sns import SesEventPublisher
from local.aws.transport import Response, body_of, error_response
from local.mailbox.captured import Mailbox
from local.state.clock import LocalClock
from local.state.faults import Faults
from local.state.store import State
from local.template.names import REGION

_REPLACED = {b"message-id", b"date"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ses:
    """Answers ``SendEmail``.

    ``verified_domains`` lists the domains that anybody may send from; ``on_captured`` is called
    with the id of each captured message.
    """

    state: State
    clock: LocalClock
    faults: Faults
    mailbox: Mailbox
    publisher: SesEventPublisher
    verified_domains: Callable[[], Iterable[str]]
    configuration_sets: Iterable[str]
    on_captured: Callable[[str], None]

    def __call__(self, operation: str, request: AWSPreparedRequest) -> Response:
        """The response to one request; raises the time-out that a fault sets."""
        if operation != "SendEmail":
            raise LookupError(f"sesv2 {operation} is not part of the local mode")
        fault = self.faults.take("ses")
        match fault:
            case "throttle":
                return error_response(
                    429, "TooManyRequestsException", "Maximum sending rate exceeded."
                )
            case "timeout_before_accept":
                # No connection was made: the caller knows that nothing was sent.
                raise ConnectTimeoutError(endpoint_url=request.url)
            case "error_500":
                return error_response(500, "InternalServiceErrorException", "Internal failure.")
            case "reject":
                return error_response(
                    400, "MessageRejected", "Message rejected: asked for by a fault."
                )
        try:
            to_send = read_send_request(body_of(request))
            self._check(to_send)
        except SesError as error:
            return error_response(400, error.code, str(error))
        message_id = self._accept(to_send)
        if fault == "timeout_after_accept":
            raise ReadTimeoutError(endpoint_url=request.url)
        body = json.dumps({"MessageId": message_id}).encode()
        return 200, {"Content-Type": "application/json"}, body

    def _check(self, request: SendRequest) -> None:
        if request.configuration_set not in self.configuration_sets:
            raise SesError(
                "NotFoundException",
                f"Configuration set <{request.configuration_set}> does not exist.",
            )
        if request.sender.rpartition("@")[2].lower() not in set(self.verified_domains()):
            raise SesError(
                "MessageRejected",
                "Email address is not verified. The following identities failed the check in"
                f" region {REGION.upper()}: {request.sender}",
            )

    def _accept(self, request: SendRequest) -> str:
        """Capture the message and plan its events in one transaction; returns its id."""
        now = self.clock.now()
        message_id = f"0102{uuid.uuid4().hex[:12]}-{uuid.uuid4()}-000000"
        own_headers = {
            "Message-ID": f"<{message_id}@{REGION}.amazonses.com>",
            "Date": format_datetime(now),
        }
        headers = [(name, str(value)) for name, value in request.message.items()]
        accepted = AcceptedMessage(
            id=message_id,
            source=request.sender,
            destination=request.envelope,
            headers=[*own_headers.items(), *headers],
            tags=request.tags,
            configuration_set=request.configuration_set,
            at=now,
        )
        with self.state.transaction():
            self.mailbox.add(
                _with_headers(request.source, own_headers),
                id=message_id,
                sender=request.sender,
                to=request.envelope,
                subject=str(request.message.get("Subject", "")),
                at=now,
                tags=dict(request.tags),
            )
            self._plan_events(accepted)
        self.on_captured(message_id)
        return message_id

    def _plan_events(self, message: AcceptedMessage) -> None:
        events = list(events_of(message))
        delays = [delay for delay, _ in events]
        if self.faults.take("events", among=("reorder",), count=len(events)):
            delays.reverse()
        now = self.clock.timestamp()
        for delay, (_, event) in zip(delays, events, strict=True):
            self.publisher.plan(message.configuration_set, event, due_at=now + delay)


def _with_headers(source: bytes, own: Mapping[str, str]) -> bytes:
    """The source with SES's own Message-ID and Date; every other byte stays as it was."""
    end = b"\r\n" if b"\r\n" in source[:2_000] else b"\n"
    head, blank, body = source.partition(end + end)
    kept: list[bytes] = []
    is_replaced = False
    for line in head.split(end):
        # A line that begins with white space continues the header before it.
        if not line.startswith((b" ", b"\t")):
            is_replaced = line.partition(b":")[0].strip().lower() in _REPLACED
        if not is_replaced:
            kept.append(line)
    added = [f"{name}: {value}".encode() for name, value in own.items()]
    return end.join(added + kept) + blank + body
