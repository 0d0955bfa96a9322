"""Who wrote it and from where: bylines, credits in brackets and datelines, as the Chinese press prints them.

What belongs here: recognising these forms in one line or paragraph and reading the names out of them.
What does not: whose byline it is (`articles`), and names in running text (`tasks.extraction.names`).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from tasks.lexicon import read_table, read_words
from tasks.lexicon.grammar import pattern, words
from tasks.reading.segmenter import plain_segmenter
from tasks.reading.surnames import surnames, two_names

_HAN = r"[\u3400-\u9fff\U00020000-\U0003134f〇]"
_WORD = re.compile(r"[^\s/／|｜、，,：:;；•]+")
_NAME = re.compile(rf"{_HAN}{{1,8}}(?:[·•‧・]{_HAN}{{1,8}}){{1,3}}|{_HAN}{{2,4}}")
_LONG_NAME = re.compile(rf"{_HAN}{{5,6}}")
_SPACED_NAME = re.compile(rf"{_HAN}(?: {_HAN}){{1,3}}")
_ROLE_HINT = pattern("repair.has_a_role")
_NO_NAME = pattern("repair.no_name_in_a_credit")
_SENTENCE = pattern("repair.no_byline")
_CREDIT_AT_END = re.compile(r"[（(]([^（()）]{2,60})[)）]\s*$")
_ABOUT_AUTHOR = pattern("repair.about_the_author")
_STORY_CREDIT = re.compile(r"^[\s]*[（(]([^（()）]{2,60})[)）]")
_NAMED_AFTER = pattern("repair.reporter_after_a_dateline")
_BESIDE_NAME = pattern("repair.beside_a_name")
_REPORTED_BY = pattern("repair.reported_by")
_OWN_ROLES, _AUTHOR = words("own_role"), words("author_first")
_CLOSING, _LAST = words("byline_closing"), (*words("byline_last"), "）", ")")
_GLUED, _AFTER_A_FULL_NAME = words("glued_to_a_name"), words("after_a_full_name")


@cache
def _words(kind: str) -> tuple[str, ...]:
    found = (row["word"] for row in read_table("bylines") if row["kind"] == kind)
    return tuple(sorted(found, key=len, reverse=True))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Makes the patterns of marks, roles (with the paper's name before them), tails and datelines."""
    outlet = _words("outlet")
    return (
        pattern("repair.byline_mark", mark=_words("mark")),
        pattern("repair.byline_role", role=_words("role"), outlet=outlet),
        pattern("repair.byline_tail", tail=_words("tail")),
        pattern("repair.dateline", outlet=outlet),
    )


def find_dateline(text: str) -> str | None:
    """Reads the dateline (电头) at the head of a paragraph.

    >>> find_dateline("本报济南讯 近日，济南市统计局公布数据。")
    '本报济南讯'
    >>> find_dateline("本报西宁1月19日讯 今天，西宁市通报了情况。")
    '本报西宁1月19日讯'
    """
    head = text[:32]
    if "讯" not in head and "电" not in head and "消息" not in head:
        return None
    match = _patterns()[3].match(text)
    return match[0].strip() if match else None


def squeeze_byline(text: str) -> str:
    """Gives a byline as printed, with words and names that were spaced out for effect closed up.

    >>> squeeze_byline("□记 者 王 健  通讯员 韩宏伟 报道")
    '□记者 王健 通讯员 韩宏伟 报道'
    """
    squeezed = " ".join(text.split())
    if _SPACED_NAME.fullmatch(squeezed):
        return squeezed.replace(" ", "")
    words: list[str] = []
    spaced = 0  # letters of a name so far that stood apart
    for word in squeezed.split(" "):
        alone = len(word) == 1 and _is_han(word)
        if words and alone and (_spaced_head(words[-1]) or (spaced == 2 and word not in _words("tail"))):
            words[-1] += word
            spaced = 2 if _ends_in_surname(words[-1][:-1]) else 0
        else:
            words.append(word)
            spaced = 0
    return " ".join(words)


def _ends_in_surname(word: str) -> bool:
    """Tells whether a credit so far is a surname, alone or glued to its role: 王, 记者王."""
    core = word.lstrip("".join(_words("mark")))
    role = _patterns()[1].match(core)
    return _is_surname(core[role.end() if role else 0 :])


