"""Idempotency records of requests: find the first one, and add its facts."""

from collections.abc import Mapping
from dataclasses import replace

from facteur.domain.errors import InputError, Problem
from facteur.domain.idempotency import IdempotencyKey, IdempotencyRecord
from facteur.ports import IdempotencyRecords


def find_first(
    idempotency: IdempotencyRecords, idempotency_key: IdempotencyKey | None
) -> IdempotencyRecord | None:
    """The record of the first request with this key, or None.

    Called before any work; the transaction that stores the record decides between concurrent
    requests. Raises InputError ``idempotency_key_reused`` when the first request was different.
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
    """The key with the facts that its first answer needs and the request does not contain."""
    return replace(idempotency_key, facts=facts) if idempotency_key is not None else None
