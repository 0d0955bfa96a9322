"""Names that users add: honoured first; a wrong file is refused in one sentence that names file and line."""

import pytest

from tasks.extraction.names.own_names import read_own_names
from tests.extraction.names.pages import names_of

HEADER = "surface,type,canonical,adcode\n"


@pytest.fixture
def names_file(tmp_path):
    def write(text, encoding="utf-8"):
        path = tmp_path / "names.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return write


def test_own_names_go_before_everything_else(names_file):
    own = read_own_names(names_file(HEADER + "益满格,ORG,新力量益满格工作室,\n泉城,LOC,山东省济南市,370100\n"))
    found = {m.text: m for m in names_of("益满格在泉城广场开张。", own=own)}
    assert found["益满格"].entity.name == "新力量益满格工作室"
    assert found["泉城"].entity.entity_id == "370100"


def test_an_empty_canonical_name_is_the_printed_one(names_file):
    assert read_own_names(names_file(HEADER + "益满格,ORG,,\n")).names["益满格"].canonical == "益满格"


def test_the_digest_follows_the_content_and_not_the_order(names_file):
    one = read_own_names(names_file(HEADER + "益满格,ORG,,\n泉城,LOC,,\n")).digest
    assert read_own_names(names_file(HEADER + "泉城,LOC,,\n\n# note\n益满格,ORG,,\n")).digest == one
    assert read_own_names(names_file(HEADER + "泉城,LOC,,\n")).digest != one


def test_gb18030_is_read_as_well(names_file):
    assert "泉城" in read_own_names(names_file(HEADER + "泉城,LOC,,\n", "gb18030")).names


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("name,kind\n泉城,LOC\n", "line 1: the header"),
        (HEADER + "泉城,LOC\n", "line 2: 2 cells"),
        (HEADER + "泉城,CITY,,\n", "line 2: the type 'CITY'"),
        (HEADER + "泉,LOC,,\n", "line 2: the surface '泉'"),
        (HEADER + "泉城,LOC,,37010\n", "line 2: the adcode '37010'"),
        (HEADER + "力诺,ORG,,370100\n", "line 2: ORG names carry no adcode"),
        (HEADER + "泉城,LOC,,\n泉城,ORG,,\n", "line 3: 泉城 stands twice"),
    ],
)
def test_a_wrong_file_is_refused_in_one_sentence(names_file, text, said):
    path = names_file(text)
    with pytest.raises(ValueError, match=r"names\.csv") as refusal:
        read_own_names(path)
    assert said in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_missing_file_is_refused_in_one_sentence(tmp_path):
    with pytest.raises(ValueError, match="cannot be read"):
        read_own_names(tmp_path / "none.csv")
