"""What forgetting needs from outside the table: accounts, the suppression list, stored files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from facteur.domain.identity import OrgId, UserId

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client
    from types_boto3_sesv2 import SESV2Client
    from types_boto3_sqs import SQSClient


_SUPPRESSION = "suppression list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person who signs in."""

    organization: OrgId
    user: UserId
    name: str


class Accounts(Protocol):
    """Who signs in."""

    def find_account(self, email: str) -> Account | None:
        """The account that signs in with an address."""

    def lock_out(self, email: str) -> None:
        """End every session of an account and let nobody sign in with it; again does nothing."""

    def delete(self, email: str) -> None:
        """Remove an account; removing it again does nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileVersion:
    """One stored version of a file."""

    key: str
    version: str

    @property
    def is_temporary(self) -> bool:
        """A preview or an upload, which lasts a day."""
        return self.key.startswith("tmp/")

    @property
    def organization(self) -> OrgId:
        parts = self.key.split("/")
        return OrgId(parts[1] if self.is_temporary else parts[0])

    @property
    def sha256(self) -> str:
        """The name under which Sends refer to an archived PDF."""
        return self.key.rpartition("/")[2].removesuffix(".pdf")


class Files(Protocol):
    """The stored PDFs, with the versions that were replaced or deleted."""

    def list_versions(self) -> Iterator[FileVersion]: ...
    def read(self, version: FileVersion) -> bytes: ...
    def delete(self, version: FileVersion) -> None: ...


class Surroundings(Protocol):
    """What else may know an address."""

    def find(self, email: str) -> Mapping[str, str]:
        """What knows an address, and what it says of it."""

    def erase(self, email: str) -> Sequence[str]:
        """Remove an address from what knows it; the names of what did."""

    def count_dead_events(self) -> int:
        """Events of SES that could not be recorded, which name addresses."""


class S3Files:
    """The port ``Files`` on a versioned bucket."""

    def __init__(self, client: "S3Client", *, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def list_versions(self) -> Iterator[FileVersion]:
        pages = self._client.get_paginator("list_object_versions").paginate(Bucket=self._bucket)
        for page in pages:
            for one in page.get("Versions", []):
                yield FileVersion(key=one["Key"], version=one["VersionId"])

    def read(self, version: FileVersion) -> bytes:
        answer = self._client.get_object(
            Bucket=self._bucket, Key=version.key, VersionId=version.version
        )
        return answer["Body"].read()

    def delete(self, version: FileVersion) -> None:
        self._client.delete_object(Bucket=self._bucket, Key=version.key, VersionId=version.version)


class AwsSurroundings:
    """The port ``Surroundings`` on SES and SQS."""

    def __init__(self, ses: "SESV2Client", sqs: "SQSClient", *, dead_events_url: str) -> None:
        self._ses = ses
        self._sqs = sqs
        self._dead_events_url = dead_events_url

    def find(self, email: str) -> Mapping[str, str]:
        try:
            answer = self._ses.get_suppressed_destination(EmailAddress=email)
        except self._ses.exceptions.NotFoundException:
            return {}
        return {_SUPPRESSION: answer["SuppressedDestination"]["Reason"]}

    def erase(self, email: str) -> Sequence[str]:
        try:
            self._ses.delete_suppressed_destination(EmailAddress=email)
        except self._ses.exceptions.NotFoundException:
            return []
        return [_SUPPRESSION]

    def count_dead_events(self) -> int:
        answer = self._sqs.get_queue_attributes(
            QueueUrl=self._dead_events_url, AttributeNames=["ApproximateNumberOfMessages"]
        )
        return int(answer["Attributes"]["ApproximateNumberOfMessages"])
