"""Everything of the local mode, put together and started in order."""

import secrets
from datetime import timedelta
from pathlib import Path

from local.archive import Archive
from local.aws import SWITCH, Service
from local.clock import LocalClock
from local.console import is_console_built, with_local_console
from local.dynamodb import DynamoDB
from local.faults import Faults
from local.functions import Functions
from local.gateway import Gateway
from local.intrinsics import mapping, sequence, text
from local.mailbox import Mailbox
from local.objects import Objects
from local.organizations import Organizations, host_clients
from local.origins import Origins
from local.permissions import guarded
from local.queues import Queues
from local.receipts import Receipts
from local.relay import Relay
from local.scheduler import Scheduler
from local.schedules import Schedules
from local.ses import Ses
from local.sqs import answer
from local.stack import Stack
from local.state import State
from local.timekeeper import Timekeeper
from local.tokens import Tokens
from local.uploads import Uploads
from local.workers import Workers


class System:
    """The local mode of one template, with its data in one folder."""

    def __init__(self, stack: Stack, data: Path, *, smtp_url: str = "") -> None:
        data.mkdir(parents=True, exist_ok=True)
        self._stack = stack
        self.state = State(data / "state.db")
        self.is_new = self.state.fact("secret") is None
        if self.is_new:
            self.state.remember("secret", secrets.token_hex(20))
        secret = self.state.fact("secret") or ""
        self.clock = LocalClock(self.state)
        self.faults = Faults()
        self.mailbox = Mailbox(self.state, data / "mailbox")
        self.queues = Queues(self.state, self.clock, stack.queues)
        self.database = DynamoDB(self.state, stack.tables)
        self.objects = Objects(self.state, data / "objects", stack.buckets)
        self.archive = Archive(secret, self.objects.find)
        self.uploads = Uploads(secret, self.objects.put)
        self.receipts = Receipts(
            state=self.state,
            clock=self.clock,
            faults=self.faults,
            queues=self.queues,
            stack=stack,
        )
        self.schedules = Schedules(
            state=self.state, clock=self.clock, faults=self.faults, queues=self.queues
        )
        self._log = (data / "functions.log").open("w", encoding="utf-8", buffering=1)
        functions = with_local_console(stack.functions)
        self.has_console = is_console_built(stack.functions)
        self.functions = Functions(functions, self.clock, log=self._log, secret=secret)
        self.tokens = Tokens(
            data / "signing-key.pem",
            issuer=stack.issuer,
            audience=stack.audience,
            clients=lambda: host_clients(self.state),
        )
        self.origins = Origins(self.state, next(iter(stack.tables)))
        self.gateway = Gateway(stack.routes, self.functions, self.tokens)
        self.organizations = Organizations(
            self.state, self.gateway, self.tokens, table=next(iter(stack.tables)), secret=secret
        )
        self._relay = Relay(smtp_url, self.mailbox) if smtp_url else None
        self._workers = Workers(stack.feeds, self.queues, self.functions)
        self.timekeeper = Timekeeper(
            clock=self.clock,
            queues=self.queues,
            receipts=self.receipts,
            schedules=self.schedules,
            database=self.database,
            functions=self.functions,
            feeds=stack.feeds,
            timers=stack.timers,
            daily=self._expire_objects,
        )

    def start(self) -> None:
        """Load the functions and let everything run."""
        cloud: dict[str, Service] = {
            "dynamodb": self.database,
            "s3": self.objects,
            "sqs": lambda operation, request: answer(self.queues, operation, request),
            "sesv2": self._ses(),
            "scheduler": Scheduler(self.schedules, self._stack.schedule_groups, self.faults),
        }
        functions = self._stack.functions
        SWITCH.turn_on({name: guarded(name, one, functions) for name, one in cloud.items()})
        self._expire_objects()
        self.functions.start()
        if self.is_new:
            self.receipts.introduce()
        self._workers.start()
        self.timekeeper.start()

    def stop(self) -> None:
        """Let what is under way end, and stop."""
        self._workers.stop()
        self.timekeeper.stop()
        self.functions.stop()
        SWITCH.turn_off()
        self._log.close()
        self.state.close()

    def _ses(self) -> Ses:
        return Ses(
            state=self.state,
            clock=self.clock,
            faults=self.faults,
            mailbox=self.mailbox,
            verified=self.organizations.verified_domains,
            topics=self.receipts.topics,
            configuration_sets=self._stack.configuration_sets,
            captured=self._captured,
        )

    def _captured(self, message_id: str) -> None:
        self.timekeeper.wake()
        if self._relay is not None:
            self._relay.put(message_id)

    def _expire_objects(self) -> None:
        """What the buckets' lifecycle rules do once a day."""
        for bucket, properties in self._stack.buckets.items():
            rules = mapping(properties.get("LifecycleConfiguration", {})).get("Rules", [])
            for rule in map(mapping, sequence(rules)):
                if "ExpirationInDays" in rule:
                    age = timedelta(days=int(str(rule["ExpirationInDays"])))
                    before = self.clock.now() - age
                    self.objects.expire(bucket, text(rule.get("Prefix", "")), before=before)
