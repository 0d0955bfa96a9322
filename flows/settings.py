"""The only reader of the environment: where data lies, how many processes work, how long we wait.

Every setting can be given as `BROADSHEET_<NAME>` in the environment.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from tasks.lexicon.own import check_own_words
from tasks.workers import cores_of_process
from warehouse.errors import UserError
from warehouse.storage.folder import LOAD_MB, DataFolder

PROJECT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """What a user may set once for all runs."""

    model_config = SettingsConfigDict(env_prefix="BROADSHEET_", extra="ignore")

    data_dir: Path = Field(
        default=PROJECT / "data", description="Folder of the lake, the warehouse and Prefect's state"
    )
    lake: str = Field(default="", description="Bucket the lake lives in, s3://bucket/prefix; empty: the data directory")
    workers: int = Field(default=0, ge=0, description="Worker processes; 0 means one a core")
    batch_mb: float = Field(default=40, gt=0, description="Raw megabytes that are checked and loaded together")
    load_mb: float = Field(
        default=LOAD_MB,
        ge=50,
        description="Megabytes of memory that DuckDB may use in a load; the rest goes to the disk",
    )
    shard_mb: float = Field(
        default=2, gt=0, description="Raw megabytes that one worker takes through a stage at a time"
    )
    lock_timeout: float = Field(default=600, ge=0, description="Seconds to wait for another run that is loading")
    publish_minutes: float = Field(
        default=0, ge=0, description="The warehouse is published at most every so many minutes; 0 means at once"
    )
    merge_batches: int = Field(
        default=32, ge=0, description="Small batches of the lake are merged when so many have piled up; 0 means never"
    )
    names_file: Path | None = Field(default=None, description="CSV of your own names: surface, type, canonical, adcode")
    lexicon: Path | None = Field(
        default=None, description="Folder of your own words: files of the same form as those of tasks/lexicon"
    )
    reader: Literal["learned", "rules"] = Field(
        default="learned", description="Who chooses what a figure is of: learned (with rules beside it), or rules alone"
    )
    reader_url: str = Field(
        default="", description="Second reader: address of a server that speaks the OpenAI chat protocol; empty: none"
    )
    reader_model: str = Field(default="", description="Second reader: name of the model, as its server calls it")
    reader_key: SecretStr = Field(default=SecretStr(""), description="Second reader: key of the service, if it asks")
    reader_key_file: Path | None = Field(default=None, description="Second reader: file that holds the key instead")
    reader_parameters: str = Field(
        default="", description="Second reader: more parameters of a request, as a JSON object"
    )
    reader_pause: float = Field(
        default=1, ge=0, description="Second reader: seconds before a request is first repeated; doubled each time"
    )
    rules_folder: Path | None = Field(default=None, description="Folder of your own checks, one SQL file a rule")
    corrections_file: Path | None = Field(
        default=None, description="CSV of your corrections; without, corrections.csv in the data directory"
    )
    inline_mb: float = Field(default=1, ge=0, description="Batches smaller than this start no worker processes")
    server_host: str = Field(default="127.0.0.1", description="Address the Prefect server listens on")
    server_port: int = Field(default=4200, ge=1, le=65_535, description="Port it tries first; taken ones are passed")
    server_patience: float = Field(default=120, gt=0, description="Seconds to wait until the server answers")
    history_days: int = Field(default=30, ge=1, description="Days that Prefect remembers a run")
    settle_seconds: float = Field(
        default=10, ge=0, description="A file of an inbox is left alone until it has been still for so long"
    )
    inbox: str = Field(
        default="",
        description="Folders and s3:// addresses, separated by semicolons: what runs of deployments may read",
    )
    page_timeout: float = Field(default=900, gt=0, description="Seconds that a stage may take for one shard")
    alert_urls: str = Field(default="", description="Apprise addresses, separated by blanks, that alerts are sent to")
    alert_pause_hours: float = Field(default=6, ge=0, description="The same alert is not sent again for so long")
    tell: str = Field(
        default="",
        description="Queries whose new rows are sent like alerts, one a line: SQL, or a saved query name=value",
    )
    expect_pages_hours: float = Field(
        default=0, ge=0, description="An alert is sent when no page was loaded for so long; 0 means never"
    )

    @property
    def folder(self) -> DataFolder:
        """The data directory with its places."""
        return DataFolder(self.data_dir.absolute(), self.load_mb)

    @property
    def corrections(self) -> Path | None:
        """The file of corrections: the one that was named, else that of the data directory, where there is one."""
        own = self.folder.corrections
        return self.corrections_file or (own if own.exists() else None)

    @property
    def inbox_roots(self) -> list[str]:
        """What runs of deployments may read."""
        return [root.strip() for root in self.inbox.split(";") if root.strip()]

    @property
    def told_queries(self) -> list[str]:
        """Queries whose new rows are told."""
        return [query.strip() for query in self.tell.splitlines() if query.strip()]

    @property
    def worker_count(self) -> int:
        """How many worker processes a run uses."""
        return self.workers or cores_of_process()


@cache
def settings() -> Settings:
    """Reads the settings once.

    Raises:
        UserError: A variable of the environment has no such value, or a file of the user's own words is wrong.
    """
    try:
        chosen = Settings()
        check_own_words()
    except ValidationError as error:
        wrong = error.errors()[0]
        name = f"BROADSHEET_{'_'.join(map(str, wrong['loc']))}".upper()
        raise UserError(f"{name} is {wrong['input']!r}: {wrong['msg'][:1].lower()}{wrong['msg'][1:]}.") from None
    except ValueError as error:
        raise UserError(str(error)) from None
    return chosen


def choose(**given: Path | str | None) -> None:
    """Lets options of the command line override the environment, for worker processes too.

    Args:
        **given: Settings by name; None leaves the environment's value.
    """
    for name, value in given.items():
        if value is not None:
            os.environ[f"BROADSHEET_{name.upper()}"] = str(Path(value).absolute() if isinstance(value, Path) else value)
    settings.cache_clear()


def login(folder: DataFolder) -> str:
    """Gives the name and password that the data directory's Prefect servers ask for; made once, readable by its owner.

    Args:
        folder: The data directory.
    """
    if given := os.environ.get("PREFECT_SERVER_API_AUTH_STRING"):
        return given
    path = login_file(folder)
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(f"broadsheet:{secrets.token_urlsafe(32)}\n")
        with suppress(FileExistsError):  # another process was quicker; its login is everybody's
            path.hardlink_to(fresh)
        fresh.unlink()
    return path.read_text("utf-8").strip()


def login_file(folder: DataFolder) -> Path:
    """Tells where the login lies.

    Args:
        folder: The data directory.
    """
    return folder.prefect / "login"


def guarded_server(folder: DataFolder, port: int) -> dict[str, str]:
    """Lists what a Prefect server is to find in its environment so that it answers nobody but us.

    Args:
        folder: The data directory.
        port: The port it listens on.
    """
    return {
        "PREFECT_SERVER_API_AUTH_STRING": login(folder),
        # A page of another origin may neither ask nor read; without this Prefect lets every origin.
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": f"http://127.0.0.1:{port}",
    }


def prefect_environment(folder: DataFolder) -> dict[str, str]:
    """Lists what Prefect is to find in its environment: state in the data directory, no telemetry.

    Args:
        folder: The data directory.
    """
    return {
        "PREFECT_HOME": str(folder.prefect),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",  # what a person should see, we say ourselves
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
        "PREFECT_API_REQUEST_TIMEOUT": "120",
        "PREFECT_RUNNER_POLL_FREQUENCY": "2",
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    }


def prepare_prefect(folder: DataFolder) -> None:
    """Sets Prefect's environment; call it before Prefect is imported.

    Args:
        folder: The data directory.
    """
    folder.prefect.mkdir(parents=True, exist_ok=True)
    for name, value in prefect_environment(folder).items():
        os.environ.setdefault(name, value)
    os.environ["PREFECT_HOME"] = str(folder.prefect)
    if not os.environ.get("PREFECT_API_URL"):  # the login of our own servers is no other server's business
        os.environ["PREFECT_API_AUTH_STRING"] = login(folder)
    for name in ("NO_PROXY", "no_proxy"):
        direct = [part for part in os.environ.get(name, "").split(",") if part]
        os.environ[name] = ",".join(dict.fromkeys([*direct, "127.0.0.1", "localhost"]))
