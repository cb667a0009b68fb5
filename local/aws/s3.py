"""S3: moto answers every request, and every object is saved in a file of its own.

Objects are loaded into memory when they are first requested.
"""

import hashlib
import json
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from botocore.awsrequest import AWSPreparedRequest

from local.aws.moto_internals import MotoObjects
from local.aws.transport import Response
from local.state.store import State


@dataclass(frozen=True, slots=True)
class StoredObject:
    """The content of an object, and its media type."""

    content: bytes
    media_type: str


class S3:
    """Answers S3 requests. A PUT is on disk before it is answered."""

    def __init__(self, state: State, folder: Path, buckets: Iterable[str]) -> None:
        self._state = state
        self._folder = folder
        self._lock = threading.Lock()
        self._objects = MotoObjects()
        for bucket in buckets:
            (folder / bucket).mkdir(parents=True, exist_ok=True)
            self._objects.create_bucket(bucket)

    def __call__(self, operation: str, request: AWSPreparedRequest) -> Response:
        """The response to one request; raises LookupError for an unsupported operation."""
        bucket, key = _address(request.url)
        with self._lock:
            if key:
                self._load(bucket, key)
            response = self._objects.respond(request)
            if response is None:
                raise LookupError(f"s3 {operation} is not part of the local mode")
            if response[0] == 200 and operation == "PutObject":
                self._save(bucket, key)
            elif response[0] < 300 and operation == "DeleteObject":
                self._remove(bucket, key)
        return response

    def find(self, bucket: str, key: str) -> StoredObject | None:
        """An object, or None."""
        metadata = self._state.value(
            "SELECT metadata FROM objects WHERE bucket = ? AND key = ?", bucket, key
        )
        if metadata is None:
            return None
        media_type = json.loads(str(metadata)).get("content-type", "binary/octet-stream")
        return StoredObject(self._file(bucket, key).read_bytes(), media_type)

    def put(self, bucket: str, key: str, stored: StoredObject) -> None:
        """Store an object that did not come through boto3."""
        with self._lock:
            self._objects.put(bucket, key, stored.content, {"content-type": stored.media_type})
            self._save(bucket, key)

    def expire(self, bucket: str, prefix: str, *, before: datetime) -> None:
        """Remove the objects under ``prefix`` that were stored before an instant."""
        with self._lock:
            for (key,) in self._state.rows(
                "SELECT key FROM objects WHERE bucket = ? AND stored_at < ? AND key GLOB ?",
                bucket,
                before.isoformat(),
                f"{prefix}*",
            ):
                self._objects.delete(bucket, str(key))
                self._remove(bucket, str(key))

    def _load(self, bucket: str, key: str) -> None:
        """Bring a saved object into memory."""
        if self._objects.has(bucket, key):
            return
        metadata = self._state.value(
            "SELECT metadata FROM objects WHERE bucket = ? AND key = ?", bucket, key
        )
        if metadata is not None:
            content = self._file(bucket, key).read_bytes()
            self._objects.put(bucket, key, content, json.loads(str(metadata)))

    def _save(self, bucket: str, key: str) -> None:
        stored = self._objects.get(bucket, key)
        target = self._file(bucket, key)
        partial = target.with_suffix(".new")
        partial.write_bytes(stored.content)
        partial.replace(target)
        self._state.write(
            "INSERT OR REPLACE INTO objects VALUES (?, ?, ?, ?)",
            bucket,
            key,
            json.dumps(stored.metadata),
            stored.last_modified.isoformat(),
        )

    def _remove(self, bucket: str, key: str) -> None:
        self._state.write("DELETE FROM objects WHERE bucket = ? AND key = ?", bucket, key)
        self._file(bucket, key).unlink(missing_ok=True)

    def _file(self, bucket: str, key: str) -> Path:
        return self._folder / bucket / hashlib.sha256(key.encode()).hexdigest()


def _address(url: str) -> tuple[str, str]:
    """Bucket and key of a request, in virtual-hosted or path style."""
    parts = urlsplit(url)
    host, path = parts.netloc, unquote(parts.path.removeprefix("/"))
    if host.startswith("s3."):
        bucket, _, key = path.partition("/")
        return bucket, key
    return host.partition(".s3.")[0], path
