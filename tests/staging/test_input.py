"""What must load and what must be rejected, one test a kind, through find, plan and stage."""

import os
from pathlib import Path

import pytest

from tasks.staging.decode import UndecodableError, decode_page
from tests.loads.driver import run
from tests.loads.pages import page, rows

TEXT = page(3)


def load(data, *paths, **options):
    return run(data, *paths, gate=False, **options)


def texts(data):
    return {str(text) for (text,) in rows(data, "select text from paragraphs")}


def traditional():
    return "臺北市政府昨日宣布，今年第一季工業總產值達四十五億元，較去年同期增長百分之八點六。\n" * 8


@pytest.mark.parametrize(
    ("encoding", "mark", "said"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8"),
        ("gb18030", b"", "gb18030"),
        ("utf-16-le", b"\xff\xfe", "utf-16-le"),
        ("utf-16-be", b"\xfe\xff", "utf-16-be"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
    ],
)
def test_encodings_of_mainland_pages_are_read(encoding, mark, said):
    decoded = decode_page(mark + TEXT.encode(encoding))
    assert (decoded.text, decoded.encoding) == (TEXT, said)


@pytest.mark.parametrize("text", [traditional(), traditional().replace("\n", "\r\n")], ids=["LF", "CRLF"])
def test_big5_is_read(text):
    decoded = decode_page(text.encode("big5"))
    assert (decoded.text, decoded.encoding) == (text, "big5")


def test_a_short_page_in_gb18030_is_not_taken_for_big5():
    assert decode_page("济南日报要闻\n全区实现总产值45.3亿元。".encode("gb18030")).encoding == "gb18030"


def test_a_page_with_a_rare_character_beyond_gbk_is_read_as_gb18030():
    text = TEXT.replace("王建国", "王𬭎国")
    assert decode_page(text.encode("gb18030")).text == text


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \r\n\t ",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(255, -1, -1)) * 40,
        TEXT.encode()[:50] + b"\0" + TEXT.encode(),
        TEXT.encode("gb18030")[:51] + b"\0\0" + TEXT.encode("gb18030"),
        b"\xff\xff\xff\x80\x80" * 100,
        TEXT.encode("utf-8")[:-40] + b"\xe6\xb5\xff\xff",
        bytes(range(1, 32)) * 50,
    ],
    ids=["empty", "blank", "mark only", "UTF-16 mark only", "PNG", "PDF", "NUL in UTF-8", "NUL in GB", "no encoding",
         "damaged UTF-8", "control characters"],
)  # fmt: skip
def test_what_is_no_text_is_refused_in_one_sentence(data):
    with pytest.raises(UndecodableError) as refused:
        decode_page(data)
    assert "\n" not in str(refused.value)
    assert str(refused.value).endswith(".")


def test_pages_that_must_load_do(tmp_path):
    folder = tmp_path / "收件 箱"
    folder.mkdir()
    (folder / "crlf.txt").write_bytes(page(1).replace("\n", "\r\n").encode())
    (folder / "formfeed.txt").write_text(page(2) + "\f" + page(4), "utf-8")
    (folder / "济南日报 2023-04-24 第03版.txt").write_text(page(5), "utf-8")
    (folder / "same.txt").write_text(page(5), "utf-8")
    (folder / "utf16.txt").write_bytes(page(6).encode("utf-16"))
    summary = load(tmp_path / "data", folder)
    assert summary.rejected == {}
    assert rows(tmp_path / "data", "select count(*) from documents where status = 'loaded'") == [(4,)]
    assert rows(tmp_path / "data", "select count(*) from document_sources") == [(5,)]
    both = [text for text in texts(tmp_path / "data") if "302人" in text or "304人" in text]
    assert len(both) == 2


def test_a_name_that_is_no_utf8_loads(tmp_path):
    path = os.fsencode(tmp_path) + b"/" + "济南.txt".encode("gb18030")
    Path(os.fsdecode(path)).write_text(page(1), "utf-8")
    assert load(tmp_path / "data", tmp_path).new == 1
    assert "\\x" in str(rows(tmp_path / "data", "select source_key from documents"))
    assert load(tmp_path / "data", tmp_path).unchanged == 1


