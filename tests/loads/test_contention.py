import pytest

from tests.loads.contention import contend


@pytest.mark.slow
def test_two_loaders_and_six_readers_get_along(tmp_path):
    outcome = contend(tmp_path, seconds=20)
    assert outcome.faults == []
    assert outcome.loaded == outcome.written >= 12
    assert outcome.answers > 12
    assert outcome.versions > 2
