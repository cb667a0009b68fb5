"""Adapter and fake give the same results for the same random steps on stale campaigns."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facteur.adapters.dynamodb.overdue import DynamoOverdue
from facteur.adapters.dynamodb.store import DynamoStore
from facteur.domain.campaign import Campaign, PauseReason
from facteur.domain.campaign_transitions import (
    advanced,
    edited,
    paused,
    resumed,
    skipped,
    unskipped,
)
from facteur.domain.errors import FacteurError, NotFoundError
from facteur.domain.identity import OrgId
from facteur.domain.recurrence import Monthly, NoRecurrence
from facteur.domain.send import Send
from facteur.ports import CampaignAdvance, Campaigns, Overdue, OverdueCampaign, Store
from tests.adapters.dynamodb.conftest import TABLE
from tests.adapters.dynamodb.samples import NOW, a_campaign, a_draft, its_send
from tests.adapters.dynamodb.test_advances import next_key
from tests.fakes import FakeStore

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient

LATER = NOW + timedelta(hours=1)
LIST_DATE = date(2026, 11, 1)

MOVES: dict[str, Callable[[Campaign], Campaign]] = {
    "subject": lambda c: edited(
        c, replace(c.draft, subject=f"{c.version} neuf"), list_date=LIST_DATE, now=LATER
    ),
    "monthly": lambda c: edited(
        c, a_draft(recurrence=Monthly((31,), time(7))), list_date=LIST_DATE, now=LATER
    ),
    "at once": lambda c: edited(
        c,
        a_draft(recurrence=NoRecurrence(), auto_increment_date=False),
        list_date=LIST_DATE,
        now=LATER,
    ),
    "pause": lambda c: paused(c, LATER),
    "pause by itself": lambda c: paused(c, LATER, PauseReason.REACHED_NOBODY),
    "resume": lambda c: resumed(c, LATER + timedelta(minutes=1)),
    "skip": lambda c: skipped(c, LATER),
    "unskip": lambda c: unskipped(c, LATER),
}


@dataclass(frozen=True)
class Side:
    """A store with one campaign."""

    store: Store
    overdue: Overdue
    organization: OrgId

    @property
    def campaigns(self) -> Campaigns:
        return self.store.campaigns(self.organization)

    def outcome(self, step: str, stale: Campaign, send: Send) -> object:
        """Take a step with a campaign as it was read, perhaps earlier; the result."""
        try:
            return self._steps(stale, send).get(step, lambda: self._change(step, stale))()
        except FacteurError as error:
            return error.code

    def _steps(self, stale: Campaign, send: Send) -> dict[str, Callable[[], object]]:
        return {
            "run": lambda: self._run(stale, send),
            "settle": lambda: self.campaigns.settle_schedule(stale),
            "take": self._take,
            "delete": lambda: self._delete(stale, send.queued_at),
            "finish": lambda: self._finish(stale),
        }

    def _change(self, step: str, stale: Campaign) -> bool:
        return self.campaigns.change(stale, MOVES[step](stale))

    def _run(self, stale: Campaign, send: Send) -> bool | None:
        if stale.next_run_at is None:
            return None
        advance = CampaignAdvance(before=stale, after=advanced(stale))
        sends = self.store.sends(self.organization)
        return sends.create(send, idempotency_key=next_key(stale), advance=advance).created

    def _take(self) -> list[bool]:
        return [self.overdue.take(item, until=LATER) for item in self._late()]

    def _delete(self, stale: Campaign, now: datetime) -> None:
        self.campaigns.begin_delete(stale.id, now=now)

    def _finish(self, stale: Campaign) -> None:
        self.campaigns.finish_delete(stale.id)

    def _late(self) -> list[OverdueCampaign]:
        late = self.overdue.list_overdue(NOW + timedelta(days=1_000), limit=10_000)
        return [
            item
            for item in late
            if isinstance(item, OverdueCampaign) and item.organization == self.organization
        ]

    def state(self, campaign: Campaign) -> object:
        """Everything that the ports show of the campaign."""
        try:
            sync_state = self.campaigns.get_sync_state(campaign.id)
        except NotFoundError:
            return None
        documents = sync_state.campaign.draft.document_ids
        using = [list(self.campaigns.using(document)) for document in documents]
        return sync_state, self._late(), using, list(self.campaigns.list_coming())


STEPS = st.tuples(
    st.sampled_from([*MOVES, "run", "settle", "take", "delete", "finish"]), st.integers(0, 3)
)
_ORGANIZATIONS = itertools.count()


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEPS, min_size=4, max_size=14))
def test_the_adapter_and_the_fake_agree_whatever_happens(
    client: "DynamoDBClient", dynamo: DynamoStore, steps: list[tuple[str, int]]
) -> None:
    organization = OrgId(f"organization-{next(_ORGANIZATIONS)}")
    memory = FakeStore()
    fake = Side(memory, memory, organization)
    table = Side(dynamo, DynamoOverdue(client, TABLE), organization)
    campaign = a_campaign()
    versions = [campaign]
    for side in (fake, table):
        side.campaigns.create(campaign)

    for second, (step, age) in enumerate(steps):
        stale = versions[max(0, len(versions) - 1 - age)]
        now = LATER + timedelta(seconds=second)
        send = its_send(stale, occurrence_at=NOW, queued_at=now)
        expected = fake.outcome(step, stale, send), fake.state(campaign)
        assert (table.outcome(step, stale, send), table.state(campaign)) == expected
        if (left := fake.campaigns.find(campaign.id)) is not None and left != versions[-1]:
            versions.append(left)
