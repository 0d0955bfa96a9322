"""Gets ready for new pages while a run waits for something else: what checks, and what reads, takes seconds to import.

What belongs here: a guess whether there will be anything to do, from files that are not as they were last time. A wrong
guess costs some seconds of a processor and nothing else: what a run does, it decides by itself.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

from flows.settings import Settings
from tasks.check.apart import checks_apart, start_checker
from tasks.staging.digests import bytes_not_seen
from tasks.staging.sources import find_files

_PLAIN = (".txt",)
"""What is read out of other files is remembered elsewhere."""

_ARTICLE = """稳增长 促就业

    本报讯（记者 王小明 通讯员 李芳）4月23日，记者从市统计局获悉，今年一季度全市实现地区生产总值1250.5亿元，
同比增长6.5%，比去年全年提高0.3个百分点；其中第二产业增加值510.2亿元，占比40.8%。
    省委书记张建国在青岛市市南区调研时强调，到2025年底，新建5G基站3000个，力争完成投资约20亿元至25亿元，带动
就业1.2万人，达到近10年来最高水平。
"""


@contextmanager
def made_ready(paths: Sequence[str], settings: Settings, *, checker_first: bool) -> Iterator[Callable[[], None]]:
    """Lets the block begin at once, while a thread makes ready for the pages that it is likely to meet.

    Args:
        paths: What the run is given.
        settings: How it is worked.
        checker_first: Start the process that checks at once. Where both processors have their hands full with what the
            run waits for, it is started last, since nothing will ask for it before the pages are read.

    Yields:
        To be called when the block has imported what it needs itself: two threads had better not import at once.
    """
    imported, over = threading.Event(), threading.Event()

    def make_ready() -> None:
        with suppress(Exception):  # what is wrong with the input or the machine, the run says
            few = int(settings.inline_mb * 1e6)
            size = _bytes_of_new_pages(paths, settings, few)
            if size and checker_first:
                start_checker()
            imported.wait()
            few_pages = 0 < size < few  # more of them are read by worker processes
            if few_pages and not over.is_set():
                _import_stages()
            if size and not over.is_set():
                start_checker()
            if few_pages and not over.is_set():
                _practise_reading(settings)

    with checks_apart(settings.rules_folder):
        thread = threading.Thread(target=make_ready, daemon=True, name="readiness")
        thread.start()
        try:
            yield imported.set
        finally:
            over.set()
            imported.set()
            thread.join()


def _bytes_of_new_pages(paths: Sequence[str], settings: Settings, most: int) -> int:
    here = [path for path in paths if "://" not in path]
    files = (source.path for source in find_files(here, settings.folder))
    return bytes_not_seen((path for path in files if path and path.suffix in _PLAIN), settings.folder, most)


def _import_stages() -> None:
    import tasks.check.corrected
    import tasks.extraction.page
    import tasks.repair.sheet
    import tasks.rows
    import tasks.staging.stage  # noqa: F401


def _practise_reading(settings: Settings) -> None:
    """Reads an article of no paper: dictionaries, and most patterns, are made when something is first read."""
    from tasks.extraction.facts.reader.network import shipped_network
    from tasks.extraction.page import extract_page
    from tasks.page import PageContext
    from tasks.repair.sheet import repair_page

    network = shipped_network() if settings.reader == "learned" else None
    extract_page(repair_page(_ARTICLE), PageContext(), network=network)
