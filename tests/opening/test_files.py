"""Web pages, Word files, archives, pictures and tables: what they are, what is read, and why not."""

import io
import tarfile
import time
import zipfile
from collections import Counter

import docx
import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from flows.cli.status import status
from flows.desk.desk import Desk
from tasks.check.answers import AnswerFile
from tasks.opening import opener
from tasks.opening.kinds import Kind, aside_by_name, kind_of
from tasks.opening.opener import Opener
from tasks.opening.record import read_record
from tasks.opening.web import read_web_page
from tasks.opening.word import read_word
from tasks.repair import repair_page
from tasks.staging.sources import find_sources
from tasks.staging.tally import FileTally
from tasks.staging.texts import kind_at_first_sight, why_no_page
from tests.bench.damaged_inputs import bombs, damaged, look
from tests.loads.driver import run, settings_of
from tests.loads.pages import page, rows
from tests.opening import slow_readers
from tests.opening.drawing import pdf_of
from warehouse.storage.folder import DataFolder


def web_page(text, extra=""):
    body = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    return f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{extra}{body}</body></html>"


def word_file(text):
    sink, document = io.BytesIO(), docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    document.save(sink)
    return sink.getvalue()


def picture_pdf():
    sink = io.BytesIO()
    canvas = Canvas(sink, pagesize=(200, 200))
    canvas.drawInlineImage(Image.new("RGB", (8, 8)), 20, 20)
    canvas.save()
    return sink.getvalue()


def zipped(**members):
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return sink.getvalue()


def told(text, settings=None):
    repaired = repair_page(text, settings)
    return [(p.article, p.role, p.text) for p in repaired.paragraphs], repaired.articles


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.4", "pdf"),
        (b"\n\n%PDF-1.4", "pdf"),
        (b"PK\x03\x04", "zip"),
        (b"PK\x03\x04" + bytes(26) + b"a.pdf%PDF-1.4", "zip"),
        (b"\x00\x01junk\n%PDF-1.4", "pdf"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old office"),
        (b"{\\rtf1", "rtf"),
        ("\ufeff  <HTML>".encode("utf-16"), "html"),
        (b"<!DOCTYPE html>", "html"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "mhtml"),
        (b"<?xml version='1.0'?><rss>", "xml"),
        ("<<北川日报>>要闻".encode(), "text"),
        ("本报讯".encode("gb18030"), "text"),
    ],
)
def test_a_file_is_known_by_its_content(head, kind):
    found = kind_of(head)
    assert (found.kind if isinstance(found, Kind) else found) == kind
    if isinstance(found, Kind):
        assert found.reason.endswith(".")


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("The council met. " * 30, "a.txt", "no Chinese"),
        ("区县,产值,增长\n槐荫区,45.3,16.6\n历下区,33,2\n长清区,1,2\n", "a.csv", "a table"),
        ('{"text": "全区一季度工业总产值"}', "a.json", "is JSON"),
    ],
)
def test_texts_that_are_no_pages_are_refused_in_a_sentence(text, name, said):
    found = why_no_page(text, name)
    assert said in found.reason
    assert kind_at_first_sight(text.encode(), name) == found.kind


def test_a_web_page_gives_what_its_text_gives(tmp_path):
    text = page(6)
    (tmp_path / "a.html").write_text(web_page(text), "utf-8")
    record = read_web_page(tmp_path / "a.html", "")
    assert told(record.text, record.settings) == told(text)


def test_a_word_file_gives_what_its_text_gives(tmp_path):
    text = page(5)
    (tmp_path / "a.docx").write_bytes(word_file(text))
    record = read_word(tmp_path / "a.docx", "")
    assert told(record.text, record.settings or None) == told(text)


def test_edges_of_a_word_file_are_furniture_and_its_notes_are_counted(tmp_path):
    document = docx.Document()
    document.sections[0].different_first_page_header_footer = True
    document.sections[0].first_page_header.paragraphs[0].text = "北川日报 要闻"
    paragraph = document.add_paragraph("全区一季度工业总产值再创新高。")
    document.add_comment(paragraph.runs, text="数字请核对")
    document.save(str(tmp_path / "a.docx"))
    record = read_word(tmp_path / "a.docx", "")
    assert record.text.split() == ["北川日报", "要闻", "全区一季度工业总产值再创新高。"]
    assert record.settings[1].kind == "furniture"
    assert record.left_out == {"characters of footnotes and comments left out": 5}


def test_navigation_is_kept_as_furniture_and_counted(tmp_path):
    menu = "<nav><a href=/>首页</a> <a href=/2>新闻</a></nav><script>var x='不显示'</script>"
    (tmp_path / "a.html").write_text(web_page(page(6), menu), "utf-8")
    record = read_web_page(tmp_path / "a.html", "")
    paragraphs, _ = told(record.text, record.settings)
    assert paragraphs[0] == (None, "furniture", "首页 新闻")
    assert "不显示" not in record.text
    assert record.left_out["characters of navigation and notices, kept as furniture"] == 4


