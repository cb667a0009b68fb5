"""Models of the events that SES publishes to SNS.

Unknown fields are ignored, since SES adds some from time to time. A text that is null becomes "".
https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Literal, get_args

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
)
from pydantic.alias_generators import to_camel

from facteur.adapters.ses_events.bounce_codes import bounce_of
from facteur.domain.message import MAX_DETAIL, MessageEvent
from facteur.ports.ses_events import NamedRecipient


def _to_milliseconds(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=at.microsecond // 1000 * 1000)


def _to_text(value: object) -> object:
    """Null as "", and half a surrogate pair, which JSON can carry and nothing could store, as ?."""
    if not isinstance(value, str):
        return "" if value is None else value
    storable = value.encode(errors="replace")
    return storable.decode()


type Instant = Annotated[AwareDatetime, AfterValidator(_to_milliseconds)]
type Text = Annotated[str, BeforeValidator(_to_text)]
type Words = Annotated[Text, AfterValidator(lambda words: words[:MAX_DETAIL])]
type Tag = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
type Single[T] = Annotated[tuple[T, ...], Field(min_length=1, max_length=1)]


class _Model(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, frozen=True)


class Tags(_Model):
    """The tags that ``deliver`` gave the message; SES makes a list of each value."""

    org: Single[Tag]
    send: Single[Tag]
    message: Single[Annotated[int, Field(ge=0)]]


class TaggedMail(_Model):
    """The fields of a message that identify it as ours."""

    tags: Tags


class Tagged(_Model):
    """Any event about a message of ours."""

    mail: TaggedMail


class Mail(TaggedMail):
    """The message of an event; ``timestamp`` is when SES accepted it."""

    timestamp: Instant
    message_id: str


class Recipient(_Model):
    """A recipient that an event concerns, with the remote server's response."""

    email_address: Text
    action: Text = ""
    status: Words = ""
    diagnostic_code: Words = ""

    def named(self, event: MessageEvent, code: str = "", *, detail: str = "") -> NamedRecipient:
        """It in our words; without ``detail``, with the server's response or status code."""
        detail = detail or self.diagnostic_code or self.status
        return NamedRecipient(address=self.email_address, event=event, code=code, detail=detail)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an event says in our words: of the message, and of each recipient that it names."""

    event: MessageEvent
    at: datetime
    named: Sequence[NamedRecipient] = ()
    code: str = ""
    detail: str = ""


class _Event(_Model):
    """An event about ``mail``; one class per type of event."""

    mail: Mail


class SendEvent(_Event):
    event_type: Literal["Send"]

    def report(self) -> Report:
        return Report(event=MessageEvent.SENT, at=self.mail.timestamp)


class Delivery(_Model):
    timestamp: Instant
    recipients: tuple[Text, ...] = ()
    smtp_response: Words = ""


class DeliveryEvent(_Event):
    event_type: Literal["Delivery"]
    delivery: Delivery

    def report(self) -> Report:
        delivery, event = self.delivery, MessageEvent.DELIVERED
        named = [
            NamedRecipient(address=address, event=event, detail=delivery.smtp_response)
            for address in delivery.recipients
        ]
        return Report(event=event, at=delivery.timestamp, named=named)


class Bounce(_Model):
    bounce_type: str
    bounce_sub_type: str
    bounced_recipients: tuple[Recipient, ...] = ()
    timestamp: Instant


class BounceEvent(_Event):
    event_type: Literal["Bounce"]
    bounce: Bounce

    def report(self) -> Report:
        bounce = self.bounce
        kind = bounce.bounce_type, bounce.bounce_sub_type
        event, code = bounce_of(*kind, "")
        named = [one.named(*bounce_of(*kind, one.action)) for one in bounce.bounced_recipients]
        return Report(event=event, at=bounce.timestamp, named=named, code=code)


_SUPPRESSED = "OnAccountSuppressionList"
_NOT_SPAM = "not-spam"


class Complaint(_Model):
    """``complaint_sub_type`` is empty for a real complaint.

    ``OnAccountSuppressionList`` means an earlier complaint: SES accepted the message but did not
    send it. https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Complaint.html
    A ``complaint_feedback_type`` of ``not-spam`` withdraws a complaint (RFC 6430).
    """

    complaint_sub_type: Words = ""
    complained_recipients: tuple[Recipient, ...] = ()
    complaint_feedback_type: Words = ""
    timestamp: Instant


class ComplaintEvent(_Event):
    event_type: Literal["Complaint"]
    complaint: Complaint

    def report(self) -> Report:
        complaint = self.complaint
        event, code, words = MessageEvent.COMPLAINED, "", complaint.complaint_feedback_type
        if complaint.complaint_sub_type == _SUPPRESSED:
            event, code, words = MessageEvent.HARD_BOUNCED, "suppressed", _SUPPRESSED
        elif words.strip().lower() == _NOT_SPAM:
            event = MessageEvent.NOT_SPAM
        named = [one.named(event, code, detail=words) for one in complaint.complained_recipients]
        return Report(event=event, at=complaint.timestamp, named=named, code=code)


class DeliveryDelay(_Model):
    delay_type: str
    delayed_recipients: tuple[Recipient, ...] = ()
    timestamp: Instant


class DeliveryDelayEvent(_Event):
    event_type: Literal["DeliveryDelay"]
    delivery_delay: DeliveryDelay

    def report(self) -> Report:
        delay, event = self.delivery_delay, MessageEvent.DELAYED
        code = "mailbox_full" if delay.delay_type == "MailboxFull" else "temporary_failure"
        named = [one.named(event, code) for one in delay.delayed_recipients]
        return Report(event=event, at=delay.timestamp, named=named, code=code)


class Reject(_Model):
    reason: Words = ""


class RejectEvent(_Event):
    """SES took the message, then found a virus in it: it was not sent."""

    event_type: Literal["Reject"]
    reject: Reject

    def report(self) -> Report:
        return Report(
            event=MessageEvent.REJECTED,
            at=self.mail.timestamp,
            code="content_rejected",
            detail=self.reject.reason,
        )


class Failure(_Model):
    error_message: Words = ""


class RenderingFailureEvent(_Event):
    """Of SES templates, which we do not use: the message was not sent."""

    event_type: Literal["Rendering Failure"]
    failure: Failure

    def report(self) -> Report:
        return Report(
            event=MessageEvent.FAILED,
            at=self.mail.timestamp,
            code="message_refused",
            detail=self.failure.error_message,
        )


type Event = (
    SendEvent
    | DeliveryEvent
    | BounceEvent
    | ComplaintEvent
    | DeliveryDelayEvent
    | RejectEvent
    | RenderingFailureEvent
)
EVENT: TypeAdapter[Event] = TypeAdapter(
    Annotated[Event, Field(discriminator="event_type")],
    # Errors are logged, and events contain addresses.
    config=ConfigDict(hide_input_in_errors=True),
)
EVENT_TYPES = frozenset(
    get_args(kind.model_fields["event_type"].annotation)[0] for kind in get_args(Event.__value__)
)
"""The types of events that are read; ``template.yaml`` subscribes to them."""
