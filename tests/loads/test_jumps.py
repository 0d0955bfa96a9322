"""Articles that jump are tied whenever both pages are there, in whatever order they came, and no longer than that."""

import pytest

from flows.ingest.lake_care import forget
from flows.settings import settings
from tasks.check.corrected import load_batches
from tests.loads.driver import run as run_with_gate
from tests.loads.driver import settings_of
from tests.loads.pages import digests, rows
from warehouse.storage.folder import DataFolder

DAY = "东川早报 2023年4月24日 星期一\n\n"
FRONT = (
    DAY + "第一版\n\n城区三年建成停车位两万个\n\n    本报讯 近日，记者从市城管局获悉，三年来全市新建停车位2.1万个，"
    "老旧小区停车难明显缓解。市民李女士说，以前下班回家要绕着小区找车（下转第四版）\n\n"
    "秋粮收购进度过半\n\n    本报讯 截至昨日，全市收购秋粮12万吨。\n"
)
INNER = (
    DAY + "第四版\n\n（上接第一版）位，现在到家就能停。下一步，市城管局将继续建设停车位，让居民停车更方便。\n\n"
    "民警雨夜送老人回家\n\n    本报讯 昨晚，民警冒雨把迷路老人送回家。\n"
)
TIES = """
    select d.file_name, a.headline, e.file_name, b.paragraph_count
    from articles a
    join documents d using (document_id)
    join articles b on b.article_id = a.continued_on and b.continues = a.article_id
    join documents e on e.document_id = b.document_id
"""
TIED = [("a1.txt", "城区三年建成停车位两万个", "a4.txt", 1)]
LOOSE = "select count(*) from articles where coalesce(continues, continued_on) is not null"


def run(data, *paths, **options):
    return run_with_gate(data, *paths, gate=False, **options)


@pytest.fixture
def issue(tmp_path):
    """A front page and an inner page of one day, as files."""
    (tmp_path / "in").mkdir()
    pages = tmp_path / "in" / "a1.txt", tmp_path / "in" / "a4.txt"
    for path, text in zip(pages, (FRONT, INNER), strict=True):
        path.write_text(text, "utf-8")
    return pages


def anew(data):
    with settings_of(data):
        load_batches(DataFolder(data), None, anew=True)
    return digests(data)


def test_parts_of_pages_that_came_in_other_batches_and_runs_are_tied(issue, tmp_path):
    front, inner = issue
    orders = [((front, inner), {"BATCH_MB": "0.0001"})], [((inner,), {}), ((front,), {})]
    seen = []
    for n, runs in enumerate(orders):
        data = tmp_path / f"data{n}"
        for paths, options in runs:
            run(data, *paths, **options)
        assert rows(data, TIES) == TIED
        assert rows(data, LOOSE) == [(2,)]
        seen.append(digests(data))
    assert seen[0] == seen[1] == anew(data)


def test_a_page_that_was_superseded_or_forgotten_leaves_no_tie(issue, tmp_path):
    front, inner = issue
    data = tmp_path / "data"
    run(data, front, inner)
    inner.write_text(DAY + "第四版\n\n民警雨夜送老人回家\n\n    本报讯 昨晚，民警冒雨把迷路老人送回家。\n", "utf-8")
    run(data, inner)
    assert rows(data, LOOSE) == [(0,)]
    inner.write_text(INNER, "utf-8")
    run(data, inner)
    assert rows(data, TIES) == TIED
    assert digests(data) == anew(data)
    with settings_of(data):
        forget(DataFolder(data), [str(inner)], settings(), print)
    assert rows(data, LOOSE) == [(0,)]


def test_a_page_that_turns_out_to_be_of_another_day_is_untied(issue, tmp_path):
    front, inner = issue
    data = tmp_path / "data"
    run(data, front, inner)
    run(data, inner, issue_date="2023-04-25")
    assert rows(data, LOOSE) == [(0,)]
