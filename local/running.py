"""Runs the server until it is told to stop."""

import signal
import socket
import threading
import warnings
from pathlib import Path

import typer
import uvicorn

from local.demo import fill
from local.intrinsics import TemplateError
from local.server import make_app
from local.stack import read_stack
from local.system import System
from local.tokens import DEMO, person_of


def run(listener: socket.socket, data: Path, *, with_demo: bool, smtp_url: str) -> None:
    """Serve on a bound socket with data in ``data``; returns when interrupted."""
    # Copies of a function share what they measure: one may find it published by another.
    warnings.filterwarnings("ignore", message="No application metrics to publish")
    try:
        system = System(read_stack(), data, smtp_url=smtp_url)
        system.start()
    except (TemplateError, ValueError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    system.organizations.sign_in(person_of(DEMO))
    if with_demo:
        threading.Thread(target=fill, args=(system,), name="demo", daemon=True).start()
    typer.echo(f"Facteur: {address}   mailbox: {address}/local/mailbox   signed in: {DEMO}")
    # uvicorn hands a signal on once it has stopped serving: it must not end the process there.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    config = uvicorn.Config(make_app(system), log_level="warning", lifespan="off")
    try:
        uvicorn.Server(config).run(sockets=[listener])
    finally:
        system.stop()
