"""Presigned links of the local mode have the same limits as those of S3."""

from datetime import UTC, datetime, timedelta

import httpx

from local.aws.s3_links import LinkError, PresignedLinks
from tests.local.conftest import Running


def link(running: Running, seconds: int = 60) -> str:
    response = running.http.get(f"/link?seconds={seconds}", headers=running.sign_in())
    return str(response.json()["url"])


def test_link_leads_here_and_gives_the_bytes_with_the_requested_headers(running: Running) -> None:
    url = link(running)

    response = running.http.get(url)

    assert url.startswith(f"{running.address}/local/archive/facteur-local-bucket/a%20folder/")
    assert response.content == b"%PDF-"
    assert response.headers["content-type"] == "application/pdf"
    assert response.headers["content-disposition"].startswith("inline; filename=")


def test_link_whose_parameters_were_changed_is_refused(running: Running) -> None:
    url = link(running)

    forged = [
        url.replace("X-Amz-Expires=60", "X-Amz-Expires=9999"),
        url.replace("a%20folder", "another"),
        url.partition("?")[0],
    ]

    assert {running.http.get(each).status_code for each in forged} == {403}


def test_link_that_has_expired_is_refused(running: Running) -> None:
    url = httpx.URL(link(running, seconds=60))
    bucket, key = "facteur-local-bucket", "a folder/é.pdf"
    objects, secret = running.system.objects, running.system.state.fact("secret") or ""

    def status_after(seconds: int) -> int:
        def now() -> datetime:
            return datetime.now(UTC) + timedelta(seconds=seconds)

        try:
            PresignedLinks(secret, objects.find, now=now).read(bucket, key, url.query.decode())
        except LinkError as error:
            return error.status
        return 200

    assert [status_after(seconds) for seconds in (0, 30, 62)] == [200, 200, 403]


def test_links_do_not_expire_by_the_clock_that_is_moved(running: Running) -> None:
    url = link(running)

    running.advance("P1Y")

    assert running.http.get(url).status_code == 200
