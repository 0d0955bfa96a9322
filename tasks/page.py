"""The plain values that the stages hand to each other for one newspaper page.

What belongs here: small immutable records without behaviour that more than one stage needs.
What does not: anything that reads files, knows Prefect or DuckDB, or decides something about Chinese.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from warehouse.schema.kinds import Comparison as Comparison
from warehouse.schema.kinds import Measure as Measure
from warehouse.schema.kinds import Modality as Modality

ROLES = ("body", "subhead", "caption", "note", "kicker", "headline", "deck", "byline", "furniture")
"""What a paragraph of a page can be; the first four are an article's text."""

TEXT_ROLES = ROLES[:4]

DISORDERED = "layout.disordered"
"""Code of the finding that a page's lines are in no order: nothing that was read of it can be relied on."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a stage noticed and a person may want to know; an output, not a log line.

    Attributes:
        level: `info`, `warning` or `error`.
        code: Short stable name, such as `layout.two_columns`.
        where: Place in the source, such as `line 165`.
        excerpt: The printed text it is about, shortened.
    """

    level: str
    code: str
    where: str = ""
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class IssueDate:
    """The day a page was published, as well as it is known.

    Attributes:
        day: First day of what is known; 1 April for "April 2023".
        precision: `day`, `month` or `year`.
        source: `option`, `sidecar`, `filename` or `text`, in this order of trust.
    """

    day: date
    precision: str = "day"
    source: str = "option"


@dataclass(frozen=True, slots=True)
class PageContext:
    """What is known about a page besides its text."""

    issue_date: IssueDate | None = None
    publisher: str | None = None
    page_label: str | None = None
    page_title: str | None = None
    source_url: str | None = None

    @property
    def day(self) -> date | None:
        """The issue date without its precision; None where nobody knows it."""
        return self.issue_date.day if self.issue_date else None


@dataclass(frozen=True, slots=True)
class LineSetting:
    """How a line is set on paper, where the file says so; a plain text does not.

    Attributes:
        size: Size of its font, in sizes of the text of the page.
        font: Number of its font on the page; the text's is 0.
        box: Left, top, right and bottom edge on the page, in points from its upper left corner.
        part: Number of the stretch of a column it stands in, from 1.
        kind: `furniture` or `caption` where the file shows that it is; else empty.
    """

    size: float = 1.0
    font: int = 0
    box: tuple[float, float, float, float] | None = None
    part: int = 0
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One repaired paragraph of a page.

    Attributes:
        seq: Reading order in the page, from 1.
        article: `Article.seq` it belongs to; None for furniture.
        role: One of `ROLES`.
        text: The joined text.
        lines: 1-based numbers of the raw lines it was made from.
        line_reasons: One reason a line, in words: why it starts here or was joined to the line before.
    """

    seq: int
    article: int | None
    role: str
    text: str
    lines: tuple[int, ...] = ()
    line_reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a page; its text stands in the page's paragraphs."""

    seq: int
    kicker: str | None = None
    headline: str | None = None
    deck: tuple[str, ...] = ()
    byline: str | None = None
    authors: tuple[str, ...] = ()
    dateline: str | None = None


@dataclass(frozen=True, slots=True)
class RepairedPage:
    """A page after repair: paragraphs in reading order, articles in the order of their first body line."""

    paragraphs: tuple[Paragraph, ...]
    articles: tuple[Article, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """The thing that a name on a page stands for.

    Attributes:
        type: PER, ORG or LOC.
        name: Canonical (fullest) name.
        scope: Tells namesakes apart: the page's city for persons; empty where the name alone is enough.
        adcode: GB/T 2260 code of an administrative division, six digits.
        region: Code of the division it lies in on this page, its own where it is one; no part of what it is.
    """

    type: str
    name: str
    scope: str = ""
    adcode: str | None = None
    region: str | None = field(default=None, compare=False)

    @property
    def entity_id(self) -> str:
        """Stable id: the adcode of a division, else a digest of type, name and scope."""
        if self.adcode and self.type == "LOC":
            return self.adcode
        return _digest(self.type, self.name, self.scope)


@lru_cache(1 << 12)  # an entity is asked for each of its mentions and figures
def _digest(kind: str, name: str, scope: str) -> str:
    digest = hashlib.sha256("\x1f".join((kind, name, scope)).encode()).hexdigest()
    return f"{kind.lower()}-{digest[:16]}"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a paragraph; offsets are code points of `Paragraph.text`, end exclusive."""

    paragraph: int
    start_char: int
    end_char: int
    text: str
    type: str
    entity: Entity | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A printed number with its unit, before anybody asked what it measures.

    Attributes:
        start_char: Offset of the first character in the text searched.
        end_char: Offset after the last.
        text: As printed: 45.3亿元, 2.5万余个, 16.6%.
        value: In `unit`, magnitude multiplied out. Always the printed sign; direction (下降) is read later.
        value_high: Upper end of a range.
        unit: Canonical printed unit.
        dimension: money, count, percent, …
        value_base: Value in `unit_base` where a conversion is exact.
        unit_base: metre, square metre, … in Chinese.
        qualifier: about, over, nearly, under, at_least.
        kind: `quantity`, `rank` or `multiple` (倍, 番).
        shared: True where the unit was printed only at the end of a list (107、89、85%).
        optional: True for vague or descriptive amounts (Chinese-numeral counts, durations, ages).
        named: True where it is part of a name and measures nothing (两市, 沿淮4省, 15分钟生活圈).
    """

    start_char: int
    end_char: int
    text: str
    value: float
    unit: str
    dimension: str
    value_high: float | None = None
    value_base: float | None = None
    unit_base: str | None = None
    qualifier: str | None = None
    kind: str = "quantity"
    shared: bool = False
    optional: bool = False
    named: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """A time expression in a text, resolved against the issue date where it is not vague.

    Attributes:
        start_char: Offset of the first character in the text searched.
        end_char: Offset after the last.
        text: As printed.
        start: First day; None where open or vague.
        end: Last day; None where open or vague.
        kind: `calendar`, `since`, `until`, `compare` (去年同期: what is compared with, governs nothing), `duration`,
            `vague`.
        rule: The rule of the grammar that found it, and the shape that it has there; no part of what it says.
    """

    start_char: int
    end_char: int
    text: str
    start: date | None = None
    end: date | None = None
    kind: str = "calendar"
    rule: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure as a fact: the quantity and everything the text says about it (CONTRACT.md, `metrics`)."""

    paragraph: int
    quantity: Quantity
    value: float
    value_high: float | None
    measure: str
    comparison: str | None
    indicator: str | None
    indicator_key: str | None
    topic: str | None
    subject: str | None
    subject_entity: Entity | None
    region_adcode: str | None
    period: str | None
    period_start: date | None
    period_end: date | None
    modality: str
    qualifier: str | None
    sentence: str
    confidence: float
    confidence_indicator: float | None = None
    confidence_subject: float | None = None
    confidence_period: float | None = None
    confidence_modality: float | None = None
    doubts: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read out of one repaired page."""

    mentions: tuple[Mention, ...] = ()
    metrics: tuple[Metric, ...] = ()
    findings: tuple[Finding, ...] = field(default=())
