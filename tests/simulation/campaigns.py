"""Campaigns with their environment: people, the scheduler, the queue ``due`` and the clock.

The scheduler fires when AWS would for the expressions it was given; triggers may be lost, repeated
or late.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from facteur.bootstrap.campaigns import CampaignsServices, campaigns_services
from facteur.bootstrap.sends import sends_services
from facteur.domain.campaign import Campaign
from facteur.domain.content import DocumentStatus, DocumentType, Invoice, StaffList
from facteur.domain.document import Document
from facteur.domain.errors import FacteurError, UnavailableError
from facteur.domain.identity import Caller, CampaignId, DocumentId, OrgId, SendId, UserId
from facteur.domain.recurrence import Recurrence, Weekly
from facteur.domain.requests import CampaignAction, CampaignEdit, CampaignRequest
from facteur.domain.schedule_sync import Schedule
from facteur.domain.send import Origin, Send
from facteur.domain.settings import OrganizationSettings
from facteur.ports import DueMessage
from facteur.services.campaigns.make_occurrence import MakeOccurrence
from facteur.services.campaigns.owner import HandOverCampaign
from facteur.services.campaigns.run import RunCampaign, RunResult
from facteur.services.documents.attach import AttachDocuments
from facteur.services.documents.make_pdf import MakePdf
from facteur.services.sending.queue import QueueSend
from local.aws.scheduler.expressions import next_firing
from tests.fakes import CONSOLE, FakeComposer, FakeDueQueue, FakeRenderer, FakeSchedules
from tests.simulation.world import BREAKAGES, ORG, KilledError, World

MARIE = Caller(ORG, UserId("marie"), "marie@atelier.example", "Marie")
LIST, INVOICE = DocumentId("01KBX3V5TQ8ZJ4M6N2W9RHCE1D"), DocumentId("01KBX3V5TQ8ZJ4M6N2W9RHCE2D")


@dataclass
class SteppedSchedules(FakeSchedules):
    on_step: Callable[[str], None] = lambda _: None
    is_down: bool = False

    def put(
        self,
        organization: OrgId,
        campaign_id: CampaignId,
        schedule: Schedule,
        *,
        active: bool,
    ) -> None:
        self._step("put_schedule")
        super().put(organization, campaign_id, schedule, active=active)

    def delete(self, organization: OrgId, campaign_id: CampaignId) -> None:
        self._step("delete_schedule")
        super().delete(organization, campaign_id)

    def _step(self, name: str) -> None:
        self.on_step(name)
        if self.is_down:
            raise UnavailableError("scheduler_unavailable")


@dataclass
class SteppedDue(FakeDueQueue):
    on_step: Callable[[str], None] = lambda _: None
    is_down: bool = False

    def put(self, message: DueMessage) -> None:
        self.on_step("due")
        if self.is_down:
            raise UnavailableError("queue_unavailable")
        super().put(message)


def due(campaign_id: CampaignId, at: datetime) -> DueMessage:
    """The message that the scheduler puts on the queue."""
    return DueMessage(organization=ORG, campaign=campaign_id, at=at)


class CampaignWorld(World):
    """One organization with a published list and a sent invoice, and Marie, who sends them."""

    def __init__(self) -> None:
        super().__init__()
        self.schedules: SteppedSchedules = SteppedSchedules(on_step=self._step)
        self.due: SteppedDue = SteppedDue(on_step=self._step)
        self.renderer = FakeRenderer()
        data = self.store.of(ORG)
        data.settings = OrganizationSettings(
            name="Atelier", sender_domains=("atelier.example",), version=1
        )
        self.add(_a_list())
        self.add(_an_invoice())

    # --- people -------------------------------------------------------------------------------

    @property
    def people(self) -> CampaignsServices:
        return campaigns_services(
            store=self.store,
            clients=self.store,
            schedules=self.schedules,
            due=self.due,
            hooks=self.hooks,
            clock=self.clock,
            ids=self.ids,
        )

    def add(self, document: Document) -> None:
        self.store.of(ORG).documents[document.id] = document

    def set_ready(self, document_id: DocumentId, *, ready: bool = True) -> None:
        document = self.store.of(ORG).documents[document_id]
        is_list = document.type is DocumentType.STAFF_LIST
        status = DocumentStatus.PUBLISHED if is_list else DocumentStatus.SENT
        self.add(replace(document, status=status if ready else DocumentStatus.DRAFT))

    def start(
        self, recurrence: Recurrence | None = None, *, paused: bool = False, **fields: Any
    ) -> CampaignId:
        """Marie creates a campaign: by default a list, on Mondays at eight."""
        request = self.request(recurrence, **fields)
        return self.people.edit.create(MARIE, request, paused=paused).id

    def request(self, recurrence: Recurrence | None = None, **fields: Any) -> CampaignRequest:
        values: dict[str, Any] = {
            "name": "Liste du lundi",
            "document_type": DocumentType.STAFF_LIST,
            "document_ids": [LIST],
            "recipients": ["client@example.com"],
            "subject": "Liste - {date}",
            "body": "Bonjour",
            "recurrence": recurrence or Weekly((1,), time(8)),
        }
        return CampaignRequest(**(values | fields))

    def edit(self, campaign_id: CampaignId, **fields: Any) -> Campaign:
        """Marie changes the given fields."""
        campaign = self.campaign(campaign_id)
        known = {
            name: getattr(campaign.draft, name)
            for name in CampaignRequest.__dataclass_fields__
            if name not in ("problems", "first_document_date")
        }
        others = {name: fields.pop(name) for name in _OF_EDITS & fields.keys()}
        request = CampaignRequest(**(known | fields))
        edit = CampaignEdit(request=request, **({"version": campaign.version} | others))
        return self.people.edit.replace(MARIE, campaign_id, edit)

    def take(self, campaign_id: CampaignId, action: CampaignAction) -> Campaign:
        return self.people.control.control(MARIE, campaign_id, action)

    def delete(self, campaign_id: CampaignId) -> None:
        self.people.edit.delete(MARIE, campaign_id)

    def retry(self, send_id: SendId) -> Send:
        """Marie retries a Send for the recipients that it did not reach."""
        services = sends_services(
            store=self.store,
            clients=self.store,
            archive=self.archive,
            outbox=self.outbox,
            hooks=self.hooks,
            renderer=self.renderer,
            composer=FakeComposer(),
            clock=self.clock,
            ids=self.ids,
            console=CONSOLE,
        )
        retry = services.retry.retry(MARIE, send_id, {})
        self.collect()
        return retry

    def killed(self, act: Callable[[], object]) -> bool:
        """Carry out an act; returns whether its process was killed."""
        try:
            act()
        except KilledError:
            return True
        return False

    # --- the scheduler and the clock ----------------------------------------------------------

    def pass_time(self, by: timedelta, *, lost: bool = False, copies: int = 1) -> None:
        """Move the clock; schedules put their triggers on the queue, unless they are lost."""
        end = self.clock.now() + by
        while (firing := self.next_firings(end)) is not None:
            self.clock.at, triggered = firing
            for campaign_id in triggered:
                if self.schedules.standing[ORG, campaign_id].native.ends:
                    del self.schedules.standing[ORG, campaign_id]
                if not lost:
                    self.due.messages += [due(campaign_id, self.clock.at)] * copies
        self.clock.at = end

    def until(self, at: datetime, **how: Any) -> None:
        self.pass_time(at - self.clock.now(), **how)

    def next_firings(self, end: datetime) -> tuple[datetime, list[CampaignId]] | None:
        """The next instant at which a schedule fires, and the campaigns whose schedules do."""
        now = self.clock.now()
        firings: dict[datetime, list[CampaignId]] = {}
        for (_, campaign_id), standing in self.schedules.standing.items():
            native = standing.native
            zone = ZoneInfo(native.timezone)
            if standing.active:
                at = next_firing(native.expression, zone, since=now, after=now)
                if at is not None and at <= end:
                    firings.setdefault(at, []).append(campaign_id)
        return min(firings.items(), default=None)

    # --- the worker ---------------------------------------------------------------------------

    def runner(self) -> RunCampaign:
        queue_send = QueueSend(store=self.store, outbox=self.outbox)
        return RunCampaign(
            store=self.store,
            hand_over=HandOverCampaign(
                store=self.store, queue_send=queue_send, clock=self.clock, ids=self.ids
            ),
            make_occurrence=MakeOccurrence(
                store=self.store,
                archive=self.archive,
                attach_documents=AttachDocuments(
                    make_pdf=MakePdf(renderer=self.renderer, archive=self.archive)
                ),
                clock=self.clock,
                ids=self.ids,
            ),
            queue_send=queue_send,
            settle_send=self.settler(),
            tell=self.tell,
            clock=self.clock,
        )

    def run(self, message: DueMessage, *, receive_count: int = 1) -> RunResult | None:
        """One invocation of ``run_campaign``; None when the message stays in the queue."""
        try:
            result = self.runner().run(message, receive_count=receive_count)
        except (KilledError, FacteurError, *BREAKAGES):
            return None
        finally:
            self.collect()
        if message in self.due.messages:
            self.due.messages.remove(message)
        return result

    def run_all(self, *, receive_count: int = 1) -> list[RunResult | None]:
        """Run every message that is in the queue now."""
        return [
            self.run(message, receive_count=receive_count) for message in list(self.due.messages)
        ]

    # --- what can be observed -----------------------------------------------------------------

    def campaign(self, campaign_id: CampaignId) -> Campaign:
        return self.store.of(ORG).campaigns[campaign_id].campaign

    def campaigns(self) -> Mapping[CampaignId, Campaign]:
        return {key: stored.campaign for key, stored in self.store.of(ORG).campaigns.items()}

    def is_deleting(self, campaign_id: CampaignId) -> bool:
        return self.store.of(ORG).campaigns[campaign_id].deleting

    def sends(self, campaign_id: CampaignId, *, origin: Origin = Origin.CAMPAIGN) -> list[Send]:
        """What a campaign has sent, oldest first."""
        return [
            send
            for send in self.store.of(ORG).sends.values()
            if send.campaign_id == campaign_id and send.origin is origin
        ]

    def occurrences(self) -> Counter[tuple[CampaignId | None, datetime]]:
        """How many Sends each occurrence has made."""
        return Counter(
            (send.campaign_id, send.occurrence_at)
            for send in self.store.of(ORG).sends.values()
            if send.occurrence_at is not None and send.origin is Origin.CAMPAIGN
        )

    def settle_down(self) -> None:
        """Run reconcile and the workers without faults until nothing is overdue or queued."""
        self.at_step = lambda _: None
        self.schedules.is_down = self.due.is_down = False
        self.mailer.faults.clear()
        for _ in range(3_000):
            self.run_all()
            while self.queue:
                self.deliver(self.queue[0])
            while self.events:
                self.track(self.events.pop(0))
            data = self.store.of(ORG)
            waiting = [row.overdue_at for row in data.rows.values() if row.overdue_at]
            now = self.clock.now()
            overdue = [
                stored.overdue_at
                for stored in data.campaigns.values()
                if stored.overdue_at is not None
                and (stored.pending_until is not None or stored.deleting)
            ]
            behind = [
                campaign
                for campaign in self.campaigns().values()
                if campaign.next_run_at is not None and campaign.next_run_at <= now
            ]
            if not waiting and not overdue and not behind and not self.due.messages:
                return
            self.pass_time(timedelta(minutes=5))
            self.reconcile()
        raise AssertionError("it never settles down")


_OF_EDITS = {"version", "owner", "next_run_at", "next_document_date"}


def _a_list() -> Document:
    content = StaffList(
        type=DocumentType.STAFF_LIST, name="Équipe Bercy", date=date(2026, 11, 30), entries=()
    )
    return _document(LIST, content, DocumentStatus.PUBLISHED)


def _an_invoice() -> Document:
    content = Invoice.model_validate(
        {
            "type": "invoice",
            "number": "F-1",
            "name": "Facture F-1",
            "date": "2026-11-20",
            "client": {"name": "Dupont"},
            "lines": [{"description": "x", "quantity": "1", "unit_price": "1", "vat_rate": "20"}],
        }
    )
    return _document(INVOICE, content, DocumentStatus.SENT)


def _document(
    document_id: DocumentId, content: StaffList | Invoice, status: DocumentStatus
) -> Document:
    at = datetime.fromisoformat("2026-11-01T09:00:00Z")
    return Document(
        id=document_id,
        status=status,
        content=content,
        version=1,
        created_at=at,
        updated_at=at,
    )
