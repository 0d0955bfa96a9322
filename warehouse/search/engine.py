"""jieba's engine: rjieba, and where there is no rjieba for a machine, jieba itself with the same words and kinds.

What belongs here: which of the two cuts, and the rules by which jieba cuts as rjieba does. What does not: words of our
own, terms of the index. rjieba is jieba in Rust with jieba's own dictionary, word for word; it reads what jieba's
dictionary lacks a little otherwise (rare characters, A4-2B, the kind of an unknown word), and those rules stand here,
over the tables of the installed jieba. This is the lowest room that cuts words, so that reading and search share it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Protocol

RULES = "0.2.2"
"""The rjieba whose rules jieba follows here; a test holds the two together."""

_RARE = (
    "\u3400-\u4dbf\uf900-\ufaff\U00020000-\U0002a6df\U0002a700-\U0002b73f"
    "\U0002b740-\U0002b81f\U0002b820-\U0002ceaf\U0002ceb0-\U0002ebef\U0002f800-\U0002fa1f"
)
_CHINESE = re.compile(f"[\u4e00-\u9fff{_RARE}]")
_BLOCK = re.compile(f"([\u4e00-\u9fff{_RARE}A-Za-z0-9+#&._%-]+)")
_GUESSED = re.compile("([\u4e00-\u9fd5]+)")
"""The characters of which jieba knows how words begin and end."""
_LATIN = re.compile("([A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*%?)")
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
_LINE_END = re.compile("\r\n|.", re.DOTALL)

State = tuple[str, str]
"""Begin, middle, end of a word or a word by itself, with the word's kind."""


class Engine(Protocol):
    """What cuts Chinese into words."""

    def cut(self, text: str, hmm: bool = True) -> list[str]:
        """Cuts a text into words, all of its characters kept; with `hmm` unknown words are guessed."""

    def tag(self, text: str, hmm: bool = True) -> list[tuple[str, str]]:
        """Cuts a text into words, each with its kind in jieba's letters: n a noun, v a verb, nr a person."""

    def cut_for_search(self, text: str, hmm: bool = True) -> list[str]:
        """Cuts a text into words, and before each longer one the words of two and three characters in it."""

    def has_word(self, word: str) -> bool:
        """Says whether the dictionary holds a word."""

    def add_word(self, word: str, freq: int | None, tag: str | None) -> int:
        """Adds a word to the dictionary, and gives how often it is taken to occur; a known one keeps its kind."""


@cache
def _rjieba() -> Any:
    """Gives rjieba, which reads its dictionary when it is imported; None where a machine has no wheel of it."""
    try:
        import rjieba
    except ImportError:  # LoongArch, RISC-V, Windows on ARM
        return None
    return rjieba


def new_engine() -> Engine:
    """Gives an engine of its own, to which words may be added.

    >>> new_engine().cut("物流园区落成")
    ['物流园区', '落成']
    """
    engine: Engine = _rjieba().Jieba() if _rjieba() else JiebaItself()
    return engine


@cache
def plain_engine() -> Engine:
    """Gives the process's engine with nothing but jieba's own words; rjieba makes one when it is imported."""
    engine: Engine = _rjieba() or JiebaItself()
    return engine


def engine_rules() -> str:
    """Names the rules by which words are cut: rjieba's version, whichever of the two cuts."""
    try:
        return version("rjieba")
    except PackageNotFoundError:
        return RULES


class JiebaItself:
    """jieba's own tokenizer, where there is no rjieba: slower by a multiple, the same words and kinds."""

    def __init__(self) -> None:
        import jieba

        often, self._total, kinds = _dictionary()
        self._kinds = dict(kinds)
        self._jieba = jieba.Tokenizer()
        self._jieba.FREQ, self._jieba.total, self._jieba.initialized = dict(often), self._total, True

    def has_word(self, word: str) -> bool:
        """Says whether the dictionary holds a word."""
        return word in self._kinds

    def add_word(self, word: str, freq: int | None, tag: str | None) -> int:
        """Adds a word, and gives how often it is taken to occur; without `freq` often enough to stay whole."""
        if not word:
            return 0
        often = self._suggested(word) if freq is None else freq
        known = self._jieba.FREQ.get(word, 0)
        self._kinds.setdefault(word, tag or "")
        self._jieba.FREQ[word] = often
        self._jieba.total += often - known
        for end in range(1, len(word)):
            self._jieba.FREQ.setdefault(word[:end], 0)
        return often

    def cut(self, text: str, hmm: bool = True) -> list[str]:
        """Cuts a text into words, all of its characters kept."""
        words: list[str] = []
        for n, piece in enumerate(_BLOCK.split(text)):
            words += self._words(piece, hmm) if n % 2 else _LINE_END.findall(piece)
        return words

    def tag(self, text: str, hmm: bool = True) -> list[tuple[str, str]]:
        """Cuts a text into words with their kinds: the dictionary's, or one guessed from the word's characters."""
        kinds = self._kinds
        return [(word, kinds[word] if word in kinds else _guessed_kind(word)) for word in self.cut(text, hmm)]

    def cut_for_search(self, text: str, hmm: bool = True) -> list[str]:
        """Cuts a text into words, and before each longer one its parts that are words."""
        found: list[str] = []
        for word in self.cut(text, hmm):
            if "." in word or "_" in word or "-" in word:
                parts = re.split("[._-]", word)
                found += [part for part in parts if len(part.encode()) > 1 and re.search("[A-Za-z]", part)]
            for size in (2, 3):
                if len(word) > size:
                    grams = (word[at : at + size] for at in range(len(word) - size + 1))
                    found += [gram for gram in grams if gram in self._kinds]
            found.append(word)
        return found

    def _suggested(self, word: str) -> int:
        of_all = math.log(self._jieba.total) if self._jieba.total else -math.inf
        odds = 0.0
        for part in self.cut(word, False):
            odds = odds + math.log(self._jieba.FREQ.get(part) or 1) - of_all
        return max(int(math.exp(odds + of_all)) + 1, self._jieba.FREQ.get(word) or 1)

    def _words(self, block: str, hmm: bool) -> Iterator[str]:
        """Cuts a run of characters at jieba's best route; what it leaves single is joined, or guessed with `hmm`."""
        route: dict[int, tuple[float, int]] = {}
        self._jieba.calc(block, self._jieba.get_DAG(block), route)
        at = single = 0
        while at < len(block):
            end = route[at][1] + 1
            if end - at > 1 or not (hmm or block[at] in _LETTERS):
                yield from self._single(block[single:at], hmm)
                yield block[at:end]
                single = end
            at = end
        yield from self._single(block[single:], hmm)

    def _single(self, run: str, hmm: bool) -> Iterator[str]:
        if not hmm or len(run) < 2:
            yield from [run] if run else []
        elif run in self._kinds:
            yield from run
        else:
            for n, piece in enumerate(_GUESSED.split(run)):
                yield from _guessed_words(piece) if n % 2 else filter(None, _LATIN.split(piece))


