"""What operators' commands about a person do to accounts, versions of files and SES."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber
from fpdf import FPDF
from moto import mock_aws

from facteur.adapters.dynamodb.clients import DynamoClients
from facteur.adapters.dynamodb.keys import Keys
from facteur.adapters.dynamodb.operators import write_client, write_organization
from facteur.adapters.dynamodb.store import DynamoStore
from facteur.domain.account import Account
from facteur.domain.campaign import CampaignDraft
from facteur.domain.campaign_transitions import new_campaign
from facteur.domain.content import DocumentType
from facteur.domain.group import Contact, Group
from facteur.domain.identity import Caller, CampaignId, GroupId, OrgId, SendId, UserId, UserRole
from facteur.domain.known_recipient import AddressStanding, AddressState
from facteur.domain.recurrence import Weekly
from facteur.domain.settings import Profile
from scripts.forgetting.build import Forgetting, forgetting_on
from scripts.forgetting.outside import AwsSurroundings, FileVersion, S3Files
from scripts.forgetting.pdf_text import PdfTexts
from scripts.forgetting.report import Report
from scripts.people import People
from scripts.stack import StackError
from tests.fakes import FakeClock, FakeOutbox
from tests.scripts.conftest import declared
from tests.tables import create_table

ORG, TABLE, BUCKET = OrgId("atelier"), "facteur", "archive"
ZOE = "zoe@atelier.example"
CAMPAIGN = CampaignId("01KBX3V5TQ8ZJ4M6N2W9RHCE9C")
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


@dataclass
class FakeSurroundings:
    suppressed: set[str] = field(default_factory=set)
    dead_events: int = 0

    def find(self, email: str) -> Mapping[str, str]:
        return {"suppression list": "BOUNCE"} if email in self.suppressed else {}

    def erase(self, email: str) -> Sequence[str]:
        was_there = email in self.suppressed
        self.suppressed.discard(email)
        return ["suppression list"] if was_there else []

    def count_dead_events(self) -> int:
        return self.dead_events


class Stack:
    """The parts of a stack in which a person may be, with Zoé in all of them."""

    def __init__(self, session: boto3.Session) -> None:
        self.dynamodb = session.client("dynamodb")
        create_table(self.dynamodb, TABLE)
        self.s3: Any = session.client("s3")
        self.s3.create_bucket(
            Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-3"}
        )
        self.s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
        self.cognito: Any = session.client("cognito-idp")
        pool = declared("UserPool")
        made = self.cognito.create_user_pool(
            PoolName="pool", UsernameAttributes=pool["UsernameAttributes"], Schema=pool["Schema"]
        )
        self.pool = made["UserPool"]["Id"]
        self.cognito.create_group(UserPoolId=self.pool, GroupName=UserRole.ADMIN)
        self.people = People(self.cognito, self.pool)
        self.surroundings = FakeSurroundings({ZOE})
        self.clock = FakeClock(NOW)
        self.store = DynamoStore(self.dynamodb, TABLE, clock=self.clock)
        self.outbox = FakeOutbox()
        self._fill()

    def _fill(self) -> None:
        write_organization(
            self.dynamodb,
            TABLE,
            ORG,
            name="Atelier",
            account=Account(shared_domains=("atelier.example",)),
            default_sender="facteur@atelier.example",
        )
        self.people.invite(ZOE, organization=ORG, role=UserRole.MEMBER)
        person = self.people.get(ZOE)
        self.user = UserId(person.id)
        caller = Caller(ORG, self.user, ZOE, "Zoé Łukasz")
        self.know(Profile(user=self.user, name="Zoé Łukasz", email=ZOE, version=1))
        write_client(self.dynamodb, TABLE, "erp", caller)
        self.store.campaigns(ORG).create(
            new_campaign(
                _DRAFT, id=CAMPAIGN, owner=self.user, paused=False, list_date=NOW.date(), now=NOW
            )
        )

    def know(self, profile: Profile) -> None:
        self.store.settings(ORG).put_profile(profile)

    def commands(self) -> Forgetting:
        return forgetting_on(
            self.dynamodb,
            TABLE,
            outbox=self.outbox,
            files=S3Files(self.s3, bucket=BUCKET),
            accounts=self.people,
            surroundings=self.surroundings,
            clock=self.clock,
        )

    def forget(self, **how: Any) -> Report:
        return self.commands().forget.forget(ZOE, **({"is_user": True} | how))

    def owner(self) -> UserId:
        return self.store.campaigns(ORG).get(CAMPAIGN).owner

    def client_caller(self) -> Caller | None:
        return DynamoClients(self.dynamodb, TABLE).find_client("erp")


_DRAFT = CampaignDraft(
    name="Liste",
    document_type=DocumentType.STAFF_LIST,
    document_ids=(),
    recipients=("ana@example.com",),
    copy_to_sender=False,
    separate=False,
    subject="Liste",
    body="Bonjour",
    recurrence=Weekly((1,), time(8)),
    timezone="Europe/Paris",
    auto_increment_date=False,
)
ADMINISTRATOR = Profile(
    user=UserId("paul"), name="Paul", email="paul@atelier.example", role=UserRole.ADMIN, version=1
)


@pytest.fixture
def stack(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stack]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    with mock_aws():
        yield Stack(boto3.Session(region_name="eu-west-3"))


def a_pdf(text: str) -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", size=12)
    pdf.cell(text=text)
    return bytes(pdf.output())


@pytest.mark.feature("B45")
def test_the_address_of_somebody_who_signs_in_is_refused_and_nothing_is_changed(
    stack: Stack,
) -> None:
    with pytest.raises(StackError, match="USER="):
        stack.forget(is_user=False)

    assert stack.people.find(ZOE) is not None
    assert stack.surroundings.suppressed == {ZOE}
    assert stack.owner() == stack.user


@pytest.mark.feature("B45")
def test_a_user_goes_with_account_profile_suppression_and_what_they_own_passes_on(
    stack: Stack,
) -> None:
    stack.know(ADMINISTRATOR)

    report = stack.forget()

    assert stack.people.find(ZOE) is None
    assert stack.store.settings(ORG).find_profile(stack.user) is None
    assert stack.surroundings.suppressed == set()
    assert stack.owner() == ADMINISTRATOR.user
    caller = stack.client_caller()
    assert caller is not None
    assert (caller.user, caller.email) == (ADMINISTRATOR.user, ADMINISTRATOR.email)
    assert len(stack.outbox.messages) == 1
    assert report.undecided == []
    assert {entry.kind for entry in report.done} == {
        "account",
        "campaign",
        "host application",
        "profile",
        "suppression list",
    }
    assert stack.forget().done == []


@pytest.mark.feature("B45")
def test_without_an_administrator_a_person_must_decide(stack: Stack) -> None:
    report = stack.forget()

    assert stack.owner() == stack.user
    assert stack.client_caller() is None
    assert {(entry.kind, entry.id) for entry in report.undecided} == {
        ("campaign", CAMPAIGN),
        ("host application", "erp"),
    }


def a_group(name: str, *contacts: Contact, n: int = 0) -> Group:
    return Group(
        id=GroupId(f"01KBX6E4R9TQ2W5Y8A1CFHJM{n:02d}"),
        name=name,
        contacts=contacts,
        version=1,
        created_at=NOW,
        updated_at=NOW,
    )


def flag(detail: str) -> AddressStanding:
    at, send = NOW, SendId("01KBX4A2F7PYD0Q3SVK5XN8GTB")
    return AddressStanding(state=AddressState.BOUNCED, at=at, send=send, detail=detail)


@pytest.mark.feature("B33", "B34", "B45")
def test_a_person_leaves_the_groups_and_what_is_known_of_addresses(stack: Stack) -> None:
    stack.know(ADMINISTRATOR)
    groups, recipients = stack.store.groups(ORG), stack.store.recipients(ORG)
    theirs, shared = Contact(ZOE, "Zoé"), Contact("info@x.example", "Zoé Łukasz")
    ana = Contact("ana@example.com", "Ana")
    first = a_group("Équipe", theirs, ana, shared)
    second = a_group("Zoé Łukasz", Contact(ZOE.upper(), "Z."), n=1)
    for group in (first, second, a_group("[…]", ana, n=2)):
        groups.create(group)
    recipients.remember([theirs, ana, shared])
    recipients.record(ZOE, flag("550 no such user"))
    recipients.record(ana.address, flag(f"550 ask {ZOE}"))

    report = stack.forget()

    left = groups.get(first.id)
    assert left.contacts == (ana, Contact(shared.address, "[…]"))
    assert left.version == 2
    emptied = groups.get(second.id)
    assert (emptied.name, emptied.contacts) == (f"[…] ({second.id[-6:]})", ())
    assert recipients.find_contacts([ZOE, ana.address, shared.address]).keys() == {ana.address}
    assert recipients.matching("zoe") == recipients.matching("lukasz") == []
    assert recipients.find_standings([ZOE]) == {}
    assert ZOE not in recipients.find_standings([ana.address])[ana.address].detail
    assert {entry.id for entry in report.undecided if entry.kind == "group of recipients"} == {
        second.id
    }
    assert not any(ZOE in line for line in report.lines())
    assert stack.forget().done == []


@pytest.mark.feature("B45")
def test_an_export_says_which_groups_name_a_person_and_nobody_else(stack: Stack) -> None:
    group = a_group("Équipe", Contact(ZOE, "Zoé"), Contact("ana@example.com", "Ana"))
    stack.store.groups(ORG).create(group)
    stack.store.recipients(ORG).remember([Contact(ZOE, "Zoé"), Contact("ana@example.com", "Ana")])
    stack.store.recipients(ORG).record(ZOE, flag("550 no such user"))

    known: Any = stack.commands().export.export(ZOE)["organizations"]

    assert known[ORG]["group of recipients"] == {
        group.id: {"name": "Équipe", "received_by_them": True, "called_there": ["Zoé"]}
    }
    assert known[ORG]["known recipient"].keys() == {ZOE}
    assert known[ORG]["standing of an address"][ZOE]["detail"] == "550 no such user"
    assert "ana@example.com" not in json.dumps(known[ORG]["known recipient"])


@pytest.mark.feature("B45")
def test_an_interrupted_run_leaves_the_account_locked_and_the_next_one_ends_it(
    stack: Stack,
) -> None:
    stack.know(ADMINISTRATOR)

    class StoppedError(BaseException):
        pass

    def interrupt(**_: Any) -> None:
        raise StoppedError

    event = "before-call.dynamodb.DeleteItem"
    stack.dynamodb.meta.events.register(event, interrupt)
    with pytest.raises(StoppedError):
        stack.forget()
    account = stack.cognito.admin_get_user(UserPoolId=stack.pool, Username=ZOE)
    stack.dynamodb.meta.events.unregister(event, interrupt)
    stack.forget()

    assert account["Enabled"] is False
    assert stack.people.find(ZOE) is None
    assert stack.store.settings(ORG).find_profile(stack.user) is None
    assert len(stack.outbox.messages) == 1


@pytest.mark.feature("B45")
def test_every_version_of_a_pdf_is_named_and_on_request_deleted(stack: Stack) -> None:
    key = f"{ORG}/{'a' * 64}.pdf"
    for _ in range(2):
        stack.s3.put_object(Bucket=BUCKET, Key=key, Body=a_pdf(f"Contact : {ZOE}"))
    stack.s3.delete_object(Bucket=BUCKET, Key=key)
    other = f"{ORG}/{'b' * 64}.pdf"
    stack.s3.put_object(Bucket=BUCKET, Key=other, Body=a_pdf("ana@example.com"))
    scan = f"{ORG}/{'c' * 64}.pdf"
    stack.s3.put_object(Bucket=BUCKET, Key=scan, Body=b"%PDF-1.4 not readable")
    preview = f"tmp/{ORG}/preview.pdf"
    stack.s3.put_object(Bucket=BUCKET, Key=preview, Body=a_pdf("Zoe Martin " + ZOE))

    asked = stack.forget()
    stack.forget(delete_pdfs=True)

    pdfs = [entry for entry in asked.undecided if entry.kind == "PDF"]
    assert [entry.id.split(" ")[0] for entry in pdfs] == [key, key]
    assert len({entry.id for entry in pdfs}) == 2
    assert [entry.id.split(" ")[0] for entry in asked.done if entry.kind == "PDF"] == [preview]
    left = S3Files(stack.s3, bucket=BUCKET).list_versions()
    assert sorted(version.key for version in left) == [other, scan]


@pytest.mark.feature("B45")
def test_events_that_were_never_recorded_are_pointed_out(stack: Stack) -> None:
    stack.know(ADMINISTRATOR)
    stack.surroundings.dead_events = 3

    [entry] = stack.forget().undecided

    assert (entry.kind, entry.id) == ("queue", "ReceiptsDeadLetters")
    assert entry.what.startswith("3 events")


@pytest.mark.feature("B45")
def test_a_report_names_no_address(stack: Stack) -> None:
    key = Keys(ORG).request(stack.user, ZOE)
    stack.dynamodb.put_item(TableName=TABLE, Item=key | {"resource_id": {"S": "x"}})

    lines = list(stack.forget().lines())

    assert any("idempotency record" in line for line in lines)
    assert not any(ZOE in line for line in lines)


@pytest.mark.feature("B45")
def test_an_export_has_the_account_and_changes_nothing(stack: Stack) -> None:
    known: Any = stack.commands().export.export(ZOE)

    assert known["account"] == {"organization": ORG, "user": stack.user, "name": ""}
    assert known["suppression list"] == "BOUNCE"
    assert set(known["organizations"][ORG]) == {"profile", "campaign", "host application"}
    assert json.dumps(known)
    assert stack.people.find(ZOE) is not None


def test_the_suppression_list_of_ses_and_the_dead_letters_are_asked() -> None:
    session = boto3.Session("test", "test", region_name="eu-west-3")
    ses = session.client("sesv2")
    sqs: Any = session.client("sqs")
    surroundings = AwsSurroundings(ses, sqs, dead_events_url="https://sqs/dead")
    asked = {"EmailAddress": ZOE}
    with Stubber(ses) as on_ses, Stubber(sqs) as on_sqs:
        found = {"EmailAddress": ZOE, "Reason": "BOUNCE", "LastUpdateTime": NOW}
        on_ses.add_response("get_suppressed_destination", {"SuppressedDestination": found}, asked)
        on_ses.add_response("delete_suppressed_destination", {}, asked)
        for method in ("get_suppressed_destination", "delete_suppressed_destination"):
            on_ses.add_client_error(method, "NotFoundException", expected_params=asked)
        on_sqs.add_response(
            "get_queue_attributes", {"Attributes": {"ApproximateNumberOfMessages": "2"}}
        )

        assert surroundings.find(ZOE) == {"suppression list": "BOUNCE"}
        assert surroundings.erase(ZOE) == ["suppression list"]
        assert surroundings.find(ZOE) == {}
        assert surroundings.erase(ZOE) == []
        assert surroundings.count_dead_events() == 2


def test_files_say_whose_they_are() -> None:
    archived = FileVersion(key=f"{ORG}/{'a' * 64}.pdf", version="1")
    upload = FileVersion(key=f"tmp/{ORG}/uploads/x.pdf", version="1")

    assert (archived.organization, archived.is_temporary) == (ORG, False)
    assert (upload.organization, upload.is_temporary) == (ORG, True)


@pytest.mark.feature("B45")
def test_a_pdf_that_takes_too_long_is_given_up_alone() -> None:
    with PdfTexts() as texts:
        slow = texts.read(a_pdf("before"))
        texts.time_limit = 0.0
        given_up = texts.read(a_pdf("x" * 50))
        texts.time_limit = 60.0
        after = texts.read(a_pdf("after"))

    assert (slow, given_up, after) == ("before", None, "after")
