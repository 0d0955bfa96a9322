"""Nasty shapes of text, each of any length: what breaks a pattern or a loop that looks twice at what it has seen.

Each is made of its own; none is a newspaper's. `python -m tests.bench.fuzz --shapes` measures the stages on them.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle, islice

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "建国明伟芳娜敏静丽强磊军洋勇艳杰娟涛超秀霞平刚桂英"


def _repeated(piece: str) -> Callable[[int], str]:
    return lambda length: (piece * (length // len(piece) + 1))[:length]


def _names(length: int, between: str, per_line: int = 0) -> str:
    """A roll of names that differ, on one line or a few on each."""
    pieces: list[str] = []
    size = number = 0
    while size < length:
        name = _SURNAMES[number % 20] + _GIVEN[number // 20 % 25] + _GIVEN[number // 500 % 25]
        end = "\n" if per_line and number % per_line == per_line - 1 else between
        pieces.append(name + end)
        size += len(name) + len(end)
        number += 1
    return "".join(pieces)[:length]


def _nested(length: int, left: str, right: str) -> str:
    return left * (length // 2) + right * (length - length // 2)


def _mixed(length: int, pieces: str) -> str:
    return "".join(islice(cycle(pieces), length))


SHAPES: dict[str, Callable[[int], str]] = {
    "one character": _repeated("区"),
    "one letter": _repeated("a"),
    "one word": _repeated("济南市"),
    "one word a line": _repeated("槐荫区\n"),
    "one name": _repeated("王建国"),
    "one institution": _repeated("济南市发展和改革委员会"),
    "one office": _repeated("市委书记"),
    "one verb": _repeated("完成"),
    "names in a list": lambda n: _names(n, "、"),
    "three names in a list": _repeated("王建国、李明、张伟、"),
    "names with blanks": lambda n: _names(n, " "),
    "a roll of names": lambda n: _names(n, "  ", per_line=6),
    "a name a line": lambda n: _names(n, "\n", per_line=1),
    "places in a list": _repeated("济南市、青岛市、淄博市、槐荫区、"),
    "figures in a list": _repeated("1.5亿元、16.6%、3万人、"),
    "things in a list": _repeated("工业、农业、商业、旅游、"),
    "one digit": _repeated("1"),
    "full-width digits": _repeated("８"),
    "Chinese digits": _repeated("二"),
    "magnitudes": _repeated("万亿"),
    "a number a line": _repeated("45.3\n"),
    "dots and digits": _repeated("1."),
    "commas and digits": _repeated("1,000,"),
    "ranges": _repeated("3-5"),
    "per cent": _repeated("16.6%"),
    "fractions": _repeated("三分之一"),
    "years": _repeated("2023年"),
    "days": _repeated("4月24日"),
    "periods": _repeated("今年一季度"),
    "growth in one sentence": _repeated("全区工业总产值同比增长16.6%，"),
    "growth in sentences": _repeated("全区工业总产值45.3亿元，同比增长16.6%。"),
    "growth a line": _repeated("全区工业总产值45.3亿元，同比增长16.6%。\n"),
    "respectively": _repeated("分别增长1.2%、3.4%、"),
    "left brackets": _repeated("（"),
    "right brackets": _repeated("）"),
    "nested brackets": lambda n: _nested(n, "（", "）"),
    "brackets in pairs": _repeated("（）"),
    "bracketed words": _repeated("（记者 王建国）"),
    "left quotes": _repeated("“"),
    "right quotes": _repeated("”"),
    "quoted words": _repeated("“一网通办”"),
    "straight quotes": _repeated('"'),
    "nested book titles": lambda n: _nested(n, "《", "》"),
    "full stops": _repeated("。"),
    "commas": _repeated("，"),
    "dashes": _repeated("—"),
    "dots": _repeated("·"),
    "blanks": lambda n: "济南" + " " * (n - 4) + "日报",
    "wide blanks": _repeated("济\u3000"),
    "tabs": _repeated("济\t南\t"),
    "line breaks": lambda n: "济南" + "\n" * (n - 4) + "日报",
    "a character a line": _repeated("济\n"),
    "carriage returns": _repeated("济\r"),
    "form feeds": lambda n: "济南" + "\f" * (n - 4) + "日报",
    "a character a sheet": _repeated("济\f"),
    "a line a sheet": _repeated("全区工业总产值45.3亿元，同比增长16.6%。\f"),
    "bylines": _repeated("本报记者 王建国\n"),
    "datelines": _repeated("本报讯 （记者 王建国）济南日前完成。\n"),
    "headlines": _repeated("济南经济一季度开门红\n"),
    "columns of 20": _repeated("全区深入推进重点项目建设加快产业转型\n"),
    "two columns": _repeated("全区深入推进重点项目        建设加快产业转型升级\n"),
    "continued": _repeated("（下转第二版）\n"),
    "combining marks": _repeated("\u0301"),
    "wide characters": _repeated("\U00020000"),
    "right to left": _repeated("\u202e济"),
    "escapes": _repeated("济\x1b[31m南济南"),
    "a bit of all": lambda n: _mixed(n, "济南1（“，。、\n王建国%增长"),
}  # fmt: skip
"""Name of the shape to what makes it of so many characters."""
