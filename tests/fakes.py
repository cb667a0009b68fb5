"""One fake per port: real small classes that keep their state in memory.

``FakeStore`` follows the contract of ``facteur.ports`` to the letter; the tests of the adapters run
against it too.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count

from facteur.domain.document import (
    Document,
    DocumentStatus,
    DocumentSummary,
    DocumentType,
    summary_of,
)
from facteur.domain.errors import ConflictError, InputError, MailError, NotFoundError, Problem
from facteur.domain.guard import GuardHolder, RequestGuard
from facteur.domain.identity import Caller, DocumentId, OrgId, SendId, UserId
from facteur.domain.message import (
    Claim,
    MarkKey,
    MessageState,
    PlannedMessage,
    Seen,
    merge_mark,
)
from facteur.domain.search import matches, normalised, query_of
from facteur.domain.send import Origin, Send, SendRow, row_of
from facteur.domain.settings import Locale, OrganizationSettings, Profile
from facteur.ports import (
    Attachment,
    Composition,
    Creation,
    DocumentFilter,
    MailText,
    OutboxMessage,
    OverdueSend,
    Page,
    SendFilter,
)


@dataclass
class FakeClock:
    """A clock that moves only when told."""

    at: datetime = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def advance(self, by: timedelta) -> None:
        self.at += by


@dataclass
class FakeIds:
    """Ids that look like ULIDs and sort in the order they were made."""

    counter: "count[int]" = field(default_factory=lambda: count(1))

    def new_id(self, at: datetime) -> str:
        return f"{int(at.timestamp() * 1000):013d}{next(self.counter):013d}"


@dataclass
class Organization:
    """Everything stored for one organization."""

    documents: dict[DocumentId, Document] = field(default_factory=dict)
    sends: dict[SendId, Send] = field(default_factory=dict)
    rows: dict[SendId, SendRow] = field(default_factory=dict)
    messages: dict[tuple[SendId, int], MessageState] = field(default_factory=dict)
    requests: dict[tuple[UserId, str], GuardHolder] = field(default_factory=dict)
    settings: OrganizationSettings | None = None
    profiles: dict[UserId, Profile] = field(default_factory=dict)


class FakeStore:
    """All organizations, in memory. ``on_write`` is called before each write, to fail or crash."""

    def __init__(self) -> None:
        self.organizations: dict[OrgId, Organization] = {}
        self.clients_by_id: dict[str, Caller] = {}
        self.on_write: Callable[[str], None] = lambda _: None

    def of(self, organization: OrgId) -> Organization:
        return self.organizations.setdefault(organization, Organization())

    def guards(self, organization: OrgId) -> "FakeGuards":
        return FakeGuards(self.of(organization))

    def documents(self, organization: OrgId) -> "FakeDocuments":
        return FakeDocuments(self, self.of(organization))

    def sends(self, organization: OrgId) -> "FakeSends":
        return FakeSends(self, self.of(organization))

    def settings(self, organization: OrgId) -> "FakeSettings":
        return FakeSettings(self.of(organization))

    def find_client(self, client_id: str) -> Caller | None:
        return self.clients_by_id.get(client_id)

    def list_overdue(self, now: datetime, *, limit: int) -> Sequence[OverdueSend]:
        found = [
            OverdueSend(
                organization=organization,
                send=row.id,
                origin_is_notice=row.origin is Origin.NOTICE,
                overdue_at=row.overdue_at,
            )
            for organization, data in self.organizations.items()
            for row in data.rows.values()
            if row.overdue_at is not None and row.overdue_at <= now
        ]
        return sorted(found, key=lambda item: item.overdue_at)[:limit]

    def take(self, item: OverdueSend, *, until: datetime) -> bool:
        self.on_write("take")
        rows = self.of(item.organization).rows
        row = rows.get(item.send)
        if row is None or row.overdue_at != item.overdue_at:
            return False
        rows[item.send] = replace(row, overdue_at=until)
        return True


@dataclass
class FakeGuards:
    data: Organization

    def find_request(self, guard: RequestGuard) -> GuardHolder | None:
        return self.data.requests.get((guard.user, guard.key))


def _guarded(data: Organization, guard: RequestGuard | None, new_id: str) -> Creation | None:
    """The first one's creation when the guard is taken; else takes it."""
    if guard is None:
        return None
    holder = data.requests.get((guard.user, guard.key))
    if holder is None:
        return None
    if holder.fingerprint != guard.fingerprint:
        raise InputError([Problem("Idempotency-Key", "idempotency_key_reused")])
    return Creation(holder.resource_id, created=holder.resource_id == new_id)


