"""Values as JSON: with short field names in rows, compressed in contents."""

import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json

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
    "occurrence_local": "ol",
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
"""Field → its stored name in rows of the history; other fields keep their names."""

_LONG_NAMES = {short: name for name, short in SHORT_NAMES.items()}


def packed(fields: Fields) -> str:
    """Fields as JSON with short names, without those that are False."""
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


def fields_of(value: bytes) -> Fields:
    """What ``compressed`` wrote, as it is stored: under stored names, and not checked."""
    fields = json.loads(zlib.decompress(value))
    if not isinstance(fields, dict):
        raise TypeError("not an object")
    return fields


def bytes_of(fields: Fields) -> bytes:
    """What ``fields_of`` reads."""
    return zlib.compress(to_json(fields))


_OBJECT: TypeAdapter[dict[str, object]] = TypeAdapter(dict[str, object])


def compressed[T](
    adapter: TypeAdapter[T], value: T, *, names: Mapping[str, str] = MappingProxyType({})
) -> bytes:
    """A value of the adapter's type as zlib-compressed JSON.

    ``names`` maps fields to the names under which they are stored.
    """
    fields = {
        names.get(name, name): field
        for name, field in adapter.dump_python(value, mode="json").items()
    }
    return zlib.compress(to_json(fields))


def expanded[T](
    adapter: TypeAdapter[T], value: bytes, *, names: Mapping[str, str] = MappingProxyType({})
) -> T:
    """The value that ``compressed`` wrote. Raises UnreadableItemError."""
    raw = zlib.decompress(value)
    with _without_values():
        if not names:
            return adapter.validate_json(raw)
        fields = _OBJECT.validate_json(raw)
        for name, stored in names.items():
            if stored in fields:
                fields[name] = fields.pop(stored)
        return adapter.validate_python(fields)


def checked[T](adapter: TypeAdapter[T], fields: Fields) -> T:
    """The value made of unpacked fields. Raises UnreadableItemError."""
    with _without_values():
        return adapter.validate_python(fields)


class UnreadableItemError(ValueError):
    """Stored fields do not have the expected shape.

    The message names each fault and its place but no value: it is logged, and items contain
    addresses and bodies.
    """


@contextmanager
def _without_values() -> Iterator[None]:
    try:
        yield
    except ValidationError as error:
        faults = error.errors(include_input=False, include_context=False, include_url=False)
        named = [f"{'.'.join(map(str, fault['loc']))}: {fault['type']}" for fault in faults]
        raise UnreadableItemError(", ".join(named)) from None
