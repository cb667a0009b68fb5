"""Fakes of the outbox, the archive and SES."""

import hashlib
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from facteur.domain.errors import MailError
from facteur.domain.identity import OrgId, SendId
from facteur.domain.inspection import Inspection
from facteur.ports import OutboxMessage, UploadForm
from tests.fakes.content import FakePdfChecker


@dataclass
class FakeOutbox:
    """A queue whose messages stay until a test takes them."""

    messages: list[OutboxMessage] = field(default_factory=list)

    def put(self, messages: Collection[OutboxMessage]) -> None:
        self.messages.extend(messages)


@dataclass
class FakeRedelivery:
    """Records the delay of each message."""

    delays: dict[str, timedelta] = field(default_factory=dict)

    def delay(self, receipt_handle: str, by: timedelta) -> None:
        self.delays[receipt_handle] = by


@dataclass
class FakeArchive:
    """Stores PDFs in memory and makes links that name their content."""

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
class FakeUploads:
    """Stores in memory what a test posts with a form."""

    posted: dict[str, bytes] = field(default_factory=dict)
    limits: dict[str, int] = field(default_factory=dict)

    def form(self, organization: OrgId, upload_id: str, *, limit: int) -> UploadForm:
        key = f"{organization}/{upload_id}"
        self.limits[key] = limit
        return UploadForm(upload_id, "https://archive.test/", {"key": key})

    def post(self, fields: Mapping[str, str], pdf: bytes) -> None:
        self.posted[fields["key"]] = pdf

    def find(self, organization: OrgId, upload_id: str, *, limit: int) -> bytes | None:
        posted = self.posted.get(f"{organization}/{upload_id}")
        return None if posted is None else posted[: limit + 1]


@dataclass
class FakeInspector:
    """Inspects what is posted, at once; ``before`` is called first, and may fail or post."""

    uploads: FakeUploads
    before: Callable[[], None] = lambda: None
    inspected: int = 0

    def inspect(self, organization: OrgId, upload_id: str) -> Inspection:
        self.before()
        self.inspected += 1
        pdf = self.uploads.find(organization, upload_id, limit=sys.maxsize - 1)
        if pdf is None:
            return Inspection("")
        return Inspection(hashlib.sha256(pdf).hexdigest(), FakePdfChecker().check(pdf))


@dataclass(frozen=True)
class AcceptedMail:
    """A mail that SES accepted."""

    send: SendId
    n: int
    envelope: tuple[str, ...]
    from_address: str
    source: bytes


@dataclass
class FakeMailer:
    """Accepts every mail, unless ``faults`` has an error to raise next.

    A fault is an error, and whether the mail is accepted nevertheless.
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
