"""The SQLite file with everything that must survive a restart.

What is committed survives ``kill -9``: the pages are in the operating system's cache. A change of
the schema must keep files of earlier versions readable.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

type Value = str | int | float | bytes | None

_SCHEMA = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS items (
    table_name TEXT, key TEXT, body TEXT NOT NULL, overdue_at TEXT, PRIMARY KEY (table_name, key)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS overdue_items ON items (overdue_at) WHERE overdue_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, message_id TEXT NOT NULL,
    body TEXT NOT NULL, sent_at REAL NOT NULL, visible_at REAL NOT NULL,
    receives INTEGER NOT NULL DEFAULT 0, first_received_at REAL, receipt TEXT,
    in_flight INTEGER NOT NULL DEFAULT 0, message_group TEXT
);
CREATE INDEX IF NOT EXISTS visible_messages ON messages (queue, in_flight, visible_at);
CREATE INDEX IF NOT EXISTS message_receipts ON messages (receipt);
CREATE TABLE IF NOT EXISTS objects (
    bucket TEXT, key TEXT, metadata TEXT NOT NULL, stored_at TEXT NOT NULL,
    PRIMARY KEY (bucket, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS mails (
    id TEXT PRIMARY KEY, number INTEGER NOT NULL, received_at TEXT NOT NULL, sender TEXT NOT NULL,
    envelope TEXT NOT NULL, subject TEXT NOT NULL, organization TEXT, send_id TEXT
);
CREATE TABLE IF NOT EXISTS events (
    id INTEGER PRIMARY KEY AUTOINCREMENT, due_at REAL NOT NULL, topic TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS due_events ON events (due_at);
CREATE TABLE IF NOT EXISTS schedules (
    group_name TEXT, name TEXT, body TEXT NOT NULL, put_at REAL NOT NULL, next_at REAL,
    PRIMARY KEY (group_name, name)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS due_schedules ON schedules (next_at) WHERE next_at IS NOT NULL;
"""
_ADDED_COLUMNS = (("messages", "message_group", "TEXT"),)
"""Columns that tables of earlier versions do not have."""


class State:
    """The open file. Any thread may use it; one statement or transaction runs at a time."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        # SQLite makes its other files with the permissions of this one.
        path.touch(mode=0o600)
        for file in path.parent.glob(f"{path.name}*"):
            file.chmod(0o600)
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.executescript(_SCHEMA)
        for table, column, kind in _ADDED_COLUMNS:
            if column not in {row[1] for row in self.rows(f"PRAGMA table_info({table})")}:
                self.write(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit everything written inside, or nothing of it when the block raises.

        May be nested: the outermost block commits.
        """
        with self._lock:
            if self._connection.in_transaction:
                yield
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def write(self, statement: str, *values: Value) -> int:
        """Run a statement; returns the number of rows changed."""
        with self._lock:
            return self._connection.execute(statement, values).rowcount

    def rows(self, query: str, *values: Value) -> list[tuple[Value, ...]]:
        """All rows of a query."""
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    def value(self, query: str, *values: Value) -> Value:
        """The first column of the first row, or None when there is no row."""
        rows = self.rows(query, *values)
        return rows[0][0] if rows else None

    def fact(self, name: str) -> str | None:
        """The value saved under a name, or None."""
        value = self.value("SELECT value FROM facts WHERE name = ?", name)
        return None if value is None else str(value)

    def remember(self, name: str, value: str) -> None:
        """Save a value under a name, in place of any earlier one."""
        self.write("INSERT OR REPLACE INTO facts VALUES (?, ?)", name, value)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()
