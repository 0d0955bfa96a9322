"""Puts the pictures of printed pages into the report, one for each page of a PDF; other pages have none."""

from __future__ import annotations

from typing import Any

from flows.report.site import Site
from warehouse.errors import UserError
from warehouse.storage.folder import DataFolder

Row = dict[str, Any]


def draw_printed_pages(site: Site, folder: DataFolder, heads: list[Row]) -> dict[str, str]:
    """Draws the printed pages of articles that came out of PDF; those that stand in the site already are left.

    Args:
        site: The report; told what could not be drawn.
        folder: The data directory.
        heads: Articles with `document_id`, `file_kind` and `source_key`.

    Returns:
        Path of the picture below the site's folder, by document.
    """
    pages = {head["document_id"]: head for head in heads if head["file_kind"] == "pdf"}
    found: dict[str, str] = {}
    if not pages:
        return found
    from flows.telling.page_picture import PagePictures  # loads what reads PDF, which most reports have no need of
    from tasks.opening.picture import DRAWING

    with PagePictures(folder) as pictures:
        for document_id, page in sorted(pages.items(), key=lambda item: item[1]["source_key"]):
            path = f"pages/{document_id}.webp"
            try:
                site.draw(path, DRAWING, lambda page=page: pictures.draw(page))  # type: ignore[misc]
            except UserError as error:
                site.not_drawn.append(str(error))
            else:
                found[document_id] = path
    return found
