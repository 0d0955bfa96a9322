"""A run makes ready for new pages while it waits for something else: what is new, in which order, and for practice."""

from __future__ import annotations

import pytest

from flows.ingest import readiness
from flows.settings import Settings

PAGE = "  本报讯 项目总投资约510亿元，年底完工。\n" * 20


@pytest.fixture
def done(monkeypatch):
    """Notes what is made ready, and has nothing started or imported."""
    noted = []
    for name in ("start_checker", "_import_stages"):
        monkeypatch.setattr(readiness, name, lambda name=name: noted.append(name))
    monkeypatch.setattr(readiness, "_practise_reading", lambda _settings: noted.append("_practise_reading"))
    return noted


def make_ready(folder, tmp_path, *, checker_first, inline_mb=1.0):
    settings = Settings(data_dir=tmp_path / "data", inline_mb=inline_mb)
    with readiness.made_ready([str(folder)], settings, checker_first=checker_first) as imported:
        imported()
        for thread in readiness.threading.enumerate():
            if thread.name == "readiness":
                thread.join()


@pytest.fixture
def pages(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.txt").write_text(PAGE, "utf-8")
    return folder


def test_where_a_processor_is_free_the_gate_is_started_before_anything_is_imported(pages, done, tmp_path):
    make_ready(pages, tmp_path, checker_first=True)
    assert list(dict.fromkeys(done)) == ["start_checker", "_import_stages", "_practise_reading"]


def test_where_none_is_the_gate_comes_after_what_is_asked_for_first(pages, done, tmp_path):
    make_ready(pages, tmp_path, checker_first=False)
    assert done == ["_import_stages", "start_checker", "_practise_reading"]


def test_many_pages_are_read_by_workers_and_nothing_is_made_ready_for_them_here(pages, done, tmp_path):
    make_ready(pages, tmp_path, checker_first=True, inline_mb=0.0001)
    assert set(done) == {"start_checker"}


def test_with_no_page_nothing_is_made_ready(tmp_path, done):
    (tmp_path / "pages").mkdir()
    make_ready(tmp_path / "pages", tmp_path, checker_first=True)
    assert done == []


def test_a_run_that_breaks_off_before_it_has_imported_waits_for_nothing(pages, done, tmp_path):
    with (
        pytest.raises(KeyboardInterrupt),
        readiness.made_ready([str(pages)], Settings(data_dir=tmp_path / "data"), checker_first=False),
    ):
        raise KeyboardInterrupt
    assert done == []


def test_the_article_for_practice_holds_names_and_figures_and_can_be_read(monkeypatch):
    from tasks.extraction import page

    found = []
    read = page.extract_page
    monkeypatch.setattr(page, "extract_page", lambda *given, **named: found.append(read(*given, **named)))
    readiness._import_stages()
    readiness._practise_reading(Settings(reader="rules"))
    assert len(found[0].metrics) > 4
    assert len(found[0].mentions) > 3
