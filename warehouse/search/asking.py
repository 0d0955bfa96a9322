"""Searches all paragraphs with BM25, best first.

What belongs here: what is asked and how hits are ordered. What does not: the index (`index.py`), how text is cut into
words (`terms.py`) and the SQL of the scoring itself (`sql/macros/search_paragraphs.sql`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

import duckdb
import pyarrow as pa

from warehouse.ask.saved_values import check_regions
from warehouse.errors import UserError
from warehouse.schema import CHECKED
from warehouse.search.terms import asked_terms, asked_words, folded

_CANDIDATES = 500
"""Best paragraphs by BM25 whose text is looked at for the exact phrase."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is searched for.

    Attributes:
        text: Words, with spaces between those that may stand apart; what is in quotation marks stands so in the text.
        region: Name of a division, or its adcode; articles that name it or a place in it.
        publisher: The newspaper.
        since: First issue date.
        until: Last issue date.
        limit: Hits wanted.
        checked: Only paragraphs with a figure that a person checked.
    """

    text: str
    region: str | None = None
    publisher: str | None = None
    since: date | None = None
    until: date | None = None
    limit: int = 20
    checked: bool = False


def search(con: duckdb.DuckDBPyConnection, question: Question) -> pa.Table:
    """Finds paragraphs, best first: those that hold every word, the exact phrase and headlines before others.

    Where no paragraph holds all words, those with most of them come; single characters alone make no hit then.

    Args:
        con: A connection to the warehouse.
        question: What is searched for.

    Returns:
        One row a hit: rank, score, matched_terms, issue_date, publisher, page_label, headline, role, text, citation,
        paragraph_id, article_id, document_id.

    Raises:
        UserError: There is no word, or no such region or newspaper.
    """
    if not any(char.isalnum() for char in question.text):
        raise UserError("There is no word to search for: give at least one, such as 冷链物流.")
    if question.region is not None:
        check_regions(con, question.region)
    _check_publisher(con, question.publisher)
    filters, given = _filters(question)
    sql = _HITS.format(filters=f"where {' and '.join(filters)}" if filters else "")
    values = given | {
        "terms": asked_terms(_UNQUOTED.sub(" ", question.text)),
        "phrases": [word.lower() for word in _UNQUOTED.sub(" ", question.text).split()],
        "as_they_stand": quoted_phrases(question.text),
        "candidates": max(_CANDIDATES, question.limit),
        "limit": question.limit,
    }
    return con.sql(sql, params=values).to_arrow_table()


_QUOTED = re.compile('["“]([^"“”]+)["”]')
_UNQUOTED = re.compile('["“”]')


def quoted_phrases(question: str) -> list[str]:
    """Lists what stands in quotation marks in a question.

    Args:
        question: As typed.

    >>> quoted_phrases('物流 “冷链 园区”')
    ['冷链 园区']
    """
    return [phrase.strip().lower() for phrase in _QUOTED.findall(question) if phrase.strip()]


def hit_spans(text: str, question: str) -> list[tuple[int, int]]:
    """Tells where a text shows what was searched for: the phrases, or else their words.

    Args:
        text: A paragraph.
        question: What was searched for.

    Returns:
        Half-open ranges of characters, in order, that do not overlap.

    >>> hit_spans("济南冷链物流与物流园", "冷链物流")
    [(2, 6), (7, 9)]
    >>> hit_spans("该主题活动的公园", "文明主题公园")
    [(1, 3), (6, 8)]
    >>> hit_spans("冷鏈物流園", "冷链")
    [(0, 2)]
    >>> hit_spans("全市增长，居全市第二", "“全市第二”")
    [(6, 10)]
    """
    phrases, lowered = [folded(phrase) for phrase in quoted_phrases(question)], folded(text)
    stands = any(phrase in lowered for phrase in phrases)
    words = _UNQUOTED.sub(" ", _QUOTED.sub(" ", question) if stands else question)
    asked = (*phrases, *folded(words).split(), *asked_words(words), *asked_terms(words))
    wanted = sorted(dict.fromkeys(asked), key=len, reverse=True)  # of one length, words before pairs across words
    taken = [False] * len(text)
    spans: list[tuple[int, int]] = []
    for word in wanted:
        if len(word) == 1 and spans:
            continue
        start = lowered.find(word)
        while start >= 0:
            end = start + len(word)
            if not any(taken[start:end]):
                spans.append((start, end))
                taken[start:end] = [True] * len(word)
            start = lowered.find(word, end)
    return sorted(spans)


_HITS = """
with best as (
    select paragraph_id, score, matched_terms
    from search_paragraphs($terms)
    {filters}
    order by matched_terms desc, score desc, paragraph_id
    limit $candidates
),
read as (
    select
        b.*,
        p.role,
        p.text,
        p.article_id,
        p.document_id,
        len(list_filter($phrases, lambda w: contains(lower(p.text), w))) as phrases
    from best b
    join paragraphs p using (paragraph_id)
    where b.matched_terms = (select max(matched_terms) from best)
        and len(list_filter($as_they_stand, lambda w: not contains(lower(p.text), w))) = 0
        and (
            b.matched_terms = len($terms)
            or len(list_filter($terms, lambda t: length(t) > 1 and contains(lower(p.text), t))) > 0
        )
)
select
    row_number() over w as rank,
    round(r.score * (1 + r.phrases) * if(r.role = 'headline', 1.5, 1), 3) as score,
    r.matched_terms,
    d.issue_date,
    d.publisher,
    d.page_label,
    a.headline,
    r.role,
    r.text,
    citation(d.publisher, d.file_name, d.issue_date, d.issue_date_precision, d.page_label, a.headline) as citation,
    r.paragraph_id,
    r.article_id,
    r.document_id
from read r
join documents d using (document_id)
left join articles a using (article_id)
window w as (order by r.score * (1 + r.phrases) * if(r.role = 'headline', 1.5, 1) desc, r.paragraph_id)
order by rank
limit $limit
"""


_IN_REGION = """
paragraph_id in (
    select paragraph_id from paragraphs where article_id in (
        select m.article_id from mentions m join entities e using (entity_id)
        where e.adcode in (select adcode from adcodes_of_region($region))
    )
)
"""


def _check_publisher(con: duckdb.DuckDBPyConnection, publisher: str | None) -> None:
    if publisher is None:
        return
    names = [row[0] for row in con.execute("select distinct publisher from documents where publisher <> ''").fetchall()]
    if publisher in names:
        return
    nearest = get_close_matches(publisher, names, 1, 0.5)
    hint = f"did you mean {nearest[0]}?" if nearest else "give the name as `documents.publisher` has it."
    raise UserError(f"There is no page of a newspaper named {publisher}; {hint}")


def _filters(question: Question) -> tuple[list[str], dict[str, object]]:
    """Writes the conditions that the question sets on pages and articles, with their values."""
    pages: list[str] = []
    given: dict[str, object] = {}
    for name, condition in (
        ("publisher", "publisher = $publisher"),
        ("since", "issue_date >= $since"),
        ("until", "issue_date <= $until"),
    ):
        value = getattr(question, name)
        if value is not None:
            pages.append(condition)
            given[name] = value
    filters = [f"document_id in (select document_id from documents where {' and '.join(pages)})"] if pages else []
    if question.region is not None:
        filters.append(_IN_REGION)
        given["region"] = question.region
    if question.checked:
        filters.append("paragraph_id in (select paragraph_id from metrics where status in (select unnest($said)))")
        given["said"] = list(CHECKED)
    return filters, given
