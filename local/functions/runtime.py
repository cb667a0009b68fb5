"""Lambda: loads each function's handler with an environment of its own, and invokes it."""

import importlib
import importlib.util
import logging
import os
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import IO, Any

from local.aws.invocations import InvocationError
from local.state.clock import LocalClock
from local.template.data import TemplateError
from local.template.names import ACCOUNT, REGION
from local.template.stack import Function

type Event = dict[str, Any]
type Handler = Callable[[Event, "LambdaContext"], Any]

_log = logging.getLogger(__name__)
_VARIABLES: ContextVar[dict[str, str] | None] = ContextVar("variables", default=None)
_OUTPUT: ContextVar[IO[str] | None] = ContextVar("output", default=None)
_LOADING = threading.RLock()
_OWN_COPIES = ("facteur.bootstrap", "facteur.settings")
"""Modules that cache what they read from the environment: every copy of a function has its own."""


class FunctionError(Exception):
    """A function raised; the message is its name, the log has the cause."""


@dataclass(frozen=True, slots=True)
class LambdaContext:
    """The context that Lambda passes to a handler."""

    function_name: str
    memory_limit_in_mb: int
    invoked_function_arn: str
    aws_request_id: str
    deadline: float
    """By ``time.monotonic()``, in seconds."""
    function_version: str = "$LATEST"
    log_group_name: str = "local"
    log_stream_name: str = "local"
    identity: None = None
    client_context: None = None

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until Lambda would end the invocation."""
        return max(0, int((self.deadline - time.monotonic()) * 1000))


class Variables(MutableMapping[str, str]):
    """``os.environ`` while functions run: a function's own variables in its thread, else ours."""

    def __init__(self, ours: MutableMapping[str, str]) -> None:
        self.ours = ours

    def _current(self) -> MutableMapping[str, str]:
        own = _VARIABLES.get()
        return self.ours if own is None else own

    def __getitem__(self, name: str) -> str:
        return self._current()[name]

    def __setitem__(self, name: str, value: str) -> None:
        self._current()[name] = value

    def __delitem__(self, name: str) -> None:
        del self._current()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._current())

    def __len__(self) -> int:
        return len(self._current())

    def copy(self) -> dict[str, str]:
        """A snapshot, as ``os.environ.copy()`` gives one."""
        return dict(self)


class _Output:
    """Standard output while functions run: what a function prints goes to the functions' log."""

    def __init__(self, ours: IO[str]) -> None:
        self._ours = ours

    def __getattr__(self, name: str) -> Any:
        return getattr(_OUTPUT.get() or self._ours, name)


@dataclass(slots=True)
class _Copies:
    """The loaded copies of a function that no invocation is using."""

    idle: list[Handler] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Functions:
    """All functions of the template. Each copy of a function handles one event at a time."""

    def __init__(
        self,
        functions: Mapping[str, Function],
        clock: LocalClock,
        *,
        log: IO[str],
        secret: str,
    ) -> None:
        self._functions = functions
        self._clock = clock
        self._log = log
        self._secret = secret
        self._copies = {name: _Copies() for name in functions}
        self._ours = (os.environ, sys.stdout)

    def start(self) -> None:
        """Load every function once; raises TemplateError for one without code."""
        os.environ = Variables(os.environ)  # type: ignore[assignment]  # noqa: B003
        sys.stdout = _Output(sys.stdout)
        for name in self._functions:
            self._copies[name].idle.append(self._load(self._functions[name]))

    def stop(self) -> None:
        """Restore the environment and output of the process."""
        os.environ, sys.stdout = self._ours

    def invoke_for_another(self, name: str, event: Event) -> Any:
        """What a function returns to another one that calls it and waits, as JSON would carry it.

        Raises InvocationError when it raised, LookupError when there is no such function.
        """
        try:
            return self.invoke(name, event)
        except FunctionError as error:
            cause = error.__cause__ or error
            raise InvocationError(type(cause).__name__, str(cause)) from error

    def invoke(self, name: str, event: Event, *, request_id: str | None = None) -> Any:
        """What the function returns for an event; raises FunctionError when it raised."""
        function, copies = self._functions[name], self._copies[name]
        with copies.lock:
            handler = copies.idle.pop() if copies.idle else None
        handler = handler or self._load(function)
        context = LambdaContext(
            function_name=name,
            memory_limit_in_mb=function.memory,
            invoked_function_arn=f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}",
            aws_request_id=request_id or str(uuid.uuid4()),
            deadline=time.monotonic() + function.timeout,
        )
        try:
            with self._inside(function):
                return handler(event, context)
        except Exception as error:
            _log.exception("function %s failed", name)
            raise FunctionError(name) from error
        finally:
            with copies.lock:
                copies.idle.append(handler)

    @contextmanager
    def _inside(self, function: Function) -> Iterator[None]:
        variables = _VARIABLES.set(self._variables_of(function))
        output = _OUTPUT.set(self._log)
        try:
            yield
        finally:
            _OUTPUT.reset(output)
            _VARIABLES.reset(variables)

    def _variables_of(self, function: Function) -> dict[str, str]:
        """The variables that Lambda sets and those of the template, and no others."""
        return {
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ACCESS_KEY_ID": "local",
            "AWS_SECRET_ACCESS_KEY": self._secret,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_LAMBDA_FUNCTION_NAME": function.name,
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory),
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "LANG": "en_US.UTF-8",
            "TZ": ":UTC",
            "PATH": "/var/lang/bin:/usr/local/bin:/usr/bin:/bin",
            **function.environment,
        }

    def _load(self, function: Function) -> Handler:
        module_name, _, attribute = function.handler.rpartition(".")
        path = function.folder / f"{module_name.replace('.', '/')}.py"
        if not path.is_file():
            raise TemplateError(f"{function.name}: no {path}")
        with _LOADING, self._inside(function), _own_copies(self._clock):
            module = _module(f"functions.{function.folder.name}.{module_name}", path)
            handler: Handler = getattr(module, attribute)
        return handler


@contextmanager
def _own_copies(clock: LocalClock) -> Iterator[None]:
    """Import ``_OWN_COPIES`` and their submodules anew, with the local clock, and webhooks that
    may point at this machine; restore them then."""
    before = _take_out()
    try:
        if importlib.util.find_spec("facteur.bootstrap") is not None:
            bootstrap: Any = importlib.import_module("facteur.bootstrap")
            bootstrap.CLOCK = clock
            bootstrap.LOCAL_RECEIVERS = True
        yield
    finally:
        _take_out()
        for name, module in before.items():
            package, _, last = name.rpartition(".")
            sys.modules[name] = module
            setattr(sys.modules[package], last, module)


def _take_out() -> dict[str, ModuleType]:
    """Remove the modules from those that are imported, and return them, packages first."""
    found = {
        name: module
        for name, module in sorted(sys.modules.items())
        if name in _OWN_COPIES or name.startswith(tuple(f"{own}." for own in _OWN_COPIES))
    }
    for name in found:
        del sys.modules[name]
        package, _, last = name.rpartition(".")
        if hasattr(sys.modules.get(package), last):
            delattr(sys.modules[package], last)
    return found


def _module(name: str, path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise TemplateError(f"no module at {path}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
