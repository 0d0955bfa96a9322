"""No score on the project's own annotated pages falls."""

from tests.score.floors import fallen, raised, reached, read_floors, write_floors
from tests.score.samples import project_samples
from tests.score.scoring import score_samples, tallies


def test_no_score_falls():
    now = reached(tallies(score_samples(project_samples(), processes=1)))
    lost = fallen(read_floors(), now)
    assert not lost, "\n".join([*lost, "See what went: python -m tests.score --misses misses.jsonl"])


def test_a_score_below_its_floor_is_told_with_both_and_the_difference():
    floors = {"press": {"facts": 7000, "names": 9000}}
    assert fallen(floors, {"press": {"facts": 6990, "names": 9001}}) == [
        "press: facts fell from 0.7000 to 0.6990 (by 0.0010)."
    ]


def test_floors_are_raised_and_lowered_only_where_asked(tmp_path):
    floors, now = {"press": {"facts": 7000, "names": 9000}}, {"press": {"facts": 6990, "names": 9001}}
    write_floors(raised(floors, now), tmp_path / "floors.toml")
    assert read_floors(tmp_path / "floors.toml") == {"press": {"facts": 7000, "names": 9001}}
    assert raised(floors, now, lower_too=True) == now
