"""Declares the tables about the text: articles and repaired paragraphs."""

from __future__ import annotations

from warehouse.schema.columns import Column, Table

PARAGRAPH_ROLES = ("body", "subhead", "caption", "note", "kicker", "headline", "deck", "byline", "furniture")

ARTICLES = Table(
    "articles",
    "One row per article of a document.",
    "一行一篇文章。",
    ("article_id",),
    (
        Column("article_id", "VARCHAR", "Stable id", "稳定编号"),
        Column("document_id", "VARCHAR", "The page it stands on", "所在版面", references="documents.document_id"),
        Column(
            "seq", "INTEGER", "Order of the first body line on the page, from 1", "按正文首行在版面上的次序，从 1 起"
        ),
        Column("kicker", "VARCHAR", "The smaller line above the headline", "引题", null=True),
        Column(
            "headline",
            "VARCHAR",
            "The headline, its lines joined by one space",
            "主标题，多行以一个空格相连",
            null=True,
        ),
        Column("deck", "VARCHAR[]", "Lines under the headline", "副题"),
        Column("byline", "VARCHAR", "The byline as printed, white space squeezed", "署名行，空白已压缩", null=True),
        Column("authors", "VARCHAR[]", "Names from the byline or the credit", "作者姓名"),
        Column("dateline", "VARCHAR", "The dateline (本报济南讯)", "电头（本报济南讯）", null=True),
        Column("paragraph_count", "INTEGER", "Paragraphs of its text", "正文段落数"),
        Column("char_count", "INTEGER", "Characters of its text", "正文字符数"),
        Column(
            "continues",
            "VARCHAR",
            "The article, on another page, of which this is the part that jumped here （上接第一版）",
            "上文所在文章（上接某版）",
            null=True,
        ),
        Column(
            "continued_on",
            "VARCHAR",
            "The article, on another page, that goes on with this one （下转第三版）",
            "下文所在文章（下转某版）",
            null=True,
        ),
    ),
    per_document=True,
)

PARAGRAPHS = Table(
    "paragraphs",
    "One row per repaired paragraph; together they hold every printed character of the page exactly once.",
    "一行一个修复后的段落；合起来恰好包含版面上的每个字符一次。",
    ("paragraph_id",),
    (
        Column("paragraph_id", "VARCHAR", "Stable id", "稳定编号"),
        Column("document_id", "VARCHAR", "The page it stands on", "所在版面", references="documents.document_id"),
        Column(
            "article_id",
            "VARCHAR",
            "The article it belongs to; empty for furniture",
            "所属文章；版面附属文字为空",
            null=True,
            references="articles.article_id",
        ),
        Column("seq", "INTEGER", "Reading order in the document, from 1", "在版面中的阅读次序，从 1 起"),
        Column("role", "VARCHAR", "What it is", "段落角色", values=PARAGRAPH_ROLES),
        Column("text", "VARCHAR", "The repaired text", "修复后的文字"),
        Column("lines", "INTEGER[]", "Raw line numbers it was made from, from 1", "对应的原始行号，从 1 起"),
        Column("line_reasons", "VARCHAR[]", "Why each line starts here or was joined", "每行在此起段或接续的理由"),
    ),
    per_document=True,
)
