"""A small system of our own, started for each test, with its server in process."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import boto3
import httpx
import pytest
import uvicorn

from local.intrinsics import REGION
from local.server import make_app
from local.stack import read_stack
from local.system import System

SMALL = Path(__file__).parent / "small" / "template.yaml"
TABLE = "facteur-local-Table"


class Running:
    """A started system with what a test needs of it."""

    def __init__(self, data: Path) -> None:
        self.system = System(read_stack(SMALL), data)
        self.system.start()
        listener = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(make_app(self.system), log_level="error", lifespan="off")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([listener],))
        self._thread.start()
        self.address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        self.http = httpx.Client(base_url=self.address, timeout=60)
        secret = self.system.state.fact("secret")
        self.session = boto3.Session(
            aws_access_key_id="local", aws_secret_access_key=secret, region_name=REGION
        )

    def stop(self) -> None:
        """Stop as ``make run`` does."""
        self.http.close()
        self._server.should_exit = True
        self._thread.join()
        self.system.stop()

    def sign_in(self, email: str = "demo@atelier-durand.example") -> dict[str, str]:
        """Headers that carry a token."""
        token = self.http.post("/local/login", json={"email": email}).json()["token"]
        return {"Authorization": f"Bearer {token}"}

    def advance(self, duration: str) -> str:
        """Move the clock; returns the new time."""
        answer = self.http.post("/local/clock", json={"advance": duration})
        assert answer.status_code == 200, answer.text
        return str(answer.json()["now"])

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
