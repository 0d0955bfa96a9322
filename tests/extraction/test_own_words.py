"""A user's own words are read before any page, say what is wrong with them, and make pages stale."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tasks.lexicon.own import check_own_words

PROJECT = Path(__file__).parents[2]

WORDS = {
    "units.csv": "surface,canonical,dimension,base,factor,after,source\n笸箩,笸箩,count,笸箩,1,any,own\n",
    "intentions.csv": "kind,word,not_after,before,not_before\nplanned,盘算着,,,\n",
    "triggers.csv": "word,kind\n蹿升,up\n反超,gap\n",
    "org_suffixes.csv": "suffix,strength\n戏班社,strong\n",
    "no_persons.txt": "# source: our own desk\n高粱红\n",
    "jieba.txt": "青梅酒产量 100000 n\n",
}
READ = """
import json, sys
from tasks.lexicon import lexicon_digest
from tests.extraction.facts.reading import read
said = [
    [(f.quantity.text, f.measure, f.modality, f.indicator, f.subject) for f in read(line)]
    for line in json.load(sys.stdin)
]
print(json.dumps([lexicon_digest(), said]))
"""
LINES = [
    "全县卖出腌菜30笸箩。",
    "全县盘算着建设粮仓5座。",
    "全县粮食产量蹿升12%。",
    "全县粮食产量蹿升幅度为12%。",
    "全县粮食产量增长8%，反超全省1.5个百分点。",
    "全县戏班社达到32家。",
]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder that is the user's own."""
    monkeypatch.setenv("BROADSHEET_LEXICON", str(tmp_path))
    return tmp_path


def read_in_a_new_process(environment):
    done = subprocess.run(
        [sys.executable, "-c", READ],
        input=json.dumps(LINES),
        capture_output=True,
        text=True,
        check=True,
        cwd=PROJECT,
        env=os.environ | environment,
    )
    return json.loads(done.stdout)


def test_words_of_a_user_are_read_and_make_pages_stale(folder):
    before, plain = read_in_a_new_process({"BROADSHEET_LEXICON": ""})
    for name, text in WORDS.items():
        (folder / name).write_text(text, "utf-8")
    check_own_words()
    after, own = read_in_a_new_process({"BROADSHEET_LEXICON": str(folder)})
    assert before != after
    assert plain != own
    assert own[0][0][0] == "30笸箩"
    assert own[1][0][2] == "planned"
    assert own[2][0][1] == own[3][0][1] == "growth"
    assert own[4][1][4] == "全县", "what is outdone owns no figure"
    assert own[5][0][3] == "戏班社"
    assert plain[4][1][4] == "全省"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("unit.csv", "surface\n", "unit.csv: no such file of words; there may be units.csv"),
        ("units.csv", "", "units.csv: the file is empty"),
        (
            "units.csv",
            "surface,canonical\n",
            "units.csv: the header is surface,canonical; it must be surface,canonical,dimension",
        ),
        (
            "units.csv",
            "surface,canonical,dimension,base,factor,after,source\n笸箩,笸箩,count\n",
            "units.csv, line 2: 3 cells where the header has 7.",
        ),
        (
            "units.csv",
            "# ours\nsurface,canonical,dimension,base,factor,after,source\n笸箩,笸箩,basket,笸箩,1,any,own\n",
            "units.csv, line 3: dimension is 'basket'; it must be one of ",
        ),
        (
            "units.csv",
            "surface,canonical,dimension,base,factor,after,source\n笸箩,笸箩,count,笸箩,many,any,own\n",
            "units.csv, line 2: factor is 'many'; write a number.",
        ),
        ("triggers.csv", "word,kind\n,up\n", "triggers.csv, line 2: word is empty; write it."),
        (
            "intentions.csv",
            "kind,word,not_after,before,not_before\nplanned,盘算(,,,\n",
            "intentions.csv, line 2: word is no pattern (missing ), unterminated subpattern",
        ),
        (
            "intentions.csv",
            "kind,word,not_after,before,not_before\nplanned,酝酿,不|没有,,\n",
            "intentions.csv, line 2: not_after is no pattern (look-behind requires fixed-width pattern); correct it.",
        ),
        (
            "intentions.csv",
            "kind,word,not_after,before,not_before\nplanned,酝酿(?P<planned>着),,,\n",
            "intentions.csv, line 2: word is no pattern (redefinition of group name",
        ),
        (
            "intentions.csv",
            "kind,word,not_after,before,not_before\nplanned,(酝酿|谋求),,,\n",
            "intentions.csv, line 2: word begins with '('; begin it with a plain character.",
        ),
        (
            "intentions.csv",
            "kind,word,not_after,before,not_before\nplanned,[酝谋],,,\n",
            "intentions.csv, line 2: word begins with '['; begin it with a plain character.",
        ),
        (
            "intentions.csv",
            "kind,word,not_after,before,not_before\nplanned,]酝酿,,,\n",
            "intentions.csv, line 2: word begins with ']'; begin it with a plain character.",
        ),
        (
            "intentions.csv",
            "kind,word,not_after,before,not_before\nplanned,^酝酿,,,\n",
            "intentions.csv, line 2: word begins with '^'; begin it with a plain character.",
        ),
        (
            "intentions.csv",
            "kind,word,not_after,before,not_before\nplanned,\\\\s酝酿,,,\n",
            "intentions.csv, line 2: word begins with '\\\\'; begin it with a plain character.",
        ),
        (
            "grammar/words.csv",
            "class,word\njoiner,以及\n",
            "grammar/words.csv, line 2: word is '以及'; class joiner holds single characters, write one.",
        ),
        ("no_persons.txt", "高 粱\n", "no_persons.txt, line 1: a blank stands in the word; write one word a line."),
        ("jieba.txt", "青梅酒 n 100\n", "jieba.txt, line 1: write word, frequency and tag"),
        ("jieba.txt", "青梅酒 100 NZ\n青梅 3 n x\n", "jieba.txt, line 2: write word, frequency and tag"),
        ("jieba.txt", "的 0\n", "jieba.txt, line 1: 的 is a single character, which always is a word"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(folder, name, text, said):
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"(csv|txt)") as error:
        check_own_words()
    assert said in str(error.value)


def test_a_folder_that_is_not_there_is_said(folder, monkeypatch):
    monkeypatch.setenv("BROADSHEET_LEXICON", str(folder / "none"))
    with pytest.raises(ValueError, match=r"none: BROADSHEET_LEXICON names no folder; make it"):
        check_own_words()


def test_a_file_in_another_encoding_is_said(folder):
    (folder / "towns.txt").write_bytes("青石镇".encode("gb18030"))
    with pytest.raises(ValueError, match="save it as UTF-8 text"):
        check_own_words()
