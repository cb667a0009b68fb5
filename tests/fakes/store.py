"""A fake of the store of all organizations."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from facteur.domain.account import Account
from facteur.domain.errors import ConflictError
from facteur.domain.idempotency import IdempotencyKey, IdempotencyRecord, OccurrenceKey
from facteur.domain.identity import Caller, OrgId, SendId, UserId
from facteur.domain.rules_check import RulesCheck
from facteur.domain.send import Origin
from facteur.domain.settings import OrganizationSettings, Profile
from facteur.ports import Creation, OverdueCampaign, OverdueSend, WaitingCampaign
from tests.fakes.campaigns import FakeCampaigns
from tests.fakes.data import (
    Organization,
    ensure_readable,
    find_creation,
    find_occurrence_send,
    put_record,
)
from tests.fakes.documents import FakeDocuments
from tests.fakes.recipients import FakeGroups, FakeRecipients
from tests.fakes.sends import FakeSends
from tests.fakes.webhooks import FakeWebhooks


class FakeStore:
    """All organizations, in memory; ``on_write`` is called before each write and may raise."""

    def __init__(self) -> None:
        self.organizations: dict[OrgId, Organization] = {}
        self.clients_by_id: dict[str, Caller] = {}
        self.on_write: Callable[[str], None] = lambda _: None
        self.unreadable: set[str] = set()
        self.lists_lag = False

    def of(self, organization: OrgId) -> Organization:
        return self.organizations.setdefault(organization, Organization())

    def idempotency(self, organization: OrgId) -> "FakeIdempotency":
        return FakeIdempotency(self, self.of(organization))

    def documents(self, organization: OrgId) -> FakeDocuments:
        return FakeDocuments(self, self.of(organization))

    def sends(self, organization: OrgId) -> FakeSends:
        return FakeSends(self, self.of(organization))

    def settings(self, organization: OrgId) -> "FakeSettings":
        return FakeSettings(self, self.of(organization))

    def campaigns(self, organization: OrgId) -> FakeCampaigns:
        return FakeCampaigns(self, self.of(organization))

    def webhooks(self, organization: OrgId) -> FakeWebhooks:
        return FakeWebhooks(self, self.of(organization))

    def groups(self, organization: OrgId) -> FakeGroups:
        return FakeGroups(self, self.of(organization))

    def recipients(self, organization: OrgId) -> FakeRecipients:
        return FakeRecipients(self, self.of(organization))

    def find_client(self, client_id: str) -> Caller | None:
        return self.clients_by_id.get(client_id)

    def list_overdue(self, now: datetime, *, limit: int) -> Sequence[OverdueSend | OverdueCampaign]:
        late = [item for item in self._deadlines() if item.overdue_at <= now]
        return sorted(late, key=lambda item: item.overdue_at)[:limit]

    def _deadlines(self) -> Iterator[OverdueSend | OverdueCampaign]:
        for organization, data in self.organizations.items():
            yield from _overdue_sends(organization, data)
            yield from _overdue_campaigns(organization, data)

    def list_waiting(self, since: datetime | None) -> Iterator[WaitingCampaign]:
        waiting = [
            WaitingCampaign(
                organization=organization, campaign=one.campaign, overdue_at=one.overdue_at
            )
            for organization, data in self.organizations.items()
            for one in data.campaigns.values()
            if one.overdue_at is not None
            and not one.deleting
            and (since is None or one.overdue_at >= since)
        ]
        yield from sorted(waiting, key=lambda item: item.overdue_at)

    def take(self, item: OverdueSend | OverdueCampaign, *, until: datetime) -> bool:
        self.on_write("take")
        data = self.of(item.organization)
        if isinstance(item, OverdueCampaign):
            stored = data.campaigns.get(item.campaign)
            if stored is None or stored.overdue_at != item.overdue_at:
                return False
            data.campaigns[item.campaign] = replace(stored, overdue_at=until)
            return True
        row = data.rows.get(item.send)
        if row is None or row.overdue_at != item.overdue_at:
            return False
        data.rows[item.send] = replace(row, overdue_at=until)
        return True


def _overdue_sends(organization: OrgId, data: Organization) -> Iterator[OverdueSend]:
    for row in data.rows.values():
        if row.overdue_at is not None:
            yield OverdueSend(
                organization=organization,
                send=row.id,
                origin_is_notice=row.origin is Origin.NOTICE,
                overdue_at=row.overdue_at,
            )


def _overdue_campaigns(organization: OrgId, data: Organization) -> Iterator[OverdueCampaign]:
    for campaign_id, stored in data.campaigns.items():
        if stored.overdue_at is not None:
            yield OverdueCampaign(
                organization=organization, campaign=campaign_id, overdue_at=stored.overdue_at
            )


@dataclass
class FakeRulesChecks:
    """The last check of the zone rules."""

    check: RulesCheck | None = None

    def find(self) -> RulesCheck | None:
        return self.check

    def put(self, check: RulesCheck) -> None:
        self.check = check


@dataclass
class FakeIdempotency:
    store: FakeStore
    data: Organization

    def find_record(self, idempotency_key: IdempotencyKey) -> IdempotencyRecord | None:
        return self.data.requests.get((idempotency_key.user, idempotency_key.key))

    def put_record(self, idempotency_key: IdempotencyKey, resource_id: str) -> Creation:
        self.store.on_write("put_record")
        if (first := find_creation(self.data, idempotency_key, resource_id)) is not None:
            return first
        put_record(self.data, idempotency_key, resource_id)
        return Creation(resource_id, created=True)

    def find_send(self, key: OccurrenceKey) -> SendId | None:
        return find_occurrence_send(self.data, key)


@dataclass
class FakeSettings:
    store: FakeStore
    data: Organization

    def find_settings(self) -> OrganizationSettings | None:
        ensure_readable(self.store, "settings")
        return self.data.settings

    def put_settings(self, settings: OrganizationSettings) -> None:
        stored = self.data.settings
        if settings.version != (stored.version if stored else 0) + 1:
            raise ConflictError("version_conflict", version=stored.version if stored else 0)
        domains = stored.sender_domains if stored else settings.sender_domains
        self.data.settings = replace(settings, sender_domains=domains)

    def get_account(self) -> Account:
        ensure_readable(self.store, "account")
        stored = self.data.settings
        domains = stored.sender_domains if stored else ()
        return self.data.account or Account(shared_domains=domains)

    def find_profile(self, user: UserId) -> Profile | None:
        ensure_readable(self.store, "profile")
        return self.data.profiles.get(user)

    def list_profiles(self) -> Sequence[Profile]:
        ensure_readable(self.store, "people")
        return list(self.data.profiles.values())

    def refresh_profile(self, profile: Profile) -> None:
        stored = self.data.profiles.get(profile.user)
        known = replace(stored or profile, email=profile.email, role=profile.role)
        self.data.profiles[profile.user] = known

    def put_profile(self, profile: Profile) -> None:
        stored = self.data.profiles.get(profile.user)
        if profile.version != (stored.version if stored else 0) + 1:
            raise ConflictError("version_conflict", version=stored.version if stored else 0)
        self.data.profiles[profile.user] = profile
