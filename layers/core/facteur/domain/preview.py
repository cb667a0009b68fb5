"""A send as it would be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from facteur.domain.campaign import CampaignOccurrence
from facteur.domain.errors import Parameter
from facteur.domain.message import PlannedMessage
from facteur.domain.settings import Sender


@dataclass(frozen=True, slots=True)
class PreviewWarning:
    """Something to think about before sending; nothing forbids it."""

    code: str
    params: Mapping[str, Parameter] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PreviewedDocument:
    """An attachment, to be looked at under ``url`` for some minutes; ``size`` is in bytes."""

    filename: str
    size: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would be sent, with both alternatives of the body; ``occurrences`` of a campaign."""

    subject: str
    html: str
    text: str
    sender: Sender
    messages: Sequence[PlannedMessage]
    documents: Sequence[PreviewedDocument]
    warnings: Sequence[PreviewWarning]
    occurrences: Sequence[CampaignOccurrence] = ()
