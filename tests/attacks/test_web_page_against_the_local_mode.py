"""A web page, open in the browser of somebody who runs the local mode.

The attacker has the page's name lead to 127.0.0.1 once it is loaded (DNS rebinding), to read the
mailbox as if it were the page's own; or posts to the local mode from the page, without being able
to read the answer, to move the clock, empty the mailbox or sign in. The person's own pages, links,
uploads and ``curl`` must notice nothing.
"""

from collections.abc import Iterator
from pathlib import Path

import boto3
import httpx
import pytest
from botocore.config import Config

from local.template.names import REGION
from local.template.reader import read_stack
from tests.support.served import Served

SMALL = Path(__file__).parents[1] / "local" / "small" / "template.yaml"
FOREIGN_HOSTS = [
    "evil.example",
    "evil.example:{port}",
    "127.0.0.1.evil.example:{port}",
    "localhost.evil.example:{port}",
    "127.0.0.1:1",
    "127.0.0.1",
    "localhost.:{port}",
    "0.0.0.0:{port}",
    "127.0.0.1:{port}@evil.example",
    "",
]
FOREIGN_ORIGINS = [
    "http://evil.example",
    "https://127.0.0.1:{port}",
    "http://127.0.0.1:1",
    "http://localhost",
    "http://localhost:{port}.evil.example",
    "null",
    "",
]
DOORS = [
    ("GET", "/local/mailbox"),
    ("DELETE", "/local/mailbox"),
    ("GET", "/local/clock"),
    ("POST", "/local/clock"),
    ("POST", "/local/faults"),
    ("POST", "/local/login"),
    ("GET", "/local/archive/bucket/key"),
    ("POST", "/local/archive/bucket/"),
    ("POST", "/echo/x"),
    ("PUT", "/v1/settings"),
]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A running local mode."""
    served = Served(read_stack(SMALL), tmp_path_factory.mktemp("attacked") / "data")
    yield served
    served.stop()


@pytest.fixture
def http(served: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served.address, timeout=60) as http:
        yield http


def code_of(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_nothing_is_answered_under_another_name(http: httpx.Client, host: str) -> None:
    headers = {"Host": host.format(port=http.base_url.port), "Accept": "text/html"}
    paths = ["/", "/healthz", "/open", "/local/mailbox", "/local/clock", "/v1/sends"]

    answers = [http.get(path, headers=headers) for path in paths]

    assert {code_of(answer) for answer in answers} == {(403, "host_not_local")}
    assert {answer.headers["content-type"] for answer in answers} == {"application/problem+json"}


@pytest.mark.parametrize(("method", "path"), DOORS)
@pytest.mark.parametrize("origin", FOREIGN_ORIGINS)
def test_no_page_of_another_site_changes_anything_or_comes_near_the_controls(
    http: httpx.Client, method: str, path: str, origin: str
) -> None:
    headers = {"Origin": origin.format(port=http.base_url.port)}
    before = http.get("/local/clock").json()["now"]

    answer = http.request(method, path, headers=headers, content='{"advance": "P1Y"}')

    assert code_of(answer) == (403, "origin_not_local")
    assert before[:4] == http.get("/local/clock").json()["now"][:4]


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
@pytest.mark.parametrize("with_origin", [False, True])
def test_the_own_names_and_pages_are_served(
    http: httpx.Client, name: str, with_origin: bool
) -> None:
    host = f"{name}:{http.base_url.port}"
    headers = {"Host": host} | ({"Origin": f"http://{host.lower()}"} if with_origin else {})
    demo = {"email": "demo@atelier-durand.example"}

    login = http.post("/local/login", headers=headers, json=demo)
    moved = http.post("/local/clock", headers=headers, json={"advance": "PT1S"})
    token = {"Authorization": f"Bearer {login.json()['token']}"}
    echoed = http.post("/echo/x", headers=headers | token)
    page = http.get("/local/mailbox", headers=headers | {"Accept": "text/html"})

    answers = [login, moved, echoed, page]
    assert {answer.status_code for answer in answers} == {200}


def test_presigned_links_and_forms_work_as_pages_and_curl_use_them(
    served: Served, http: httpx.Client
) -> None:
    signer = boto3.client(
        "s3",
        region_name=REGION,
        aws_access_key_id="local",
        aws_secret_access_key=served.system.state.fact("secret"),
        config=Config(signature_version="s3v4", s3={"addressing_style": "virtual"}),
    )
    [bucket] = served.system._stack.buckets
    form = signer.generate_presigned_post(bucket, "tmp/f", {}, [])
    link = signer.generate_presigned_url("get_object", {"Bucket": bucket, "Key": "tmp/f"})
    path = f"/local/archive/{bucket}/"
    origin = {"Origin": served.address}

    stored = [
        http.post(path, headers=headers, data=form["fields"], files={"file": b"%PDF-"})
        for headers in ({}, origin)
    ]
    place = path + link.partition(".amazonaws.com/")[2]
    read = [http.get(place, headers=headers) for headers in ({}, origin)]

    assert [answer.status_code for answer in stored] == [204, 204]
    assert [answer.content for answer in read] == [b"%PDF-", b"%PDF-"]
