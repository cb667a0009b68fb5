"""S3: moto's, with every object in a file of its own; an object is read when it is asked for."""

import hashlib
import json
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from botocore.awsrequest import AWSPreparedRequest
from moto.core.botocore_stubber import BotocoreStubber
from moto.s3.models import s3_backends

from local.intrinsics import ACCOUNT, REGION
from local.state import State

type Answer = tuple[int, dict[str, str], bytes]


@dataclass(frozen=True, slots=True)
class Stored:
    """An object as it is kept."""

    content: bytes
    media_type: str


class Objects:
    """Answers S3 requests, and keeps every object on disk before it answers a PUT."""

    def __init__(self, state: State, folder: Path, buckets: Iterable[str]) -> None:
        self._state = state
        self._folder = folder
        self._lock = threading.Lock()
        self._moto = BotocoreStubber()
        self._backend = s3_backends[ACCOUNT]["aws"]
        for bucket in buckets:
            (folder / bucket).mkdir(parents=True, exist_ok=True)
            # moto's buckets belong to the process, which may have seen another data folder.
            self._backend.buckets.pop(bucket, None)
            s3_backends.bucket_accounts.pop(bucket, None)
            self._backend.create_bucket(bucket, REGION)

    def __call__(self, operation: str, request: AWSPreparedRequest) -> Answer:
        """The answer to one request."""
        bucket, key = _address(request.url)
        with self._lock:
            if key:
                self._load(bucket, key)
            answered = self._moto.process_request(request)
            if answered is None:
                raise LookupError(f"s3 {operation} is not part of the local mode")
            status, headers, body = answered
            if status == 200 and operation == "PutObject":
                self._keep(bucket, key)
            elif status < 300 and operation == "DeleteObject":
                self._forget(bucket, key)
        return status, headers, body.encode() if isinstance(body, str) else body

    def find(self, bucket: str, key: str) -> Stored | None:
        """An object, if there is one."""
        metadata = self._state.value(
            "SELECT metadata FROM objects WHERE bucket = ? AND key = ?", bucket, key
        )
        if metadata is None:
            return None
        media_type = json.loads(str(metadata)).get("content-type", "binary/octet-stream")
        return Stored(self._file(bucket, key).read_bytes(), media_type)

    def put(self, bucket: str, key: str, stored: Stored) -> None:
        """Keep an object that came by another way than boto3."""
        with self._lock:
            kept = self._backend.put_object(bucket, key, stored.content)
            kept.set_metadata({"content-type": stored.media_type}, replace=True)
            self._keep(bucket, key)

    def expire(self, bucket: str, prefix: str, *, before: datetime) -> None:
        """Remove what a rule of the bucket lets last only until ``before``."""
        with self._lock:
            for (key,) in self._state.rows(
                "SELECT key FROM objects WHERE bucket = ? AND stored_at < ? AND key GLOB ?",
                bucket,
                before.isoformat(),
                f"{prefix}*",
            ):
                self._backend.delete_object(bucket, str(key))
                self._forget(bucket, str(key))

    def _load(self, bucket: str, key: str) -> None:
        if key in self._backend.get_bucket(bucket).keys:
            return
        metadata = self._state.value(
            "SELECT metadata FROM objects WHERE bucket = ? AND key = ?", bucket, key
        )
        if metadata is not None:
            stored = self._backend.put_object(bucket, key, self._file(bucket, key).read_bytes())
            stored.set_metadata(json.loads(str(metadata)), replace=True)

    def _keep(self, bucket: str, key: str) -> None:
        stored = self._backend.get_object(bucket, key)
        if stored is None:
            raise LookupError(key)
        target = self._file(bucket, key)
        written = target.with_suffix(".new")
        written.write_bytes(stored.value)
        written.replace(target)
        self._state.write(
            "INSERT OR REPLACE INTO objects VALUES (?, ?, ?, ?)",
            bucket,
            key,
            json.dumps(dict(stored.metadata)),
            stored.last_modified.isoformat(),
        )

    def _forget(self, bucket: str, key: str) -> None:
        self._state.write("DELETE FROM objects WHERE bucket = ? AND key = ?", bucket, key)
        self._file(bucket, key).unlink(missing_ok=True)

    def _file(self, bucket: str, key: str) -> Path:
        return self._folder / bucket / hashlib.sha256(key.encode()).hexdigest()


def _address(url: str) -> tuple[str, str]:
    """Bucket and key of a request, in either style of address."""
    parts = urlsplit(url)
    host, path = parts.netloc, unquote(parts.path.removeprefix("/"))
    if host.startswith("s3."):
        bucket, _, key = path.partition("/")
        return bucket, key
    return host.partition(".s3.")[0], path