@dataclass
class FakeDocuments:
    store: FakeStore
    data: Organization

    def create(self, document: Document, *, guard: RequestGuard | None = None) -> Creation:
        self.store.on_write("create_document")
        if (first := _guarded(self.data, guard, document.id)) is not None:
            return first
        self._check_number(document)
        if guard is not None:
            holder = GuardHolder(document.id, guard.fingerprint)
            self.data.requests[guard.user, guard.key] = holder
        self.data.documents[document.id] = document
        return Creation(document.id, created=True)

    def _check_number(self, document: Document) -> None:
        if document.type is DocumentType.STAFF_LIST:
            return
        number = document.content.number
        for other in self.data.documents.values():
            if (
                other.id != document.id
                and other.type is document.type
                and other.content.number.casefold() == number.casefold()
            ):
                raise ConflictError("number_taken", number=number, document_id=other.id)

    def get(self, document_id: DocumentId) -> Document:
        if document_id not in self.data.documents:
            raise NotFoundError("document_not_found")
        return self.data.documents[document_id]

    def replace(self, document: Document) -> None:
        self.store.on_write("replace_document")
        stored = self.get(document.id)
        if stored.version != document.version - 1:
            raise ConflictError("version_conflict", version=stored.version)
        self._check_number(document)
        self.data.documents[document.id] = replace(document, status=stored.status)

    def set_status(
        self, document_id: DocumentId, status: DocumentStatus, *, only_from: DocumentStatus
    ) -> bool:
        self.store.on_write("set_status")
        document = self.data.documents.get(document_id)
        if document is None or document.status is not only_from:
            return False
        self.data.documents[document_id] = replace(document, status=status)
        return True

    def delete(self, document_id: DocumentId) -> None:
        self.get(document_id)
        self.store.on_write("delete_document")
        del self.data.documents[document_id]

    def list_page(
        self, wanted: DocumentFilter, *, cursor: str | None, limit: int
    ) -> Page[DocumentSummary]:
        summaries = [
            summary_of(document)
            for document in self.data.documents.values()
            if wanted.type in (None, document.type) and wanted.status in (None, document.status)
            if _says(wanted.q, _words(document))
        ]
        return _page(sorted(summaries, key=lambda item: item.id, reverse=True), cursor, limit)


