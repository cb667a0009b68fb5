"""The local-only routes: sign-in, mailbox, clock, faults, presigned links."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.archive import LinkError
from local.clock import BackwardsError, add_duration, format_instant, parse_instant
from local.faults import KNOWN, Fault
from local.mail_pages import Pages
from local.mailbox import Captured
from local.problems import problem
from local.system import System
from local.tokens import DEMO, person_of


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Login(_Asked):
    email: Annotated[
        str, StringConstraints(strip_whitespace=True, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
    ] = DEMO
    client: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")] = ""


class _Move(_Asked):
    to: str | None = None
    advance: str | None = None

    def target(self, now: datetime) -> datetime:
        """The instant asked for; raises ValueError when there is not exactly one."""
        match self.to, self.advance:
            case str(instant), None:
                return parse_instant(instant)
            case None, str(duration):
                return add_duration(now, duration)
            case _:
                raise ValueError('either {"to": instant} or {"advance": duration}')


class _Fault(_Asked):
    service: str
    fault: str
    count: int = 1


_FAULT_WANTED = '{"service": …, "fault": …, "count": 1} avec ' + ", ".join(
    f"{service} {'|'.join(faults)}" for service, faults in KNOWN.items()
)


class Controls:
    """Handlers of the local-only routes."""

    def __init__(self, system: System, pages: Pages) -> None:
        self._system = system
        self._pages = pages

    def routes(self) -> list[Route]:
        """The routes, for the server."""
        return [
            Route("/healthz", self.health),
            Route("/local/login", self.login, methods=["POST"]),
            Route("/local/mailbox", self.mailbox, methods=["GET", "DELETE"]),
            Route("/local/mailbox/{id}", self.message),
            Route("/local/mailbox/{id}/parts/{n:int}", self.part),
            Route("/local/clock", self.clock, methods=["GET", "POST"]),
            Route("/local/faults", self.faults, methods=["GET", "POST"]),
            Route("/local/archive/{bucket}/", self.upload, methods=["POST"]),
            Route("/local/archive/{bucket}/{key:path}", self.archive),
        ]

    async def health(self, _: Request) -> Response:
        """Ready: the server only listens once everything has started."""
        return JSONResponse({"status": "ok"})

    async def login(self, request: Request) -> Response:
        """A token for an address, or for a host application that acts as its owner."""
        try:
            asked = _Login.model_validate_json(await request.body())
        except ValidationError:
            asked = _Login()
        if not asked.model_fields_set:
            return _unwanted('{"email": "vous@exemple.fr"} ou {"client": "erp"}')
        organizations, person = self._system.organizations, person_of(asked.email)
        token = await run_in_threadpool(
            lambda: (
                organizations.sign_in_client(asked.client, acts_as=person)
                if asked.client
                else organizations.sign_in(person)
            )
        )
        return JSONResponse({"token": token}, headers={"Cache-Control": "no-store"})

    def mailbox(self, request: Request) -> Response:
        """What was captured, newest first: JSON, or a page for a browser."""
        if request.method == "DELETE":
            self._system.mailbox.empty()
            return Response(status_code=204)
        every = self._system.mailbox.list()
        if _wants_page(request):
            return self._pages.mailbox(every)
        origins = self._system.origins.of(every)
        return JSONResponse([_listed(mail, origins) for mail in every])

    def message(self, request: Request) -> Response:
        """One message: its source, or a page for a browser."""
        found = self._system.mailbox.find(request.path_params["id"])
        if found is None:
            return problem(404, "mail_not_found", "Aucun message capturé ne porte cet identifiant.")
        captured, source = found
        if _wants_page(request):
            return self._pages.message(captured, source)
        return Response(source, media_type="message/rfc822")

    def part(self, request: Request) -> Response:
        """One part of a message, decoded."""
        found = self._system.mailbox.find(request.path_params["id"])
        part = self._pages.part(found[1], request.path_params["n"]) if found else None
        return part or problem(404, "part_not_found", "Ce message n’a pas cette partie.")

    async def clock(self, request: Request) -> Response:
        """The time; moved first, when that is asked for."""
        now = self._system.clock.now()
        if request.method == "POST":
            try:
                asked = _Move.model_validate_json(await request.body())
                target = asked.target(now)
            except (ValueError, OverflowError):
                return _unwanted('{"to": "2027-01-31T08:00:00Z"} ou {"advance": "P1M"}')
            try:
                now = await run_in_threadpool(self._system.timekeeper.move_to, target)
            except BackwardsError:
                return problem(422, "clock_backwards", "L’horloge ne recule pas.")
        return JSONResponse({"now": format_instant(now)})

    async def faults(self, request: Request) -> Response:
        """The faults in force; changed first, when that is asked for."""
        if request.method == "POST":
            try:
                asked = _Fault.model_validate_json(await request.body())
                self._system.faults.set(Fault(asked.service, asked.fault, asked.count))
            except ValueError:
                return _unwanted(_FAULT_WANTED)
        return JSONResponse([asdict(fault) for fault in self._system.faults.list()])

    def archive(self, request: Request) -> Response:
        """What a presigned link leads to."""
        bucket, key = request.path_params["bucket"], request.path_params["key"]
        try:
            content, headers = self._system.archive.read(bucket, key, request.url.query)
        except LinkError as error:
            return problem(error.status, error.code, "Ce lien a expiré ou n’est pas valable.")
        return Response(content, headers=headers)

    async def upload(self, request: Request) -> Response:
        """What a presigned form is posted to."""
        async with request.form(max_fields=100) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile):
                return problem(400, "InvalidArgument", "Un champ « file » est attendu en dernier.")
            content = await file.read()
            fields = {name: value for name, value in form.items() if isinstance(value, str)}
        try:
            bucket = request.path_params["bucket"]
            await run_in_threadpool(self._system.uploads.take, bucket, fields, content)
        except LinkError as error:
            return problem(error.status, error.code, "Ce formulaire a expiré ou ne convient pas.")
        return Response(status_code=204)


def _wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


def _unwanted(wanted: str) -> Response:
    return problem(422, "validation_failed", f"Corps attendu : {wanted}")


def _listed(mail: Captured, origins: Mapping[str, str]) -> dict[str, object]:
    return {
        "id": mail.id,
        "from": mail.sender,
        "to": list(mail.to),
        "subject": mail.subject,
        "received_at": mail.received_at,
        "send_id": mail.send_id,
        "origin": origins.get(mail.send_id or ""),
    }
