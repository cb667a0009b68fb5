"""Runs the HTTP server until it is interrupted."""

import signal
import socket
import threading
import warnings
from pathlib import Path

import typer
import uvicorn

from local.demo import fill
from local.system import System
from local.template.data import TemplateError
from local.template.reader import read_stack
from local.web.tokens import DEMO, person_of

# Longer than clients keep one (httpx 5 s): closed first by the server, at the moment a client uses
# it, a connection would lose the request.
IDLE_CONNECTION_SECONDS = 75


def run(listener: socket.socket, data: Path, *, with_demo: bool, smtp_url: str) -> None:
    """Serve on a bound socket with data in ``data``; returns when interrupted."""
    # Copies of a function share their metrics: one may find them published by another already.
    warnings.filterwarnings("ignore", message="No application metrics to publish")
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    try:
        system = System(read_stack(given={"ConsoleUrl": address}), data, smtp_url=smtp_url)
        system.start()
    except (TemplateError, ValueError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    system.sign_in.person(person_of(DEMO))
    if with_demo:
        threading.Thread(target=fill, args=(system,), name="demo", daemon=True).start()
    typer.echo(f"Facteur: {address}   mailbox: {address}/local/mailbox   signed in: {DEMO}")
    # uvicorn raises a signal again once it has stopped serving: without a handler, the process
    # would end before system.stop().
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    config = uvicorn.Config(
        system.app(),
        log_level="warning",
        lifespan="off",
        timeout_keep_alive=IDLE_CONNECTION_SECONDS,
    )
    try:
        uvicorn.Server(config).run(sockets=[listener])
    finally:
        system.stop()
