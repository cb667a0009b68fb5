"""The preview of a send or campaign."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from facteur.domain.campaign import CampaignDraft
from facteur.domain.campaign_occurrences import CampaignOccurrence
from facteur.domain.errors import Parameter
from facteur.domain.message import PlannedMessage
from facteur.domain.settings import Sender

SHOWN_OCCURRENCES = 12
"""Occurrences that a preview and a list of occurrences show by default."""


@dataclass(frozen=True, slots=True)
class PreviewWarning:
    """A warning before sending, which does not prevent it.

    ``document`` names what it is about, when that is one of several documents.
    """

    code: str
    params: Mapping[str, Parameter] = field(default_factory=dict)
    document: str = ""


@dataclass(frozen=True, slots=True)
class PreviewedDocument:
    """An attachment; ``url`` is valid for some minutes, ``size`` is in bytes."""

    filename: str
    size: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would be sent, with both alternatives of the body; ``occurrences`` for a campaign."""

    subject: str
    html: str
    text: str
    sender: Sender
    messages: Sequence[PlannedMessage]
    documents: Sequence[PreviewedDocument]
    warnings: Sequence[PreviewWarning]
    occurrences: Sequence[CampaignOccurrence] = ()
    draft: CampaignDraft | None = None
    today: dt.date | None = None
    """Where the campaign is."""
