"""What does not fit into memory goes to a folder of ours, and the folder goes away."""

from __future__ import annotations

import tempfile
from pathlib import Path

from warehouse.connection import memory_database, open_for_writing

_MORE_THAN_FITS = "create temp table t as select md5(range::varchar) as digest from range(2_000_000) order by digest"


def test_a_load_spills_into_a_folder_that_it_makes(tmp_path):
    spill = tmp_path / "work" / "spill"
    con = open_for_writing(tmp_path / "w.duckdb", memory_limit="60MB", spill=spill)

    con.execute(_MORE_THAN_FITS)

    assert list(spill.iterdir())
    con.close()
    assert not spill.exists()


def test_a_database_in_memory_leaves_nothing_in_the_working_directory(tmp_path, monkeypatch):
    (tmp_path / "temporary").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    con = memory_database({"memory_limit": "60MB"})

    con.execute(_MORE_THAN_FITS)

    assert [p.name for p in Path.cwd().iterdir()] == ["temporary"]
    con.close()
    assert not list((tmp_path / "temporary").iterdir())
