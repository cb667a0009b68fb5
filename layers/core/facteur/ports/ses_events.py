"""What SES reports about a message after it has taken it."""

from dataclasses import dataclass
from datetime import datetime

from facteur.domain.identity import OrgId, SendId
from facteur.domain.message import MessageEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class SesEvent:
    """One SES event about message ``message`` of a Send, in our words.

    ``addresses`` empty means that it concerns every recipient of the message. ``accepted_at`` is
    when SES took the message: any event at all proves that it did, except for a rejection, after
    which ``event`` outranks it. ``code`` and ``detail`` are set where something went wrong, and
    ``detail`` also carries the remote server's words on a delivery.
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
    """The remote server's words for each of ``addresses``, or empty."""
    code: str = ""
    detail: str = ""
