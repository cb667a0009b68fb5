"""The preview of a campaign's next occurrence, with the list of following ones."""

from dataclasses import dataclass, replace
from itertools import islice

from facteur.domain.campaign import Campaign, next_document_date
from facteur.domain.campaign_occurrences import occurrences
from facteur.domain.campaign_transitions import new_campaign, with_next_document_date
from facteur.domain.identity import Caller, CampaignId, SendId, UserId
from facteur.domain.preview import SHOWN_OCCURRENCES, Preview, PreviewWarning
from facteur.domain.recurrence import Periodic
from facteur.domain.requests import CampaignEdit
from facteur.domain.settings import Profile
from facteur.ports import Clock, Ids, Store
from facteur.services.campaigns.check import CheckCampaign, CheckedCampaign
from facteur.services.campaigns.make_occurrence import Run, outline_of_run
from facteur.services.documents.attach import AttachDocuments, dates_of
from facteur.services.people import profile_of, sender_for
from facteur.services.sending.fill import Message, fill
from facteur.services.sending.show_preview import ShowPreview, warnings_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewCampaign:
    """Renders an unsaved draft of a campaign, new or changed."""

    store: Store
    clock: Clock
    ids: Ids
    check_campaign: CheckCampaign
    attach_documents: AttachDocuments
    show_preview: ShowPreview

    def preview(self, caller: Caller, draft: CampaignEdit) -> Preview:
        """The preview of a draft. Raises InputError, ConflictError ``sender_not_verified``."""
        organization = caller.organization
        now = self.clock.now()
        checked = self.check_campaign.check(organization, draft.request, now=now)
        documents, settings = checked.documents, checked.settings
        campaign = self._unsaved(caller, draft, checked)
        profile = self._owner(caller, draft)
        run = Run(document_date=next_document_date(campaign, now), due_at=now)
        outline = outline_of_run(
            campaign,
            run,
            id=SendId(self.ids.new_id(now)),
            profile=profile,
            sender=sender_for(
                self.store.settings(organization), profile, settings, checked.account
            ),
            settings=settings,
            groups=checked.groups,
            now=now,
        )
        template = Message(outline.subject, outline.body)
        dates = dates_of(documents, on=run.document_date)
        contents = [document.content for document in documents]
        message = fill(
            template, contents, date=self.attach_documents.format_date(dates[0], settings)
        )
        send = replace(outline, subject=message.subject, body=message.body)
        drafts = [
            PreviewWarning("document_not_ready", {"name": document.content.name})
            for document in documents
            if not document.is_ready
        ]
        preview = self.show_preview.show(
            organization,
            send,
            self.attach_documents.attach(organization, documents, settings, dates=dates),
            settings,
            warnings=[*warnings_of(send, template, documents), *drafts],
            occurrences=list(islice(occurrences(campaign, now), SHOWN_OCCURRENCES)),
            repeats=isinstance(checked.draft.recurrence, Periodic),
        )
        today = now.astimezone(checked.draft.zone).date()
        return replace(preview, draft=checked.draft, today=today)

    def _unsaved(self, caller: Caller, draft: CampaignEdit, checked: CheckedCampaign) -> Campaign:
        now = self.clock.now()
        campaign = new_campaign(
            checked.draft,
            id=CampaignId(self.ids.new_id(now)),
            owner=caller.user,
            paused=False,
            list_date=checked.first_date,
            now=now,
        )
        if draft.next_document_date is None or not checked.draft.auto_increment_date:
            return campaign
        return with_next_document_date(campaign, draft.next_document_date, now)

    def _owner(self, caller: Caller, draft: CampaignEdit) -> Profile:
        """The profile of the owner, or of the caller for a new campaign."""
        repository = self.store.settings(caller.organization)
        if draft.owner is None or draft.owner == caller.user:
            return profile_of(repository, caller)
        return repository.find_profile(UserId(draft.owner)) or profile_of(repository, caller)
