"""Models of the events that SES publishes to SNS.

Unknown fields are ignored, since SES adds some from time to time. A text that is null becomes "".
https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
"""

from datetime import UTC, datetime
from typing import Annotated, Literal

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

from facteur.domain.message import MAX_DETAIL


def _to_milliseconds(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=at.microsecond // 1000 * 1000)


type Instant = Annotated[AwareDatetime, AfterValidator(_to_milliseconds)]
type Text = Annotated[str, BeforeValidator(lambda value: value or "")]
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

    email_address: str
    status: Words = ""
    diagnostic_code: Words = ""

    @property
    def detail(self) -> str:
        """The remote server's response, or its status code alone."""
        return self.diagnostic_code or self.status


class Bounce(_Model):
    bounce_type: str
    bounce_sub_type: str
    bounced_recipients: tuple[Recipient, ...] = ()
    timestamp: Instant


class Complaint(_Model):
    """``complaint_sub_type`` is empty for a real complaint.

    ``OnAccountSuppressionList`` means an earlier complaint: SES accepted the message but did not
    send it. https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Complaint.html
    """

    complaint_sub_type: Words = ""
    complained_recipients: tuple[Recipient, ...] = ()
    complaint_feedback_type: Words = ""
    timestamp: Instant


class Delivery(_Model):
    timestamp: Instant
    recipients: tuple[str, ...] = ()
    smtp_response: Words = ""


class DeliveryDelay(_Model):
    delay_type: str
    delayed_recipients: tuple[Recipient, ...] = ()
    timestamp: Instant


class Reject(_Model):
    reason: Words = ""


class Failure(_Model):
    error_message: Words = ""


class SendEvent(_Model):
    event_type: Literal["Send"]
    mail: Mail


class DeliveryEvent(_Model):
    event_type: Literal["Delivery"]
    mail: Mail
    delivery: Delivery


class BounceEvent(_Model):
    event_type: Literal["Bounce"]
    mail: Mail
    bounce: Bounce


class ComplaintEvent(_Model):
    event_type: Literal["Complaint"]
    mail: Mail
    complaint: Complaint


class DeliveryDelayEvent(_Model):
    event_type: Literal["DeliveryDelay"]
    mail: Mail
    delivery_delay: DeliveryDelay


class RejectEvent(_Model):
    """SES accepted the message, then found a virus in it and did not send it."""

    event_type: Literal["Reject"]
    mail: Mail
    reject: Reject


class RenderingFailureEvent(_Model):
    """An SES template, which we do not use, could not be rendered: nothing was sent."""

    event_type: Literal["Rendering Failure"]
    mail: Mail
    failure: Failure


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
EVENT_TYPES = {
    "Send",
    "Delivery",
    "Bounce",
    "Complaint",
    "DeliveryDelay",
    "Reject",
    "Rendering Failure",
}
