"""Everything the workers of the queues do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from facteur.domain.receipt import Receipt
from facteur.ports import DueMessage, OutboxMessage
from facteur.services.settle_send import Settler

if TYPE_CHECKING:
    # Each worker loads its own service alone.
    from facteur.services.deliver_message import Deliverer
    from facteur.services.record_receipt import Recorder
    from facteur.services.run_campaign import CampaignRunner


@dataclass(frozen=True, slots=True)
class RunCampaignWorker:
    """What ``run_campaign`` works with; ``read`` raises ValidationError for what is no message."""

    read: Callable[[str], DueMessage]
    runner: "CampaignRunner"


@dataclass(frozen=True, slots=True)
class DeliverWorker:
    """What ``deliver`` works with; ``read`` raises ValidationError for what is no message."""

    read: Callable[[str], OutboxMessage]
    deliverer: "Deliverer"
    settler: Settler


@dataclass(frozen=True, slots=True)
class TrackWorker:
    """What ``track`` works with; ``read`` raises NotFoundError for what is none of ours."""

    read: Callable[[str], Receipt]
    recorder: "Recorder"
    settler: Settler
