"""PDF with a text layer: order, columns, what extraction breaks, what can't be read."""

import io
import zlib
from collections import Counter

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tasks.opening.pdf.reader import read_pdf
from tasks.opening.reasons import UnreadableFileError
from tasks.opening.record import PageRecord, read_record
from tasks.repair import repair_page
from tests.bench.layout_measure import compared
from tests.bench.pdf_measure import read_as_pdf
from tests.bench.pdf_pages import compose_pdf
from tests.bench.pdf_producers import by_chromium, printed
from tests.bench.pdf_writer import register_fonts
from tests.opening.drawing import lines_of, pdf_of, read
from tests.score.tally import Tally

TWO_COLUMNS = [
    (50, 740, 24, "全区一季度工业总产值再创新高"),
    *((50, 700 - 16 * n, 10, f"左栏第{n}行的文字写到了这里") for n in range(4)),
    *((220, 700 - 16 * n, 10, f"右栏第{n}行的文字写到了这里") for n in range(4)),
]


def test_columns_are_read_one_after_another_whatever_the_order_of_the_file(tmp_path):
    want = ["全区一季度工业总产值再创新高", *(f"{side}栏第{n}行的文字写到了这里" for side in "左右" for n in range(4))]
    assert lines_of(tmp_path, pdf_of(TWO_COLUMNS)) == want
    assert lines_of(tmp_path, pdf_of(sorted(TWO_COLUMNS, key=lambda item: (item[1], -item[0])))) == want


def test_a_headline_over_the_middle_of_columns_stands_between_its_kicker_and_its_deck(tmp_path):
    """The article beside it starts at the same height, so that only the page's gutters part the two."""
    drawn = [(50, 740 - 16 * n, 10, f"左边一篇的第{n}行文字写满") for n in range(12)]
    drawn += [(220, 740, 13, "春风吹到小巷里"), (490, 715, 20, "老街的灯又亮了"), (220, 690, 14, "社区食堂开门第一天")]
    for column in range(4):
        drawn += [(220 + 170 * column, 660 - 16 * n, 10, f"第{column}栏第{n}行的文字写到了这里") for n in range(6)]
    lines = lines_of(tmp_path, pdf_of(drawn))
    assert lines[12:15] == ["春风吹到小巷里", "老街的灯又亮了", "社区食堂开门第一天"]
    assert lines[15:] == [f"第{column}栏第{n}行的文字写到了这里" for column in range(4) for n in range(6)]


@pytest.mark.parametrize("options", [{"rotate": 90}, {"turn": True}, {"rotate": 90, "turn": True}])
def test_turned_pages_read_as_straight_ones(tmp_path, options):
    assert lines_of(tmp_path, pdf_of(TWO_COLUMNS, **options)) == lines_of(tmp_path, pdf_of(TWO_COLUMNS))


def test_an_upright_headline_is_one_line(tmp_path):
    drawn = [(50, 700 - 26 * n, 24, char) for n, char in enumerate("古城热起来")]
    drawn += [(120, 700 - 16 * n, 10, "正文的一行文字写满了一栏的宽度") for n in range(8)]
    assert lines_of(tmp_path, pdf_of(drawn))[0] == "古城热起来"


def test_every_line_says_where_it_stands_and_how_large(tmp_path):
    (record,) = read(tmp_path, pdf_of(TWO_COLUMNS))
    head, *_, last = record.settings.values()
    assert (head.size, last.size) == (2.4, 1.0)
    assert head.box == pytest.approx((50, 40, 386, 66), abs=8)
    assert read_record(record.to_bytes()) == record


def test_what_fonts_say_wrongly_is_mended_and_counted(tmp_path):
    drawn = [(50, 700, 10, "⾦⽔路上的旧楼改造"), (50.3, 680, 10, "加粗的标题"), (50, 680, 10, "加粗的标题")]
    (record,) = read(tmp_path, pdf_of(drawn))
    assert "金水路上的旧楼改造" in record.text
    assert record.text.count("加粗的标题") == 1
    assert record.left_out["radicals read as characters"] == 2


def test_every_character_of_the_text_layer_is_in_a_paragraph_or_counted(tmp_path):
    data, _ = compose_pdf(9)
    (record,) = read(tmp_path, data)
    page = repair_page(record.text, record.settings)
    printed = Counter("".join(record.text.split()))
    assert Counter("".join("".join(p.text for p in page.paragraphs).split())) == printed


def test_fonts_that_name_no_characters_are_refused(tmp_path):
    private = "".join(chr(0xE000 + n) for n in range(60))
    (reason,) = read(tmp_path, pdf_of([(50, 700, 8, private)]))
    assert isinstance(reason, str)
    assert "do not say which characters" in reason or "picture" in reason or "outlines" in reason


