"""A system of the local mode and its server, in the process of the test."""

import socket
import threading
from pathlib import Path

import boto3
import uvicorn

from local.system import System
from local.template.names import REGION
from local.template.stack import Stack


class Served:
    """A started system on a port of its own."""

    def __init__(self, stack: Stack, data: Path) -> None:
        self.system = System(stack, data)
        self.system.start()
        listener = socket.create_server(("127.0.0.1", 0))
        # asyncio does this only for sockets that name their protocol: 40 ms of each answer.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        config = uvicorn.Config(self.system.app(), log_level="error", lifespan="off")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([listener],))
        self._thread.start()
        self.session = boto3.Session(
            aws_access_key_id="local",
            aws_secret_access_key=self.system.state.fact("secret"),
            region_name=REGION,
        )
        """Makes clients of the system's own AWS services."""

    def stop(self) -> None:
        """Stop, as ``make run`` does; the data stays."""
        self._server.should_exit = True
        self._thread.join()
        self.system.stop()
