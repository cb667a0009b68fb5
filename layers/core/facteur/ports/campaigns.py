"""Campaigns: the store of them, their schedules, and the queue that schedules trigger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from facteur.domain.campaign import Campaign, CampaignStatus
from facteur.domain.idempotency import IdempotencyKey
from facteur.domain.identity import CampaignId, DocumentId, OrgId
from facteur.domain.schedule_sync import Schedule
from facteur.ports.results import Creation, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignAdvance:
    """A campaign moved past one of its runs, to be stored with the Send of that run.

    Stored on condition that ``status``, ``next_run_at`` and ``anchor`` still are those of
    ``before``, from which the run was made, and that the campaign is not being deleted. Only what
    differs is written. For a run that the calendar
    does not know, ``after`` is ``before``: the campaign then only gets its last Send.
    """

    before: Campaign
    after: Campaign


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleSyncState:
    """What reconcile sees of a campaign, also of one that is being deleted.

    ``pending``: its schedule is not known to agree with it.
    """

    campaign: Campaign
    pending: bool
    deleting: bool


class Campaigns(Protocol):
    """The campaigns of one organization.

    A campaign is *pending* from the moment its schedule ought to change (recurrence, time zone or
    status) until it is known to have: while it is, reconcile repairs the schedule. The schedule is
    enabled while the campaign is active, disabled while it is paused, gone once it is completed;
    one without recurrence has none. A campaign *being deleted* is found by nobody but reconcile.
    """

    def create(
        self, campaign: Campaign, *, idempotency_key: IdempotencyKey | None = None
    ) -> Creation:
        """Store a new campaign, pending, with its idempotency record in one transaction."""

    def get(self, campaign_id: CampaignId) -> Campaign:
        """The campaign, read consistently. Raises NotFoundError ``campaign_not_found``."""

    def find(self, campaign_id: CampaignId) -> Campaign | None:
        """The same, or None."""

    def get_sync_state(self, campaign_id: CampaignId) -> ScheduleSyncState:
        """The same, also while it is being deleted. Raises NotFoundError."""

    def change(self, before: Campaign, after: Campaign) -> bool:
        """Store what differs if the campaign still is what ``before`` says.

        ``version`` must still be that of ``before``; and if ``after`` moves what workers move
        (status, next_run_at, skipped, anchor), those must be too. Otherwise False, and nothing is
        written: read again, unless this very change has been made. What does not differ is not
        written, so that a worker's advance and an edit of the subject do not undo each other.
        Pending, if the schedule ought to change, from ``after.updated_at`` on; reconcile looks at
        once when the campaign paused itself.

        ``last_send`` is left alone. Raises NotFoundError.
        """

    def settle_schedule(self, campaign: Campaign) -> bool:
        """The schedule has been made to agree with ``campaign``: no longer pending.

        To be called after every ``Schedules.put`` or ``delete`` of a campaign that goes on. False
        when the campaign has got another recurrence, time zone or status meanwhile: read it again
        and put the schedule again, since of two that put at the same time the older may be last.
        Raises NotFoundError when it is being deleted: the schedule must go.
        """

    def begin_delete(self, campaign_id: CampaignId, *, now: datetime) -> None:
        """MessageEvent as being deleted: from now on it is not found. Raises NotFoundError.

        Reconcile finishes what has not been finished five minutes later.
        """

    def finish_delete(self, campaign_id: CampaignId) -> None:
        """Remove a campaign being deleted; removing it again does nothing."""

    def list_page(
        self, *, status: CampaignStatus | None, cursor: str | None, limit: int
    ) -> Page[Campaign]:
        """Newest first. Raises InputError ``cursor_invalid`` on field ``cursor``."""

    def list_coming(self) -> Sequence[Campaign]:
        """Every active campaign, a moment old at most, for the calendar."""

    def using(self, document_id: DocumentId) -> Sequence[Campaign]:
        """The active and paused campaigns that send a document, read consistently."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueCampaign:
    """A campaign whose run nobody ran in time, or whose schedule must be looked at."""

    organization: OrgId
    campaign: CampaignId
    overdue_at: datetime


class Schedules(Protocol):
    """One schedule per campaign, which puts a DueMessage on the queue ``due`` at each occurrence.

    Both methods raise UnavailableError when they could not do it: ``scheduler_unavailable``, which
    passes, or ``schedule_refused``, for a right or a quota that somebody must mend.
    """

    def put(
        self,
        organization: OrgId,
        campaign_id: CampaignId,
        schedule: Schedule,
        *,
        active: bool,
    ) -> None:
        """Make the schedule be exactly this, whatever stood there; disabled when not ``active``."""

    def delete(self, organization: OrgId, campaign_id: CampaignId) -> None:
        """Remove the schedule; removing it again does nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueMessage:
    """A campaign may be due at ``at``: a suggestion, ``next_run_at`` decides.

    ``extra`` is set on a run that the calendar does not know («Envoyer maintenant», «Envoyer un
    test»): a ULID made by the API, under which it happens once.
    """

    organization: OrgId
    campaign: CampaignId
    at: datetime
    extra: str = ""
    is_test: bool = False


class DueQueue(Protocol):
    """The queue on which campaigns come due: at least once, in any order."""

    def put(self, message: DueMessage) -> None:
        """Raises UnavailableError ``queue_unavailable``."""
