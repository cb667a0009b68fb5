"""Campaigns: where they are stored, the alarm clock that rings for them, the queue it rings on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from facteur.domain.campaign import Campaign, CampaignStatus
from facteur.domain.guard import RequestGuard
from facteur.domain.identity import CampaignId, DocumentId, OrgId
from facteur.domain.recurrence import NativeSchedule
from facteur.ports.storage import Creation, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignAdvance:
    """A campaign moved past one of its runs, to be stored with the Send of that run.

    Stored on condition that the campaign is still active and due at ``before.next_run_at``.
    """

    before: Campaign
    after: Campaign


class Campaigns(Protocol):
    """The campaigns of one organization.

    A campaign is *pending* from the moment its row is written until its schedule is known to agree
    with it; while it is, reconcile repairs the schedule. A campaign *being deleted* is found by
    nobody but reconcile.
    """

    def create(self, campaign: Campaign, *, guard: RequestGuard | None = None) -> Creation:
        """Store a new campaign, pending, with its guard in one transaction."""

    def get(self, campaign_id: CampaignId) -> Campaign:
        """The campaign, read consistently. Raises NotFoundError ``campaign_not_found``."""

    def change(self, before: Campaign, after: Campaign) -> bool:
        """Store what differs, pending, if the campaign still is what ``before`` says.

        ``version`` must still be that of ``before``; and if ``after`` moves what workers move
        (status, next_run_at, skipped, anchor), those must be too. Otherwise False, and nothing is
        written: read again. What does not differ is not written, so that a worker's advance and an
        edit of the subject do not undo each other.
        """

    def settle_schedule(self, campaign: Campaign) -> None:
        """The schedule agrees with ``campaign``: no longer pending, unless changed meanwhile."""

    def begin_delete(self, campaign_id: CampaignId) -> None:
        """Mark as being deleted: from now on it is not found. Raises NotFoundError."""

    def finish_delete(self, campaign_id: CampaignId) -> None:
        """Remove the row; removing it again does nothing."""

    def list_page(
        self, *, status: CampaignStatus | None, cursor: str | None, limit: int
    ) -> Page[Campaign]:
        """Newest first. Raises InputError ``cursor_invalid`` on field ``cursor``."""

    def list_coming(self) -> Sequence[Campaign]:
        """Every active campaign, for the calendar."""

    def using(self, document_id: DocumentId) -> Sequence[Campaign]:
        """The active and paused campaigns that send a document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueCampaign:
    """A campaign whose run nobody ran in time, or whose schedule must be looked at."""

    organization: OrgId
    campaign: CampaignId
    overdue_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignUpkeep:
    """What reconcile sees of a campaign, also of one that is being deleted.

    ``pending``: its schedule is not known to agree with it.
    """

    campaign: Campaign
    pending: bool
    deleting: bool


class Schedules(Protocol):
    """One native schedule per campaign, in a group of the stack's own."""

    def put(
        self,
        organization: OrgId,
        campaign_id: CampaignId,
        schedule: NativeSchedule,
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

    def put(self, message: DueMessage) -> None: ...
