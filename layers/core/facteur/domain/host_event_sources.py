"""Which events follow from a change of a Send, a message or a campaign."""

from collections.abc import Mapping
from datetime import datetime

from facteur.domain.address import Role
from facteur.domain.campaign import Campaign, CampaignStatus
from facteur.domain.host_event import HostEvent, Value, host_event, instant_text
from facteur.domain.message import MessageState, Outcome, PlannedMessage, outcomes_of
from facteur.domain.send import Origin, Send, SendStatus
from facteur.domain.send_row import SendRow
from facteur.domain.webhook import EventType

_OF_STATUS = {
    SendStatus.SENT: EventType.SEND_SENT,
    SendStatus.FAILED: EventType.SEND_FAILED,
}
_OF_OUTCOME = {
    Outcome.DELIVERED: EventType.RECIPIENT_DELIVERED,
    Outcome.BOUNCED: EventType.RECIPIENT_BOUNCED,
    Outcome.COMPLAINED: EventType.RECIPIENT_COMPLAINED,
}
_OF_CAMPAIGN = {
    CampaignStatus.PAUSED: EventType.CAMPAIGN_PAUSED,
    CampaignStatus.COMPLETED: EventType.CAMPAIGN_COMPLETED,
}


def send_events(send: Send, before: SendRow, after: SendRow, *, now: datetime) -> list[HostEvent]:
    """What follows from a change of the row of a Send, which may fail after it was sent.

    A Send that could not be made has failed from the beginning: that is told when its row changes
    for the first time. Notices tell hosts nothing.
    """
    status = after.progress.status
    failure = send.failure if before.revision == 0 else None
    has_changed = status is not before.progress.status or failure is not None
    event = _OF_STATUS.get(status)
    if event is None or not has_changed or send.origin is Origin.NOTICE:
        return []
    error = after.progress.error
    data: Mapping[str, Value] = {
        "send_id": send.id,
        "status": status,
        "origin": send.origin,
        "campaign_id": send.campaign_id,
        "occurrence_at": _instant(send.occurrence_at),
        "retry_of": send.retry_of,
        "recipient_count": after.recipient_count,
        "failed_count": after.progress.failed_count,
        "code": error.code if error is not None else None,
    }
    key = f"{send.id} {before.revision}"
    events = [host_event(event, now, data, key=key)]
    if failure is not None and failure.code == "missed" and send.occurrence_at is not None:
        missed = {name: data[name] for name in ("send_id", "campaign_id", "occurrence_at")}
        events.append(host_event(EventType.OCCURRENCE_MISSED, now, missed, key=key))
    return events


def recipient_events(
    send: Send, planned: PlannedMessage, before: MessageState, after: MessageState
) -> list[HostEvent]:
    """What follows for the recipients of a message from events added to it.

    A recipient is told by their place, from 0, among the recipients of the Send. The sender's own
    copy and notices tell hosts nothing.
    """
    if send.origin is Origin.NOTICE:
        return []
    place = sum(len(one.envelope) for one in send.messages() if one.n < planned.n)
    events = []
    for index, (old, new) in enumerate(
        zip(outcomes_of(planned, before), outcomes_of(planned, after), strict=True)
    ):
        event = _OF_OUTCOME.get(new.outcome)
        if event is None or new.outcome is old.outcome or new.role is Role.COPY or not new.at:
            continue
        data: Mapping[str, Value] = {
            "send_id": send.id,
            "message": planned.n,
            "recipient": place + index,
            "outcome": new.outcome,
            "code": new.code or None,
        }
        key = f"{send.id} {planned.n} {index}"
        events.append(host_event(event, new.at, data, key=key))
    return events


def campaign_events(before: Campaign, after: Campaign, *, now: datetime) -> list[HostEvent]:
    """What follows from a change of a campaign, by a person, a worker or its last occurrence."""
    event = _OF_CAMPAIGN.get(after.status)
    if event is None or after.status is before.status:
        return []
    data: Mapping[str, Value] = {
        "campaign_id": after.id,
        "status": after.status,
        "reason": after.pause_reason,
    }
    return [host_event(event, now, data, key=f"{after.id} {after.version}")]


def _instant(at: datetime | None) -> str | None:
    return instant_text(at) if at is not None else None
