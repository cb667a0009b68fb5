"""What SES reports about a message that it has accepted."""

from dataclasses import dataclass
from datetime import datetime

from facteur.domain.identity import OrgId, SendId
from facteur.domain.message import MessageEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedRecipient:
    """What an SES event says of one recipient: a bounce may say different things of each.

    ``address`` is spelled as the remote server spelled it. ``code`` is set when something went
    wrong; ``detail`` is the remote server's response.
    """

    address: str
    event: MessageEvent
    code: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SesEvent:
    """One SES event about message number ``message`` of a Send.

    ``event``, ``code`` and ``detail`` are what it says of the message as a whole, ``named`` what it
    says of each recipient that it names (a bounce may name none). ``accepted_at`` is when SES
    accepted the message, which every event proves (a rejection too, but its ``event`` outranks
    "sent").
    """

    organization: OrgId
    send: SendId
    message: int
    ses_message_id: str
    event: MessageEvent
    at: datetime
    accepted_at: datetime
    named: tuple[NamedRecipient, ...] = ()
    code: str = ""
    detail: str = ""
