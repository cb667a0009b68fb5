"""The operators' commands about a person, on a local system that runs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from facteur.adapters.sqs import SqsOutbox
from local.state.store import State
from local.template.names import bucket_name, queue_url, resource_name
from scripts.forgetting.build import Forgetting, forgetting_on
from scripts.forgetting.outside import Account, FileVersion
from tests.e2e_api.facteur import Facteur

TABLE, BUCKET = resource_name("Table"), bucket_name("Archive")


class NoAccounts:
    """The local mode has no accounts: whoever says an address is signed in."""

    def find_account(self, email: str) -> Account | None:
        return None

    def lock_out(self, email: str) -> None:
        raise AssertionError(email)

    def delete(self, email: str) -> None:
        raise AssertionError(email)


@dataclass
class LocalSurroundings:
    """Remembers of an address that it has signed in."""

    state: State

    def find(self, email: str) -> Mapping[str, str]:
        user = self.state.fact(f"known:{email}")
        return {} if user is None else {"sign-in": user}

    def erase(self, email: str) -> Sequence[str]:
        gone = self.state.write("DELETE FROM facts WHERE name = ?", f"known:{email}")
        return ["sign-in"] if gone else []

    def count_dead_events(self) -> int:
        return 0


@dataclass
class LocalFiles:
    """The objects of the bucket, which has no versions here."""

    facteur: Facteur

    def list_versions(self) -> Iterator[FileVersion]:
        rows = self.facteur.system.state.rows("SELECT key FROM objects ORDER BY key")
        yield from [FileVersion(key=str(key), version="null") for (key,) in rows]

    def read(self, version: FileVersion) -> bytes:
        answer = self.facteur.client("s3").get_object(Bucket=BUCKET, Key=version.key)
        content: bytes = answer["Body"].read()
        return content

    def delete(self, version: FileVersion) -> None:
        self.facteur.client("s3").delete_object(Bucket=BUCKET, Key=version.key)


def forgetting_of(facteur: Facteur, dynamodb: Any) -> Forgetting:
    """Both commands, through a client of the system's table."""
    return forgetting_on(
        dynamodb,
        TABLE,
        outbox=SqsOutbox(facteur.client("sqs"), queue_url=queue_url("Outbox")),
        files=LocalFiles(facteur),
        accounts=NoAccounts(),
        surroundings=LocalSurroundings(facteur.system.state),
        clock=facteur.system.clock,
    )