@pytest.mark.parametrize("charset", ["gb2312", "utf-8"])
def test_the_encoding_of_a_web_page_is_what_it_says(tmp_path, charset):
    data = web_page(page(6)).replace("charset=utf-8", f"charset={charset}").encode(charset)
    (tmp_path / "a.html").write_bytes(data)
    assert "规模以上工业企业" in read_web_page(tmp_path / "a.html", "").text


def test_an_inbox_of_mixed_files_loads_or_names_each_and_so_does_a_run(tmp_path, capsys):
    folder = tmp_path / "in"
    folder.mkdir()
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w:gz") as archive:
        info = tarfile.TarInfo("sub/2023-04-26.txt")
        info.size = len(data := page(8).encode())
        archive.addfile(info, io.BytesIO(data))
    column = [(50, 700 - 16 * n, 10, f"全区第{n}季度实现总产值{n}.3亿元，增长很快") for n in range(1, 6)]
    files = {
        "a.txt": page(1).encode(),
        "2023-04-25_A3.pdf": pdf_of(column, [(50, 700, 10, "第二页的正文一行。")], []),
        "b.html": web_page(page(2)).encode(),
        "c.docx": word_file(page(3)),
        "d.zip": zipped(
            **{"x/1.txt": page(4), "../out.txt": page(5), "2.docx": word_file(page(7)), "n.png": b"\x89PNG\r\n\x1a\n"}
        ),
        "e.tar.gz": tar.getvalue(),
        "f.txt": b"\x89PNG\r\n\x1a\n" + bytes(99),
        "g.txt": b"The council met on Monday.",
        "h.csv": "区县,产值\n槐荫区,45.3\n历下区,33\n长清区,1\n".encode(),
        "i.dat": bytes(range(256)) * 40,
        "j.txt": b"",
        "scanned.pdf": picture_pdf(),
        "locked.pdf": pdf_of([(50, 700, 10, "密")], encrypt=StandardEncryption("secret")),
        "broken.pdf": b"%PDF-1.4 nothing",
        "README.md": b"x",
        ".hidden": b"x",
        "a.txt.meta.json": '{"publisher": "北川日报"}'.encode(),
        "c.docx.meta.json": '{"publisher": "云溪时报"}'.encode(),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    summary = run(tmp_path / "data", folder, gate=False, inbox=True, SETTLE_SECONDS="0")
    assert summary.files.found.total() + summary.files.aside.total() == len(files)
    kinds = {"text": 1, "pdf": 4, "html": 1, "zip": 1, "gzip": 1, "docx": 1, "image": 1}
    assert summary.files.found == kinds | {"foreign text": 1, "table": 1, "unknown": 1, "empty": 1}
    assert summary.files.aside == {"read-me": 1, "hidden file": 1, "sidecar": 2}
    assert summary.files.pages["pdf"] == 4
    found = rows(tmp_path / "data", "select file_name, file_kind, page_number, status, publisher from documents")
    loaded = {str(name): (kind, number) for name, kind, number, status, _ in found if status == "loaded"}
    assert loaded == {
        "a.txt": ("text", None),
        "2023-04-25_A3.pdf#1": ("pdf", 1),
        "2023-04-25_A3.pdf#2": ("pdf", 2),
        "b.html": ("html", None),
        "c.docx": ("docx", None),
        "1.txt": ("text", None),
        "d.zip#2.docx": ("docx", None),
        "2023-04-26.txt": ("text", None),
    }
    assert {publisher for name, _, _, _, publisher in found if name in ("a.txt", "c.docx")} == {"北川日报", "云溪时报"}
    left = {str(name): str(kind) for name, kind, _, status, _ in found if status == "rejected"}
    assert left == {
        "2023-04-25_A3.pdf#3": "pdf",
        "out.txt": "zip",
        "d.zip#n.png": "image",
        "f.txt": "image",
        "g.txt": "foreign text",
        "h.csv": "table",
        "i.dat": "unknown",
        "j.txt": "empty",
        "scanned.pdf#1": "pdf",
        "locked.pdf": "pdf",
        "broken.pdf": "pdf",
    }
    reasons = dict(rows(tmp_path / "data", "select file_name, reason from documents where status = 'rejected'"))
    assert all(str(reason).endswith(".") for reason in reasons.values())
    assert "ocrmypdf" in str(reasons["scanned.pdf#1"])
    assert "tesseract" in str(reasons["f.txt"])
    assert "locked" in str(reasons["locked.pdf"])
    with settings_of(tmp_path / "data"):
        status()
    said = capsys.readouterr().out
    assert all(f"{name}: {reason}" in said for name, reason in reasons.items())
    assert "1 foreign text" in said
    again = run(tmp_path / "data", folder, gate=False)
    assert (again.new, again.unchanged) == (0, len(found))
    assert again.files == summary.files


def test_pages_of_a_pdf_are_traced_to_page_line_and_box(tmp_path):
    from tasks.raw import raw_lines, raw_record

    (tmp_path / "a.pdf").write_bytes(pdf_of([(50, 700, 10, "全区实现总产值45.3亿元。")]))
    run(tmp_path / "data", tmp_path / "a.pdf", gate=False)
    folder = DataFolder(tmp_path / "data")
    ((document,),) = rows(tmp_path / "data", "select document_id from documents")
    assert raw_lines(folder, str(document))[0] == "全区实现总产值45.3亿元。"
    record = raw_record(folder, str(document))
    assert record is not None
    assert record.page == 1
    assert record.settings[1].box[0] == 50
    from flows.telling.page_picture import page_picture
    from warehouse.errors import UserError

    row = {"document_id": document, "source_key": f"{tmp_path / 'a.pdf'}#1"}
    assert page_picture(folder, row)[8:12] == b"WEBP"
    ((metric,),) = rows(tmp_path / "data", "select metric_id from metrics")
    desk = Desk(folder, AnswerFile(folder.corrections))
    assert desk.figure(str(metric))["pictured"]
    assert desk.picture(str(metric))["image"].startswith("data:image/webp;base64,UklGR")
    (tmp_path / "a.pdf").write_bytes(b"another")
    with pytest.raises(UserError, match="another file"):
        page_picture(folder, row)


def test_what_was_read_out_of_a_file_is_remembered(tmp_path):
    (tmp_path / "a.pdf").write_bytes(pdf_of([(50, 700, 10, "全区实现总产值45.3亿元。")]))
    folder = DataFolder(tmp_path / "data")
    first = list(find_sources([str(tmp_path / "a.pdf")], folder))
    opening, Opener.open = Opener.open, None
    try:
        assert list(find_sources([str(tmp_path / "a.pdf")], folder)) == first
    finally:
        Opener.open = opening


def test_a_reader_that_takes_too_long_is_ended_with_a_reason(tmp_path, monkeypatch):
    monkeypatch.setattr(opener, "serve", slow_readers.sleep)
    (tmp_path / "a.pdf").write_bytes(pdf_of([(50, 700, 10, "文字")]))
    with Opener(step_seconds=0.2) as door:
        (found,) = door.open(tmp_path / "a.pdf", "pdf", "", tmp_path)
    assert "took more than 0.2 seconds" in found.problem
    assert not found.lasting


def test_an_answer_that_nobody_waited_for_is_none_to_the_next_question(tmp_path):
    (tmp_path / "a.pdf").write_bytes(pdf_of([(50, 700, 10, "第一页的文字")], [(50, 700, 10, "第二页的文字")]))
    (tmp_path / "b.zip").write_bytes(zipped(**{"1.txt": page(4)}))
    (tmp_path / "to").mkdir()
    with Opener() as door:
        assert next(door.open(tmp_path / "a.pdf", "pdf", "", tmp_path)).page == 1
        (member,) = door.open(tmp_path / "b.zip", "zip", "", tmp_path / "to")
    assert member.name == "1.txt"


def test_a_reader_whose_pages_are_fetched_late_is_not_ended_for_it(tmp_path, monkeypatch):
    monkeypatch.setattr(opener, "serve", slow_readers.late_pages)
    monkeypatch.setattr(opener, "_SECONDS_A_STEP", 0.0)
    with Opener(step_seconds=2.0) as door:
        found = []
        for page_found in door.open(tmp_path / "a.pdf", "pdf", "", tmp_path):
            found.append(page_found.page)
            time.sleep(0.8)
    assert found == [1, 2, 3]


def test_a_picture_of_a_page_is_bounded(tmp_path):
    from tasks.opening.picture import MOST_BYTES, draw_page

    (tmp_path / "a.pdf").write_bytes(pdf_of([(50, 700, 10, "文字")]))
    drawn = draw_page(tmp_path / "a.pdf", 1)
    assert drawn[8:12] == b"WEBP"
    assert len(drawn) <= MOST_BYTES


def test_records_are_read_back_as_written(tmp_path):
    (tmp_path / "a.html").write_text(web_page(page(6)), "utf-8")
    record = read_web_page(tmp_path / "a.html", "ab")
    assert read_record(record.to_bytes()) == record


def test_names_tell_what_lies_beside_pages():
    assert aside_by_name("Thumbs.db") == "hidden file"
    assert aside_by_name("A1.pdf.part") == "half-written file"


def test_damaged_files_and_bombs_give_a_reason_and_hang_nowhere():
    """A sample of `python -m tests.bench.damaged_inputs`."""
    chosen = [
        *(damaged(n, seed=8) for n in range(12)),
        *((k, bombs()[k]) for k in ("ratio.zip", "depth.zip", "laughs.docx")),
    ]
    outcome = look(iter(chosen))
    assert outcome.wrong == []
    assert outcome.files == len(chosen)


def test_the_sum_of_the_tally_is_the_number_of_files():
    tally = FileTally(Counter(text=2, pdf=1), Counter({"sidecar": 1}))
    assert tally.sentence().startswith("4 found")
