"""The cost per campaign when thousands come due in the same minute, which must not grow with them.

It covers the schedules of the local mode and the functions ``campaigns`` and ``run_campaign``; mail
stays in the outbox. It takes ten minutes or more, so it runs only when it is named:
``make bench NAMES=campaigns``.
"""

import json
import os
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from botocore.handlers import BUILTIN_HANDLERS

from benchmarks.table import Row
from local.system import System
from local.template.reader import read_stack
from local.web.tokens import DEMO, person_of

FEW, MANY = 100, 10_000
_WORKER = "RunCampaignFunction"
_LIST = {
    "type": "staff_list",
    "name": "Équipe Bercy",
    "date": "2026-11-30",
    "entries": [{"last_name": "Martin", "first_name": "Ana", "position": "Maçonne"}],
}


@dataclass
class Counts:
    """Items that the worker read and wrote, by DynamoDB operation."""

    items: Counter[str] = field(default_factory=Counter)

    def __call__(self, params: Mapping[str, Any], model: Any, **_: object) -> None:
        """Count one request, if it is the worker's."""
        if os.environ.get("AWS_LAMBDA_FUNCTION_NAME") == _WORKER:
            self.items[model.name] += _items_of(params)

    @property
    def read(self) -> int:
        return sum(self.items[name] for name in ("GetItem", "BatchGetItem", "Query"))

    @property
    def written(self) -> int:
        return self.items.total() - self.read


@dataclass(frozen=True)
class CostPerCampaign:
    """Sends, items read and written, and milliseconds per campaign."""

    sends: float
    read: float
    written: float
    milliseconds: float


def measure() -> list[Row]:
    """Costs per campaign: ours with 10,000 campaigns, the peer's with 100."""
    few, many = run_at_once(FEW), run_at_once(MANY)
    what = f"{MANY:,} campaigns due in one minute; peer: {FEW}"
    return [
        _row(f"Sends a campaign, {what}", many.sends, few.sends),
        _row(f"items read a campaign, {what}", many.read, few.read),
        _row(f"items written a campaign, {what}", many.written, few.written),
        _row(f"ms a campaign, {what}", many.milliseconds, few.milliseconds),
    ]


def run_at_once(count: int) -> CostPerCampaign:
    """Create ``count`` campaigns due in the same minute, move the clock there, and measure."""
    counts = Counts()
    hook = ("provide-client-params.dynamodb", counts)
    BUILTIN_HANDLERS.append(hook)
    stack = read_stack()
    # Only the worker is triggered: nothing takes mail from the outbox.
    stack.event_sources = [source for source in stack.event_sources if source.function == _WORKER]
    with tempfile.TemporaryDirectory() as folder:
        system = System(stack, Path(folder))
        system.start()
        try:
            return _run(system, count, counts)
        finally:
            system.stop()
            BUILTIN_HANDLERS.remove(hook)


def _run(system: System, count: int, counts: Counts) -> CostPerCampaign:
    demo = person_of(DEMO)
    token = system.sign_in.person(demo)
    system.sign_in.limit(demo, messages_per_day=count, suspended=None, now=system.clock.now())
    document = _post(system, token, "/v1/documents", _LIST)["id"]
    _post(system, token, f"/v1/documents/{document}/publish", None)
    tomorrow = system.clock.now() + timedelta(days=1)
    due = tomorrow.replace(hour=23, minute=59, second=0, microsecond=0)
    for n in range(count):
        _post(system, token, "/v1/campaigns", _campaign(n, document, due.isoweekday()))
    start = time.perf_counter()
    system.timekeeper.move(lambda _: due)
    seconds = time.perf_counter() - start
    sends = system.state.value("SELECT count(*) FROM messages WHERE queue LIKE '%-Outbox'")
    return CostPerCampaign(
        sends=int(str(sends)) / count,
        read=counts.read / count,
        written=counts.written / count,
        milliseconds=seconds * 1_000 / count,
    )


def _campaign(n: int, document: str, weekday: int) -> dict[str, Any]:
    return {
        "name": f"Liste {n}",
        "document_type": "staff_list",
        "document_ids": [document],
        "recipients": f"client{n}@example.com",
        "subject": "Liste - {date}",
        "body": "Bonjour,",
        "recurrence": {"kind": "weekly", "weekday": weekday, "time": "23:59"},
        "timezone": "UTC",
    }


def _post(system: System, token: str, path: str, body: object) -> dict[str, Any]:
    answer = system.gateway.call("POST", path, token=token, body=body)
    created: dict[str, Any] = json.loads(bytes(answer.body))
    if answer.status_code >= 300:
        raise ValueError(f"{path}: {created}")
    return created


def _items_of(params: Mapping[str, Any]) -> int:
    """How many items a request names; a query counts as one."""
    match params:
        case {"TransactItems": list(items)}:
            return len(items)
        case {"RequestItems": dict(tables)}:
            return sum(
                len(table.get("Keys", table) if isinstance(table, dict) else table)
                for table in tables.values()
            )
        case _:
            return 1


def _row(what: str, ours: float, peer: float) -> Row:
    return Row(what, f"{ours:.2f}", f"{peer:.2f}", f"{ours / peer:.2f}")
