"""Somebody copied the tokens of a person who then signs out.

Signing out must end them: Cognito's refresh token would otherwise renew the session for 30 days
(the console's tests show that it is revoked), the local mode's token lasts 12 hours. The person's
other sessions, and everybody else's, go on.
"""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from local.template.data import mapping, sequence, text
from local.template.reader import read_stack
from tests.support.served import Served
from tests.template.declared import functions, properties, resources

SMALL = Path(__file__).parents[1] / "local" / "small" / "template.yaml"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def served(data: Path) -> Iterator[Served]:
    served = Served(read_stack(SMALL), data)
    yield served
    served.stop()


def sign_in(address: str) -> dict[str, str]:
    """Headers of a new session of the demo person."""
    demo = {"email": "demo@atelier-durand.example"}
    token = httpx.post(f"{address}/local/login", json=demo, timeout=60).json()["token"]
    return {"Authorization": f"Bearer {token}"}


def status(address: str, headers: dict[str, str]) -> int:
    return httpx.get(f"{address}/echo/x", headers=headers, timeout=60).status_code


def sign_out(address: str, headers: dict[str, str]) -> int:
    return httpx.post(f"{address}/local/logout", headers=headers, timeout=60).status_code


def test_a_token_ends_with_its_session_and_no_other_does(served: Served) -> None:
    copied, other = sign_in(served.address), sign_in(served.address)
    before = status(served.address, copied)

    ended = sign_out(served.address, copied)

    assert (before, ended) == (200, 204)
    assert status(served.address, copied) == 401
    assert status(served.address, other) == 200
    assert sign_out(served.address, copied) == 401


@pytest.mark.parametrize("authorization", ["", "Bearer nonsense"])
def test_nobody_signs_out_without_a_token(served: Served, authorization: str) -> None:
    assert sign_out(served.address, {"Authorization": authorization}) == 401


def test_a_token_stays_ended_after_a_restart(data: Path) -> None:
    first = Served(read_stack(SMALL), data)
    copied = sign_in(first.address)
    sign_out(first.address, copied)
    first.stop()

    second = Served(read_stack(SMALL), data)

    try:
        assert status(second.address, copied) == 401
    finally:
        second.stop()


def test_the_pool_takes_revocations_and_the_console_may_reach_it() -> None:
    client = properties(resources()["PeopleClient"])
    variables = mapping(mapping(functions()["ConsoleFunction"]["Environment"])["Variables"])
    domain = "https://${AWS::StackName}-${AWS::AccountId}.auth.${AWS::Region}.amazoncognito.com"

    assert client["EnableTokenRevocation"] is True
    assert f'"domain": "{domain}"' in text(mapping(variables["CONSOLE_CONFIG"])["Fn::Sub"])
    assert domain in text(mapping(variables["SIGN_IN_ORIGINS"])["Fn::Sub"]).split()
    assert sequence(client["AllowedOAuthFlows"]) == ["code"]
