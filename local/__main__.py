"""``python -m local``: the whole system on this machine."""

import logging
import os
import shutil
import socket
import sys
from pathlib import Path
from typing import Annotated

import typer

ROOT = Path(__file__).resolve().parents[1]
HOST = "127.0.0.1"

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    port: Annotated[int, typer.Option(envvar="PORT", help="Port to listen on.")] = 8000,
    data: Annotated[Path, typer.Option(help="Where everything is kept.")] = ROOT / ".local",
    *,
    clean: Annotated[bool, typer.Option("--clean", help="Forget all data first.")] = False,
    demo: Annotated[bool, typer.Option(help="Fill an empty system with demo data.")] = True,
) -> None:
    """Start the API, the mailbox and everything behind them."""
    sys.path[:0] = [str(ROOT), str(ROOT / "layers" / "core")]
    logging.basicConfig(format="%(levelname)s %(message)s", level=logging.WARNING)
    listener = _listener(port)
    if clean:
        shutil.rmtree(data, ignore_errors=True)
    # Imported here because it needs the path above and takes a second.
    from local.server import run  # noqa: PLC0415

    run(listener, data, with_demo=demo, smtp_url=os.environ.get("SMTP_URL", ""))


def _listener(port: int) -> socket.socket:
    """A socket that listens on the port; ends the program when the port is busy."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # asyncio does this only for sockets that name their protocol; without it, each answer waits
    # 40 ms for the client's delayed acknowledgement.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listener.bind((HOST, port))
        listener.listen()
    except OSError:
        typer.echo(f"Port {port} is busy. Choose another: make run PORT={port + 1}", err=True)
        raise typer.Exit(1) from None
    return listener


if __name__ == "__main__":
    app()
