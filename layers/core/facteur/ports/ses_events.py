"""What SES reports about a message that it has accepted."""

from dataclasses import dataclass
from datetime import datetime

from facteur.domain.identity import OrgId, SendId
from facteur.domain.message import MessageEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class SesEvent:
    """One SES event about message number ``message`` of a Send.

    Empty ``addresses`` mean that it concerns every recipient of the message. ``accepted_at`` is
    when SES accepted the message, which every event proves (a rejection too, but its ``event``
    outranks "sent"). ``code`` and ``detail`` are set when something went wrong; on a delivery,
    ``detail`` is the remote server's response.
    """

    organization: OrgId
    send: SendId
    message: int
    ses_message_id: str
    event: MessageEvent
    at: datetime
    accepted_at: datetime
    addresses: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    """The remote server's response for each of ``addresses``, or empty."""
    code: str = ""
    detail: str = ""
