"""A person who is in everything is forgotten: nothing names them, and every campaign still runs."""

import base64
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from facteur.adapters.dynamodb.forgetting import texts_in
from facteur.domain.forgetting import Redaction, is_forgotten
from facteur.domain.identity import OrgId, UserRole
from local.template.names import resource_name
from local.web.tokens import Person
from scripts.forgetting.pdf_text import text_of
from scripts.forgetting.report import Report
from tests.e2e_api.facteur import INVOICE, LIST, Facteur
from tests.e2e_api.stored.folder import Stored, every_version
from tests.support.client import DEMO
from tests.support.forgetting import LocalFiles, forgetting_of

ZOE = "zoe.lukasz@atelier-durand.example"
ANA, BOB = "ana@example.com", "bob@example.com"
PERSON = Person(
    email=ZOE,
    user="7d3f0c2e-zoe",
    name="Zoé Łukasz",
    organization="atelier-durand",
    organization_name="Atelier Durand",
)
EVENT = Path(__file__).parents[2] / "events" / "track-bounce.json"
ANYWHERE = Redaction(OrgId(""), ZOE, ["Zoé Łukasz"])


class Story:
    """What happened before the person asked to be forgotten."""

    def __init__(self, facteur: Facteur) -> None:
        self.facteur = facteur
        self.sends: dict[str, str] = {}
        self.campaigns: dict[str, str] = {}
        self.list = facteur.document(
            LIST
            | {
                "name": "Équipe de Zoé Łukasz",
                "notes": f"Appeler Zoé Łukasz, {ZOE}",
                "entries": [
                    {"last_name": "Łukasz", "first_name": "Zoé", "email": ZOE, "phone": "06 12"},
                    {"last_name": "Martin", "first_name": "Ana", "email": ANA},
                ],
            }
        )
        client: dict[str, Any] = {**INVOICE["client"], "email": ZOE}  # type: ignore[dict-item]
        self.invoice = facteur.document(INVOICE | {"client": client})
        self._sends()
        self._campaigns()
        self._as_a_user()
        facteur.sign_in("demo@autre.example")
        self.elsewhere = self.send("elsewhere", facteur.document(INVOICE), to=ZOE)
        facteur.sign_in()
        # Late enough for every event, and before the first occurrence on Monday the 21st.
        facteur.move_to("2041-01-18T12:00:00Z")

    def send(self, name: str, document: str, **fields: Any) -> str:
        body = {"document_ids": [document], **fields}
        made = self.facteur.call("POST", "/v1/sends", body)
        self.sends[name] = str(made["id"])
        return self.sends[name]

    def _sends(self) -> None:
        self.send("grouped", self.list, to=ZOE, cc=[ANA], bcc=[BOB], copy_to_sender=True)
        self.send("blind", self.list, to=ANA, bcc=[ZOE], separate=True)
        self.send(
            "bounced",
            self.invoice,
            to=ZOE,
            cc=[BOB],
            separate=True,
            subject=f"Facture pour Zoé Łukasz ({ZOE})",
            body=f"Bonjour Zoé Łukasz,\n\n{ZOE}",
        )
        self.send("mistyped", self.invoice, to="bounce@simulator.amazonses.com")
        self.send("copied", self.invoice, to=BOB, cc=[ZOE])
        self.facteur.advance("PT2M")
        for name in ("bounced", "copied"):
            self.bounce(self.sends[name])
        self.facteur.advance("PT2M")
        self.retry("bounced", {ZOE: "lukasz.travail@example.com"})
        self.retry("mistyped", {"bounce@simulator.amazonses.com": ZOE})

    def retry(self, name: str, corrections: dict[str, str]) -> None:
        path = f"/v1/sends/{self.sends[name]}/retry"
        made = self.facteur.call("POST", path, {"corrections": corrections})
        self.sends[f"{name} again"] = str(made["id"])

    def bounce(self, send: str) -> None:
        """A bounce in the words of a remote server, which name the person."""
        record = json.loads(EVENT.read_text())["Records"][0]
        event = json.loads(record["body"])
        event["mail"]["tags"] |= {"org": ["atelier-durand"], "send": [send], "message": ["0"]}
        event["bounce"]["bouncedRecipients"] = [
            {
                "emailAddress": ZOE,
                "action": "failed",
                "status": "5.1.1",
                "diagnosticCode": f"smtp; 550 5.1.1 <{ZOE}>: Zoé Łukasz has left",
            }
        ]
        self.facteur.system.queues.put(resource_name("Receipts"), json.dumps(event))

    def _campaigns(self) -> None:
        facteur = self.facteur
        both = f"{BOB}, {ZOE}"
        made = {
            "shared": facteur.campaign(self.list, recipients=both, body=f"Écrire à {ZOE}"),
            "only": facteur.campaign(self.list, recipients=ZOE, name="Pour Zoé Łukasz"),
            "done": facteur.campaign(self.list, recipients=ZOE, recurrence={"kind": "none"}),
        }
        self.campaigns = {name: str(one["id"]) for name, one in made.items()}

    def _as_a_user(self) -> None:
        """She sends in her own name, owns a campaign, and an application acts as her."""
        facteur = self.facteur
        token = facteur.system.sign_in.person(PERSON, UserRole.MEMBER)
        facteur.http.headers["Authorization"] = f"Bearer {token}"
        profile = facteur.call("GET", "/v1/profile")
        signature = f"<p>Zoé Łukasz<br>{ZOE}</p>"
        facteur.call("PUT", "/v1/profile", profile | {"signature": signature})
        self.send("own", self.list, to=BOB)
        self.send("own failure", self.list, to="bounce@simulator.amazonses.com")
        self.campaigns["own"] = str(facteur.campaign(self.list, recipients=BOB)["id"])
        self.application = facteur.system.sign_in.client("erp", acts_as=PERSON)