def test_a_page_without_text_says_why(tmp_path):
    sink = io.BytesIO()
    canvas = Canvas(sink, pagesize=(200, 200))
    canvas.showPage()
    canvas.rect(20, 20, 100, 100, fill=1)
    canvas.showPage()
    canvas.save()
    empty, outlines = read(tmp_path, sink.getvalue())
    assert "is empty" in str(empty)
    assert "without a text layer" in str(outlines)
    assert "OCR" in str(outlines)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n" + zlib.compress(b"x" * 900), "damaged"),
        (pdf_of([(50, 700, 10, "密")], encrypt=StandardEncryption("secret")), "locked with a password"),
    ],
    ids=["damaged", "locked"],
)
def test_files_that_do_not_open_say_why_in_a_sentence(tmp_path, data, said):
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    with pytest.raises(UnreadableFileError, match=said):
        list(read_pdf(path, ""))


def test_lines_that_all_pages_share_are_furniture(tmp_path):
    pages = [
        [(50, 770, 9, f"海湾晨报 要闻 {n}"), *((50, 600 - 16 * k, 10, f"第{n}页正文的第{k}行文字") for k in range(4))]
        for n in range(1, 5)
    ]
    kinds = [[s.kind for s in r.settings.values()] for r in read(tmp_path, pdf_of(*pages)) if isinstance(r, PageRecord)]
    assert kinds == [["furniture", "", "", "", ""]] * 4


def test_laid_out_pages_come_back(tmp_path):
    """A sample of `python -m tests.bench.pdf_measure`, of 2 to 8 columns and all orders of the file."""
    tally = Tally()
    for number in (4, 5, 8, 14, 16, 23, 28):
        data, layout = compose_pdf(number)
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(data)
        tally.take(compared(*read_as_pdf(path), layout).tally)
    assert tally.f1("paragraphs") >= 0.98
    assert tally.articles() >= 0.95


def test_the_invisible_text_that_ocr_lays_over_a_picture_is_read(tmp_path):
    """Each line is as high as its ink was, and stretched to the width of what was recognised."""
    register_fonts()
    sink = io.BytesIO()
    canvas = Canvas(sink, pagesize=(400, 400))
    canvas.drawInlineImage(Image.new("L", (40, 40), 255), 0, 0, 400, 400)
    rows = ["第一行的文字写到了这里为止", "第二行的文字写到了这里为止", "第三行到此为止。"]
    for n, row in enumerate(rows):
        line = canvas.beginText(50, 300 - 16 * n)
        line.setFont("STSong-Light", 10 + n)
        line.setTextRenderMode(3)
        line.setHorizScale(1000 / (10 + n))
        line.textOut(row)
        canvas.drawText(line)
    canvas.save()
    (record,) = read(tmp_path, sink.getvalue())
    assert record.text.split() == rows
    assert {setting.size for setting in record.settings.values()} == {1.0}


@pytest.mark.browser
def test_pages_that_a_browser_printed_come_back(tmp_path, browser):
    """Its fonts are embedded drawings (Type 3), of which PDFium knows the ink only."""
    tally = Tally()
    for number in (4, 8):
        data, layout = compose_pdf(number, draw=by_chromium(browser))
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(data)
        tally.take(compared(*read_as_pdf(path), layout).tally)
    assert tally.f1("paragraphs") >= 0.98
    assert tally.articles() >= 0.95


@pytest.mark.browser
def test_a_browser_prints_upright_headlines_columns_and_two_fonts(tmp_path, browser):
    first = "一月，古城的夜市亮起了灯，街上的人比往年这个时候多了一倍还要多，老店的掌柜说，光是糖水一天就卖出三百多碗。"
    then = "第二天一早，⾦⽔路上又排起了队——队尾在桥头。"
    page = (
        "<!doctype html><meta charset=utf-8><style>@page { size: 500pt 300pt; margin: 20pt } "
        "body { margin: 0; font: 10pt 'Noto Serif CJK SC' } h1 { writing-mode: vertical-rl; float: left; margin: 0;"
        " font: bold 24pt 'Noto Sans CJK SC' } div { columns: 2; column-gap: 20pt; margin-left: 60pt }"
        f" p {{ margin: 0; text-indent: 2em }}</style><h1>古城热起来</h1><div><p>{first}</p><p>{then}</p></div>"
    )
    lines = lines_of(tmp_path, printed(browser, page))
    assert lines[0] == "古城热起来"
    assert "".join(lines[1:]) == first + then.replace("⾦⽔", "金水")
