"""Makes training sentences of the present out of word lists: modern firms, offices, districts, towns and persons.

What belongs here: names put together at random, and sentences with such names. What does not: the training (`tagger`).
The corpora to train on are of 1998; without this the tagger would never have seen a 街道办事处 or a 科技股份有限公司.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from functools import cache

from tasks.extraction.names.overlaps import Span
from tasks.lexicon import read_table, read_words
from tasks.reading.gazetteer import division_table

Sentence = tuple[str, tuple[Span, ...]]

_SLOT = re.compile(r"\{([^}]+)\}")
_TYPES = dict.fromkeys("PE", "PER") | dict.fromkeys("DTLZF", "LOC") | dict.fromkeys("CSOHAMB", "ORG")
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2,3}")


@cache
def _parts(kind: str) -> tuple[str, ...]:
    return next(tuple(row["words"].split()) for row in read_table("tagger_words") if row["kind"] == kind)


@cache
def _surnames() -> tuple[tuple[str, ...], tuple[float, ...]]:
    weight = {"1": 6.0, "2": 1.0, "3": 0.5}
    rows = read_table("surnames")
    return tuple(row["surname"] for row in rows), tuple(weight[row["group"]] for row in rows)


class NameMaker:
    """Makes up names at random; the same seed makes the same names."""

    def __init__(self, seed: int = 0) -> None:
        self.random = random.Random(seed)
        self._counties = [d for d in division_table() if d.level != "province" and d.valid_to is None]
        self._provinces = [d for d in division_table() if d.level == "province" and d.valid_to is None]
        self._towns = read_words("towns")
        self._abroad = [row["name"] for row in read_table("places") if row["kind"] in ("country", "world")]
        self._places = [row["name"] for row in read_table("places") if row["kind"] == "china"]
        self.makers: dict[str, Callable[[], str]] = {
            "P": self.person, "E": self.foreign_person, "D": self.division, "K": self.short_division, "T": self.town,
            "L": self.place, "Z": self.zone, "F": lambda: self.one(self._abroad), "C": self.company,
            "S": self.short_company, "O": self.office, "H": self.school_or_hospital, "A": self.association,
            "M": lambda: self.short_division() + self.part("media"), "B": self.bank, "X": self.date,
            "n": lambda: self.part("noun"), "v": lambda: self.part("verb"), "j": lambda: self.part("adjective"),
            "w": lambda: self.part("following"), "t": lambda: self.part("title"), "q": self.slogan,
            "b": lambda: self._syllables("village_char", (2, 2, 3)),
        }  # fmt: skip

    def one(self, choices: Sequence[str]) -> str:
        """Picks one of the choices."""
        return self.random.choice(choices)

    def part(self, kind: str) -> str:
        """Picks one word of a kind of `tagger_words.csv`."""
        return self.one(_parts(kind))

    def chance(self, share: float) -> bool:
        """Says yes in this share of cases."""
        return self.random.random() < share

    def person(self) -> str:
        """A Han name: 闻立新, 夏侯雪, 石磊."""
        names, weights = _surnames()
        surname = self.random.choices(names, weights)[0]
        return surname + self.part("given") + (self.part("given") if self.chance(0.72) else "")

    def foreign_person(self) -> str:
        """A name of another people: 努尔兰·叶尔江, 格桑卓玛."""
        first, second = self.part("ethnic"), self.part("ethnic")
        if len(first) + len(second) <= 5 and self.chance(0.5):
            return first + second
        return first if self.chance(0.2) else f"{first}·{second}"

    def division(self) -> str:
        """A division, with those it lies in or without, seldom a short form."""
        division = self.random.choice(self._counties)
        kind = self.random.random()
        if kind < 0.2:
            return self.short_division()
        if kind < 0.3:
            return self.random.choice(self._provinces).name
        if kind < 0.6 or division.level != "county":
            return division.name
        inner = division.name
        outer = division.full_name.removesuffix(inner)
        city = re.sub(r"^.*?(省|自治区|(?<=市)(?=.))", "", outer) or outer
        return (outer if kind < 0.65 else city) + inner

    def short_division(self) -> str:
        """A division without its kind: 槐荫, 三江."""
        for _ in range(20):
            division = self.random.choice(self._counties)
            if division.short:
                return division.short
        return next(division.short for division in self._counties if division.short)

    def village(self) -> str:
        """A village or community: 南邱村, 澄波社区."""
        body = "".join(self.part("village_char") for _ in range(self.random.choice((1, 2, 2, 3))))
        return body + self.part("village")

    def town(self) -> str:
        """A town, street office or village, seldom with the division it lies in."""
        kind = self.random.random()
        if kind < 0.4:
            return self.one(self._towns)
        if kind < 0.75:
            return self.village()
        if kind < 0.9:
            return self.one(self._towns) + self.village()
        return self.random.choice(self._counties).name + self.one(self._towns)

    def place(self) -> str:
        """A road, park, river, station."""
        kind = self.random.random()
        if kind < 0.15:
            return self.one(self._places)
        if kind < 0.3:
            return self.short_division() + self.part("scenic")
        body = self._syllables("village_char" if self.chance(0.6) else "given", (1, 2, 2, 3))
        return body + self.part("road" if kind < 0.65 else "scenic")

    def zone(self) -> str:
        """A development zone."""
        kind = self.random.random()
        head = self.division() if kind < 0.6 else self._syllables("brand", (2, 2, 3)) if kind < 0.85 else ""
        middle = self.part("industry") if self.chance(0.3) else ""
        return (head or self.short_division()) + middle + self.part("zone")

    def brand(self) -> str:
        """The own part of a firm's name: 鑫达, 海康."""
        return self.part("brand2") if self.chance(0.4) else self._syllables("brand", (2, 2, 2, 3))

    def company(self) -> str:
        """A firm with its full name."""
        kind = self.random.random()
        seat = self.short_division() if kind < 0.5 else self.division() if kind < 0.65 else ""
        if self.chance(0.1):
            seat = f"（{seat}）" if seat else ""
            return self.brand() + seat + self.part("industry") + "有限公司"
        return seat + self.brand() + (self.part("industry") if self.chance(0.85) else "") + self.part("company_tail")

    def short_company(self) -> str:
        """A firm as papers shorten it: 海康威视, 金鼎电子, 力诺集团."""
        kind = self.random.random()
        if kind < 0.2:
            return self.part("brand2")
        if kind < 0.25:
            return self.brand() + self._syllables("brand", (2,))
        return self.brand() + self.part("short_tail" if kind < 0.7 else "industry")

    def office(self) -> str:
        """An office of the state or the party."""
        kind = self.random.random()
        head = self.division() if kind < 0.8 else self.one(("市", "区", "县", "省")) if kind < 0.95 else self.town()
        office = self.part("office")
        if office[:2] in ("区委", "县委", "市委"):
            return self.short_division() + office
        if office[0] == "委":
            return self.random.choice([d for d in self._counties if d.name[-1] in "市区县"]).name + office
        return head + office + (self.part("sub_office") if self.chance(0.08) else "")

    def school_or_hospital(self) -> str:
        """A school or hospital."""
        head = self.division() if self.chance(0.4) else self.short_division()
        return head + self.part("school" if self.chance(0.6) else "hospital")

    def association(self) -> str:
        """An association, a museum, a troupe."""
        return (self.division() if self.chance(0.8) else "") + self.part("association")

    def bank(self) -> str:
        """A bank or a branch of one."""
        kind = self.random.random()
        if kind < 0.3:
            return self.part("national_bank")
        if kind < 0.6:
            return self.part("national_bank") + self.division() + self.one(("支行", "分行", "中心支行"))
        return self.short_division() + self.part("bank")

    def date(self) -> str:
        """A day: 3月12日."""
        return f"{self.random.randint(1, 12)}月{self.random.randint(1, 28)}日"

    def slogan(self) -> str:
        """Four letters that name nothing, as slogans have them: 提质增效, 智慧共创."""
        kind = self.random.random()
        if kind < 0.35:
            return self.part("adjective")[:2] + self.part("verb")
        if kind < 0.6:
            return self.part("verb") + self.part("noun")[:2]
        if kind < 0.75:
            return self.part("noun")[:2] + self.part("verb")
        return "".join(self.one((self.part("brand"), self.part("given"), self.part("noun")[0])) for _ in range(4))

    def _syllables(self, kind: str, lengths: Sequence[int]) -> str:
        return "".join(self.part(kind) for _ in range(self.random.choice(lengths)))

    def sentence(self, pattern: str) -> Sentence:
        """Fills the slots of a pattern."""
        text, spans = "", []  # type: str, list[Span]
        for n, piece in enumerate(_SLOT.split(pattern)):
            if n % 2 == 0:
                text += piece
                continue
            kind, colon, parts = piece.partition(":")
            made = "".join(self.makers[p]() if p in self.makers else p for p in (parts if colon else kind).split("+"))
            if self.chance(0.02) and _TYPES.get(kind) == "PER" and len(made) == 2:
                made = f"{made[0]} {made[1]}"
            if colon or kind in _TYPES:
                spans.append(Span(len(text), len(text) + len(made), kind if colon else _TYPES[kind]))
            text += made
        return text, tuple(spans)

    def substitute(self, sentence: Sentence) -> Sentence:
        """Puts names of the present in the place of those of a corpus sentence."""
        old, spans = sentence
        text, out, at = "", [], 0  # type: str, list[Span], int
        for span in spans:
            text += old[at : span.start]
            name = self._another(old[span.start : span.end], span.type)
            out.append(Span(len(text), len(text) + len(name), span.type))
            text += name
            at = span.end
        return text + old[at:], tuple(out)

    def _another(self, name: str, kind: str) -> str:
        if kind == "PER":
            return self.person() if _HAN_NAME.fullmatch(name) else name
        if kind == "LOC":
            if name[-1] in "省市县区州" and len(name) > 2:
                return self.division()
            if name[-1] in "村镇乡" and len(name) > 2:
                return self.town()
            return self.place() if len(name) > 3 and self.chance(0.5) else name
        return self._another_organisation(name)

    def _another_organisation(self, name: str) -> str:
        if re.search(r"(公司|集团|厂)$", name):
            return self.company()
        if len(name) > 3 and re.search(r"(大学|学院|中学|小学|医院|学校)$", name):
            return self.school_or_hospital()
        if len(name) > 3 and re.search(r"[局委厅院]$", name):
            return self.office()
        return self.short_company() if re.fullmatch(r"[\u4e00-\u9fff]{2}(集团|股份|科技)", name) else name


def made_up_sentences(number: int, seed: int = 1) -> list[Sentence]:
    """Makes sentences from the patterns of `tagger_patterns.txt`, each pattern equally often.

    Args:
        number: How many sentences.
        seed: Another seed makes other names.

    Returns:
        Texts with the names in them.
    """
    maker = NameMaker(seed)
    patterns = read_words("tagger_patterns")
    return [maker.sentence(patterns[n % len(patterns)]) for n in range(number)]
