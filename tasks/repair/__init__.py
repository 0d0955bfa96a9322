"""Repair: a raw page in, whole paragraphs and articles out. Pure; knows no file and no database."""

from tasks.repair.columns import SideBySideColumns
from tasks.repair.sheet import repair_page

__all__ = ["SideBySideColumns", "repair_page"]
