"""Damages files of every kind that is opened and looks what comes of it: `python -m tests.bench.damaged_inputs`.

Of each file: at least a page or a reason, each reason one sentence; nothing over ten seconds; the reader's memory.
"""

from __future__ import annotations

import argparse
import gzip
import io
import random
import resource
import tarfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import docx

from tasks.staging.opened import opened
from tasks.staging.source import Source
from tests.bench.pdf_pages import compose_pdf
from tests.loads.pages import page
from warehouse.storage.folder import DataFolder

MOST_SECONDS = 10.0


@dataclass
class Outcome:
    """What came of damaged files."""

    files: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)
    slowest: float = 0.0


@cache
def whole_files() -> dict[str, bytes]:
    """Makes one good file of each kind."""
    word, packed, tarred = io.BytesIO(), io.BytesIO(), io.BytesIO()
    document = docx.Document()
    for line in page(5).split("\n"):
        document.add_paragraph(line)
    document.save(word)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("2023-04-24_1.txt", page(7))
        archive.writestr("2.docx", word.getvalue())
        archive.writestr("3.pdf", compose_pdf(4)[0])
    with tarfile.open(fileobj=tarred, mode="w:gz") as tar:
        for n in range(3):
            data = page(n).encode()
            info = tarfile.TarInfo(f"{n}.txt")
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    body = "".join(f"<p>{line}</p>" for line in page(6).split("\n"))
    head = "<head><meta charset='utf-8'><title>x</title></head>"
    html = f"<html>{head}<body><nav><a href='/'>首页</a></nav>{body}</body></html>"
    mhtml = (
        'From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
        f"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}\r\n--b--\r\n"
    )
    return {
        "pdf": compose_pdf(14)[0],
        "docx": word.getvalue(),
        "zip": packed.getvalue(),
        "tar.gz": tarred.getvalue(),
        "html": html.encode(),
        "mhtml": mhtml.encode(),
    }


@cache
def bombs() -> dict[str, bytes]:
    """Makes files that are small and would fill a disk or memory, or never end."""
    found: dict[str, bytes] = {}
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"\0" * 60_000_000)
    found["ratio.zip"] = sink.getvalue()
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for n in range(10_050):
            archive.writestr(f"{n}.txt", "一")
    found["count.zip"] = sink.getvalue()
    inner = whole_files()["zip"]
    for _ in range(4):
        sink = io.BytesIO()
        with zipfile.ZipFile(sink, "w") as archive:
            archive.writestr("in.zip", inner)
        inner = sink.getvalue()
    found["depth.zip"] = inner
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<w>" + b" " * 250_000_000)
    found["word.docx"] = sink.getvalue()
    sink = io.BytesIO()
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "哈" * 50}">' for n in range(9))
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("[Content_Types].xml", f'<?xml version="1.0"?><!DOCTYPE x [{entities}]><x>&a8;</x>')
        archive.writestr("word/document.xml", f'<?xml version="1.0"?><!DOCTYPE x [{entities}]><x>&a8;</x>')
    found["laughs.docx"] = sink.getvalue()
    found["deep.html"] = b"<html><body>" + b"<div>" * 200_000 + "本报讯".encode()
    found["wide.html"] = b"<html><body>" + "<p>本报讯</p>".encode() * 300_000
    found["bomb.tar.gz"] = gzip.compress(b"\0" * 300_000_000, 1)
    found["page.pdf"] = compose_pdf(14)[0].replace(b"/Count 1", b"/Count 99999999")
    found["tree.pdf"] = compose_pdf(14)[0].replace(b"/Type /Page\n", b"/Type /Pages\n")
    return found


def damaged(number: int, seed: int = 3) -> tuple[str, bytes]:
    """Makes a damaged file: bits turned, an end cut off, a stretch wiped, stretches exchanged, rubbish put in."""
    dice = random.Random(f"{seed}/{number}")
    kind = dice.choice(sorted(whole_files()))
    data = bytearray(whole_files()[kind])
    way = dice.choice(("bits", "bits", "cut", "wiped", "exchanged", "rubbish"))
    at = dice.randrange(len(data))
    size = dice.randint(1, max(2, len(data) // 8))
    if way == "bits":
        for _ in range(dice.choice((1, 4, 40, 400))):
            data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    elif way == "cut":
        del data[at:]
    elif way == "wiped":
        data[at : at + size] = bytes(len(data[at : at + size]))
    elif way == "exchanged":
        other = dice.randrange(len(data))
        data[at : at + size], data[other : other + size] = data[other : other + size], data[at : at + size]
    else:
        data[at:at] = dice.randbytes(size)
    return f"{number}.{kind}", bytes(data)


def look(files: Iterator[tuple[str, bytes]]) -> Outcome:
    """Opens files one by one and says what came of them."""
    outcome = Outcome()
    with TemporaryDirectory() as place:
        paths = _written(files, Path(place))
        began = time.monotonic()
        folder = DataFolder(Path(place) / "data")
        several = opened((_noted(path, outcome) for path in paths), folder, keep=False)
        last: str | None = None
        for source in several:
            now = time.monotonic()
            name = source.source_key.split("#")[0]
            outcome.slowest = max(outcome.slowest, now - began) if last is not None else 0.0
            if last is not None and now - began > MOST_SECONDS:
                outcome.slow.append(f"{Path(name).name}: {now - began:.1f} seconds")
            began, last = now, name
            outcome.kinds["page" if source.problem is None else "reason"] += 1
            said = source.problem
            if said is not None and (not said.endswith(".") or "\n" in said or "Traceback" in said or len(said) > 400):
                outcome.wrong.append(f"{Path(name).name}: {said}")
            _SEEN.add(name)
    return outcome


_SEEN: set[str] = set()


def _noted(path: Path, outcome: Outcome) -> Source:
    outcome.files += 1
    return Source(str(path), str(path), path)


def _written(files: Iterator[tuple[str, bytes]], place: Path) -> Iterator[Path]:
    for name, data in files:
        path = place / name
        path.write_bytes(data)
        yield path


def main() -> None:
    """Prints what came of the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=3)
    args = parser.parse_args()
    began = time.monotonic()
    outcome = look(iter([*(damaged(n, args.seed) for n in range(args.files)), *bombs().items()]))
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
    silent = outcome.files - len(_SEEN)
    print(
        f"{outcome.files} files, {time.monotonic() - began:.0f} s: {dict(outcome.kinds)}, {silent} without an outcome"
    )
    print(f"slowest {outcome.slowest:.1f} s, reader's memory at most {memory:.2f} GB, wrong: {len(outcome.wrong)}")
    for line in (*outcome.wrong, *outcome.slow):
        print(" ", line)


if __name__ == "__main__":
    main()