class StoppedError(BaseException):
    """The operator pressed Ctrl-C."""


def forget(
    facteur: Facteur, *, writes: int | None = None, address: str = ZOE, **how: Any
) -> Report:
    """What ``make forget`` does; with ``writes``, it is stopped before the next write."""
    client = facteur.client("dynamodb")
    left = [writes]

    def count(**_: Any) -> None:
        if left[0] is not None:
            if left[0] == 0:
                raise StoppedError
            left[0] -= 1

    for write in ("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"):
        client.meta.events.register(f"before-call.dynamodb.{write}", count)
    return forgetting_of(facteur, client).forget.forget(address, is_user=True, **how)


def forget_with_interruptions(facteur: Facteur) -> Report:
    """Stopped after 7 writes, run again and stopped after 14, and so on; the last run's report."""
    report = Report()
    for runs in range(1, 60):
        try:
            last = forget(facteur, writes=7 * runs)
        except StoppedError:
            continue
        report.undecided = last.undecided
        if not last.done:
            return report
    raise AssertionError("it never ends")


def traces(facteur: Facteur, person: Redaction = ANYWHERE) -> Iterator[str]:
    """Where the person is still named. The mailbox is not ours: it stands for the recipients'."""
    state = facteur.system.state
    for (body,) in state.rows("SELECT body FROM items"):
        item = _item_of(json.loads(str(body)))
        if person.is_in(texts_in(item)):
            yield f"item {item['pk']['S']} {item['sk']['S']}"
    for table in ("messages", "events", "schedules", "facts"):
        for row in state.rows(f"SELECT * FROM {table}"):  # noqa: S608 - names of ours
            if any(person.names_them(str(value)) for value in row):
                yield f"{table} {row[1]!s}"
    for key, metadata in state.rows("SELECT key, metadata FROM objects"):
        if person.names_them(f"{key!s} {metadata!s}"):
            yield f"object {key!s}"


def _item_of(stored: dict[str, Any]) -> dict[str, Any]:
    """An item as the client reads it: binary values are base64 in the file."""
    return {
        name: {"B": base64.b64decode(value["B"])} if "B" in value else value
        for name, value in stored.items()
    }


def pdfs_that_name_them(facteur: Facteur) -> set[str]:
    files = LocalFiles(facteur)
    texts = {one.key: text_of(files.read(one)) or "" for one in files.list_versions()}
    return {key for key, text in texts.items() if ANYWHERE.names_them(text)}


