"""Store a data folder of this version: ``python -m tests.e2e_api.stored.make 0.2.0``.

Starts the local mode twice, in separate processes, and uses it only over HTTP.
"""

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.e2e_api.stored.answers import Form, read
from tests.e2e_api.stored.folder import Stored
from tests.e2e_api.stored.story import OTHER, Story
from tests.support.client import DEMO

_FILTERS = (
    *("limit=5", "type=staff_list", "type=invoice", "type=purchase_order"),
    *("status=queued", "status=sent", "status=failed", "type=staff_list&status=failed"),
    *("q=equipe", "q=ÉQUIPE", "q=lp-2041-01", "q=F-2041", "q=reglee%20echeance", "q=rien"),
    *("recipient=client2@example.com", "recipient=bounce@simulator.amazonses.com"),
    *("from=2041-02-01&to=2041-02-28", "from=2041-04-01"),
)


def main(version: str) -> None:
    """Make the folder, archive it, open it again, and store the responses."""
    stored = Stored(version)
    with tempfile.TemporaryDirectory() as folder:
        made, opened = Path(folder, "made"), Path(folder, "opened")
        with _running(made) as http:
            story = Story(http)
            story.tell()
            clock = story.call("GET", "/local/clock")["now"]
        stored.pack(made)
        stored.unpack(opened, at=clock)
        with _running(opened) as http:
            reader = Story(http)
            people = {person: list(_answers(reader, person)) for person in (DEMO, OTHER)}
    stored.keep_answers(clock, story.ids, requests=story.requests, people=people)


@contextmanager
def _running(data: Path) -> Iterator[httpx.Client]:
    """A client of the local mode on this folder, which is stopped at the end."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "local", "--no-demo", "--port", str(port), "--data", str(data)]
    process = subprocess.Popen(command)  # noqa: S603 - our own words
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=300) as http:
            _wait_until_ready(http)
            yield http
    finally:
        process.terminate()
        process.wait()


def _wait_until_ready(http: httpx.Client) -> None:
    for _ in range(600):
        try:
            http.get("/healthz").raise_for_status()
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the local mode does not start")


def _answers(reader: Story, person: str) -> Iterator[dict[str, Any]]:
    """The responses to everything that this person can read, by path."""
    reader.sign_in(person)
    http = reader.http
    for path, form in _paths(http):
        yield {"path": path, "form": form, "answer": read(http, path, form)}


def _paths(http: httpx.Client) -> Iterator[tuple[str, Form]]:
    for path in ("/v1/settings", "/v1/profile", "/v1/upcoming?from=2041-04-04&to=2041-06-30"):
        yield path, Form.JSON
    yield from _paths_of_mails(http)
    yield from _paths_of_documents(http)
    yield from _paths_of_campaigns(http)
    yield from _paths_of_sends(http)


def _paths_of_mails(http: httpx.Client) -> Iterator[tuple[str, Form]]:
    yield "/local/mailbox", Form.JSON
    for mail in read(http, "/local/mailbox", Form.JSON):
        yield f"/local/mailbox/{mail['id']}", Form.BYTES


def _paths_of_documents(http: httpx.Client) -> Iterator[tuple[str, Form]]:
    yield "/v1/documents", Form.PAGES
    for query in ("status=draft", "type=invoice&limit=2", "q=equipe"):
        yield f"/v1/documents?{query}", Form.IDS
    for document in read(http, "/v1/documents", Form.PAGES):
        path = f"/v1/documents/{document['id']}"
        yield path, Form.JSON
        yield f"{path}/pdf", Form.BYTES if document["uploaded"] else Form.PDF


def _paths_of_campaigns(http: httpx.Client) -> Iterator[tuple[str, Form]]:
    yield "/v1/campaigns", Form.PAGES
    for query in ("status=active", "status=paused", "status=completed", "limit=3"):
        yield f"/v1/campaigns?{query}", Form.IDS
    for campaign in read(http, "/v1/campaigns", Form.PAGES):
        path = f"/v1/campaigns/{campaign['id']}"
        yield path, Form.JSON
        yield f"{path}/occurrences?count=3", Form.JSON


def _paths_of_sends(http: httpx.Client) -> Iterator[tuple[str, Form]]:
    sends = read(http, "/v1/sends", Form.PAGES)
    campaigns = sorted({send["campaign_id"] for send in sends if send["campaign_id"]})
    documents = sorted({document["id"] for send in sends for document in send["documents"]})
    about = [f"campaign_id={one}" for one in campaigns] + [
        f"document_id={one}" for one in documents
    ]
    yield "/v1/sends", Form.PAGES
    for query in (*_FILTERS, *about):
        yield f"/v1/sends?{query}", Form.IDS
    for query in ("", "?status=failed&q=equipe"):
        yield f"/v1/sends.csv{query}", Form.CSV
    for send in sends:
        path = f"/v1/sends/{send['id']}"
        yield path, Form.JSON
        files = [(f"attachments/{n}", Form.BYTES) for n in range(len(send["documents"]))]
        mails = [(f"messages/{n}", Form.MAIL) for n in range(send["recipient_count"])]
        for last, form in files + mails:
            # A Send that failed before it was rendered has no attachments.
            if http.get(f"{path}/{last}", follow_redirects=True).is_success:
                yield f"{path}/{last}", form


if __name__ == "__main__":
    main(sys.argv[1])
