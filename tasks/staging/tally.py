"""Counts the files that a run finds, by what they are: what is read, what can't be, what is left aside by its name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

_PLURAL = {
    "text": "text",
    "html": "web pages",
    "mhtml": "saved web pages",
    "docx": "Word files",
    "pdf": "PDF",
    "zip": "ZIP",
}
_ORDINARY = {"text", "bulk file", "unreadable"}
_SILENT = {"read-me", "sidecar", "hidden file"}


@dataclass(slots=True)
class FileTally:
    """What was found; the sum of `found` and `aside` is the number of files.

    Attributes:
        found: Files that were looked into, by kind.
        aside: Files left aside by their names, by why.
        packed: Files inside of archives, by kind.
        pages: Pages out of files that hold several, by kind of the file.
    """

    found: Counter[str] = field(default_factory=Counter)
    aside: Counter[str] = field(default_factory=Counter)
    packed: Counter[str] = field(default_factory=Counter)
    pages: Counter[str] = field(default_factory=Counter)

    def to_dict(self) -> dict[str, dict[str, int]]:
        """Gives the counts for JSON."""
        return {
            "found": dict(self.found),
            "aside": dict(self.aside),
            "packed": dict(self.packed),
            "pages": dict(self.pages),
        }

    def sentence(self) -> str:
        """Says what was found, in words; empty where all is plain text and what ordinarily lies beside it.

        >>> FileTally(Counter(text=3, pdf=1), Counter(sidecar=1), pages=Counter(pdf=16)).sentence()
        '5 found: 3 text, 1 PDF (16 pages); left aside: 1 sidecar'
        """
        if set(self.found) <= _ORDINARY and set(self.aside) <= _SILENT and not self.packed:
            return ""
        parts = [self._named(kind, count) for kind, count in self.found.most_common()]
        said = f"{self.found.total() + self.aside.total():,} found: {', '.join(parts) or 'none to read'}"
        if self.packed:
            said += f"; packed in archives: {_listed(self.packed)}"
        return said + (f"; left aside: {_listed(self.aside)}" if self.aside else "")

    def _named(self, kind: str, count: int) -> str:
        pages = f" ({n:,} page{'s' * (n > 1)})" if (n := self.pages[kind]) else ""
        return f"{count:,} {_name(kind, count)}{pages}"


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{count:,} {_name(kind, count)}" for kind, count in counts.most_common())


def _name(kind: str, count: int) -> str:
    name = _PLURAL.get(kind, kind)
    return name[:-1] if count == 1 and name.endswith("s") and kind in _PLURAL else name
