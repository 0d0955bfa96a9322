"""Has files of others read by a process that is ended when it takes too long or too much memory.

What belongs here: asking that process and waiting for it, and what is handed on. What does not: reading (`worker`).
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from tasks.opening.worker import END, KIND, MEMBER, MOST_MEMORY, PAGE, REFUSED, serve
from warehouse.errors import EnvironmentProblem

STEP_SECONDS = 7.0
"""How long a page, or a file of an archive, may take, in seconds of the reader's own work."""
_START_SECONDS = 120.0
_LOOK_SECONDS, _MOST_STARVED = 0.25, 5.0
"""How often to look whether time ran out; how many seconds on the wall stand for one where others have the machine."""
_SECONDS_A_STEP = 1.0
"""What each step adds to the time that a file as a whole may take."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A page out of a file, a file out of an archive, or why there is none.

    Attributes:
        kind: Kind of the file it came from.
        page: The page's number in the file; None where the file has no pages.
        data: The page's record.
        name: Name of an archive's file.
        path: Where that was unpacked to.
        problem: Why it can't be used, in a sentence.
        whole: Whether the problem is that of the file as a whole.
        lasting: Whether the same bytes will give the same again; not so where time ran out.
    """

    kind: str
    page: int | None = None
    data: bytes | None = None
    name: str | None = None
    path: Path | None = None
    problem: str | None = None
    whole: bool = False
    lasting: bool = True


class _Watch:
    """Tells how long a process has been at work: on a busy machine the clock on the wall runs on without it."""

    def __init__(self, process: int | None) -> None:
        self._process = process
        self._wall, (self._computed, _) = time.monotonic(), _at_work(process)

    def spent(self) -> float:
        """Gives the seconds it computed; where it only waits, or nobody can say, the seconds that went by."""
        wall, (computed, wants) = time.monotonic() - self._wall, _at_work(self._process)
        return max(computed - self._computed, wall / _MOST_STARVED) if wants else wall


def _at_work(process: int | None) -> tuple[float, bool]:
    """Gives the seconds that a process has computed, and whether it would go on if it were let; Linux tells."""
    try:
        told = Path(f"/proc/{process}/stat").read_bytes().rpartition(b")")[2].split()
    except OSError:
        return 0.0, False
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK"), told[0] in (b"R", b"D")


class Opener:
    """The reading process and its line; made when it is first needed, made anew after it was ended."""

    def __init__(self, step_seconds: float = STEP_SECONDS) -> None:
        self._step = step_seconds
        self._process: multiprocessing.process.BaseProcess | None = None
        self._busy = False

    def __enter__(self) -> Opener:
        """Gives itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ends the process."""
        self.close()

    def close(self) -> None:
        """Ends the process, if there is one."""
        if self._process is not None:
            self._line.close()
            self._process.kill()
            self._process.join()
            self._process = None
        self._busy = False

    def open(self, path: Path, kind: str, digest: str, folder: Path) -> Iterator[Opened]:
        """Has a file read.

        Args:
            path: The file.
            kind: What it is, as `kinds.kind_of` says.
            digest: Its SHA-256.
            folder: Where an archive is unpacked to; empty.

        Yields:
            Its pages or files one by one; what can't be read with the reason.
        """
        if self._busy:
            self.close()  # whoever asked last went away: what still comes is no answer to this question
        self._start()
        self._line.send((kind, str(path), digest, str(folder)))
        self._busy = True
        steps, spent = 0, 0.0  # what whoever asked does between two answers is none of the reader's time
        while True:
            answer, took = self._answer(min(self._step, self._step + _SECONDS_A_STEP * steps - spent))
            spent += took
            if answer is None:
                yield self._ended(kind, steps)
                return
            what, *rest = answer
            self._busy = what not in (END, REFUSED)
            if what == END:
                return
            if what == REFUSED:
                yield Opened(kind, problem=rest[0], whole=True)
                return
            if what == KIND:
                kind = rest[0]
                continue
            steps += 1
            if what == PAGE:
                yield Opened(kind, rest[0], rest[1], problem=rest[2])
            elif what == MEMBER:
                yield Opened(kind, name=rest[0], path=Path(rest[1]) if rest[1] else None, problem=rest[2])

    def _start(self) -> None:
        if self._process is not None and self._process.is_alive():
            return
        spawn = multiprocessing.get_context("spawn")
        self._line, far = spawn.Pipe()
        process = spawn.Process(target=serve, args=(far,), daemon=True)
        process.start()
        self._process = process
        far.close()
        if self._answer(_START_SECONDS)[0] is None:
            self.close()
            raise EnvironmentProblem("The process that reads files could not be started: is memory short? Try again.")

    def _answer(self, seconds: float) -> tuple[tuple | None, float]:  # type: ignore[type-arg]
        """Waits for an answer; gives it, or None where time ran out or the process died, and the seconds it took."""
        assert self._process is not None
        watch = _Watch(self._process.pid)
        try:
            while not self._line.poll(min(max(seconds, 0.0), _LOOK_SECONDS)):
                if watch.spent() >= seconds:
                    return None, watch.spent()
            answer: tuple[object, ...] = self._line.recv()
        except (EOFError, OSError):
            return None, watch.spent()
        return answer, watch.spent()

    def _ended(self, kind: str, steps: int) -> Opened:
        """Says why no answer came, and ends the process."""
        assert self._process is not None
        self._process.join(0.2)
        died = not self._process.is_alive()
        self.close()
        where = f"from page {steps + 1} on" if steps else "at its beginning"
        if died:
            why = (
                f"The file can't be read {where}: it broke the reader, for want of memory ({MOST_MEMORY / 1e6:g} MB) "
                "or because it is damaged; export it anew, or split it."
            )
        else:
            why = f"The file took more than {self._step:g} seconds to read {where}: export it anew, or split it."
        return Opened(kind, problem=why, whole=True, lasting=died)