@dataclass
class FakeSends:
    store: FakeStore
    data: Organization

    def create(
        self, send: Send, *, guard: RequestGuard | None = None, after_retries: int = 0
    ) -> Creation:
        self.store.on_write("create_send")
        if (first := _guarded(self.data, guard, send.id)) is not None:
            return first
        if send.retry_of is not None:
            original = self.get_row(send.retry_of)
            if len(original.retried_by) != after_retries:
                raise ConflictError("already_retried")
            self.data.rows[send.retry_of] = replace(
                original, retried_by=(*original.retried_by, send.id)
            )
        if guard is not None:
            self.data.requests[guard.user, guard.key] = GuardHolder(send.id, guard.fingerprint)
        self._put(send)
        return Creation(send.id, created=True)

    def _put(self, send: Send) -> None:
        self.data.sends[send.id] = send
        self.data.rows[send.id] = row_of(send)

    def get(self, send_id: SendId) -> Send:
        if send_id not in self.data.sends:
            raise NotFoundError("send_not_found")
        return self.data.sends[send_id]

    def get_row(self, send_id: SendId) -> SendRow:
        if send_id not in self.data.rows:
            raise NotFoundError("send_not_found")
        return self.data.rows[send_id]

    def list_page(self, wanted: SendFilter, *, cursor: str | None, limit: int) -> Page[SendRow]:
        rows = [
            row
            for row in self.data.rows.values()
            if row.origin is not Origin.NOTICE and self._matches(row, wanted)
        ]
        return _page(sorted(rows, key=lambda row: row.id, reverse=True), cursor, limit)

    def _matches(self, row: SendRow, wanted: SendFilter) -> bool:
        addresses = {r.address.casefold() for r in self.data.sends[row.id].recipients}
        return (
            wanted.type in (None, row.document_type)
            and wanted.status in (None, row.progress.status)
            and (wanted.since is None or row.queued_at >= wanted.since)
            and (wanted.before is None or row.queued_at < wanted.before)
            and (not wanted.recipient or wanted.recipient.casefold() in addresses)
            and (not wanted.campaign_id or row.campaign_id == wanted.campaign_id)
            and (
                not wanted.document_id
                or any(document.id == wanted.document_id for document in row.documents)
            )
            and _says(wanted.q, [row.subject, *(f"{d.name} {d.number}" for d in row.documents)])
        )

    def advance(self, row: SendRow, *, notice: Send | None = None) -> bool:
        self.store.on_write("advance")
        stored = self.get_row(row.id)
        if stored.revision != row.revision:
            return False
        self.data.rows[row.id] = replace(
            row, revision=row.revision + 1, retried_by=stored.retried_by
        )
        if notice is not None:
            self._put(notice)
        return True

    def get_messages(self, send_id: SendId) -> Mapping[int, MessageState]:
        return {n: state for (of, n), state in self.data.messages.items() if of == send_id}

    def find_message(self, send_id: SendId, n: int) -> MessageState | None:
        return self.data.messages.get((send_id, n))

    def claim(self, send_id: SendId, n: int, claim: Claim) -> bool:
        self.store.on_write("claim")
        state = self.data.messages.get((send_id, n), MessageState(n))
        if state.claim is not None or not state.is_pending:
            return False
        self.data.messages[send_id, n] = replace(state, claim=claim)
        return True

    def release(self, send_id: SendId, n: int, claim: Claim) -> None:
        self.store.on_write("release")
        state = self.data.messages.get((send_id, n))
        if state is not None and state.claim == claim and state.is_pending:
            self.data.messages[send_id, n] = replace(state, claim=None)

    def mark(
        self,
        send_id: SendId,
        n: int,
        marks: Mapping[MarkKey, Seen],
        *,
        ses_message_id: str | None = None,
    ) -> None:
        self.store.on_write("mark")
        state = self.data.messages.get((send_id, n), MessageState(n))
        merged = dict(state.marks)
        for key, seen in marks.items():
            merged[key] = merge_mark(seen, merged.get(key), mark=key.mark)
        self.data.messages[send_id, n] = replace(
            state, marks=merged, ses_message_id=state.ses_message_id or ses_message_id
        )

    def mark_if_claimed(
        self, send_id: SendId, n: int, key: MarkKey, seen: Seen, *, claim: Claim | None
    ) -> bool:
        self.store.on_write("mark_if_claimed")
        state = self.data.messages.get((send_id, n), MessageState(n))
        if state.claim != claim or not state.is_pending:
            return False
        self.data.messages[send_id, n] = replace(state, marks={**state.marks, key: seen})
        return True


@dataclass
class FakeSettings:
    data: Organization

    def find_settings(self) -> OrganizationSettings | None:
        return self.data.settings

    def put_settings(self, settings: OrganizationSettings) -> None:
        stored = self.data.settings
        if settings.version != (stored.version if stored else 0) + 1:
            raise ConflictError("version_conflict", version=stored.version if stored else 0)
        domains = stored.sender_domains if stored else settings.sender_domains
        self.data.settings = replace(settings, sender_domains=domains)

    def find_profile(self, user: UserId) -> Profile | None:
        return self.data.profiles.get(user)

    def put_profile(self, profile: Profile) -> None:
        stored = self.data.profiles.get(profile.user)
        if profile.version != (stored.version if stored else 0) + 1:
            raise ConflictError("version_conflict", version=stored.version if stored else 0)
        self.data.profiles[profile.user] = profile


def _words(document: Document) -> list[str]:
    summary = summary_of(document)
    return [summary.number, summary.name, summary.party]


def _says(typed: str, texts: Sequence[str]) -> bool:
    return matches(query_of(typed), normalised(" ".join(texts)))


