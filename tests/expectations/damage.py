"""Ways to damage sound pages, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from expectations.characters import character_digest
from tests.expectations.pages import BODY, Rows
from warehouse.schema import table_named

Damage = Callable[[Rows], None]


def row(rows: Rows, table: str, key: str) -> dict[str, Any]:
    return next(r for r in rows[table] if r[table_key(table)] == key)


def table_key(table: str) -> str:
    return table_named(table).key[0]


def change(table: str, key: str, /, **values: Any) -> Damage:
    return lambda rows: row(rows, table, key).update(values)


def figure(rows: Rows, text: str, document_id: str = "d2") -> dict[str, Any]:
    return next(m for m in rows["metrics"] if m["text"] == text and m["document_id"] == document_id)


def change_figure(text: str, /, **values: Any) -> Damage:
    return lambda rows: figure(rows, text).update(values)


def name_of(rows: Rows, text: str, document_id: str = "d2") -> dict[str, Any]:
    return next(m for m in rows["mentions"] if m["text"] == text and m["document_id"] == document_id)


def drop(table: str, **values: Any) -> Damage:
    def damage(rows: Rows) -> None:
        rows[table][:] = [r for r in rows[table] if any(r.get(k) != v for k, v in values.items())]

    return damage


def double(table: str, key: str) -> Damage:
    return lambda rows: rows[table].append(dict(row(rows, table, key)))


def shift_span(rows: Rows) -> None:
    metric = figure(rows, "45.3亿元")
    metric.update(start_char=metric["start_char"] + 1, end_char=metric["end_char"] + 1)


def shift_name(rows: Rows) -> None:
    mention = name_of(rows, "张伟")
    mention.update(start_char=mention["start_char"] - 1, end_char=mention["end_char"] - 1)


def empty(table: str) -> Damage:
    def damage(rows: Rows) -> None:
        for document in rows["documents"]:
            document["char_count"] = 10_000
        rows[table].clear()

    return damage


def lose_most_of_a_page(rows: Rows) -> None:
    """Leaves a tenth of a long page: the gate must see it without knowing the raw text."""
    long = BODY[0] * 60
    paragraph = row(rows, "paragraphs", "d2.p0003")
    paragraph["text"] = long
    rows["articles"][1].update(char_count=len(long) + len(BODY[1]) + len(BODY[2]))
    for seq in (4, 5):
        paragraph["text"] += row(rows, "paragraphs", f"d2.p{seq:04d}")["text"]
    drop("paragraphs", paragraph_id="d2.p0004")(rows)
    drop("paragraphs", paragraph_id="d2.p0005")(rows)
    drop("paragraphs", paragraph_id="d2.p0001")(rows)


def garble(rows: Rows) -> None:
    """UTF-8 bytes that somebody read as GBK, and counted so."""
    for paragraph in rows["paragraphs"]:
        if paragraph["document_id"] == "d2":
            paragraph["text"] = paragraph["text"].encode().decode("gb18030", "replace")
    count_again(rows)


def scar(characters: str, times: int) -> Damage:
    """Adds characters to page d2 that were on its raw page too."""

    def damage(rows: Rows) -> None:
        row(rows, "paragraphs", "d2.p0005")["text"] += characters * times
        count_again(rows)

    return damage


def swap_columns(rows: Rows) -> None:
    article = rows["articles"][1]
    article["headline"], article["dateline"] = article["dateline"], article["headline"]


def add_empty_article(rows: Rows) -> None:
    nothing = {"article_id": "d2.a002", "seq": 2, "paragraph_count": 0, "char_count": 0}
    rows["articles"].append(rows["articles"][1] | nothing)


def spoil_adcode(rows: Rows) -> None:
    entity = next(e for e in rows["document_entities"] if e["document_id"] == "d2" and e["type"] == "LOC")
    entity["adcode"] = "379999"


def double_figure(rows: Rows) -> None:
    rows["metrics"].append(dict(figure(rows, "16.6%")))


def change_name(**values: Any) -> Damage:
    return lambda rows: name_of(rows, "张伟").update(values)


def double_percentage(rows: Rows) -> None:
    """A percentage that is printed so: 1660%, which the text does say."""
    replace_printed(rows, "16.6%", "1660%")
    figure(rows, "16.6%").update(text="1660%", value=1660.0)


def replace_printed(rows: Rows, old: str, new: str) -> None:
    """Changes what is printed on page d2, everywhere and of the same length, so that nothing else is wrong."""
    for paragraph in rows["paragraphs"]:
        if paragraph["document_id"] == "d2":
            paragraph["text"] = paragraph["text"].replace(old, new)
    for metric in rows["metrics"]:
        if metric["document_id"] == "d2":
            metric["sentence"] = metric["sentence"].replace(old, new)
    count_again(rows)


def count_again(rows: Rows) -> None:
    """Makes page d2's digest and counts agree with its paragraphs."""
    own = [p for p in rows["paragraphs"] if p["document_id"] == "d2"]
    rows["documents"][1]["printed_characters"] = character_digest("".join(p["text"] for p in own))
    rows["articles"][1]["char_count"] = sum(len(p["text"]) for p in own if p["role"] == "body")


def overlap(rows: Rows) -> None:
    metric = figure(rows, "45.3亿元")
    start = metric["start_char"] + 2
    text = "3亿元"
    rows["metrics"].append(
        metric
        | {"metric_id": "d2.extra", "text": text, "start_char": start, "end_char": start + len(text), "value": 3e8}
    )


def move_to_other_page(rows: Rows) -> None:
    row(rows, "paragraphs", "d2.p0005")["article_id"] = "d1.a001"
    rows["articles"][1].update(paragraph_count=2, char_count=len(BODY[0]) + len(BODY[1]))
    rows["articles"][0].update(paragraph_count=4, char_count=sum(map(len, BODY)) + len(BODY[2]))


def nonsense_names(rows: Rows) -> None:
    rows["articles"][1]["authors"] = ["本报记者", "一季度经济形势"]
