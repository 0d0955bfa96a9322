"""Whatever stands in a text, the finders answer and their spans are right."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.extraction.periods import find_periods
from tasks.extraction.quantities import find_quantities

_PRINTED = "0123456789０５％%.,，、。-—～~至到 年月日号时点分秒天周季度个百分点元块角毛斤两米公里亩吨倍番成折半第首位名"
_WORDS = "同比增长今去前上当截自从比较的“”《》（）壹贰叁拾佰"
_NUMERALS = "〇零一二两三四五六七八九十百千万亿廿卅几数余多来约超近不足以上下内左右"
_SLIPS = "OolIeE|·・ \u200b\u00ad\u3000　分之:/$￥萬億兩點個十百千"
SIGNS = _PRINTED + _WORDS + _NUMERALS + _SLIPS
"""What numbers, units, dates and their slips are printed with."""

_TEXTS = st.one_of(st.text(alphabet=SIGNS, max_size=60), st.text(max_size=60))


def _check(text, found):
    end = 0
    for item in found:
        assert end <= item.start_char < item.end_char <= len(text)
        assert text[item.start_char : item.end_char] == item.text
        end = item.end_char


@settings(max_examples=400, deadline=None)
@given(_TEXTS)
def test_quantities_of_any_text_have_right_spans(text):
    _check(text, find_quantities(text))


@settings(max_examples=400, deadline=None)
@given(_TEXTS, st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 1, 1)))
def test_periods_of_any_text_have_right_spans_and_order(text, day):
    found = find_periods(text, day)
    _check(text, found)
    assert all(p.start <= p.end for p in found if p.start and p.end)
