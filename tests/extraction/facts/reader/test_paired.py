from datetime import date

import pytest

from tasks.extraction.facts.reader.paired import shared_out
from tasks.extraction.page import extract_page
from tasks.page import Article, IssueDate, PageContext, Paragraph, RepairedPage

DAY = PageContext(IssueDate(date(2023, 4, 24)))


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("一季度，全区工业、农业投资分别增长4.5%、6.1%。", ["4.5%", "6.1%"]),
        ("全区批发业和零售业销售额分别比上年同期增长4.5%和6.1%，房价下降2%。", ["4.5%", "6.1%"]),
        ("一季度，全区工业投资增长4.5%，农业投资增长6.1%。", []),
        ("王庄村、李庄村分别栽树300棵。", []),
    ],
)
def test_a_list_with_fenbie_gives_each_figure_its_own(text, figures):
    page = RepairedPage((Paragraph(1, 1, "body", text),), (Article(1, headline="槐荫区开门红"),))
    metrics = extract_page(page, DAY).metrics
    assert [metrics[n].quantity.text for n in sorted(shared_out(metrics, {1: text}))] == figures
