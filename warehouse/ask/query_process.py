"""Asks the warehouse in a process of its own, which is ended at its limit of time or memory, whatever it is at.

A scalar function is one step, in which DuckDB neither hears an interruption nor counts its memory; the system does
both for a process. What belongs here: starting, feeding, listening to and ending that process. What does not: what it
does (`warehouse/ask/query.py`).

The request goes in as JSON; out comes a dot when the clock starts, then the rows as an Arrow stream, and on standard
error, where it went wrong, the sentence to say. The process ends when its standard input is closed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse.errors import EnvironmentProblem, UserError

if TYPE_CHECKING:
    from warehouse.ask.answer import Answer

_SAID = b"broadsheet: "
_ALLOWANCE_MB = 400
"""Memory that Python, DuckDB and Arrow take before any row is read."""
_THREAD_MB = 16
"""The same for a thread of DuckDB, which is one for each core."""
_COUNTED = 0.8
"""Share of a query's memory after which DuckDB goes to the disk: what it takes beside what it counts comes on top."""
_LONGEST_SENTENCE = 4_000
TOO_LARGE = "The query needs more memory than it may have: narrow it, or raise --memory."


class QueryTimeoutError(UserError):
    """The query was stopped because it took too long."""


class QueryProcess:
    """A process that answers one query; started early, since it imports while its caller does.

    Use it as a context manager: whatever happens, the process is gone afterwards.
    """

    def __init__(self) -> None:
        self._place = tempfile.TemporaryDirectory(prefix="broadsheet-query-")
        environment = os.environ | {
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "TMPDIR": self._place.name,  # what it spills is gone with it, however it ends
        }
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from warehouse.ask.query_process import answer; answer()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            start_new_session=True,  # Ctrl-C is the caller's, who ends this process
        )
        self._timed_out = threading.Event()
        self._timer: threading.Timer | None = None

    def __enter__(self) -> QueryProcess:
        return self

    def __exit__(self, *_: object) -> None:
        if self._timer:
            self._timer.cancel()
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe:
                with suppress(OSError):
                    pipe.close()
        self._place.cleanup()

    def ask(
        self,
        path: Path,
        text: str,
        given: Mapping[str, str] | None = None,
        *,
        memory_limit: str,
        timeout: float = 0,
        checked: bool = False,
    ) -> Answer:
        """Asks one query; the rows are to be read before this process is left.

        Args:
            path: The warehouse file.
            text: SQL, or the name of a saved query, view or table.
            given: Values of its parameters, as text.
            memory_limit: As DuckDB writes it, such as `1GB`.
            timeout: Seconds that the query and the reading of its rows may take; 0 means any time.
            checked: Show it the figures alone that a person checked.

        Raises:
            UserError: What `warehouse.ask.query.ask` raises, and where the query needs more memory than it may have.
            QueryTimeoutError: It took longer than `timeout`.
        """
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:  # for the type checker: both are pipes
            raise EnvironmentProblem("The query's process has no pipes.")
        asked = {"path": str(path), "text": text, "given": dict(given or {}), "memory_limit": memory_limit}
        request = {**asked, "checked": checked}
        with suppress(BrokenPipeError):
            stdin.write(json.dumps(request).encode() + b"\n")
            stdin.flush()
        import pyarrow as pa  # while the other process begins

        from warehouse.ask.answer import Answer

        if stdout.read(1) and timeout:
            self._timer = threading.Timer(timeout, self._end)
            self._timer.daemon = True
            self._timer.start()
        try:
            reader = pa.ipc.open_stream(stdout)
        except (pa.ArrowInvalid, OSError):
            raise self._problem(timeout) from None
        return Answer(reader.schema, self._batches(reader, timeout))

    def _batches(self, reader: Any, timeout: float) -> Iterator[Any]:
        import pyarrow as pa

        while True:
            try:
                batch = reader.read_next_batch()
            except StopIteration:
                if problem := self._failed(timeout):
                    raise problem from None
                return
            except (pa.ArrowInvalid, OSError):
                raise self._problem(timeout) from None
            yield batch

    def _end(self) -> None:
        self._timed_out.set()
        self._process.kill()

    def _failed(self, timeout: float) -> UserError | None:
        """Tells whether a stream that looks whole ended early all the same."""
        return self._problem(timeout) if self._process.wait() else None

    def _problem(self, timeout: float) -> UserError:
        """Says why the rows stopped."""
        said = self._process.stderr.read() if self._process.stderr else b""
        self._process.wait()
        if self._timed_out.is_set():
            return QueryTimeoutError(
                f"The query took longer than {timeout:g} seconds and was stopped: narrow it, or raise --timeout."
            )
        for line in reversed(said.splitlines()):
            if line.startswith(_SAID):
                told = json.loads(line.removeprefix(_SAID))
                return (EnvironmentProblem if told["exit_code"] == EnvironmentProblem.exit_code else UserError)(
                    told["sentence"]
                )
        if self._process.returncode < 0 or b"bad_alloc" in said:  # the system, or the C++ library, ended it
            return UserError(TOO_LARGE)
        raise RuntimeError(f"the query's process failed: {said.decode(errors='replace')}")