@pytest.mark.feature("B45")
@pytest.mark.parametrize("run", [forget, forget_with_interruptions])
def test_nothing_names_the_person_and_every_campaign_still_runs(
    facteur: Facteur, run: Callable[[Facteur], Report]
) -> None:
    story = Story(facteur)
    before = {
        name: facteur.call("GET", f"/v1/sends/{id_}")
        for name, id_ in story.sends.items()
        if name != "elsewhere"
    }
    mailed = len(facteur.mails())

    assert list(traces(facteur)) != []
    report = run(facteur)

    assert list(traces(facteur)) == []
    asked = {entry.id.partition(" ")[0]: entry.what for entry in report.undecided}
    assert pdfs_that_name_them(facteur) == {key for key in asked if key.endswith(".pdf")} != set()
    assert forget(facteur).done == []
    for name, old in before.items():
        now = facteur.call("GET", f"/v1/sends/{story.sends[name]}")
        assert [(r["role"], r["outcome"], r["at"]) for r in now["recipients"]] == [
            (r["role"], r["outcome"], r["at"]) for r in old["recipients"]
        ]
        theirs = [is_forgotten(r["address"]) for r in now["recipients"]]
        assert theirs == [r["address"] == ZOE for r in old["recipients"]]
        assert (now["status"], now["recipient_count"]) == (old["status"], old["recipient_count"])

    facteur.move_to("2041-02-01T12:00:00Z")

    mails = facteur.mails()[mailed:]
    notices = [mail.subject for mail in mails if mail.origin == "notice"]
    assert sorted(notices) == [
        "Campagne mise en pause\u00a0: Pour […]",
        "Une campagne vous est confiée\u00a0: Liste de Bercy",
    ]
    sent = [mail for mail in mails if mail.origin == "campaign"]
    assert {address for mail in sent for address in mail.to} == {BOB}
    assert len(sent) == 4
    states = {
        name: facteur.call("GET", f"/v1/campaigns/{id_}") for name, id_ in story.campaigns.items()
    }
    assert [states[name]["status"] for name in ("shared", "own", "only", "done")] == [
        "active",
        "active",
        "paused",
        "completed",
    ]
    assert states["only"]["pause_reason"] == "no_recipients"
    assert states["own"]["owner"] == facteur.call("GET", "/v1/me")["user"]
    assert list(traces(facteur)) == []


@pytest.mark.feature("B45")
def test_history_keeps_what_became_of_it_and_retries_never_write_to_a_tombstone(
    facteur: Facteur,
) -> None:
    story = Story(facteur)
    forget(facteur)

    failed = facteur.call("GET", f"/v1/sends/{story.sends['copied']}")
    [gone] = [r for r in failed["recipients"] if is_forgotten(r["address"])]
    refused = facteur.call("POST", f"/v1/sends/{failed['id']}/retry", status=409)
    corrected = facteur.call(
        "POST",
        f"/v1/sends/{failed['id']}/retry",
        {"corrections": {gone["address"]: BOB}},
        status=409,
    )
    typed = facteur.call(
        "POST",
        "/v1/sends",
        {"document_ids": [story.list], "to": gone["address"]},
        status=422,
    )
    table = facteur.http.get("/v1/sends.csv").text
    source = facteur.http.get(f"/v1/sends/{failed['id']}/messages/0").text

    assert gone["outcome"] == "bounced"
    assert (refused["code"], corrected["code"]) == ("nothing_to_retry", "nothing_to_retry")
    assert [error["field"] for error in typed["errors"]] == ["to"]
    assert "adresse effacée" in table
    assert not any(ANYWHERE.names_them(text) for text in (table, source))
    assert facteur.history(f"recipient={ZOE}") == []
    assert facteur.history("q=lukasz") == []
    assert failed["id"] in {send["id"] for send in facteur.history("q=facture")}


@pytest.mark.feature("B45")
def test_what_only_the_person_received_waits_for_recipients(facteur: Facteur) -> None:
    story = Story(facteur)
    report = forget(facteur)
    paused = f"/v1/campaigns/{story.campaigns['only']}"

    codes = [
        facteur.call("POST", f"{paused}/resume", status=409)["code"],
        facteur.call("POST", f"{paused}/run", status=409)["code"],
        facteur.call("POST", f"/v1/campaigns/{story.campaigns['done']}/run", status=409)["code"],
    ]
    campaign = facteur.call("GET", paused)
    facteur.call("PUT", paused, campaign | {"recipients": [BOB]})
    facteur.call("POST", f"{paused}/resume")

    assert codes == ["no_recipients"] * 3
    assert campaign["recipients"] == []
    assert {entry.id for entry in report.undecided if entry.kind == "campaign"} == {
        story.campaigns["only"],
        story.campaigns["done"],
    }
    assert facteur.call("GET", paused)["status"] == "active"


@pytest.mark.feature("B45")
def test_pdfs_of_lists_are_deleted_on_request_and_a_retry_renders_the_list_without_them(
    facteur: Facteur,
) -> None:
    story = Story(facteur)
    asked = [entry for entry in forget(facteur).undecided if entry.kind == "PDF"]
    lists = {entry.id for entry in asked if "DELETE_PDFS" in entry.what}
    records = {entry.id.partition(" ")[0] for entry in asked if "2051-12-31" in entry.what}

    report = forget(facteur, delete_pdfs=True)
    send = facteur.call("GET", f"/v1/sends/{story.sends['own failure']}")
    again = facteur.call(
        "POST",
        f"/v1/sends/{send['id']}/retry",
        {"corrections": {"bounce@simulator.amazonses.com": BOB}},
    )
    facteur.advance("PT2M")

    assert {entry.id for entry in report.done if entry.kind == "PDF"} == lists != set()
    assert pdfs_that_name_them(facteur) == records != set()
    assert send["documents"][0]["sha256"] is None
    for path in ("attachments/0", "messages/0"):
        facteur.call("GET", f"/v1/sends/{send['id']}/{path}", status=404)
    assert again["documents"][0]["sha256"] is not None
    assert "Martin" in facteur.mails()[-1].pdf_text()
    assert not ANYWHERE.names_them(facteur.mails()[-1].pdf_text())


