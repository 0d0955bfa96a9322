"""The process that reads files of others: it can be killed, has bounded memory, and reaches no network.

What belongs here: what it is asked and answers, and its bounds. What does not: who asks (`opener`), how files are read.
"""

from __future__ import annotations

import resource
import sys
import zipfile
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tasks.opening.kinds import IN_A_ZIP, WORD_MEMBER
from tasks.opening.reasons import UnreadableFileError

MOST_MEMORY = 900_000_000
"""Bytes of memory that reading a file may take."""
READY, STEP, PAGE, MEMBER, KIND, END, REFUSED = "ready", "step", "page", "member", "kind", "end", "refused"
_NOT_FOR_FILES = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "urllib.", "ftplib.")


def serve(line: Connection) -> None:
    """Answers requests until the other side hangs up.

    Args:
        line: Where requests come in and answers go out.
    """
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_refuse)
    line.send((READY,))
    while True:
        try:
            kind, path, digest, folder = line.recv()
        except (EOFError, OSError):
            return
        try:
            for answer in _read(kind, Path(path), digest, Path(folder)):
                line.send(answer)
        except UnreadableFileError as error:
            line.send((REFUSED, str(error)))
        except MemoryError:
            line.send((REFUSED, _TOO_MUCH))
        except RecursionError:
            line.send((REFUSED, "The file nests its parts too deep, as only damaged files do: save it anew."))
        except OSError as error:
            line.send((REFUSED, f"The file could not be read ({error.strerror or error}): check that it is there."))
        except Exception as error:  # whatever a reader of somebody else's format raises
            said = " ".join(f"{type(error).__name__}: {error}".split())[:160].rstrip(".")
            line.send((REFUSED, f"The file is damaged ({said}): export or download it again."))
        else:
            line.send((END,))


_TOO_MUCH = f"The file takes more than {MOST_MEMORY / 1e6:g} MB of memory to read: split it, or export it anew."


def _refuse(event: str, _: tuple[Any, ...]) -> None:
    if event.startswith(_NOT_FOR_FILES):
        raise PermissionError(1, f"reading a file needs no {event}")


def _read(kind: str, path: Path, digest: str, folder: Path) -> Iterator[tuple[Any, ...]]:
    if kind == "pdf":
        from tasks.opening.pdf.reader import read_pdf

        for number, found in read_pdf(path, digest):
            if not number:
                yield (STEP,)
            else:
                yield (PAGE, number, None, found) if isinstance(found, str) else (PAGE, number, found.to_bytes(), None)
    elif kind in ("html", "mhtml"):
        from tasks.opening.web import read_web_page

        yield PAGE, None, read_web_page(path, digest, mhtml=kind == "mhtml").to_bytes(), None
    elif kind == "zip":
        yield from _zip(path, digest, folder)
    elif kind in ("tar", "gzip"):
        from tasks.opening.archives import unpack_tar

        for member in unpack_tar(path, folder):
            yield MEMBER, member.name, member.path, member.problem
    elif kind == "picture":
        from tasks.opening.picture import draw_page

        yield PAGE, None, draw_page(path, int(digest)), None


def _zip(path: Path, digest: str, folder: Path) -> Iterator[tuple[Any, ...]]:
    """Reads a ZIP by what it holds: a Word file, a file of another program, or files."""
    from tasks.opening.archives import unpack_zip

    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError):
        raise UnreadableFileError(
            "The file is a damaged ZIP or Word file and can't be opened: pack, save or download it again."
        ) from None
    if WORD_MEMBER in names:
        from tasks.opening.word import read_word

        yield KIND, "docx"
        yield PAGE, None, read_word(path, digest).to_bytes(), None
        return
    for member, other in IN_A_ZIP.items():
        if member in names:
            yield KIND, other.kind
            raise UnreadableFileError(other.reason)
    for each in unpack_zip(path, folder):
        yield MEMBER, each.name, each.path, each.problem