def _page[T](items: Sequence[T], cursor: str | None, limit: int) -> Page[T]:
    """Cursors of the fakes are offsets."""
    if cursor is not None and not cursor.isdecimal():
        raise InputError([Problem("cursor", "cursor_invalid")])
    start = int(cursor or 0)
    return Page(
        items[start : start + limit],
        next=str(start + limit) if start + limit < len(items) else None,
        previous=str(max(0, start - limit)) if start else None,
    )


@dataclass
class FakeOutbox:
    """A queue whose messages stay until a test takes them."""

    messages: list[OutboxMessage] = field(default_factory=list)

    def put(self, messages: Collection[OutboxMessage]) -> None:
        self.messages.extend(messages)


@dataclass
class FakeRedelivery:
    """Remembers how long each message was put off."""

    delays: dict[str, timedelta] = field(default_factory=dict)

    def delay(self, receipt: str, by: timedelta) -> None:
        self.delays[receipt] = by


@dataclass
class FakeArchive:
    """Keeps bytes in memory and makes recognisable links."""

    kept: dict[tuple[OrgId, str], bytes] = field(default_factory=dict)
    previews: dict[str, bytes] = field(default_factory=dict)

    def put(self, organization: OrgId, pdf: bytes) -> str:
        sha256 = hashlib.sha256(pdf).hexdigest()
        self.kept[organization, sha256] = pdf
        return sha256

    def get(self, organization: OrgId, sha256: str) -> bytes:
        return self.kept[organization, sha256]

    def link(self, organization: OrgId, sha256: str, *, filename: str) -> str:
        return f"https://archive.test/{organization}/{sha256}/{filename}"

    def preview(self, organization: OrgId, pdf: bytes, *, filename: str) -> str:
        url = f"https://archive.test/tmp/{organization}/{len(self.previews)}/{filename}"
        self.previews[url] = pdf
        return url


@dataclass
class FakeRenderer:
    """Renders to a line of text that names what it was given, filled up to ``size`` bytes; counts
    its renderings."""

    rendered: int = 0
    size: int = 0

    def render(self, document: Document, settings: OrganizationSettings, *, on: date) -> bytes:
        self.rendered += 1
        line = f"%PDF-fake {settings.name} {document.content.name} {on} v{document.version}"
        return line.encode().ljust(self.size)

    def format_date(self, value: date, locale: Locale) -> str:
        return f"{value:%d/%m/%Y}"


@dataclass(frozen=True)
class FakeComposition:
    send: Send
    attachments: Sequence[Attachment]

    def source(self, planned: PlannedMessage) -> bytes:
        return f"{self.send.id} {planned.n} {self.send.subject}".encode()


@dataclass
class FakeComposer:
    """Writes mails of one line; counts how often a Send was made ready."""

    composed: int = 0

    def text(self, send: Send) -> MailText:
        return MailText(html=f"<p>{send.body}</p>", text=send.body)

    def compose(self, send: Send, attachments: Sequence[Attachment]) -> Composition:
        self.composed += 1
        return FakeComposition(send, attachments)


@dataclass(frozen=True)
class AcceptedMail:
    """A mail that left."""

    send: SendId
    n: int
    envelope: tuple[str, ...]
    from_address: str
    source: bytes


@dataclass
class FakeMailer:
    """Accepts every mail, after raising the next of ``faults``, if any.

    A fault is an error and whether the mail was accepted all the same.
    """

    accepted: list[AcceptedMail] = field(default_factory=list)
    faults: list[tuple[MailError, bool]] = field(default_factory=list)
    on_accept: Callable[[AcceptedMail], None] = lambda _: None
    refreshed: int = 0

    def refresh(self) -> None:
        self.refreshed += 1

    def send(
        self,
        source: bytes,
        *,
        from_address: str,
        envelope: Sequence[str],
        organization: OrgId,
        send: SendId,
        n: int,
    ) -> str:
        error, takes_it = self.faults.pop(0) if self.faults else (None, True)
        if takes_it:
            mail = AcceptedMail(send, n, tuple(envelope), from_address, source)
            self.accepted.append(mail)
            self.on_accept(mail)
        if error is not None:
            raise error
        return f"ses-{len(self.accepted):04d}"


class FakeCleaner:
    """Keeps everything but scripts."""

    def clean(self, html: str) -> str:
        return html.replace("<script>", "").replace("</script>", "")
