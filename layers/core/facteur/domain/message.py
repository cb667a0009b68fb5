"""The messages of a Send: their envelopes, and the outcome of each recipient.

What happened to a message is kept as *events*: for each kind of event, the first instant at which
it happened. Events are only ever added, and an event that is reported again keeps its smallest
detail, so any order and repetition of reports ends in the same events. Everything else is derived
from them. Only a claim may be taken back, by its owner.
"""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from facteur.domain.address import MAX_ENVELOPE, Recipient, Role, mailbox_of

MAX_DETAIL = 1_000
"""Characters kept of the text of the mail service or of a remote server."""


def detail_of(text: str) -> str:
    """A remote server's text as it is kept: MAX_DETAIL characters that UTF-8 can encode.

    JSON may contain half of a surrogate pair, which becomes U+FFFD.
    """
    return text[:MAX_DETAIL].encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class Outcome(StrEnum):
    """What became of a recipient, as shown."""

    QUEUED = "queued"
    SENDING = "sending"
    UNCONFIRMED = "unconfirmed"
    SENT = "sent"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    REJECTED = "rejected"
    FAILED = "failed"


class MessageEvent(StrEnum):
    """Something that happened to a message or to one of its recipients.

    A *soft* bounce means that delivery is no longer tried, but after a delivery it is an automatic
    reply. *Refused* is a transient bounce that is no such reply (mailbox full, too large, refused
    for its content): the mail was not kept, even where the server had accepted it. A *hard* bounce
    (permanent) is final. *Not spam* withdraws a complaint made before it.
    https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html
    """

    UNCONFIRMED = "unconfirmed"
    SENT = "sent"
    DELAYED = "delayed"
    SOFT_BOUNCED = "soft_bounced"
    DELIVERED = "delivered"
    REFUSED = "refused"
    HARD_BOUNCED = "hard_bounced"
    COMPLAINED = "complained"
    NOT_SPAM = "not_spam"
    REJECTED = "rejected"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Standing:
    """What an event does to a recipient: the one of the highest ``rank`` decides the outcome."""

    rank: int
    outcome: Outcome


STANDINGS = {
    MessageEvent.UNCONFIRMED: Standing(2, Outcome.UNCONFIRMED),
    MessageEvent.SENT: Standing(3, Outcome.SENT),
    MessageEvent.DELAYED: Standing(4, Outcome.DELAYED),
    MessageEvent.SOFT_BOUNCED: Standing(5, Outcome.BOUNCED),
    MessageEvent.DELIVERED: Standing(6, Outcome.DELIVERED),
    MessageEvent.REFUSED: Standing(7, Outcome.BOUNCED),
    MessageEvent.HARD_BOUNCED: Standing(8, Outcome.BOUNCED),
    MessageEvent.REJECTED: Standing(9, Outcome.REJECTED),
    MessageEvent.FAILED: Standing(9, Outcome.FAILED),
}
"""All that is particular to each event. A complaint is a flag, as is its withdrawal: they have no
place here, and a complaint shows only on what was accepted."""

FAILURES = frozenset({Outcome.BOUNCED, Outcome.REJECTED, Outcome.FAILED, Outcome.UNCONFIRMED})
ACCEPTED = frozenset({Outcome.SENT, Outcome.DELAYED, Outcome.DELIVERED, Outcome.COMPLAINED})
PENDING = frozenset({Outcome.QUEUED, Outcome.SENDING})
UNTROUBLED = frozenset({MessageEvent.SENT, MessageEvent.DELAYED, MessageEvent.DELIVERED})
"""Events of which no recipient has failed, as long as a message has no others."""