def test_what_must_be_rejected_is_and_the_rest_loads(tmp_path, monkeypatch):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text(page(1), "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 30)
    (folder / "nul.txt").write_bytes(page(2).encode()[:90] + b"\0" + page(2).encode())
    (folder / "undecodable.txt").write_bytes(b"\xff\xff\xff\x80\x80" * 100)
    (folder / "unreadable.txt").symlink_to(folder / "nowhere.txt")
    (folder / "sidecar.txt").write_text(page(3), "utf-8")
    (folder / "sidecar.txt.meta.json").write_text('{"publischer": "x"}', "utf-8")
    vanishing = folder / "vanishing.txt"
    vanishing.write_text(page(4), "utf-8")

    from tasks.staging import shard

    read = shard._read

    def read_after_it_vanished(job):
        vanishing.unlink(missing_ok=True)
        return read(job)

    monkeypatch.setattr(shard, "_read", read_after_it_vanished)
    summary = load(tmp_path / "data", folder)
    names = {Path(uri).name for uri in summary.rejected}
    bad = ("empty", "binary", "nul", "undecodable", "unreadable", "sidecar", "vanishing")
    assert names == {f"{name}.txt" for name in bad}
    found = rows(tmp_path / "data", "select file_name, reason from documents where status = 'rejected'")
    assert {name for name, _ in found} == names
    assert all(str(reason).endswith(".") and "\n" not in str(reason) for _, reason in found)
    assert any("305人" in text or "301人" in text for text in texts(tmp_path / "data"))
    monkeypatch.undo()
    assert load(tmp_path / "data", folder).new == 0
    vanishing.write_text(page(4), "utf-8")
    assert load(tmp_path / "data", folder).reasons == {"it could not be read to its end before": 1}


def test_a_pipe_named_by_hand_is_refused_and_does_not_block(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    summary = load(tmp_path / "data", tmp_path / "pipe")
    assert "is a pipe" in summary.rejected[str(tmp_path / "pipe")]


@pytest.mark.slow
def test_a_line_of_fifty_megabytes_loads(tmp_path):
    """Staging and repair must not choke; extraction of so much nonsense is not the point, so it is one long blank."""
    path = tmp_path / "long.txt"
    path.write_text("　" * 17_000_000 + page(1).replace("\n", ""), "utf-8")
    assert path.stat().st_size > 50_000_000
    assert load(tmp_path / "data", path).rejected == {}


def test_from_folders_files_are_taken_by_content_and_by_hand_anything(tmp_path):
    from tasks.staging.sources import find_sources
    from tasks.staging.tally import FileTally
    from warehouse.storage.folder import DataFolder

    for name in ("a.txt", "README.txt", ".b.txt", "c.md", "a.txt.meta.json", "d.txt~", "sub/e.txt", ".git/f.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", "utf-8")
    folder, tally = DataFolder(tmp_path / "data"), FileTally()
    assert [s.file_name for s in find_sources([str(tmp_path)], folder, tally)] == ["a.txt", "c.md", "e.txt"]
    assert dict(tally.aside) == {"read-me": 1, "hidden file": 1, "sidecar": 1, "half-written file": 1}
    assert [s.file_name for s in find_sources([str(tmp_path / "c.md")], folder)] == ["c.md"]
    assert [s.file_name for s in find_sources([str(tmp_path / "*.m*")], folder)] == ["c.md"]
    twice = [str(tmp_path), str(tmp_path / "a.txt"), str(tmp_path / "sub" / ".." / "a.txt")]
    assert [s.file_name for s in find_sources(twice, folder)] == ["a.txt", "c.md", "e.txt"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_a_mark_of_byte_order_is_no_character_of_the_page_however_often_it_stands(encoding):
    assert decode_page("\ufeff\ufeff全市产值45.3亿元。".encode(encoding)).text == "全市产值45.3亿元。"
