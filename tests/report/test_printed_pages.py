"""Pictures of printed pages in the report: of PDF alone, in archives and buckets too, drawn once."""

from __future__ import annotations

import io
import shutil
import zipfile

import pytest

from flows.report.build import ReportRequest, build_report
from flows.telling.page_picture import PagePictures
from tests.loads.driver import run, settings_of
from tests.loads.pages import page
from tests.opening.drawing import pdf_of
from warehouse import connect
from warehouse.storage.folder import DataFolder


def sheet(place: str) -> bytes:
    lines = [f"{place}一季度实现工业总产值4{n}.3亿元，同比增长1{n}.6%，增长很快" for n in range(5)]
    head = (50, 740, 24, f"{place}一季度工业增长")
    return pdf_of([head, *((50, 700 - 16 * n, 10, line) for n, line in enumerate(lines))])


def packed(**members: bytes) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return sink.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """A warehouse of two PDF, one of them packed twice over, and a text."""
    root = tmp_path_factory.mktemp("printed")
    given = root / "in"
    given.mkdir()
    (given / "a#1.pdf").write_bytes(sheet("槐荫区"))
    (given / "b.txt").write_text(page(1), "utf-8")
    inner = packed(**{"x/第#2版.pdf": sheet("历下区")})
    (given / "c.zip").write_bytes(packed(**{"in.zip": inner}))
    run(root / "data", given, gate=False)
    return DataFolder(root / "data")


def build(folder: DataFolder, output):
    with connect(folder.warehouse) as con:
        return build_report(con, folder, ReportRequest(output))


def test_articles_of_pdf_show_the_printed_page_and_others_none(folder, tmp_path):
    site = build(folder, tmp_path / "site")
    assert site.not_drawn == []
    pictures = sorted((tmp_path / "site" / "pages").iterdir())
    assert len(pictures) == 2
    assert all(path.read_bytes()[8:12] == b"WEBP" for path in pictures)
    articles = {path: path.read_text("utf-8") for path in (tmp_path / "site" / "articles").glob("*.html")}
    shown = [text for text in articles.values() if "<img" in text]
    assert len(articles) > len(shown) == 2
    assert all(any(f"../pages/{path.name}" in text for text in shown) for path in pictures)


def test_an_unchanged_report_is_not_drawn_again_even_where_the_file_is_gone(folder, tmp_path, monkeypatch):
    build(folder, tmp_path / "site")
    monkeypatch.setattr(PagePictures, "draw", None)
    again = build(folder, tmp_path / "site")
    assert (again.written, again.not_drawn) == (0, [])


def test_a_page_whose_file_is_gone_is_told_and_shown_without_picture(folder, tmp_path):
    given = folder.root.parent / "in" / "c.zip"
    kept = given.read_bytes()
    given.unlink()
    try:
        site = build(folder, tmp_path / "site")
    finally:
        given.write_bytes(kept)
    assert [said.split(" is gone")[0].endswith("c.zip#in.zip#x/第#2版.pdf") for said in site.not_drawn] == [True]
    assert len(list((tmp_path / "site" / "pages").iterdir())) == 1
    assert build(folder, tmp_path / "site").not_drawn == []
    assert len(list((tmp_path / "site" / "pages").iterdir())) == 2


def test_a_machine_that_only_reads_a_lake_in_a_bucket_draws_pages_too(s3, tmp_path):
    s3.put_object(Bucket="pages", Key="in/a.pdf", Body=sheet("槐荫区"))
    run(tmp_path / "data", "s3://pages/in", gate=False, LAKE="s3://pages/lake")
    reader = DataFolder(tmp_path / "reader")
    reader.root.mkdir()
    shutil.copy(DataFolder(tmp_path / "data").warehouse, reader.warehouse)
    with settings_of(reader.root, LAKE="s3://pages/lake"):
        assert build(reader, tmp_path / "site").not_drawn == []
    assert len(list((tmp_path / "site" / "pages").iterdir())) == 1
