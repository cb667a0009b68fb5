"""Looks at what should have happened by now. It never renders and never mails."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from facteur.domain.send import WORK_DEADLINE
from facteur.ports import Clock, Overdue, OverdueCampaign, OverdueSend
from facteur.services.reconcile_campaign import CampaignReconciler
from facteur.services.reconcile_send import SendReconciler

_PAGE = 100


class Look(StrEnum):
    """What a look at an overdue item came to."""

    ELSEWHERE = "elsewhere"
    """Another reconciler has it."""
    SEND = "send"
    RUN = "run"
    """A run of a campaign that nobody made: asked for again."""
    SCHEDULE = "schedule"
    """A schedule that might not agree with its campaign: put right, or removed with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciler:
    """Takes what is overdue, one after the other."""

    overdue: Overdue
    sends: SendReconciler
    campaigns: CampaignReconciler
    clock: Clock

    def list_overdue(self) -> Sequence[OverdueSend | OverdueCampaign]:
        """Some of what is overdue, oldest first; empty when nothing is."""
        return self.overdue.list_overdue(self.clock.now(), limit=_PAGE)

    def reconcile(self, item: OverdueSend | OverdueCampaign) -> Look:
        """Look at one item, unless another reconciler has it.

        The lease is the deadline moved on: a reconciler that dies is followed by another.
        """
        now = self.clock.now()
        if not self.overdue.take(item, until=now + WORK_DEADLINE):
            return Look.ELSEWHERE
        if isinstance(item, OverdueSend):
            self.sends.reconcile(item, now=now)
            return Look.SEND
        return Look.RUN if self.campaigns.reconcile(item, now=now) else Look.SCHEDULE
