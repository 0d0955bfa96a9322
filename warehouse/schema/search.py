"""Declares the tables of the full-text index: words, where they stand, and the paragraphs that are indexed.

The load makes them from `paragraphs`; numbers instead of ids keep the index at a few bytes a word.
"""

from __future__ import annotations

from warehouse.schema.columns import Column, Table

TERMS = Table(
    "terms",
    "One row per word of the full-text index.",
    "一行一个全文索引词。",
    ("term_no",),
    (
        Column("term_no", "INTEGER", "Number of the word; differs between warehouses", "词的序号，各库不同"),
        Column(
            "term",
            "VARCHAR",
            "A pair of neighbouring characters, or another word of jieba's search segmentation",
            "索引词：相邻两字，或结巴搜索分词所得的其他词",
        ),
    ),
    home="derived",
)

TERM_PARAGRAPHS = Table(
    "term_paragraphs",
    "One row per paragraph in the full-text index.",
    "一行一个已编入全文索引的段落。",
    ("paragraph_no",),
    (
        Column("paragraph_no", "INTEGER", "Number of the paragraph; differs between warehouses", "段落序号，各库不同"),
        Column("paragraph_id", "VARCHAR", "The paragraph", "所指段落", references="paragraphs.paragraph_id"),
        Column("document_id", "VARCHAR", "The page", "所在版面", references="documents.document_id"),
        Column("run_id", "VARCHAR", "The run whose text was indexed", "索引所据的运行"),
        Column("term_count", "INTEGER", "Indexed words in it", "段落中的索引词数"),
    ),
    home="derived",
)

TERM_POSTINGS = Table(
    "term_postings",
    "One row per word and paragraph it stands in.",
    "一行一个词在一个段落中的出现。",
    ("term_no", "paragraph_no"),
    (
        Column("term_no", "INTEGER", "The word", "词", references="terms.term_no"),
        Column("paragraph_no", "INTEGER", "The paragraph", "段落", references="term_paragraphs.paragraph_no"),
        Column("tf", "INTEGER", "How often it stands there", "出现次数"),
    ),
    home="derived",
)
