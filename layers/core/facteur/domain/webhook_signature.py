"""Signatures of the Standard Webhooks specification: HMAC-SHA256 over id, timestamp and body.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime

from facteur.domain.identity import HookId
from facteur.domain.webhook import Secret


def signed_headers(
    hook_id: HookId, body: bytes, secrets: Iterable[Secret], *, now: datetime
) -> dict[str, str]:
    """The headers of an attempt at an instant, with one signature for each secret."""
    timestamp = int(now.timestamp())
    signed = f"{hook_id}.{timestamp}.".encode() + body
    signatures = (
        base64.b64encode(hmac.new(secret.key, signed, hashlib.sha256).digest()).decode()
        for secret in secrets
    )
    return {
        "webhook-id": hook_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(f"v1,{signature}" for signature in signatures),
    }
