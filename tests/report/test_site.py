"""The report as a folder: complete, linked, escaped, built again only where something changed."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest


class Links(HTMLParser):
    """Collects links, ids and scripts of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for key, value in attrs:
            if key in ("href", "src", "xlink:href") and value:
                self.links.append(value)
            if key == "id" and value:
                self.ids.add(value)


@pytest.fixture(scope="session")
def report(broadsheet, seed_data, tmp_path_factory) -> Path:
    output = tmp_path_factory.mktemp("report") / "site"
    done = broadsheet("report", "--output", str(output), data=seed_data)
    assert done.returncode == 0, done.stderr
    return output


def parsed(path: Path) -> Links:
    links = Links()
    links.feed(path.read_text("utf-8"))
    return links


def test_every_internal_link_resolves(report):
    pages = {path: parsed(path) for path in report.rglob("*.html") if "quality/" not in path.as_posix()}
    assert len(pages) > 20
    for path, page in pages.items():
        for link in page.links:
            target, _, anchor = link.partition("#")
            assert not re.match(r"[a-z]+:|//", target), f"{path.name} asks the network for {link}"
            place = (path.parent / target).resolve() if target else path
            assert place.exists(), f"{path.relative_to(report)} links to {link}"
            if anchor and place in pages:
                assert anchor in pages[place].ids, f"{path.relative_to(report)} links to {link}"


def test_a_second_build_writes_nothing(broadsheet, seed_data, report):
    done = broadsheet("report", "--output", str(report), data=seed_data)
    assert done.stdout.startswith("0 of "), done.stdout


def test_private_citizens_are_left_out_by_default(broadsheet, seed_data, report, tmp_path):
    """The groom of a folk story has no title; reporters and officials do."""
    everybody = tmp_path / "all"
    broadsheet("report", "--all-persons", "--output", str(everybody), data=seed_data)
    few, all_of_them = (
        len(re.findall("<tr>", (site / "people.html").read_text("utf-8"))) for site in (report, everybody)
    )
    assert few < all_of_them
    assert "王健" in (report / "people.html").read_text("utf-8")


def test_a_region_can_be_chosen_and_an_unknown_one_is_a_sentence(broadsheet, seed_data, tmp_path):
    done = broadsheet("report", "--region", "槐荫区", "--output", str(tmp_path / "one"), data=seed_data)
    assert done.returncode == 0, done.stderr
    done = broadsheet("report", "--region", "亚特兰蒂斯", "--output", str(tmp_path / "none"), data=seed_data)
    assert done.returncode == 2
    assert "亚特兰蒂斯" in done.stderr


def test_a_hostile_page_stays_text(broadsheet, tmp_path):
    page = tmp_path / "2023-04-24_hostile.txt"
    body = "今年一季度，槐荫区完成工业总产值45.3亿元，同比增长16.6%。" * 3
    page.write_text(
        f"<script>alert('x')</script>\n\n  □本报记者 王健\n  {body}\n  “</script><img src=x onerror=alert(1)>”他说。\n",
        "utf-8",
    )
    assert broadsheet("run", str(page), data=tmp_path / "data").returncode == 0
    assert broadsheet("report", "--output", str(tmp_path / "site"), data=tmp_path / "data").returncode == 0
    for path in (tmp_path / "site").rglob("*"):
        if path.suffix in (".html", ".js") and "assets" not in path.parts and "quality" not in path.parts:
            text = path.read_text("utf-8")
            assert "<script>alert" not in text
            assert "<img src=x" not in text
