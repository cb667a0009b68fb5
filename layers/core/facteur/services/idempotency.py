"""Requests that carry an Idempotency-Key are carried out once."""

from facteur.domain.errors import InputError, Problem
from facteur.domain.guard import RequestGuard
from facteur.ports import Guards


def find_first(guards: Guards, guard: RequestGuard | None) -> str | None:
    """The id of what the first request with this key made, if there was one.

    Asked before any work; what decides between two at the same time is the guard itself, in the
    transaction that creates. Raises InputError ``idempotency_key_reused`` when the first one was
    another request.
    """
    holder = guards.find_request(guard) if guard is not None else None
    if guard is None or holder is None:
        return None
    if holder.fingerprint != guard.fingerprint:
        raise InputError([Problem("Idempotency-Key", "idempotency_key_reused")])
    return holder.resource_id
