"""Campaigns: how they are stored, their schedules, and the queue that schedules write to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from facteur.domain.campaign import Campaign, CampaignStatus
from facteur.domain.idempotency import IdempotencyKey
from facteur.domain.identity import CampaignId, DocumentId, GroupId, OrgId
from facteur.domain.rules_check import RulesCheck
from facteur.domain.schedule_sync import Schedule
from facteur.domain.webhook_delivery import HookDelivery
from facteur.ports.results import Creation, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignAdvance:
    """A campaign before and after one of its occurrences, stored with the Send of the occurrence.

    Written on condition that the stored ``status``, ``next_run`` and ``anchor`` equal those of
    ``before`` and that the campaign is not being deleted. Only the fields that differ are written.
    For a run outside the recurrence («Envoyer maintenant»), ``after`` is ``before`` and only the
    campaign's last Send is written.
    """

    before: Campaign
    after: Campaign


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleSyncState:
    """A campaign as reconcile reads it, also while it is being deleted.

    ``pending`` is True until its schedule is confirmed to match it.
    """

    campaign: Campaign
    pending: bool
    deleting: bool


class Campaigns(Protocol):
    """The campaigns of one organization.

    A campaign is *pending* from a change of its recurrence, time zone or status until its schedule
    is confirmed to match; reconcile repairs the schedule of a pending campaign. The schedule is
    enabled while the campaign is active, disabled while it is paused and removed once it is
    completed; a campaign without recurrence has none. A campaign *being deleted* is visible to
    reconcile only.
    """

    def create(
        self, campaign: Campaign, *, idempotency_key: IdempotencyKey | None = None
    ) -> Creation:
        """Store a new campaign, pending, and its idempotency record in one transaction."""

    def get(self, campaign_id: CampaignId) -> Campaign:
        """The campaign, read consistently. Raises NotFoundError ``campaign_not_found``."""

    def find(self, campaign_id: CampaignId) -> Campaign | None:
        """The campaign, read consistently, or None."""

    def get_sync_state(self, campaign_id: CampaignId) -> ScheduleSyncState:
        """The campaign, also while it is being deleted. Raises NotFoundError."""

    def change(
        self, before: Campaign, after: Campaign, *, hooks: Sequence[HookDelivery] = ()
    ) -> bool:
        """Write the fields in which ``after`` differs, if the stored campaign equals ``before``.

        The stored ``version`` must equal that of ``before``; if ``after`` changes a field that
        workers also change (status, next_run, skipped, anchor), those four must be equal too.
        Otherwise nothing is written and the result is False (the caller reads again), or True when
        this very change is stored already. Equal fields are not written, so that a worker's advance
        and an edit of the subject do not overwrite each other. A change of the schedule makes the
        campaign pending from ``after.updated_at``; reconcile repairs it at once when the campaign
        paused itself.

        ``last_send`` is never written. ``hooks`` are the deliveries that the change owes, stored in
        the same transaction. Raises NotFoundError.
        """

    def settle_schedule(self, campaign: Campaign) -> bool:
        """Record that the schedule matches ``campaign``, which is then no longer pending.

        Called after every ``Schedules.put`` or ``delete`` of a campaign that is not being deleted.
        False when its recurrence, time zone or status has changed meanwhile: the caller reads the
        campaign and puts the schedule again, because of two concurrent puts the older may have been
        the last. Raises NotFoundError when it is being deleted: the schedule must be removed.
        """

    def begin_delete(self, campaign_id: CampaignId, *, now: datetime) -> None:
        """Record that a campaign is being deleted, which hides it. Raises NotFoundError.

        Reconcile finishes a deletion that is not finished within five minutes.
        """

    def finish_delete(self, campaign_id: CampaignId) -> None:
        """Remove a campaign that is being deleted; otherwise do nothing."""

    def list_page(
        self, *, status: CampaignStatus | None, cursor: str | None, limit: int
    ) -> Page[Campaign]:
        """Newest first. Raises InputError ``cursor_invalid`` on field ``cursor``."""

    def list_coming(self) -> Sequence[Campaign]:
        """Every active campaign, for the calendar, read eventually consistently."""

    def using(self, used: DocumentId | GroupId) -> Sequence[Campaign]:
        """The active and paused campaigns that send a document or send to a group.

        Read consistently.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueCampaign:
    """A campaign with a late occurrence, a schedule to repair or a deletion to finish."""

    organization: OrgId
    campaign: CampaignId
    overdue_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingCampaign:
    """A campaign with a deadline, for its next occurrence or its schedule."""

    organization: OrgId
    campaign: Campaign
    overdue_at: datetime


class RulesChecks(Protocol):
    """How far the stored instants have been compared with the rules of time zones."""

    def find(self) -> RulesCheck | None:
        """The last check stored, read consistently; None when there is none or it is unreadable."""

    def put(self, check: RulesCheck) -> None:
        """Store a check in place of the last."""


class Schedules(Protocol):
    """One schedule per campaign, which puts a DueMessage on the queue ``due`` at each occurrence.

    Both methods raise UnavailableError: ``scheduler_unavailable`` for a temporary failure, or
    ``schedule_refused`` for a missing permission or an exceeded quota that an operator must fix.
    """

    def put(
        self,
        organization: OrgId,
        campaign_id: CampaignId,
        schedule: Schedule,
        *,
        active: bool,
    ) -> None:
        """Create or replace the schedule; it is disabled when ``active`` is False."""

    def delete(self, organization: OrgId, campaign_id: CampaignId) -> None:
        """Remove the schedule, if it exists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueMessage:
    """A campaign may be due at ``at``: only a suggestion, since ``next_run`` decides.

    ``extra`` is set for a run outside the recurrence («Envoyer maintenant», «Envoyer un test»): a
    ULID made by the API, the key under which the run makes one Send.
    """

    organization: OrgId
    campaign: CampaignId
    at: datetime
    extra: str = ""
    is_test: bool = False


class DueQueue(Protocol):
    """The queue ``due``: messages arrive at least once, in any order."""

    def put(self, message: DueMessage) -> None:
        """Enqueue a message. Raises UnavailableError ``queue_unavailable``."""
