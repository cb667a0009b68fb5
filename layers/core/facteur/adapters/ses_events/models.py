"""The shape of SES events as they come through SNS.

Unknown fields are ignored: SES adds some now and then. What comes as null is empty.
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
    """What ``deliver`` tagged the message with; SES makes a list of every value."""

    org: Single[Tag]
    send: Single[Tag]
    message: Single[Annotated[int, Field(ge=0)]]


class TaggedMail(_Model):
    """As much of a message as tells whether it is ours."""

    tags: Tags


class Tagged(_Model):
    """An event of a message of ours, whatever it says."""

    mail: TaggedMail


class Mail(TaggedMail):
    """The message an event is about; ``timestamp`` is when SES took it."""

    timestamp: Instant
    message_id: str


class Recipient(_Model):
    """A recipient that something happened to, with the remote server's words."""

    email_address: str
    status: Words = ""
    diagnostic_code: Words = ""

    @property
    def detail(self) -> str:
        """What the remote server said, or its bare status."""
        return self.diagnostic_code or self.status


class Bounce(_Model):
    bounce_type: str
    bounce_sub_type: str
    bounced_recipients: tuple[Recipient, ...] = ()
    timestamp: Instant


class Complaint(_Model):
    """``complaint_sub_type`` is empty when somebody did complain.

    ``OnAccountSuppressionList`` means that they had before: SES took the message and did not try to
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
    """SES took the message, then found a virus in it: it was not sent."""

    event_type: Literal["Reject"]
    mail: Mail
    reject: Reject


class RenderingFailureEvent(_Model):
    """Of SES templates, which we do not use: the message was not sent."""

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
    # Errors are logged, and an event is full of addresses.
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