def _is_surname(word: str) -> bool:
    return word in surnames("1") or word in surnames("2")


def _spaced_head(word: str) -> bool:
    """Tells whether a word so far can go on with a single character: 记, 本报记, 王 (but not the full 记者)."""
    core = word.lstrip("".join(_words("mark")))
    if not core or not _is_han(core[-1]):
        return False
    roles = (*_OWN_ROLES, *_words("role"))
    starts_role = any(role.startswith(core) and role != core for role in roles)
    return starts_role or (len(core) == 1 and core not in _words("tail")) or _ends_in_surname(core)


def _is_han(text: str) -> bool:
    return re.fullmatch(f"{_HAN}+", text) is not None


@lru_cache(1 << 10)  # a page asks for each line several times
def is_byline(text: str) -> bool:
    """Tells whether a whole line is a byline.

    >>> [is_byline(line) for line in ("文/片 记者 杜春娜", "夏侯凤超 杜春娜 济南报道", "记者从会上获悉")]
    [True, True, False]
    """
    if len(text) > 70 or text[-1] in "：:" or not _may_be_byline(text) or _SENTENCE.search(text):
        return False
    if is_column_name(text):
        return False
    if find_dateline(text) is not None:
        return False  # 本报讯 记者王健 fills a narrow line, and the report goes on behind it
    mark, role, _tail, _ = _patterns()
    beside = _BESIDE_NAME.search(text)
    bare = squeeze_byline(_BESIDE_NAME.sub("", text))
    marked = mark.match(bare) is not None
    bare = mark.sub("", bare)
    credited = role.search(bare) is not None or (beside is not None and beside[0].startswith(_AUTHOR))
    if not (marked or credited or bare.endswith(_CLOSING)) or len(bare) < 2:
        return False
    names, foreign, tails = _read_credit(bare)
    if foreign:
        return False
    if credited:
        return bool(names) or role.fullmatch(bare) is not None
    return bool(names) and (tails > 0 or marked) and all(_name_like(name) for name in names)


def is_column_name(text: str) -> bool:
    """Tells whether a display line may be the name of a column: 重点项目追踪报道, 记者观察.

    >>> [is_column_name(text) for text in ("重点项目追踪报道", "本报记者一线观察", "机器人下井采煤")]
    [True, True, False]
    """
    return text.endswith(_column_words())


@cache
def _column_words() -> tuple[str, ...]:
    return tuple(read_words("column_names"))


def is_bare_names(text: str) -> bool:
    """Tells whether a line holds nothing but one to three persons' names of two or three characters.

    >>> [is_bare_names(line) for line in ("武俊平", "王 健", "安全", "于都长征")]
    [True, True, False, False]
    """
    names = squeeze_byline(text).split()
    first = surnames("1") | surnames("2") if _SPACED_NAME.fullmatch(" ".join(text.split())) else surnames("1")
    return 0 < len(names) < 4 and all(
        2 <= len(name) <= 3 and _is_han(name) and name[0] in first and not _is_word(name) for name in names
    )


def _is_word(name: str) -> bool:
    """Tells whether the dictionary knows what looks like a name as a word that is none."""
    return plain_segmenter().has_word(name) and not plain_segmenter().tag(name)[0][1].startswith("nr")


def _may_be_byline(text: str) -> bool:
    """Tells quickly whether a line has anything of a byline: a mark, a closing word or a role, perhaps spaced out."""
    if text[-1] in _LAST or not ("\u3400" <= text[0] <= "\u9fff"):
        return True
    return _ROLE_HINT.search(text) is not None


def _name_like(name: str) -> bool:
    return "·" in name or 2 <= len(name) <= 3 or name[:2] in surnames("3")


def byline_authors(text: str) -> list[str]:
    """Reads the names out of a byline or the inside of a credit, in their order.

    >>> byline_authors("□ 本 报 记 者  刘飞跃 本报通讯员 杨荣超 吴玮奇")
    ['刘飞跃', '杨荣超', '吴玮奇']
    >>> byline_authors("文/本报记者 沈佳宁 图/王一鸣")
    ['沈佳宁', '王一鸣']
    """
    mark = _patterns()[0]
    return _read_credit(mark.sub("", squeeze_byline(_BESIDE_NAME.sub("", text))))[0]


