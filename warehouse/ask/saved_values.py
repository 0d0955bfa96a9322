"""Checks what somebody gives for the parameters of a saved query, so that a slip is named, not answered with nothing.

What belongs here: which values a parameter of a certain name may take, and what was probably meant. What does not:
the queries themselves (`sql/queries/`), and free SQL, whose parameters mean what their author wants.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches

import duckdb

from warehouse.errors import UserError
from warehouse.schema import COMPARISONS, ENTITY_TYPES, MODALITIES

_SEVERAL = re.compile(r"[,，、;；\s]+")
_PERIOD = re.compile(r"\d{4}年?|\d{4}-(?:0[1-9]|1[0-2])|\d{4}-?Q[1-4]|\d{4}年.+")
_CHOICES = {"type": ENTITY_TYPES, "comparison": COMPARISONS, "modality": MODALITIES}


def check_values(con: duckdb.DuckDBPyConnection, values: Mapping[str, str]) -> None:
    """Refuses a value of a saved query that nothing has.

    Args:
        con: A connection to the warehouse.
        values: Parameter to value, as text; an empty one stands for all.

    Raises:
        UserError: There is no such region, indicator and so on; the sentence says what was probably meant.
    """
    for name, value in values.items():
        if value and (check := _CHECKS.get(name)):
            check(con, value)
        elif value and name in _CHOICES and value not in _CHOICES[name]:
            raise UserError(f"{name} is one of {', '.join(_CHOICES[name])}, not {value}.")


def check_regions(con: duckdb.DuckDBPyConnection, given: str) -> None:
    """Refuses a region that is no division.

    Args:
        con: A connection to the warehouse.
        given: Names or adcodes, with commas between.

    Raises:
        UserError: There is no such division.
    """
    for region in filter(None, _SEVERAL.split(given)):
        if not con.execute("select 1 from adcodes_of_region(?) limit 1", [region]).fetchall():
            names = [row[0] for row in con.execute("select distinct name from divisions").fetchall()]
            hint = _meant(region, names, "give a name such as 济南市 or an adcode such as 370104.")
            raise UserError(f"There is no region {region}; {hint}")


def check_indicator(con: duckdb.DuckDBPyConnection, given: str) -> None:
    """Refuses an indicator of which no figure is there.

    Args:
        con: A connection to the warehouse.
        given: Its name, another name of it, or a part.

    Raises:
        UserError: There is no figure of such an indicator.
    """
    if con.execute("select 1 from indicators_named(?) limit 1", [given]).fetchall():
        return
    known = "select distinct indicator_name from metric_facts where indicator_name is not null order by 1"
    names = [row[0] for row in con.execute(known).fetchall()]
    hint = _meant(given, names, "`broadsheet query topics` shows what there is.")
    raise UserError(f"There is no figure of an indicator {given}; {hint}")


def check_period(con: duckdb.DuckDBPyConnection, given: str) -> None:
    """Refuses what is neither a period that can be reckoned with nor a part of one as it is printed.

    A period of which there is no figure yet is none of them: somebody may wait for it.

    Args:
        con: A connection to the warehouse.
        given: The period.

    Raises:
        UserError: It is no period.
    """
    if _PERIOD.fullmatch(given.upper()):
        return
    printed = "select 1 from metrics where contains(period, ?) limit 1"
    if not con.execute(printed, [given]).fetchall():
        raise UserError(
            f"There is no period {given}; write it as 2023, 2023Q1, 2023-03, 2023年一季度, or as it is printed."
        )


def _check_topic(con: duckdb.DuckDBPyConnection, given: str) -> None:
    topics = [row[0] for row in con.execute("select distinct topic from indicators order by 1").fetchall()]
    if given not in topics:
        raise UserError(f"There is no topic {given}; {_meant(given, topics, 'there are ' + '、'.join(topics) + '.')}")


def _check_name(con: duckdb.DuckDBPyConnection, given: str) -> None:
    named = (
        "select 1 from entities where name = $n or adcode in "
        "(select region_adcode from regions where $n in (region, region_full)) limit 1"
    )
    if con.execute(named, {"n": given}).fetchall():
        return
    names = [row[0] for row in con.execute("select name from entities").fetchall()]
    raise UserError(
        f"Nobody and nothing is named {given}; {_meant(given, names, '`broadsheet query most_named` shows names.')}"
    )


def _check_share(_con: duckdb.DuckDBPyConnection, given: str) -> None:
    try:
        fits = 0 <= float(given) <= 1
    except ValueError:
        fits = False
    if not fits:
        raise UserError(f"confidence is a number from 0 to 1, such as 0.8, not {given}.")


def _check_count(_con: duckdb.DuckDBPyConnection, given: str) -> None:
    if not re.fullmatch(r"[0-9]{1,9}", given):
        raise UserError(f"A number of rows is a whole number such as 20, not {given}.")


def _meant(given: str, there: Iterable[str], otherwise: str) -> str:
    """Says which name was probably meant: one that holds what was given, or is spelt nearly so."""
    names = list(there)
    holding = sorted((name for name in names if given in name), key=len)[:1]
    nearest = holding or get_close_matches(given, names, 1, 0.5)
    return f"did you mean {nearest[0]}?" if nearest else otherwise


_CHECKS: dict[str, Callable[[duckdb.DuckDBPyConnection, str], None]] = {
    "region": check_regions,
    "indicator": check_indicator,
    "period": check_period,
    "topic": _check_topic,
    "name": _check_name,
    "confidence": _check_share,
    "limit": _check_count,
    "per_region": _check_count,
    "each": _check_count,
}
