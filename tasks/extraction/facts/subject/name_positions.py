"""How a name stands in its clause: at its head, after 在 or 据, as a verb's object, introduced by a title.

What belongs here: reading the words that lead to a name.
What does not: what follows from them for the subject.
"""

from __future__ import annotations

from tasks.extraction.facts.clause.tokens import read_words_of
from tasks.extraction.facts.clause.triggers import trigger_kinds
from tasks.lexicon.grammar import pattern, words

_LEADS = (
    ("source", words("leads_from_a_source")),
    ("in", words("leads_into_a_place")),
    ("of", words("leads_to_an_object")),
    ("list", words("joiner")),
    ("de", ("的",)),
)
LIGHT_LEAD = pattern("subject.leaves_at_the_head")
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
