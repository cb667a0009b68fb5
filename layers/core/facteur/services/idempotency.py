"""Requests that carry an Idempotency-Key are carried out once."""

from collections.abc import Mapping
from dataclasses import replace

from facteur.domain.errors import InputError, Problem
from facteur.domain.guard import GuardHolder, RequestGuard
from facteur.ports import Guards


def find_first(guards: Guards, guard: RequestGuard | None) -> GuardHolder | None:
    """What the first request with this key made, if there was one.

    Asked before any work; what decides between two at the same time is the guard itself, in the
    transaction that creates. Raises InputError ``idempotency_key_reused`` when the first one was
    another request.
    """
    holder = guards.find_request(guard) if guard is not None else None
    if guard is None or holder is None:
        return None
    if holder.fingerprint != guard.fingerprint:
        raise InputError([Problem("Idempotency-Key", "idempotency_key_reused")])
    return holder


def remembering(guard: RequestGuard | None, facts: Mapping[str, str]) -> RequestGuard | None:
    """The guard, to be taken with what the first answer says and the request does not."""
    return replace(guard, facts=facts) if guard is not None else None
