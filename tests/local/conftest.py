"""A small system, started for each test, with its server in the same process."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from local.template.reader import read_stack
from tests.support.client import DEMO
from tests.support.served import Served

SMALL = Path(__file__).parent / "small" / "template.yaml"
TABLE = "facteur-local-Table"


class Running(Served):
    """A started system, with clients for its API and its table."""

    def __init__(self, data: Path) -> None:
        super().__init__(read_stack(SMALL), data)
        self.http = httpx.Client(base_url=self.address, timeout=60)

    def stop(self) -> None:
        self.http.close()
        super().stop()

    def sign_in(self, email: str = DEMO) -> dict[str, str]:
        """Headers that carry a token."""
        token = self.http.post("/local/login", json={"email": email}).json()["token"]
        return {"Authorization": f"Bearer {token}"}

    def advance(self, duration: str) -> str:
        """Move the clock; returns the new time."""
        response = self.http.post("/local/clock", json={"advance": duration})
        assert response.status_code == 200, response.text
        return str(response.json()["now"])

    def rows(self, pk: str) -> list[dict[str, str]]:
        """Items of a partition, sorted, with plain text values."""
        found = self.session.client("dynamodb").query(
            TableName=TABLE,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": pk}},
        )
        return [{name: value["S"] for name, value in item.items()} for item in found["Items"]]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Where the system keeps its data."""
    return tmp_path / "data"


@pytest.fixture
def running(data: Path) -> Iterator[Running]:
    """A new system."""
    running = Running(data)
    yield running
    running.stop()
