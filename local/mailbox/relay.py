"""Relays captured mail to a real SMTP server, to be read in a real mail program."""

import logging
import queue
import smtplib
import ssl
import threading
from urllib.parse import unquote, urlsplit

from local.mailbox.captured import Mailbox

_log = logging.getLogger(__name__)


class Relay:
    """Relays in the background. A failure is logged and not tried again.

    Raises ValueError for an unusable URL.
    """

    def __init__(self, url: str, mailbox: Mailbox) -> None:
        self._url = urlsplit(url)
        if self._url.scheme not in ("smtp", "smtps") or not self._url.hostname:
            raise ValueError(f"SMTP_URL must look like smtp://localhost:1025, not {url}")
        self._mailbox = mailbox
        self._waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=self._run, name="relay", daemon=True).start()

    def put(self, message_id: str) -> None:
        """Queue a captured message to be relayed."""
        self._waiting.put(message_id)

    def _run(self) -> None:
        while True:
            message_id = self._waiting.get()
            try:
                self._relay(message_id)
            except (OSError, smtplib.SMTPException) as error:
                _log.warning("message %s was not relayed: %s", message_id, error)

    def _relay(self, message_id: str) -> None:
        found = self._mailbox.find(message_id)
        if found is None:
            return
        captured, source = found
        with self._connect() as server:
            if self._url.username:
                server.login(unquote(self._url.username), unquote(self._url.password or ""))
            server.sendmail(captured.sender, list(captured.to), source)

    def _connect(self) -> smtplib.SMTP:
        host, port = self._url.hostname or "", self._url.port
        if self._url.scheme == "smtps":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(host, port or 465, timeout=10, context=context)
        return smtplib.SMTP(host, port or 25, timeout=10)