@dataclass(frozen=True, slots=True, order=True)
class EventDetail:
    """When an event happened, with its stable code and the raw text reported with it."""

    at: datetime
    code: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right of one worker to POST a message; ``owner`` is random and new for each claim."""

    owner: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EventKey:
    """An event of the whole message, or of the recipient at ``index`` of its envelope."""

    event: MessageEvent
    index: int | None = None


@dataclass(frozen=True, slots=True)
class MessageState:
    """The claim and events of message ``n`` of a Send; none is stored before the first."""

    n: int
    claim: Claim | None = None
    ses_message_id: str | None = None
    events: Mapping[EventKey, EventDetail] = field(default_factory=dict)

    @property
    def is_pending(self) -> bool:
        """Neither accepted nor given up: no event about the whole message yet."""
        return not any(key.index is None for key in self.events)

    @property
    def is_untroubled(self) -> bool:
        """Has nothing happened to it that could be, or ever have been, a failure?"""
        return all(key.event in UNTROUBLED for key in self.events)

    @property
    def is_queued(self) -> bool:
        """May a worker claim it?"""
        return self.claim is None and self.is_pending


@dataclass(frozen=True, slots=True)
class PlannedMessage:
    """One e-mail of a Send: its envelope and the addresses its headers show.

    ``to_header`` empty means that the To header shows the sender, who is not in the envelope.
    """

    n: int
    envelope: tuple[Recipient, ...]
    to_header: tuple[str, ...]
    cc_header: tuple[str, ...]

    def index_of(self, address: str) -> int | None:
        """The index of ``address`` in the envelope; None if absent.

        An address that is there as it is spelled comes first, then its ``mailbox_of``.
        """
        known = {recipient.address.casefold(): n for n, recipient in enumerate(self.envelope)}
        found = known.get(address.casefold())
        return known.get(mailbox_of(address)) if found is None else found


def plan_messages(
    recipients: tuple[Recipient, ...], *, separate: bool, copy: str | None
) -> tuple[PlannedMessage, ...]:
    """The messages of a Send, numbered from 0; the same arguments always give the same messages.

    Separate: one message per recipient, the sender's ``copy`` last. Grouped: identical headers,
    envelopes of at most MAX_ENVELOPE, the copy in the first. There is no copy when the sender is a
    recipient.
    """
    if copy is not None and any(r.address.casefold() == copy.casefold() for r in recipients):
        copy = None
    copies = (Recipient(copy, Role.COPY),) if copy is not None else ()
    if separate:
        return tuple(
            PlannedMessage(n, (recipient,), (recipient.address,), ())
            for n, recipient in enumerate(recipients + copies)
        )
    first = MAX_ENVELOPE - len(copies)
    envelopes = [
        recipients[:first] + copies,
        *itertools.batched(recipients[first:], MAX_ENVELOPE, strict=False),
    ]
    to_header = tuple(r.address for r in recipients if r.role is Role.TO)
    cc_header = tuple(r.address for r in recipients if r.role is Role.CC)
    return tuple(
        PlannedMessage(n, envelope, to_header, cc_header) for n, envelope in enumerate(envelopes)
    )


def merge_event(new: EventDetail, known: EventDetail | None, *, event: MessageEvent) -> EventDetail:
    """The detail that an event keeps when it is reported again.

    ``sent`` keeps the one recorded first (the answer and the event of the mail service report
    the same acceptance a moment apart); every other event keeps the smallest.
    """
    if known is None:
        return new
    return known if event is MessageEvent.SENT else min(known, new)


@dataclass(frozen=True, slots=True)
class RecipientOutcome:
    """The outcome of one recipient, with the code and the raw text of the decisive event."""

    address: str
    role: Role
    outcome: Outcome
    code: str = ""
    detail: str = ""
    at: datetime | None = None
    ses_message_id: str | None = None
    message: int = 0

    @property
    def is_failure(self) -> bool:
        return self.outcome in FAILURES


def outcomes_of(planned: PlannedMessage, state: MessageState | None) -> list[RecipientOutcome]:
    """The outcome of each recipient of a message, in the order of its envelope."""
    state = state or MessageState(planned.n)
    return [_outcome(planned, state, index) for index in range(len(planned.envelope))]


def _outcome(planned: PlannedMessage, state: MessageState, index: int) -> RecipientOutcome:
    recipient = planned.envelope[index]
    events = [
        (key.event, detail)
        for key, detail in state.events.items()
        if key.index in (None, index) and key.event in STANDINGS
    ]
    outcome, detail = _pending(state)
    if events:
        # The highest rank decides; of the same event reported twice, the earliest.
        highest = max((STANDINGS[event].rank, event) for event, _ in events)[1]
        detail = min(detail for event, detail in events if event is highest)
        outcome = STANDINGS[highest].outcome
    complaint = _complaint(state, index)
    if complaint is not None and outcome in ACCEPTED:
        outcome, detail = Outcome.COMPLAINED, complaint
    return RecipientOutcome(
        address=recipient.address,
        role=recipient.role,
        outcome=outcome,
        code=detail.code if detail else "",
        detail=detail.detail if detail else "",
        at=detail.at if detail else None,
        ses_message_id=state.ses_message_id,
        message=planned.n,
    )


def _complaint(state: MessageState, index: int) -> EventDetail | None:
    """The complaint of a recipient, unless the first withdrawal is not older than it."""

    def first(event: MessageEvent) -> EventDetail | None:
        known = (state.events.get(EventKey(event, place)) for place in (index, None))
        return next((detail for detail in known if detail is not None), None)

    complaint, withdrawal = first(MessageEvent.COMPLAINED), first(MessageEvent.NOT_SPAM)
    if complaint and withdrawal and withdrawal.at >= complaint.at:
        return None
    return complaint


def _pending(state: MessageState) -> tuple[Outcome, EventDetail | None]:
    if state.claim is None:
        return Outcome.QUEUED, None
    return Outcome.SENDING, EventDetail(state.claim.at)
