"""What the services log is found in the logs as what the functions log: as JSON, with its keys."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LIKE_LAMBDA = """
import logging, sys
logging.getLogger().addHandler(logging.StreamHandler(sys.stdout))

from facteur.domain.errors import UnavailableError
from tests.fakes import FakeDueQueue, FakeOutbox
from tests.functions.calling import INVOICE, Api
from tests.functions.test_campaigns import created


class DownOutbox(FakeOutbox):
    def put(self, messages):
        raise UnavailableError("queue_unavailable")


class DownDueQueue(FakeDueQueue):
    def put(self, message):
        raise UnavailableError("queue_unavailable")


api = Api(outbox=DownOutbox(), due=DownDueQueue())
send = api.send(api.create(INVOICE))["id"]
campaign = created(api, recurrence={"kind": "none"})["id"]
print(send, campaign)
"""


def test_what_is_left_to_reconcile_is_logged_once_with_its_ids() -> None:
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", LIKE_LAMBDA],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "layers/core")])},
        capture_output=True,
        check=True,
        text=True,
    )

    *lines, ids = done.stdout.splitlines()
    send, campaign = ids.split()
    of_send, of_campaign = (json.loads(line) for line in lines if "left to reconcile" in line)
    assert (of_send["send"], of_send["organization"]) == (send, "atelier-durand")
    assert (of_campaign["campaign"], of_campaign["code"]) == (campaign, "queue_unavailable")
    assert of_send["level"] == of_campaign["level"] == "WARNING"
    assert of_send["message"] == of_campaign["message"] == "left to reconcile"
