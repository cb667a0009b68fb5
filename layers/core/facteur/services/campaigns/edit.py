"""Create, change, copy and delete campaigns."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from facteur.domain.account import ensure_active
from facteur.domain.attempts import retry_when_outrun
from facteur.domain.campaign import (
    Campaign,
    CampaignStatus,
    document_date_of,
    next_document_date,
    nominal_time,
)
from facteur.domain.campaign_transitions import (
    duplicate_of,
    edited,
    new_campaign,
    with_next_document_date,
)
from facteur.domain.errors import ConflictError, Problem
from facteur.domain.host_event_sources import campaign_events
from facteur.domain.idempotency import IdempotencyKey, IdempotencyRecord
from facteur.domain.identity import Caller, CampaignId, UserId
from facteur.domain.recurrence import NoRecurrence
from facteur.domain.requests import CampaignEdit, CampaignRequest
from facteur.domain.wording import name_of_copy
from facteur.ports import Campaigns, Clock, Creation, Ids, Store
from facteur.services.campaigns.check import CheckCampaign, CheckedCampaign, draft_again
from facteur.services.campaigns.sync_schedule import ApplyCampaignChange
from facteur.services.documents.choose import ensure_ready
from facteur.services.idempotency import find_first, remembering
from facteur.services.people import remember_profile, sender_for, settings_of, stored_profile
from facteur.services.webhooks.tell import TellHosts


@dataclass(frozen=True, slots=True, kw_only=True)
class EditCampaigns:
    """Creates, changes, copies and deletes campaigns."""

    store: Store
    clock: Clock
    ids: Ids
    check_campaign: CheckCampaign
    apply_change: ApplyCampaignChange
    tell: TellHosts

    def create(
        self,
        caller: Caller,
        request: CampaignRequest,
        *,
        paused: bool,
        idempotency_key: IdempotencyKey | None = None,
    ) -> Campaign:
        """The new campaign, whose owner is the caller; without recurrence it is sent at once.

        A request repeated with the same key gets the campaign as the first one created it, even if
        it was changed since. Raises InputError with every problem; ConflictError
        ``document_not_published`` or ``sender_not_verified``; SuspendedError when it would be sent
        at once.
        """
        organization = caller.organization
        first = find_first(self.store.idempotency(organization), idempotency_key)
        if first is not None:
            return _made_before(caller, request, first, paused=paused)
        now = self.clock.now()
        checked = self.check_campaign.check(organization, request, now=now, paused=paused)
        ensure_ready(checked.documents)
        _ensure_may_mail(checked)
        repository = self.store.settings(organization)
        profile = remember_profile(repository, caller)
        sender_for(repository, profile, checked.settings, checked.account)
        campaign = new_campaign(
            checked.draft,
            id=CampaignId(self.ids.new_id(now)),
            owner=caller.user,
            paused=paused,
            list_date=checked.first_date,
            now=now,
        )
        facts = {"at": now.isoformat(), "list_date": checked.first_date.isoformat()}
        facts |= {} if request.subject is not None else {"subject": checked.draft.subject}
        facts |= {} if request.body is not None else {"body": checked.draft.body}
        creation = self._create(caller, campaign, remembering(idempotency_key, facts))
        if creation.id == campaign.id:
            return campaign
        return _made_before(caller, request, creation, paused=paused)

    def replace(self, caller: Caller, campaign_id: CampaignId, edit: CampaignEdit) -> Campaign:
        """The campaign after an edit; only one still at ``edit.version`` is changed.

        Raises NotFoundError; InputError with every problem; ConflictError ``version_conflict``,
        ``occurrence_in_progress``, ``document_not_published`` or ``sender_not_verified``;
        SuspendedError when it would be sent at once.
        """
        campaigns = self.store.campaigns(caller.organization)

        def attempt() -> Campaign | None:
            stored = campaigns.get(campaign_id)
            campaign = self._edited(caller, stored, edit)
            told = campaign_events(stored, campaign, now=self.clock.now())
            owed = self.tell.owed(caller.organization, told)
            if not campaigns.change(stored, campaign, hooks=owed):
                return None
            self.tell.enqueue(caller.organization, owed)
            self.apply_change.apply(caller.organization, campaign, before=stored)
            return campaign

        return retry_when_outrun(attempt, code="campaign_contended")

    def duplicate(
        self,
        caller: Caller,
        campaign_id: CampaignId,
        *,
        idempotency_key: IdempotencyKey | None = None,
    ) -> Campaign:
        """A copy, paused or completed, whose owner is the caller.

        A request repeated with the same key gets the first one's copy as stored now. Raises
        NotFoundError, ConflictError ``copy_deleted``.
        """
        organization = caller.organization
        campaigns = self.store.campaigns(organization)
        first = find_first(self.store.idempotency(organization), idempotency_key)
        if first is not None:
            return _copy_made_before(campaigns, first)
        original = campaigns.get(campaign_id)
        repository = self.store.settings(organization)
        remember_profile(repository, caller)
        locale = settings_of(repository).locale
        now = self.clock.now()
        copy = duplicate_of(
            original,
            id=CampaignId(self.ids.new_id(now)),
            owner=caller.user,
            name=name_of_copy(original.draft.name, locale),
            now=now,
        )
        creation = self._create(caller, copy, idempotency_key)
        return copy if creation.id == copy.id else _copy_made_before(campaigns, creation)

    def delete(self, caller: Caller, campaign_id: CampaignId) -> None:
        """Delete a campaign for good; what it sent stays in the history. Raises NotFoundError."""
        campaigns = self.store.campaigns(caller.organization)
        campaigns.begin_delete(campaign_id, now=self.clock.now())
        self.apply_change.delete(caller.organization, campaign_id)

    def _create(
        self, caller: Caller, campaign: Campaign, idempotency_key: IdempotencyKey | None
    ) -> Creation:
        creation = self.store.campaigns(caller.organization).create(
            campaign, idempotency_key=idempotency_key
        )
        if creation.created:
            self.apply_change.apply(caller.organization, campaign)
        return creation

    def _edited(self, caller: Caller, stored: Campaign, edit: CampaignEdit) -> Campaign:
        now = self.clock.now()
        date = _date_to_set(stored, edit, now)
        problems = [*edit.request.problems, *_wrong_edit(caller, stored, edit, date)]
        checked = self.check_campaign.check(
            caller.organization,
            replace(edit.request, problems=problems),
            now=now,
            paused=stored.status is CampaignStatus.PAUSED,
            stored=stored.draft,
        )
        if stored.version != edit.version:
            raise ConflictError("version_conflict", version=stored.version)
        ensure_ready(checked.documents)
        if stored.status is CampaignStatus.ACTIVE:
            _ensure_may_mail(checked)
        campaign = edited(stored, checked.draft, list_date=checked.list_date, now=now)
        campaign = replace(campaign, owner=self._owner(caller, stored, edit, checked))
        if date is None:
            return campaign
        if edit.next_run_at is not None and not _is_next(stored, edit.next_run_at):
            # That occurrence has passed meanwhile; the next one must not get its date.
            raise ConflictError("version_conflict", version=stored.version)
        return with_next_document_date(campaign, date, now)

    def _owner(
        self, caller: Caller, stored: Campaign, edit: CampaignEdit, checked: CheckedCampaign
    ) -> UserId:
        """Who sends the campaign from now on. Raises ConflictError ``sender_not_verified``."""
        repository = self.store.settings(caller.organization)
        if caller.user in (edit.owner, stored.owner):
            profile = remember_profile(repository, caller)
        else:
            profile = stored_profile(repository, stored.owner)
        owner = caller.user if edit.owner == caller.user else stored.owner
        sender_for(repository, profile, checked.settings, checked.account)
        return owner


def _ensure_may_mail(checked: CheckedCampaign) -> None:
    """Raise SuspendedError for a campaign without recurrence of a suspended organization."""
    if isinstance(checked.draft.recurrence, NoRecurrence):
        ensure_active(checked.account)


def _made_before(
    caller: Caller, request: CampaignRequest, first: IdempotencyRecord | Creation, *, paused: bool
) -> Campaign:
    """The campaign as the first of equal requests created it."""
    facts = first.facts
    now = dt.datetime.fromisoformat(facts["at"])
    draft = draft_again(
        request, subject=facts.get("subject", ""), body=facts.get("body", ""), now=now
    )
    return new_campaign(
        draft,
        id=CampaignId(first.id),
        owner=caller.user,
        paused=paused,
        list_date=dt.date.fromisoformat(facts["list_date"]),
        now=now,
    )


def _copy_made_before(campaigns: Campaigns, first: IdempotencyRecord | Creation) -> Campaign:
    """The copy that the first request created, as stored now.

    It cannot be derived again, because the original may have changed. Raises ConflictError
    ``copy_deleted``.
    """
    copy = campaigns.find(CampaignId(first.id))
    if copy is None:
        raise ConflictError("copy_deleted")
    return copy


def _date_to_set(stored: Campaign, edit: CampaignEdit, now: dt.datetime) -> dt.date | None:
    """The list date that an edit sets; None when it sets none or repeats the one read."""
    if edit.next_run_at is not None:
        as_read = document_date_of(stored, nominal_time(stored.draft, edit.next_run_at))
    else:
        as_read = next_document_date(stored, now)
    return edit.next_document_date if edit.next_document_date != as_read else None


def _is_next(stored: Campaign, at: dt.datetime) -> bool:
    """Is ``at`` the instant of the next occurrence, by the present rules of its zone or others?"""
    coming = stored.next_run
    return coming is not None and coming.local == nominal_time(stored.draft, at)


def _wrong_edit(
    caller: Caller, stored: Campaign, edit: CampaignEdit, date: dt.date | None
) -> Iterator[Problem]:
    if edit.owner not in (None, stored.owner, caller.user):
        yield Problem("owner", "owner_not_allowed")
    if date is not None and not edit.request.auto_increment_date:
        yield Problem("next_document_date", "increment_needed")
