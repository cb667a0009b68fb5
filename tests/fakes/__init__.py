"""One fake per port: small working classes that keep their state in memory.

``FakeStore`` follows the whole contract of ``facteur.ports``: the adapters' tests run against it
too.
"""

from tests.fakes.campaigns import FakeCampaigns, FakeDueQueue, FakeSchedule, FakeSchedules
from tests.fakes.content import FakeComposer, FakeComposition, FakePdfChecker, FakeRenderer
from tests.fakes.data import CONSOLE, Organization, StoredCampaign
from tests.fakes.delivery import (
    AcceptedMail,
    FakeArchive,
    FakeInspector,
    FakeMailer,
    FakeOutbox,
    FakeRedelivery,
    FakeUploads,
)
from tests.fakes.documents import FakeDocuments
from tests.fakes.recipients import FakeGroups, FakeRecipients
from tests.fakes.sends import FakeSends
from tests.fakes.store import FakeIdempotency, FakeRulesChecks, FakeSettings, FakeStore
from tests.fakes.webhooks import (
    FakeHookQueue,
    FakeOverdueHooks,
    FakeReceivers,
    FakeWebhooks,
    Posted,
    telling,
)
from tests.fakes.world import FakeCleaner, FakeClock, FakeIds

__all__ = [
    "CONSOLE",
    "AcceptedMail",
    "FakeArchive",
    "FakeCampaigns",
    "FakeCleaner",
    "FakeClock",
    "FakeComposer",
    "FakeComposition",
    "FakeDocuments",
    "FakeDueQueue",
    "FakeGroups",
    "FakeHookQueue",
    "FakeIdempotency",
    "FakeIds",
    "FakeInspector",
    "FakeMailer",
    "FakeOutbox",
    "FakeOverdueHooks",
    "FakePdfChecker",
    "FakeReceivers",
    "FakeRecipients",
    "FakeRedelivery",
    "FakeRenderer",
    "FakeRulesChecks",
    "FakeSchedule",
    "FakeSchedules",
    "FakeSends",
    "FakeSettings",
    "FakeStore",
    "FakeUploads",
    "FakeWebhooks",
    "Organization",
    "Posted",
    "StoredCampaign",
    "telling",
]