@cache
def _dictionary() -> tuple[dict[str, int], int, dict[str, str]]:
    """Reads the installed jieba's dictionary: how often each word and each beginning of one occurs, and its kind."""
    import jieba

    with jieba.Tokenizer().get_dict_file() as lines:
        kinds = dict(line.decode().split(" ")[::2] for line in lines.read().splitlines())
    often, total = jieba.Tokenizer.gen_pfdict(jieba.Tokenizer().get_dict_file())
    return often, total, kinds


def _guessed_words(run: str) -> Iterator[str]:
    """Guesses the words of characters that make no known word, by how words begin and end."""
    from jieba import finalseg

    _, places = finalseg.viterbi(run, "BMES", finalseg.start_P, finalseg.trans_P, finalseg.emit_P)
    start = 0
    for end, place in enumerate(places, 1):
        if place in "ES":
            yield run[start:end]
            start = end
    if start < len(run):
        yield run[start:]


@cache
def _guessed_kind(word: str) -> str:
    """Guesses the kind of a word that the dictionary lacks: m a number, eng Latin, x a sign, else by its characters."""
    letters = [letter for letter in word if letter in _LETTERS]
    if letters:
        return "m" if all(letter.isdigit() for letter in letters) else "eng"
    if not _CHINESE.search(word):
        return "x"
    return _longest_kind(word, _path(word))


def _longest_kind(word: str, path: list[State]) -> str:
    """Gives the kind of the longest word, the last of equals, that a path of states finds in a word."""
    sized: list[tuple[int, int, str]] = []
    start = 0
    for end, (place, kind) in enumerate(path, 1):
        if place == "B":
            start = end - 1
        if place in "ES":
            begin = end - 1 if place == "S" else start
            sized.append((len(word[begin:end].encode()), end, kind))
    last = sized[-1][1] if sized else 0
    if last < len(word):
        sized.append((len(word[last:].encode()), len(word), "x"))
    return max(sized)[2]


def _path(word: str) -> list[State]:
    """Finds the likeliest states of a word's characters by jieba's tables; none where no path leads through them."""
    from jieba.posseg import start_P, trans_P

    live = {state: start_P[state] + odds for state, odds in _odds(word[0])}
    live = {state: odds for state, odds in live.items() if odds > _NEVER}
    back: list[dict[State, State]] = []
    for letter in word[1:]:
        before, live = live, {}
        back.append({})
        for state, odds in _odds(letter):
            ways = [
                (past + trans_P[came][state] + odds, came) for came, past in before.items() if state in trans_P[came]
            ]
            likeliest = max(ways, key=lambda way: way[0], default=None)
            if likeliest and likeliest[0] > _NEVER:
                live[state], back[-1][state] = likeliest
    ends = [state for state in live if state[0] in "ES"]
    if not ends:
        return []
    path = [max(ends, key=live.__getitem__)]
    for steps in reversed(back):
        path.append(steps[path[-1]])
    return path[::-1]


_NEVER = -3.14e100
"""What jieba's tables write for the logarithm of nothing."""


def _odds(letter: str) -> list[tuple[State, float]]:
    """Gives the states that a character can have, in their order, with the logarithm of how likely each shows it."""
    from jieba.posseg import char_state_tab_P, emit_P

    states: Any = char_state_tab_P.get(letter) or emit_P
    return [(state, emit_P[state][letter]) for state in sorted(states, key=_in_order) if letter in emit_P[state]]


def _in_order(state: State) -> tuple[int, str]:
    return "BMES".index(state[0]), state[1]
