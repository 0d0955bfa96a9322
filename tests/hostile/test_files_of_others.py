"""Only what was asked is written, only what is provably ours is deleted, and never above the folder."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from flows.cli.render import Rows, write_rows
from flows.report.notes import NOTES
from flows.report.search import write_search_index
from flows.report.site import Site, open_site
from tests.conftest import PROJECT
from warehouse.errors import UserError


def _answer(output: Path, form: str = "csv") -> None:
    import pyarrow as pa

    table = pa.table({"n": [1, 2]})
    write_rows(Rows(table.schema, table.to_batches()), form, output)


def test_a_device_is_written_and_stays_one() -> None:
    for form in ("csv", "parquet", "xlsx", "table"):
        _answer(Path("/dev/null"), form)
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_a_pipe_is_written_and_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text("utf-8")))
    reader.start()
    _answer(pipe)
    reader.join(60)
    assert read == ["n\n1\n2\n"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_link_stays_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "x.csv").write_text("old", "utf-8")
    (tmp_path / "link.csv").symlink_to("kept/x.csv")
    _answer(tmp_path / "link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "kept" / "x.csv").read_text("utf-8") == "n\n1\n2\n"
    assert sorted(path.name for path in (tmp_path / "kept").iterdir()) == ["x.csv"]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o444])
def test_a_file_keeps_its_rights(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "x.csv"
    path.touch()
    path.chmod(mode)
    _answer(path)
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_a_new_file_gets_the_usual_rights_and_any_name_will_do(tmp_path: Path) -> None:
    path = tmp_path / f"{'x' * 250}.csv"
    _answer(path)
    (tmp_path / "usual").touch()
    assert path.stat().st_mode == (tmp_path / "usual").stat().st_mode
    assert len(list(tmp_path.iterdir())) == 2


def _build(output: Path, **pages: str) -> Site:
    site = open_site(output)
    for name, text in pages.items():
        site.write(f"{name}.html", text)
    site.finish()
    return site


def test_the_report_deletes_its_own_pages_and_nothing_else(tmp_path: Path) -> None:
    output = tmp_path / "site"
    _build(output, a="one", b="two", c="three")
    (output / "c.html").write_text("somebody wrote into it", "utf-8")
    (output / "quality").mkdir()
    (output / "quality" / "mine.txt").write_text("mine", "utf-8")
    _build(output, a="one")
    assert not (output / "b.html").exists()
    assert (output / "c.html").read_text("utf-8") == "somebody wrote into it"
    assert (output / "quality" / "mine.txt").read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    "notes",
    [
        {"../victim.txt": "x"},
        {"made": {"../victim.txt": "x"}, "wrote": {"../victim.txt": "DIGEST", "link/victim.txt": "DIGEST"}},
        {"made": {}, "wrote": {"ABSOLUTE": "DIGEST", "a/../../victim.txt": "DIGEST", "\x00": "x", "a" * 5000: "x"}},
        {"made": [], "wrote": {"../victim.txt": ["DIGEST"]}},
        [],
    ],
)
def test_hostile_notes_delete_nothing_above_the_folder(tmp_path: Path, notes: object) -> None:
    import hashlib

    victim = tmp_path / "victim.txt"
    victim.write_text("mine", "utf-8")
    output = tmp_path / "site"
    output.mkdir()
    (output / "link").symlink_to(tmp_path)
    text = json.dumps(notes).replace("DIGEST", hashlib.sha256(b"mine").hexdigest()).replace("ABSOLUTE", str(victim))
    (output / NOTES).write_text(text, "utf-8")
    _build(output, a="one")
    assert victim.read_text("utf-8") == "mine"


@pytest.mark.parametrize("notes", [b"[" * 100_000, b"\xff", b"", b"9" * 5_000])
def test_notes_that_are_none_make_everything_anew(tmp_path: Path, notes: bytes) -> None:
    _build(tmp_path, a="one")
    (tmp_path / NOTES).write_bytes(notes)
    _build(tmp_path, a="two")
    assert (tmp_path / "a.html").read_text("utf-8") == "two"


def test_a_page_is_not_written_through_a_link_that_leads_out(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    site = open_site(tmp_path / "site")
    (tmp_path / "site" / "articles").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UserError, match="leads out"):
        site.write("articles/a.html", "x")
    site.close()
    assert list((tmp_path / "elsewhere").iterdir()) == []


_INDEX = """
import sys
from pathlib import Path
from tests.hostile.test_files_of_others import write_index
write_index(Path(sys.argv[1]))
"""


def write_index(output: Path) -> None:
    """Writes a search index; called in processes of different hash seeds."""
    write_search_index(open_site(output), [(f"槐荫区工业总产值{n}亿元 GDP", f"a{n}.html") for n in range(60)], [])


def test_search_files_are_the_same_with_any_hash_seed(tmp_path: Path) -> None:
    made = []
    for seed in ("1", "2"):
        output = tmp_path / seed
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(PROJECT)}
        subprocess.run([sys.executable, "-c", _INDEX, str(output)], env=environment, cwd=PROJECT, check=True)
        made.append({path.name: path.read_bytes() for path in (output / "search").rglob("*.js")})
    assert made[0] == made[1]
