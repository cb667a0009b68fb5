"""Requests that carry an Idempotency-Key are carried out once."""

from collections.abc import Mapping
from dataclasses import replace

from facteur.domain.errors import InputError, Problem
from facteur.domain.idempotency import IdempotencyKey, IdempotencyRecord
from facteur.ports import IdempotencyRecords


def find_first(
    idempotency: IdempotencyRecords, idempotency_key: IdempotencyKey | None
) -> IdempotencyRecord | None:
    """What the first request with this key made, if there was one.

    Asked before any work; what decides between two at the same time is the idempotency_key itself, in the
    transaction that creates. Raises InputError ``idempotency_key_reused`` when the first one was
    another request.
    """
    record = idempotency.find_record(idempotency_key) if idempotency_key is not None else None
    if idempotency_key is None or record is None:
        return None
    if record.fingerprint != idempotency_key.fingerprint:
        raise InputError([Problem("Idempotency-Key", "idempotency_key_reused")])
    return record


def remembering(
    idempotency_key: IdempotencyKey | None, facts: Mapping[str, str]
) -> IdempotencyKey | None:
    """The idempotency_key, to be taken with what the first answer says and the request does not."""
    return replace(idempotency_key, facts=facts) if idempotency_key is not None else None
