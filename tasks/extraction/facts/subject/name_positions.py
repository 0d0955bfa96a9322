"""How a name stands in its clause: at its head, after 在 or 据, as a verb's object, introduced by a title.

What belongs here: reading the words that lead to a name.
What does not: what follows from them for the subject.
"""

from __future__ import annotations

import re

from tasks.extraction.facts.clause.tokens import read_words_of
from tasks.extraction.facts.clause.triggers import trigger_kinds

_LEADS = (
    ("source", ("据", "记者从", "根据", "按照", "依据")),
    ("in", ("在", "位于", "来到", "走进", "走进了", "经")),
    (
        "of",
        (
            "占",
            "居",
            "到",
            "来自",
            "比",
            "对",
            "与",
            "向",
            "把",
            "列",
            "高于",
            "低于",
            "至",
            "给",
            "以",
            "由",
            "留在",
            "落户",
            "于",
            "从",
            "往",
            "为",
            "让",
            "使",
            "同",
            "跟",
            "将",
            "全",
            "达到",
            "成为",
            "是",
            "称",
            "叫",
            "进",
            "回",
            "赴",
            "去",
        ),
    ),
    ("list", ("、", "和", "及", "与")),
    ("de", ("的",)),
)
LIGHT_LEAD = re.compile(
    r"(?:其中|同时|此外|目前|近日|日前|另外|而|但|不过|如今|眼下|当前|当天|本报|讯|仅|光|只有|今年以来|近年来|截至目前|刚刚过去的|记者|\s|[“《]|[\d年月日时上下半前后末底至初—\-～起以来第〇零○一二三四五六七八九十季度今去明当截到内间期]|早|晚|午|许|“?十[三四五]五”?)*"
)
"""Words at a clause's head that leave what follows at its head: times, 其中, 本报讯."""


def lead_of(lead: str) -> str:
    """Says how a name is led to in its clause."""
    lead = lead.rstrip("“《")
    found = LIGHT_LEAD.match(lead)
    rest = lead[found.end() :] if found else lead
    if not rest:
        return "of" if lead.endswith(("到", "至")) else "head"
    for name, marks in _LEADS:
        if rest.endswith(marks):
            return name
    return _by_last_word(rest)


def _by_last_word(rest: str) -> str:
    """A name after a verb is its object; after a noun (民宿老板葛翠莲) it is introduced by it."""
    words = read_words_of(rest[-16:], ())
    last = words[-1]
    if "do" in trigger_kinds().get(last.text, ()):
        return "verb"
    if len(words) <= 4 and words[0].tag == "v" and all(w.tag[0] in "nbj" for w in words[1:]) and words[1:]:
        return "other"  # 退休|语文教师
    if last.tag[0] not in "nbja" and last.tag not in ("vn", "an"):
        return "verb" if last.tag[0] in "vpudcmq" else "other"
    for word in reversed(words):
        if word.text == "的":
            break
        if word.tag == "v" or "do" in trigger_kinds().get(word.text, ()):
            return "verb"
    return "other"
