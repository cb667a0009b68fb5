"""What a run is made from: the campaign's documents, settings and owner, as stored now."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from facteur.domain.account import Account
from facteur.domain.attempts import is_hopeless
from facteur.domain.campaign import Campaign
from facteur.domain.document import Document
from facteur.domain.errors import ConflictError
from facteur.domain.group import Group
from facteur.domain.identity import CampaignId, DocumentId, OrgId
from facteur.domain.send import SendFailure
from facteur.domain.settings import OrganizationSettings, Profile, Sender, default_sender_of
from facteur.ports import Groups, Settings, Store
from facteur.services.documents.choose import find_document
from facteur.services.people import addresses_of, sender_for, settings_of

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Documents, groups, settings and the owner's profile, as stored now.

    What is missing or cannot be read has a stand-in, and ``failure`` says what it is.
    """

    found: Sequence[tuple[DocumentId, Document | None]]
    groups: Sequence[Group]
    settings: OrganizationSettings
    account: Account
    profile: Profile
    sender: Sender | None
    """None when neither the owner nor the organization has an address to send from."""
    failure: SendFailure | None

    @property
    def documents(self) -> list[Document]:
        return [document for _, document in self.found if document is not None]


@dataclass(slots=True)
class _Reader:
    """Reads one thing after the other. ``failure`` names the first that cannot be read."""

    campaign: CampaignId
    receive_count: int
    failure: SendFailure | None = None

    def read[T](self, item: str, read: Callable[[], T]) -> T | None:
        """The value, or None when it cannot be read.

        Raises TransientError, and any other error while another attempt may help.
        """
        try:
            return read()
        except Exception as error:
            if not is_hopeless(error, self.receive_count):
                raise
            _log.exception("not readable", extra={"campaign": self.campaign, "item": item})
            detail = f"{item}: {type(error).__name__}"
            self.failure = self.failure or SendFailure(code="data_unreadable", detail=detail)
        return None


def read_material(
    store: Store, organization: OrgId, campaign: Campaign, *, receive_count: int
) -> Material:
    """What a run of a campaign is made from.

    Raises TransientError; any other error of a read only until ``is_hopeless``.
    """
    repository, documents = store.settings(organization), store.documents(organization)
    reader = _Reader(campaign.id, receive_count)
    settings = reader.read("settings", lambda: settings_of(repository))
    settings = settings or OrganizationSettings(name="")
    account = reader.read("account", repository.get_account) or Account()
    found = [
        (wanted, reader.read(wanted, partial(find_document, documents, wanted)))
        for wanted in campaign.draft.document_ids
    ]
    groups = reader.read("groups", partial(_groups, store.groups(organization), campaign))
    profile = reader.read("profile", lambda: repository.find_profile(campaign.owner))
    if profile is not None:
        owner_unknown = None
        sender = reader.read("people", partial(_sender, repository, profile, settings, account))
    else:
        owner_unknown = SendFailure(code="owner_unknown")
        sender = reader.read("people", partial(_stand_in, repository, settings, account))
        email = sender.copy_to if sender is not None else ""
        profile = Profile(user=campaign.owner, name=settings.name, email=email)
    return Material(
        found=found,
        groups=groups or (),
        settings=settings,
        account=account,
        profile=profile,
        sender=sender,
        failure=reader.failure or owner_unknown,
    )


def _groups(repository: Groups, campaign: Campaign) -> Sequence[Group]:
    wanted = campaign.draft.groups
    return repository.find_many(wanted) if wanted else ()


def _sender(
    repository: Settings, profile: Profile, settings: OrganizationSettings, account: Account
) -> Sender | None:
    try:
        return sender_for(repository, profile, settings, account)
    except ConflictError:
        return None


def _stand_in(
    repository: Settings, settings: OrganizationSettings, account: Account
) -> Sender | None:
    """Who is told in place of an owner who is gone without a successor: the default sender."""
    address = default_sender_of(settings, account, partial(addresses_of, repository))
    if address is None:
        return None
    return Sender(name=settings.name, address=address, reply_to=None, copy_to=address)
