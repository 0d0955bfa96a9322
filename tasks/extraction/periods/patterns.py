"""The shapes of time expressions in newspaper Chinese.

What belongs here: patterns. What does not: what they mean (`resolve`).

The scanner has three doors, so that a text is read once and quickly: an expression begins with a numeral,
with a relative year (去年…), or with another word. Behind each door stand the shapes that can begin so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from tasks.lexicon import read_table

_CN = "〇零○OＯ一二两三四五六七八九十"
BARE_YEAR = r"(?:1[5-9]|20)\d\d|[一二][〇零○OＯ一二三四五六七八九]{3}"
_YEAR_OF_FOUR = (
    rf"(?:{BARE_YEAR}"
    r"|[二两]千[〇零○]?[〇零一二三四五六七八九十]{1,3})[ ]?年度?"
)
_YEAR_OF_TWO = (
    r"(?:(?:0\d|1\d|2\d|[89]\d)年(?=[上下]半年|[一二三四1-4]季度|全年|(?:1[0-2]|[1-9])月|十?[一二三四五六七八九十]月|[底末初](?!级))"
    r"|(?:0\d|(?<![^，。；：、（\n ])[89][1-9])年(?![来间内前后里多以的老历度级龄之]))"
)
PRINTED_YEAR = rf"(?:{_YEAR_OF_FOUR}|{_YEAR_OF_TWO})"
RELATIVE_YEAR = r"(?:[今去前明来后同翌次]年|(?:上一?|本)年度?|当年)"
YEAR = rf"(?:{PRINTED_YEAR}|{RELATIVE_YEAR})"
N12 = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
N31 = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
SMALL = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
DASH = r"[ ]?(?:-{1,2}|~|至|到)[ ]?"
DAY = rf"{N31}[ ]?[日号](?![线楼院文令店台井岛门车])"
QUARTER = (
    r"(?:(?:第?[一二三四1-4]|第[ ]?[1-4][ ]?|首|头|前[一二三四两1-4]|上|下|本"
    r"|[一1][至\-~到][二三四2-4]|[二三2-3][、至\-~到][三四3-4])"
    r"个?季度)"
)
_RELATIVE_QUARTER = r"(?:(?:上上|上|下|本)一?个?|前一个?)季度"
PART = (
    rf"(?:{_RELATIVE_QUARTER}|[一二三1-3](?:、[二三四2-4])+个?季度|{QUARTER}|[上下前后]半年|(?:[前头后首]|最后){SMALL}个月"
    rf"|最后一个季度|[前头](?:1[0-2]|[2-9]|十[一二]?|[二三四五六七八九])月(?![份底初中末\d])|首季|全年)"
)
THIRD = r"(?:上旬|中旬|下旬)"
OF_DAY = (
    r"(?:一大早|大清早|上午|下午|中午|凌晨|清晨|早晨|早上|傍晚|晚上|夜里|晚间|深夜|当晚|晚"
    r"|\d{1,2}[时点](?:\d{1,2}分|半)?许?)*"
)
_SEASON = r"(?:[春夏秋冬](?:季(?!度)|天|(?![粮收种播耕运节茶捕管训装游油麦灌季天]))|寒假|暑假|开春|入[春夏秋冬]|汛期)?"
_MIDDLE = r"中期?(?=[，。、；：的）]|以来|$)"
"""年中 and 月中 as words of their own: 9月中国… is no middle of September."""

_SPELL = r"(?:年|个月|个多月|天|周|个季度)"

BEFORE = re.compile(
    r"(?:(?P<until>截[至止]到?|(?<![达来得提降升回见受遇感听看找拿收增跌扩减用复长加少高大小短缩落展])到|力争在|迟至|止于)|(?P<since>自从?|从|早在)"
    r"|(?P<compare>[比较与同和跟]|相比于?|高于|低于|超过|优于|多于|少于|相较于?))[的 ]?$"
)
AFTER = re.compile(
    r"(?:(?P<since>以来|至今(?!年)|(?<=[年月日季])来(?![自到源历])|起(?![来步点码草])|开始(?!的)|[^，。；、\d]{1,6}以来)"
    r"|(?P<until>之前|以前|前(?![往后沿列景期来不瞻\d一二两三四五六七八九十几半])|底前|末前|为止|止)|(?P<after>之后|以后|后(?![半续来期勤者年面台])))"
)


_FIRST_DAYS = rf"(?:当[天日]|首日|前{SMALL}[天日])?"
"""What of a holiday is meant: 元旦当天, 假期前4天."""

_MONTH_WORD = r"(?:本|上个?|下个?|当|这个)月"


def _any_of(words: Iterable[str]) -> str:
    """Gives a pattern for any of the words, the longest first, grouped by first character for speed."""
    rests: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        rests.setdefault(word[0], []).append(word[1:])
    return "|".join(re.escape(first) + f"(?:{'|'.join(map(re.escape, rest))})" for first, rest in rests.items())


def _lexicon(table: str, column: str) -> str:
    return _any_of(row[column] for row in read_table(table))


def _dated(door: str, year: str) -> str:
    """Gives the shapes that may begin with a year of the given kind, or without one where `year` is optional."""
    day = rf"{N31}[ ]?[日号]"
    return rf"""
        (?P<days_{door}>{year}[ ]?{N12}[ ]?月[ ]?{N31}[ ]?[日号]?{OF_DAY}
            (?:[^，。；、！？\d年月日]{{0,6}}(?:至|到)|{DASH})(?:{YEAR})?(?:{N12}[ ]?月)?[ ]?{day})
        |(?P<months_{door}>{year}[ ]?{N12}(?:[ ]?月份?)?{DASH}(?:{YEAR})?{N12}[ ]?月份?(?!\d))
        |(?P<date_{door}>{year}[ ]?{N12}[ ]?月[ ]?{DAY}{OF_DAY})
        |(?P<same_{door}>{year}(?:一季度|上半年|前三季度)?的?(?:同期|同月|同季|同一时期|同一?季度)(?![声录]))
        |(?P<part_{door}>{year}[ ]?{PART}[末底初]?)
        |(?P<month_{door}>{year}[ ]?{N12}[ ]?月份?(?:{THIRD}|月?[底末初]|{_MIDDLE})?(?![饼球色光子牙亮季经]))
    """


def _festival() -> str:
    return (
        rf"[“\"]?(?:{_lexicon('festivals', 'name')})[”\"]?(?:小长假|长假|黄金周|假期|假日|节日|期间|节)?"
        rf"(?:{SMALL}天)?(?:假期|小长假|长假|期间)?{_FIRST_DAYS}"
    )


def _numeral_door() -> str:
    plan = (
        r"(?:一?十)?[一二三四五六七八九]五(?:[”\"」](?:规划|计划)?)?(?:时期|期间|期末|末期?|初期|期内|收官|以来|开局)"
    )
    return rf"""
        (?P<digits_a>(?:19|20)\d\d(?P<sep>[-./])(?:1[0-2]|0?[1-9])(?P=sep)(?:3[01]|[12]\d|0?[1-9])(?![\d.]))
        |(?P<months_d>(?:19|20)\d\d[./](?:1[0-2]|0?[1-9])月?{DASH}(?:1[0-2]|0?[1-9])月份?)
        |(?P<fiscal_a>(?:19|20)\d\d(?:{DASH}|/)(?:(?:19|20)?\d\d)(?:财政|財政)?(?:年度|财年|財年))
        |(?P<code_a>(?:{PRINTED_YEAR}|(?:19|20)\d\d)[ ]?(?:[QH][1-4]|[1-4][QH])(?![A-Za-z\d]))
        |(?P<quarter_a>{PRINTED_YEAR}的?[ ]?第[ ]?[一二三四1-4][ ]?季(?!度))
        |(?P<years_a>(?:{PRINTED_YEAR}|{BARE_YEAR}){DASH}{YEAR}(?!代))
        |{_dated("a", rf"(?:{PRINTED_YEAR}的?)?")}
        |(?P<festival_a>{PRINTED_YEAR}的?{_festival()})
        |(?P<edge_a>{PRINTED_YEAR}(?:年[底末内终]|[底末初]|{_MIDDLE})(?!级))
        |(?P<decade_a>\d\d世纪(?:[\d一二三四五六七八九]{{1,2}}0?十?年代)?(?:初|末|中期)?)
        |(?P<year_a>{PRINTED_YEAR}{_SEASON}(?![级代轻货薪]))
        |(?P<plan_a>{plan})
        |(?P<length_a>{SMALL}[多余]?{_SPELL}(?:以来|来|间|内|里|时间|下来|过去|之内|之间|前|后))
        |(?P<run_a>(?<!月)\d{{1,2}}[ ]?日{DASH}\d{{1,2}}[ ]?日(?![均内间常]))
        |(?P<day_a>(?<!月)\d{{1,2}}[ ]?日(?![均报游元产内间夜常照志子]){OF_DAY})
        |(?P<span_a>(?<![第前])(?:\d{{1,2}}|[两三四五六七八九十]{{1,2}})天(?![然津下使气生堂]))
    """


def _relative_year_door() -> str:
    return rf"""
        (?P<code_b>{RELATIVE_YEAR}[ ]?(?:[QH][1-4]|[1-4][QH])(?![A-Za-z\d]))
        |(?P<quarter_b>{RELATIVE_YEAR}的?第[一二三四1-4]季(?!度))
        |(?P<years_b>{RELATIVE_YEAR}{DASH}{YEAR}(?!代))
        |{_dated("b", rf"{RELATIVE_YEAR}的?")}
        |(?P<edge_b>{RELATIVE_YEAR}(?:年[底末内终]|[底末初]|{_MIDDLE})(?!级))
        |(?P<festival_b>{RELATIVE_YEAR}的?{_festival()})
        |(?P<year_b>{RELATIVE_YEAR}{_SEASON}(?![级代轻货薪]))
    """


def _word_door() -> str:
    plan = (
        r"[“\"「](?:一?十)?[一二三四五六七八九]五[”\"」](?:规划|计划)?"
        r"(?:时期|期间|期末|末期?|初期|初|期内|收官|以来|开局)?"
    )
    return rf"""
        (?P<roc_c>(?:民国|民國)[元\d〇零○一二三四五六七八九十百]{{1,5}}年度?(?:{N12}月|第?[一二三四1-4]季度?)?)
        |(?P<part_c>{PART}[末底初]?)
        |(?P<reldays_c>{_MONTH_WORD}{N31}[日号]?{DASH}(?:{_MONTH_WORD})?{N31}[日号]|{_MONTH_WORD}{N31}[日号])
        |(?P<edge_c>(?<![\d{_CN}几多数])(?:年[底末初中内终]|岁[末尾])|月[底末初中])
        |(?P<same_c>同期(?![声录])|同一时期|同一?季度)
        |(?P<plan_c>{plan})
        |(?P<decade_c>上个?世纪(?:[\d一二三四五六七八九]{{1,2}}0?十?年代)?(?:初|末|中期)?)
        |(?P<length_c>(?:近|(?:在)?过去|最近|未来|今后|此后|连续|这|前后?|后|历时)的?{SMALL}[多余几]?{_SPELL}(?:来|间|内|里|时间|以来)?
            |(?:近|最近){SMALL}月(?![份底末初中\d日]))
        |(?P<lunar_c>大年初{N31}(?:至|到)(?:大年|正月)?初{N31}|(?:农历|阴历)?(?:正月|腊月|冬月)(?:初?{N31})?|农历{N12}月(?:初?{N31})?|大年初[一二三四五六七八])
        |(?P<festival_c>{_festival()})
        |(?P<today_c>当[日天晚月]|同一?[日天月](?!期)|当季|[次翌首]日)
        |(?P<holiday_c>(?:假期|节日期间|节假日期间|长假期间|小长假){_FIRST_DAYS})
        |(?P<word_c>{_lexicon("period_words", "word")})
    """


def _word_starts() -> str:
    """Gives the characters with which expressions begin that are neither numerals nor relative years."""
    tables = (("period_words", "word"), ("festivals", "name"))
    words = {row[column][0] for table, column in tables for row in read_table(table)}
    return (
        "".join(sorted(words - set(_CN + "6")))
        + '上下前后头首本全年岁月同“"「近过在最未今此连这历农阴正腊冬大当次翌假节长小民最'
    )


@cache
def scanner() -> re.Pattern[str]:
    """Gives the pattern that finds time expressions; `lastgroup` says of which shape, then by which door."""
    units = r"[年月日号天周季个至到~\-世五、多余./千QH]"
    holiday = r"(?:[五六七八十]一|五四|三八|6·18)(?:小长假|长假|黄金周|假期|假日|期间|[节”\"]|当[天日])"
    return re.compile(
        rf"""
        (?<![\d.百千万亿])(?=(?:\d{{1,4}}|[{_CN}]{{1,4}})[ ]?{units})(?:{_numeral_door()})
        |(?P<festival_n>{holiday}(?:{SMALL}天)?(?:假期|小长假|长假|期间)?)
        |(?=[今去前明来后同翌次上本当]一?年)(?:{_relative_year_door()})
        |(?P<part_n>第[一二三四1-4]季度[末底初]?)
        |(?P<quarter_n>第[一二三四1-4]季(?![节风刊]))
        |(?P<plan_n>第[一二三四五六七八九十]{{1,3}}个五年计划的?(?:时期|期间|期内|期末|末期|初期))
        |(?=[{re.escape(_word_starts())}])(?:{_word_door()})
        |(?P<code_n>(?<![^，。；：、（\n ])(?:[QH][1-4]|[1-4][QH])(?=[，、]|[^A-Za-z\d型款系]))
        """,
        re.VERBOSE,
    )