@pytest.mark.feature("B45")
def test_an_application_that_acted_as_the_person_acts_as_an_administrator(
    facteur: Facteur,
) -> None:
    story = Story(facteur)
    forget(facteur)

    facteur.http.headers["Authorization"] = f"Bearer {story.application}"
    profile = facteur.call("GET", "/v1/profile")

    assert profile["email"] == DEMO
    assert list(traces(facteur)) == []


@pytest.mark.feature("B45")
def test_a_send_that_is_not_finished_waits_for_another_run(facteur: Facteur) -> None:
    facteur.fault("ses", "throttle", 1_000)
    document = facteur.document()
    body = {"document_ids": [document], "to": ZOE}
    send = facteur.call("POST", "/v1/sends", body)

    waiting = forget(facteur)
    unchanged = facteur.call("GET", f"/v1/sends/{send['id']}")
    facteur.fault("ses", "throttle", 0)
    facteur.advance("PT30M")
    done = forget(facteur)

    assert [entry.id for entry in waiting.undecided if entry.kind == "send"] == [send["id"]]
    assert [r["address"] for r in unchanged["recipients"]] == [ZOE]
    assert [mail.to for mail in facteur.mails()] == [[ZOE]]
    assert (send["id"], "send") in {(entry.id, entry.kind) for entry in done.done}
    assert [entry for entry in done.undecided if entry.kind != "PDF"] == []
    assert list(traces(facteur)) == []


@pytest.mark.feature("B45")
def test_export_says_what_is_known_of_the_person_and_of_nobody_else(facteur: Facteur) -> None:
    story = Story(facteur)
    client = facteur.client("dynamodb")

    known: Any = forgetting_of(facteur, client).export.export(ZOE)
    again = forgetting_of(facteur, client).export.export(ZOE)

    ours = known["organizations"]["atelier-durand"]
    assert set(known["organizations"]) == {"atelier-durand", "autre"}
    assert ours["document"][story.list][1] == {
        "last_name": "Łukasz",
        "first_name": "Zoé",
        "position": "",
        "phone": "06 12",
        "email": ZOE,
        "start": "",
        "end": "",
        "notes": "",
    }
    received = ours["send"][story.sends["grouped"]]["received_by_them"]
    assert [(one["role"], one["outcome"]) for one in received] == [("to", "delivered")]
    assert ours["send"][story.sends["own"]]["sent_by_them"]
    assert ours["campaign"][story.campaigns["shared"]]["received_by_them"]
    assert ours["profile"][PERSON.user]["email"] == ZOE
    assert {one["key"] for one in known["pdfs"]} == pdfs_that_name_them(facteur)
    text = json.dumps(known, ensure_ascii=False)
    assert ANA not in text
    assert BOB not in text
    assert known | {"exported_at": ""} == again | {"exported_at": ""}


@pytest.mark.feature("B45")
@pytest.mark.parametrize("version", list(every_version()))
def test_a_person_is_forgotten_in_what_an_earlier_version_stored(
    version: str, tmp_path: Path
) -> None:
    stored = Stored(version)
    stored.unpack(tmp_path / "data", at=stored.answers["clock"])
    facteur = Facteur(tmp_path / "data")
    try:
        facteur.advance("P4D")
        every = [r["address"] for send in facteur.history() for r in send["recipients"]]
        for address in sorted(set(every)):
            person = Redaction(OrgId(""), address)
            assert list(traces(facteur, person)) != []

            forget(facteur, address=address)
            # A notice about a campaign may have left, whose events come now.
            facteur.advance("PT10M")
            report = forget(facteur, address=address)

            asked = {(entry.kind, entry.id) for entry in report.undecided}
            left = set(traces(facteur, person))
            if ("settings", "") in asked:
                left -= {"item ORG#atelier-durand SETTINGS"}
            assert left == set()
        after = [send["recipient_count"] for send in facteur.history()]
        assert sum(after) > 0
        assert all(
            is_forgotten(r["address"]) for send in facteur.history() for r in send["recipients"]
        )
    finally:
        facteur.stop()
