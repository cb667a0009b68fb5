"""Calls the HTTP functions as API Gateway does, on fakes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from aws_lambda_powertools.utilities.typing import LambdaContext

from facteur.adapters.images import HeaderImages
from facteur.bootstrap.campaigns import CampaignsServices, campaigns_services
from facteur.bootstrap.documents import DocumentsServices, documents_services
from facteur.bootstrap.recipients import RecipientsServices, recipients_services
from facteur.bootstrap.sends import SendsServices, sends_services
from facteur.bootstrap.settings import SettingsServices, settings_services
from facteur.bootstrap.webhooks import WebhooksServices, webhooks_services
from facteur.domain.account import Account
from facteur.domain.identity import Caller, OrgId, SendId, UserId
from facteur.domain.message import EventDetail, EventKey, MessageEvent
from facteur.domain.send import progress_of
from facteur.domain.send_row import advanced
from facteur.domain.settings import OrganizationSettings
from functions.campaigns import handler as campaigns
from functions.documents import handler as documents
from functions.recipients import handler as recipients
from functions.sends import handler as sends
from functions.settings import handler as settings
from functions.webhooks import handler as webhooks
from tests.fakes import (
    CONSOLE,
    FakeArchive,
    FakeCleaner,
    FakeClock,
    FakeComposer,
    FakeDueQueue,
    FakeHookQueue,
    FakeIds,
    FakeInspector,
    FakeOutbox,
    FakeRenderer,
    FakeSchedules,
    FakeStore,
    FakeUploads,
)

EVENTS = Path(__file__).parents[2] / "events"
ORGANIZATION = OrgId("atelier-durand")
CLAIRE = Caller(
    ORGANIZATION,
    UserId("3f1c2a9e-6b7d-4e58-9a10-5d2f8c4b7e61"),
    "claire@atelier-durand.example",
    "Claire Durand",
)
CONTEXT = cast(
    LambdaContext,
    SimpleNamespace(
        function_name="facteur",
        memory_limit_in_mb=1024,
        invoked_function_arn="arn:aws:lambda:eu-west-3:123456789012:function:facteur",
        aws_request_id="6b06c0d4-3c1f-4a7e-8b9d-4f6081a3c5e7",
    ),
)

STAFF_LIST: dict[str, Any] = {
    "type": "staff_list",
    "name": "Équipe Bercy",
    "number": "LP-2026-11",
    "date": "2026-11-01",
    "entries": [{"last_name": "Łukasz", "first_name": "Zoé", "start": "08:00", "end": "16:00"}],
}
INVOICE: dict[str, Any] = {
    "type": "invoice",
    "number": "F-2026-0142",
    "date": "2026-11-20",
    "client": {"name": "Dupont BTP", "email": "compta@dupont.example"},
    "lines": [
        {"description": "Pose", "quantity": "120", "unit_price": "38.50", "vat_rate": "20"},
    ],
}
COMPLETE_INVOICE: dict[str, Any] = INVOICE | {
    "due_date": "2026-12-20",
    "client": {"name": "Dupont BTP", "address": ["35 rue de la République", "69001 Lyon"]},
}
"""An invoice that lacks nothing, of an organization that lacks nothing either."""
ORDER: dict[str, Any] = {
    "type": "purchase_order",
    "number": "BC-2026-031",
    "date": "2026-11-18",
    "supplier": {"name": "Matériaux Lefèvre"},
    "lines": [
        {"description": "Plaques", "quantity": "80", "unit_price": "6.90", "vat_rate": "20"},
    ],
}


def complete_organization(api: "Api") -> None:
    """Give the organization what its invoices must say of it."""
    data = api.store.of(ORGANIZATION)
    assert data.settings is not None
    data.settings = replace(
        data.settings,
        address=("8 rue des Forges", "75012 Paris"),
        siren="732829320",
        vat_number="FR44732829320",
    )


@dataclass(frozen=True)
class Answer:
    """An answer, with its headers in lower case."""

    status: int
    headers: Mapping[str, str]
    text: str

    @cached_property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def problems(self) -> set[tuple[str, str]]:
        """Field and code of everything that was wrong."""
        return {(problem["field"], problem["code"]) for problem in self.json["errors"]}


def event(name: str) -> dict[str, Any]:
    """A payload of events/."""
    read: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text("utf-8"))
    return read


@dataclass
class Api:
    """The functions on one store, called by one person (or by nobody: claims None).

    That person is an administrator of their organization.
    """

    store: FakeStore = field(default_factory=FakeStore)
    clock: FakeClock = field(default_factory=FakeClock)
    ids: FakeIds = field(default_factory=FakeIds)
    archive: FakeArchive = field(default_factory=FakeArchive)
    outbox: FakeOutbox = field(default_factory=FakeOutbox)
    renderer: FakeRenderer = field(default_factory=FakeRenderer)
    composer: FakeComposer = field(default_factory=FakeComposer)
    schedules: FakeSchedules = field(default_factory=FakeSchedules)
    due: FakeDueQueue = field(default_factory=FakeDueQueue)
    uploads: FakeUploads = field(default_factory=FakeUploads)
    hooks: FakeHookQueue = field(default_factory=FakeHookQueue)
    inspector: FakeInspector = field(init=False)
    claims: Mapping[str, object] | None = None

    def __post_init__(self) -> None:
        self.inspector = FakeInspector(self.uploads)
        claims = event("documents_get")["requestContext"]["authorizer"]["jwt"]["claims"]
        self.claims = claims | {"cognito:groups": "[admin]"}
        data = self.store.of(ORGANIZATION)
        data.settings = data.settings or OrganizationSettings(name="Atelier Durand", version=1)
        data.account = data.account or Account(exclusive_domains=("atelier-durand.example",))

    def as_user(self, **claims: str) -> "Api":
        """The same system, called by somebody else."""
        other = Api(
            self.store,
            self.clock,
            self.ids,
            self.archive,
            self.outbox,
            self.renderer,
            self.composer,
            self.schedules,
            self.due,
            self.uploads,
            self.hooks,
        )
        other.claims = {**(self.claims or {}), **claims}
        return other

    def __call__(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        query: Mapping[str, str] | None = None,
        **headers: str,
    ) -> Answer:
        """Send a request; ``body`` is JSON, or the text itself."""
        payload = event("documents_get")
        payload["rawPath"] = path
        payload["queryStringParameters"] = dict(query or {})
        payload["headers"] |= {name.replace("_", "-"): value for name, value in headers.items()}
        payload["requestContext"]["http"] |= {"method": method, "path": path}
        payload["requestContext"]["authorizer"] = {"jwt": {"claims": self.claims}}
        if body is not None:
            payload["body"] = body if isinstance(body, str) else json.dumps(body)
        return self.handle(payload)

    def create(self, body: Mapping[str, Any], *, publish: bool = False) -> str:
        """Create a document; its id."""
        document_id: str = self("POST", "/v1/documents", body).json["id"]
        if publish:
            self("POST", f"/v1/documents/{document_id}/publish")
        return document_id

    def upload(self, pdf: bytes) -> str:
        """Post a PDF made elsewhere; the id of the upload."""
        opened = self("POST", "/v1/documents/uploads", {"filename": "f.pdf", "size": len(pdf)}).json
        self.uploads.post(opened["fields"], pdf)
        upload_id: str = opened["upload_id"]
        return upload_id

    def send(self, document_id: str, **fields: object) -> Any:
        """Send a document at once; the Send."""
        body = {"document_ids": [document_id], "to": "compta@dupont.example", **fields}
        answer = self("POST", "/v1/sends", body)
        assert answer.status == 202, answer.text
        return answer.json

    def happens(
        self,
        send_id: str,
        event: MessageEvent,
        *,
        n: int = 0,
        index: int | None = None,
        code: str = "",
        detail: str = "",
    ) -> None:
        """Something happens to message ``n`` of a Send, and its row is brought up to date."""
        sends = self.store.sends(ORGANIZATION)
        event_detail = EventDetail(self.clock.now(), code, detail)
        events = {EventKey(event, index): event_detail}
        if event is not MessageEvent.FAILED:
            events[EventKey(MessageEvent.SENT)] = EventDetail(self.clock.now())
        sends.record_events(SendId(send_id), n, events, ses_message_id=f"ses-{n:04d}")
        progress = progress_of(sends.get(SendId(send_id)), sends.get_messages(SendId(send_id)))
        row = sends.get_row(SendId(send_id))
        assert sends.advance(advanced(row, progress, now=self.clock.now()))

    def handle(self, payload: dict[str, Any]) -> Answer:
        """Answer an event by the function whose path it is."""
        top = payload["rawPath"].removeprefix("/v1/").partition("/")[0].partition(".")[0]
        if top in ("documents", "parties"):
            answer = documents.app.answer(payload, CONTEXT, self._documents)
        elif top in ("campaigns", "upcoming"):
            answer = campaigns.app.answer(payload, CONTEXT, self._campaigns)
        elif top in ("groups", "recipients"):
            answer = recipients.app.answer(payload, CONTEXT, self._recipients)
        elif top in ("sends", "preview"):
            answer = sends.app.answer(payload, CONTEXT, self._sends)
        elif top == "webhooks":
            answer = webhooks.app.answer(payload, CONTEXT, self._webhooks)
        else:
            answer = settings.app.answer(payload, CONTEXT, self._settings)
        headers = {name.lower(): value for name, value in answer["headers"].items()}
        assert not answer["isBase64Encoded"]
        return Answer(answer["statusCode"], headers, answer["body"])

    @cached_property
    def _campaigns(self) -> CampaignsServices:
        return campaigns_services(
            store=self.store,
            clients=self.store,
            schedules=self.schedules,
            due=self.due,
            hooks=self.hooks,
            clock=self.clock,
            ids=self.ids,
        )

    @cached_property
    def _documents(self) -> DocumentsServices:
        return documents_services(
            store=self.store,
            clients=self.store,
            archive=self.archive,
            uploads=self.uploads,
            inspector=self.inspector,
            renderer=self.renderer,
            clock=self.clock,
            ids=self.ids,
        )

    @cached_property
    def _sends(self) -> SendsServices:
        return sends_services(
            store=self.store,
            clients=self.store,
            archive=self.archive,
            outbox=self.outbox,
            hooks=self.hooks,
            renderer=self.renderer,
            composer=self.composer,
            clock=self.clock,
            ids=self.ids,
            console=CONSOLE,
        )

    @cached_property
    def _recipients(self) -> RecipientsServices:
        return recipients_services(
            store=self.store, clients=self.store, clock=self.clock, ids=self.ids
        )

    @cached_property
    def _settings(self) -> SettingsServices:
        return settings_services(
            store=self.store,
            clients=self.store,
            cleaner=FakeCleaner(),
            images=HeaderImages(),
            clock=self.clock,
        )

    @cached_property
    def _webhooks(self) -> WebhooksServices:
        return webhooks_services(
            store=self.store,
            clients=self.store,
            queue=self.hooks,
            clock=self.clock,
            ids=self.ids,
            random=lambda length: bytes(range(length)),
        )