def _read_credit(text: str) -> tuple[list[str], list[str], int]:
    """Splits a credit into names, what is neither name nor credit word, and the number of closing words (报道, 摄)."""
    _, role, tail, _ = _patterns()
    names: list[str] = []
    foreign: list[str] = []
    tails = 0
    after_role = next_to_role = False
    for piece in _split_at_roles(text, role):
        if piece is None:
            after_role = next_to_role = True
            continue
        for found in _WORD.finditer(piece):
            word, at = found[0], found.start()
            listed = at > 0 and piece[at - 1] == "、"  # 甲、乙报道: 乙 is no place
            if word in _words("tail") or (tail.match(word) and not next_to_role and not listed):
                tails += 1
            elif persons := _names_in(word, after_role):
                names += persons
                next_to_role = False
            else:
                foreign.append(word)
    return list(dict.fromkeys(names)), foreign, tails


def _split_at_roles(text: str, role: re.Pattern[str]) -> list[str | None]:
    """Cuts a credit at its role words; None stands for a role."""
    pieces: list[str | None] = []
    at = 0
    for match in role.finditer(text):
        pieces += [text[at : match.start()], None]
        at = match.end()
    pieces.append(text[at:])
    return pieces


def _names_in(word: str, after_role: bool) -> list[str]:
    """Reads the name or two of one unspaced word of a credit, without a closing word glued to it (关惠敏报道)."""
    if after_role:
        for ending in _GLUED:
            length = len(word) - len(ending)
            lengths = (3,) if ending in _AFTER_A_FULL_NAME else (2, 3, 4)
            if word.endswith(ending) and (length in lengths or "·" in word):
                word = word[: -len(ending)]
                break
    if _NO_NAME.search(word):
        return []
    if len(both := two_names(word)) == 2:
        return both
    if _NAME.fullmatch(word):
        unsure = len(word) == 4 and "·" not in word and not after_role and word[:2] not in surnames("3")
        return [] if unsure else [word]
    return [word] if after_role and _LONG_NAME.fullmatch(word) else []


def credit_at_end(text: str) -> list[str] | None:
    """Reads the credit in brackets that closes an article's last paragraph.

    Returns:
        Its names (none for a bare （通讯员）); None where the paragraph ends without a credit.

    >>> credit_at_end("为我区高质量转型发展注入动力。 （艾传军）")
    ['艾传军']
    >>> credit_at_end("该园区位于城北（原化工厂）") is None
    True
    """
    match = _CREDIT_AT_END.search(text[-64:])
    if match is None or text[-64:][: match.start()].rstrip()[-1:] not in "。！？”’…":
        return None
    if _ABOUT_AUTHOR.match(match[1]):
        return []
    names, foreign, _ = _read_credit(squeeze_byline(match[1]))
    credited = _patterns()[1].search(match[1]) is not None
    if foreign or not (names or credited) or not (credited or all(_name_like(name) for name in names)):
        return None
    return names


def credit_after_dateline(text: str, dateline: str) -> list[str]:
    """Reads the reporters named right after the dateline: 本报讯（记者 甲）, 本报讯（甲 乙）, 本报讯 记者甲报道：.

    Args:
        text: The paragraph.
        dateline: Its dateline, as `find_dateline` gives it; empty where there is none.
    """
    rest = text[len(dateline) :]
    match = _STORY_CREDIT.match(rest) or _REPORTED_BY.match(rest) or (_NAMED_AFTER.match(rest) if dateline else None)
    if match is None:
        return []
    names, foreign, _ = _read_credit(squeeze_byline(match[1]))
    bare = dateline and all(map(_has_surname, names)) and not all(map(_is_word, names))
    return names if not foreign and (bare or _patterns()[1].search(match[1])) else []


def _has_surname(name: str) -> bool:
    """Tells whether a name of two or three characters begins with a surname."""
    return 2 <= len(name) <= 3 and _is_surname(name[0])


def is_lone_credit(text: str) -> bool:
    """Tells whether a line holds nothing but a credit in brackets.

    >>> [is_lone_credit(line) for line in ("（本报记者 周敏）", "（原化工厂）", "（一）种子")]
    [True, False, False]
    """
    return text[0] in "（(" and text[-1] in "）)" and len(text) < 64 and bool(credit_at_end(f"。{text}"))
