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

    Read before any work is done; between two requests at the same time, the transaction that stores
    the record decides. Raises InputError ``idempotency_key_reused`` when the first one was another
    request.
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
