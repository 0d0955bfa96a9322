"""Small made-up pages that read like a local paper's, each different by its number."""

from __future__ import annotations

from pathlib import Path

from warehouse import connect
from warehouse.ask.content import content_digests

_PLACES = ("历下区", "市中区", "槐荫区", "天桥区", "历城区", "长清区", "章丘区", "济阳区")


def page(n: int) -> str:
    """Writes page number n: two articles, a few names and figures."""
    place, other = _PLACES[n % 8], _PLACES[(n + 3) % 8]
    return (
        f"{place}一季度工业总产值突破{40 + n}亿元\n\n"
        f"□ 本报记者 王建国\n\n"
        f"    本报济南讯 记者从{place}统计局获悉，2023年一季度，{place}规模以上工业企业实现总产值{40 + n}.3亿元，"
        f"同比增长{n % 17 + 1}.6%，比上年同期提高0.{n % 9 + 1}个百分点。\n"
        f"    目前，全区共有规模以上工业企业{100 + n}家，从业人员{2 + n % 5}.5万人。\n\n"
        f"{other}举办招聘会 提供岗位{1200 + n}个\n\n"
        f"□ 本报记者 李晓梅\n\n"
        f"    本报济南讯 近日，{other}人力资源和社会保障局举办春季招聘会，{60 + n}家企业参加，提供岗位{1200 + n}个，"
        f"{300 + n}人达成就业意向。第{n}号。\n"
    )


def write_pages(folder: Path, numbers: range, name: str = "2023-04-24_{n:03d}.txt") -> list[Path]:
    """Writes pages as files of a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / name.format(n=n) for n in numbers]
    for n, path in zip(numbers, paths, strict=True):
        path.write_text(page(n), "utf-8")
    return paths


def digests(data: Path) -> dict[str, str]:
    """Digests the warehouse's tables, all columns but those that tell of the work."""
    with connect(data / "warehouse.duckdb") as con:
        return content_digests(con)


def rows(data: Path, sql: str) -> list[tuple[object, ...]]:
    """Asks the warehouse."""
    with connect(data / "warehouse.duckdb") as con:
        return con.execute(sql).fetchall()


def statuses(data: Path) -> dict[str, str]:
    """Gives the status of each document by its file name and size, which tells versions apart."""
    found = rows(data, "select file_name, coalesce(byte_size, 0), status from documents order by all")
    return {f"{name}:{size}": str(status) for name, size, status in found}


def files_below(data: Path) -> set[str]:
    """Lists what lies in the data directory, but for caches and Prefect's state."""
    kept = ("state/", "prefect/", "quality/", "writer.lock")
    names = (path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file())
    return {name for name in names if not name.startswith(kept)}


def rubbish(data: Path) -> set[str]:
    """Lists files that nothing names: no manifest, no document, not the warehouse."""
    from warehouse.lake.batch import batches
    from warehouse.storage.folder import DataFolder

    folder = DataFolder(data)
    named = {"warehouse.duckdb"}
    for manifest in batches(folder):
        named.add(f"lake/batches/{manifest.batch_id}.json")
        named.update(f"lake/{file.path}" for file in manifest.files)
    for (document_id,) in rows(data, "select document_id from documents where status <> 'forgotten'"):
        if path := folder.raw_of(str(document_id)):
            named.add(path.relative_to(data).as_posix())
    return files_below(data) - named
