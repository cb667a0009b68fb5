"""The local-only routes: sign-in, mailbox, clock, faults, presigned links and forms."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from facteur.domain.account import MAX_MESSAGES_PER_DAY
from facteur.domain.identity import UserRole
from local.aws.s3_forms import PresignedForms
from local.aws.s3_links import LinkError, PresignedLinks
from local.functions.timekeeper import Timekeeper
from local.mailbox.captured import CapturedMessage, Mailbox
from local.mailbox.origins import SendOrigins
from local.state.clock import (
    BackwardsError,
    LocalClock,
    add_duration,
    format_instant,
    parse_instant,
)
from local.state.faults import KNOWN_FAULTS, Fault, Faults
from local.web.pages import Pages
from local.web.problems import problem, refused
from local.web.sign_in import SignIn
from local.web.tokens import DEMO, TokenError, person_of


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid")


type Email = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
]


class _Login(_Request):
    email: Email = DEMO
    role: UserRole = UserRole.ADMIN
    client: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")] = ""


class _Move(_Request):
    to: str | None = None
    advance: str | None = None

    def target(self, now: datetime) -> datetime:
        """The instant to move to; raises ValueError unless exactly one of the fields is set."""
        match self.to, self.advance:
            case str(instant), None:
                return parse_instant(instant)
            case None, str(duration):
                return add_duration(now, duration)
            case _:
                raise ValueError('either {"to": instant} or {"advance": duration}')


class _Fault(_Request):
    service: str
    fault: str
    count: int = 1


class _Limits(_Request):
    email: Email
    messages_per_day: Annotated[int, Field(ge=0, le=MAX_MESSAGES_PER_DAY)] | None = None
    suspended: bool | None = None


_FAULT_BODY = '{"service": …, "fault": …, "count": 1} avec ' + ", ".join(
    f"{service} {'|'.join(faults)}" for service, faults in KNOWN_FAULTS.items()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Controls:
    """Handlers of the local-only routes."""

    sign_in: SignIn
    mailbox: Mailbox
    origins: SendOrigins
    clock: LocalClock
    timekeeper: Timekeeper
    faults: Faults
    links: PresignedLinks
    forms: PresignedForms
    pages: Pages

    def routes(self) -> list[Route]:
        """The routes, for the server."""
        return [
            Route("/healthz", self.show_health),
            Route("/local/login", self.log_in, methods=["POST"]),
            Route("/local/limits", self.set_limits, methods=["POST"]),
            Route("/local/logout", self.log_out, methods=["POST"]),
            Route("/local/mailbox", self.list_mail, methods=["GET", "DELETE"]),
            Route("/local/mailbox/{id}", self.show_message),
            Route("/local/mailbox/{id}/parts/{n:int}", self.show_part),
            Route("/local/clock", self.move_clock, methods=["GET", "POST"]),
            Route("/local/faults", self.set_fault, methods=["GET", "POST"]),
            Route("/local/archive/{bucket}/", self.store_upload, methods=["POST"]),
            Route("/local/archive/{bucket}/{key:path}", self.serve_object),
        ]

    async def show_health(self, _: Request) -> Response:
        """Ready: the server only listens once everything has started."""
        return JSONResponse({"status": "ok"})

    async def log_in(self, request: Request) -> Response:
        """A token for an address, or for a host application that acts as its owner."""
        try:
            body = _Login.model_validate_json(await request.body())
        except ValidationError:
            body = _Login()
        if not body.model_fields_set:
            return _invalid_body(
                '{"email": "vous@exemple.fr", "role": "admin|member"} ou {"client": "erp"}'
            )
        person = person_of(body.email)
        token = await run_in_threadpool(
            lambda: (
                self.sign_in.client(body.client, acts_as=person)
                if body.client
                else self.sign_in.person(person, body.role)
            )
        )
        return JSONResponse({"token": token}, headers={"Cache-Control": "no-store"})

    async def set_limits(self, request: Request) -> Response:
        """The limits of an organization after an operator has changed them."""
        try:
            body = _Limits.model_validate_json(await request.body())
        except ValidationError:
            return _invalid_body('{"email": …, "messages_per_day": 2000, "suspended": false}')
        account = await run_in_threadpool(
            lambda: self.sign_in.limit(
                person_of(body.email),
                messages_per_day=body.messages_per_day,
                suspended=body.suspended,
                now=self.clock.now(),
            )
        )
        if body.suspended is False:
            # Reconcile enqueues what the suspension has stopped.
            await run_in_threadpool(self.timekeeper.fire_timers)
        return JSONResponse(
            {"messages_per_day": account.messages_per_day, "suspended": account.suspended}
        )

    def log_out(self, request: Request) -> Response:
        """End the token of the request."""
        try:
            self.sign_in.end(request.headers.get("authorization", ""))
        except TokenError:
            return refused(request)
        return Response(status_code=204)

    def list_mail(self, request: Request) -> Response:
        """The captured messages, newest first, as JSON or a page; or delete all of them."""
        if request.method == "DELETE":
            self.mailbox.empty()
            return Response(status_code=204)
        every = self.mailbox.list()
        if _wants_page(request):
            return self.pages.mailbox(every)
        origins = self.origins.of_messages(every)
        return JSONResponse([_listed(mail, origins) for mail in every])

    def show_message(self, request: Request) -> Response:
        """One message: its source, or a page for a browser."""
        found = self.mailbox.find(request.path_params["id"])
        if found is None:
            return problem(404, "mail_not_found", "Aucun message capturé ne porte cet identifiant.")
        captured, source = found
        if _wants_page(request):
            return self.pages.message(captured, source)
        return Response(source, media_type="message/rfc822")

    def show_part(self, request: Request) -> Response:
        """One part of a message, decoded."""
        found = self.mailbox.find(request.path_params["id"])
        part = self.pages.part(found[1], request.path_params["n"]) if found else None
        return part or problem(404, "part_not_found", "Ce message n’a pas cette partie.")

    async def move_clock(self, request: Request) -> Response:
        """The time, on POST after moving the clock."""
        now = self.clock.now()
        if request.method == "POST":
            try:
                body = _Move.model_validate_json(await request.body())
                body.target(now)
            except (ValueError, OverflowError):
                return _invalid_body('{"to": "2027-01-31T08:00:00Z"} ou {"advance": "P1M"}')
            try:
                now = await run_in_threadpool(self.timekeeper.move, body.target)
            except BackwardsError:
                return problem(422, "clock_backwards", "L’horloge ne recule pas.")
        return JSONResponse({"now": format_instant(now)})

    async def set_fault(self, request: Request) -> Response:
        """The faults in force, on POST after setting one."""
        if request.method == "POST":
            try:
                body = _Fault.model_validate_json(await request.body())
                self.faults.set(Fault(body.service, body.fault, body.count))
            except ValueError:
                return _invalid_body(_FAULT_BODY)
        return JSONResponse([asdict(fault) for fault in self.faults.list()])

    def serve_object(self, request: Request) -> Response:
        """The object that a presigned link points to."""
        bucket, key = request.path_params["bucket"], request.path_params["key"]
        try:
            content, headers = self.links.read(bucket, key, request.url.query)
        except LinkError as error:
            return problem(error.status, error.code, "Ce lien a expiré ou n’est pas valable.")
        return Response(content, headers=headers)

    async def store_upload(self, request: Request) -> Response:
        """Store the file of a presigned form."""
        async with request.form(max_fields=100) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile):
                return problem(400, "InvalidArgument", "Un champ « file » est attendu en dernier.")
            content = await file.read()
            fields = {name: value for name, value in form.items() if isinstance(value, str)}
        try:
            bucket = request.path_params["bucket"]
            await run_in_threadpool(self.forms.store, bucket, fields, content)
        except LinkError as error:
            return problem(error.status, error.code, "Ce formulaire a expiré ou ne convient pas.")
        return Response(status_code=204)


def _wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


def _invalid_body(expected: str) -> Response:
    return problem(422, "validation_failed", f"Corps attendu : {expected}")


def _listed(mail: CapturedMessage, origins: Mapping[str, str]) -> dict[str, object]:
    return {
        "id": mail.id,
        "from": mail.sender,
        "to": list(mail.to),
        "subject": mail.subject,
        "received_at": mail.received_at,
        "send_id": mail.send_id,
        "origin": origins.get(mail.send_id or ""),
    }
