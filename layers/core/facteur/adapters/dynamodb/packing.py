"""Whole values as JSON: short names where bytes are counted, compressed where there are many."""

import json
import zlib

from pydantic import TypeAdapter

type Json = str | int | float | bool | list[Json] | dict[str, Json] | None
type Fields = dict[str, Json]

SHORT_NAMES = {
    "id": "i",
    "type": "t",
    "date": "dd",
    "role": "ro",
    "code": "c",
    "origin": "o",
    "created_by": "by",
    "queued_at": "q",
    "sender": "s",
    "separate": "sep",
    "copy_to_sender": "cp",
    "subject": "sub",
    "recipient_count": "rc",
    "document_type": "dt",
    "documents": "ds",
    "campaign_id": "ci",
    "campaign_name": "cn",
    "occurrence_at": "oa",
    "retry_of": "of",
    "name": "n",
    "reply_to": "rt",
    "copy_to": "ct",
    "number": "nr",
    "filename": "fn",
    "size": "sz",
    "sha256": "h",
    "status": "st",
    "recipients": "r",
    "failed_count": "fc",
    "sent_at": "sa",
    "error": "e",
    "is_finished": "fi",
    "any_accepted": "ac",
    "address": "a",
    "outcome": "oc",
    "detail": "d",
    "ses_message_id": "m",
    "message": "mn",
}
"""Names of fields as rows of the history write them; the others are written in full."""

_LONG_NAMES = {short: name for name, short in SHORT_NAMES.items()}


def packed(fields: Fields) -> str:
    """Fields as JSON under short names, without those that are false."""
    return json.dumps(_renamed(fields, SHORT_NAMES), ensure_ascii=False, separators=(",", ":"))


def unpacked(value: str) -> Fields:
    """The fields that ``packed`` wrote."""
    fields = _renamed(json.loads(value), _LONG_NAMES)
    if not isinstance(fields, dict):
        raise TypeError("not an object")
    return fields


def _renamed(value: Json, names: dict[str, str]) -> Json:
    if isinstance(value, dict):
        return {
            names.get(name, name): _renamed(inner, names)
            for name, inner in value.items()
            if inner is not False
        }
    if isinstance(value, list):
        return [_renamed(inner, names) for inner in value]
    return value


def compressed[T](adapter: TypeAdapter[T], value: T) -> bytes:
    """A value of the adapter's type as zlib-compressed JSON."""
    return zlib.compress(adapter.dump_json(value))


def expanded[T](adapter: TypeAdapter[T], value: bytes) -> T:
    """The value that ``compressed`` wrote. It was checked when it was made."""
    return adapter.validate_json(zlib.decompress(value))
