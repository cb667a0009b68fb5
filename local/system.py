"""Joins the rooms into one system, and starts and stops it."""

import secrets
from datetime import timedelta
from pathlib import Path

from starlette.applications import Starlette

from local.aws import invocations
from local.aws.dynamodb import DynamoDB
from local.aws.permissions import with_permissions
from local.aws.queues import Queues
from local.aws.s3 import S3
from local.aws.s3_forms import PresignedForms
from local.aws.s3_links import PresignedLinks
from local.aws.scheduler.api import Scheduler
from local.aws.scheduler.schedules import Schedules
from local.aws.ses import Ses
from local.aws.sns import SesEventPublisher
from local.aws.sqs import respond
from local.aws.transport import SWITCH, Service
from local.functions.pollers import QueuePollers
from local.functions.runtime import Functions
from local.functions.timekeeper import Timekeeper
from local.mailbox.captured import Mailbox
from local.mailbox.origins import SendOrigins
from local.mailbox.relay import Relay
from local.state.clock import LocalClock
from local.state.faults import Faults
from local.state.store import State
from local.template.data import mapping, sequence, text
from local.template.stack import Stack
from local.web.app import make_app
from local.web.console import is_console_built, with_local_console
from local.web.controls import Controls
from local.web.gateway import Gateway
from local.web.pages import Pages
from local.web.sign_in import SignIn, host_clients, is_signed_out
from local.web.tokens import Tokens

_LOG = "functions.log"


class System:
    """A local system: one template, with its data in one folder."""

    def __init__(self, stack: Stack, data: Path, *, smtp_url: str = "") -> None:
        _keep_private(data)
        self._stack = stack
        self.state = State(data / "state.db")
        self.is_new = self.state.fact("secret") is None
        if self.is_new:
            self.state.remember("secret", secrets.token_hex(20))
        self._secret = secret = self.state.fact("secret") or ""
        self.clock = LocalClock(self.state)
        self.faults = Faults()
        self.mailbox = Mailbox(self.state, data / "mailbox")
        self.queues = Queues(self.state, self.clock, stack.queues)
        self.database = DynamoDB(self.state, stack.tables)
        self.objects = S3(self.state, data / "objects", stack.buckets)
        self.events = SesEventPublisher(
            state=self.state,
            clock=self.clock,
            faults=self.faults,
            queues=self.queues,
            stack=stack,
        )
        self.schedules = Schedules(
            state=self.state, clock=self.clock, faults=self.faults, queues=self.queues
        )
        self._log = (data / _LOG).open("w", encoding="utf-8", buffering=1)
        functions = with_local_console(stack.functions)
        self._has_console = is_console_built(stack.functions)
        self.functions = Functions(functions, self.clock, log=self._log, secret=secret)
        self.tokens = Tokens(
            data / "signing-key.pem",
            issuer=stack.issuer,
            audience=stack.audience,
            clients=lambda: host_clients(self.state),
            is_revoked=lambda jti: is_signed_out(self.state, jti),
        )
        self.gateway = Gateway(stack.routes, self.functions, self.tokens)
        self.sign_in = SignIn(
            self.state, self.gateway, self.tokens, table=next(iter(stack.tables)), secret=secret
        )
        self._relay = Relay(smtp_url, self.mailbox) if smtp_url else None
        self._pollers = QueuePollers(stack.event_sources, self.queues, self.functions)
        self.timekeeper = Timekeeper(
            clock=self.clock,
            queues=self.queues,
            events=self.events,
            schedules=self.schedules,
            database=self.database,
            functions=self.functions,
            sources=stack.event_sources,
            timers=stack.timers,
            daily=self._expire_objects,
        )

    def app(self) -> Starlette:
        """The HTTP application of the system."""
        controls = Controls(
            sign_in=self.sign_in,
            mailbox=self.mailbox,
            origins=SendOrigins(self.state, next(iter(self._stack.tables))),
            clock=self.clock,
            timekeeper=self.timekeeper,
            faults=self.faults,
            links=PresignedLinks(self._secret, self.objects.find),
            forms=PresignedForms(self._secret, self.objects.put),
            pages=Pages(),
        )
        return make_app(self.gateway, controls, has_console=self._has_console)

    def start(self) -> None:
        """Load the functions and start everything; raises TemplateError for one without code."""
        services: dict[str, Service] = {
            "dynamodb": self.database,
            "s3": self.objects,
            "lambda": lambda operation, request: invocations.respond(
                self.functions.invoke_for_another, operation, request
            ),
            "sqs": lambda operation, request: respond(self.queues, operation, request),
            "sesv2": self._ses(),
            "scheduler": Scheduler(self.schedules, self._stack.schedule_groups, self.faults),
        }
        SWITCH.turn_on(
            {name: with_permissions(name, one, self._stack) for name, one in services.items()}
        )
        self._expire_objects()
        self.functions.start()
        if self.is_new:
            self.events.publish_validation()
        self._pollers.start()
        self.timekeeper.start()

    def stop(self) -> None:
        """Finish what is under way, and stop."""
        self._pollers.stop()
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
            publisher=self.events,
            verified_domains=self.sign_in.verified_domains,
            configuration_sets=self._stack.configuration_sets,
            on_captured=self._on_captured,
        )

    def _on_captured(self, message_id: str) -> None:
        self.timekeeper.wake()
        if self._relay is not None:
            self._relay.put(message_id)

    def _expire_objects(self) -> None:
        """Apply the expiration rules of the buckets, as S3 does once a day."""
        for bucket, properties in self._stack.buckets.items():
            rules = mapping(properties.get("LifecycleConfiguration", {})).get("Rules", [])
            for rule in map(mapping, sequence(rules)):
                if "ExpirationInDays" in rule:
                    age = timedelta(days=int(str(rule["ExpirationInDays"])))
                    before = self.clock.now() - age
                    self.objects.expire(bucket, text(rule.get("Prefix", "")), before=before)


def _keep_private(data: Path) -> None:
    """Make the folders of the data, for nobody else: they have mail, documents and keys.

    A folder that was there before is not ours to close, unless it has the data of an earlier start.
    """
    is_ours = not data.exists() or (data / "state.db").exists()
    inside = [data / "mailbox", data / "objects"]
    for folder in [data, *inside]:
        folder.mkdir(parents=True, exist_ok=True)
        if is_ours or folder in inside:
            folder.chmod(0o700)
    (data / _LOG).touch(mode=0o600)
    (data / _LOG).chmod(0o600)