_begun: list[QueryProcess] = []


def begin() -> None:
    """Starts a process for the query that a command is about to ask, while the command itself still imports."""
    _begun.append(QueryProcess())


def begun() -> QueryProcess:
    """Gives the process that was begun, or a new one."""
    return _begun.pop() if _begun else QueryProcess()


def drop_begun() -> None:
    """Ends a process that was begun and never asked."""
    while _begun:
        with _begun.pop():
            pass


def answer() -> None:
    """Answers the query that comes through standard input; the body of the process."""
    import warehouse.ask.query  # noqa: F401 - the slow part, while the caller makes up its request

    line = sys.stdin.buffer.readline()
    if not line:  # nobody asks
        return
    request = json.loads(line)
    threading.Thread(target=_leave_with_caller, daemon=True).start()
    rows, sys.stdout = os.fdopen(os.dup(1), "wb", 0), sys.stderr
    try:
        with suppress(BrokenPipeError):
            _stream(request, rows)
    except UserError as error:
        _say(str(error), error.exit_code)
        os._exit(1)
    except MemoryError:
        _say(TOO_LARGE, UserError.exit_code)
        os._exit(1)
    os._exit(0)


def _stream(request: Mapping[str, Any], rows: Any) -> None:
    import pyarrow as pa

    from warehouse.ask.query import ask, bytes_of, named_query, sandbox

    counted = f"{max(1, int(_COUNTED * bytes_of(request['memory_limit']) / 1000))}KB"
    with sandbox(request["path"], memory_limit=counted, checked=request["checked"]) as con:
        _limit_memory(request["memory_limit"])
        rows.write(b".")
        found = ask(con, named_query(request["text"]), request["given"])
        try:
            with pa.ipc.new_stream(rows, found.schema) as stream:
                for batch in found.batches:
                    stream.write_batch(batch)
        except pa.ArrowException:
            raise UserError(TOO_LARGE) from None


def _limit_memory(memory_limit: str) -> None:
    """Lets the system refuse this process more memory than the query may have, wherever it asks for it."""
    import resource

    from warehouse.ask.query import bytes_of

    most = bytes_of(memory_limit) + (_ALLOWANCE_MB + _THREAD_MB * (os.cpu_count() or 1)) * 1_000_000
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _say(sentence: str, exit_code: int) -> None:
    told = json.dumps({"sentence": sentence[:_LONGEST_SENTENCE], "exit_code": exit_code})
    sys.stderr.buffer.write(_SAID + told.encode() + b"\n")
    sys.stderr.buffer.flush()


def _leave_with_caller() -> None:
    """Ends this process when the one that asked is gone, in the middle of whatever it is at."""
    sys.stdin.buffer.read()
    os._exit(1)
