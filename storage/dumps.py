"""Copies of a PostgreSQL database, by PostgreSQL's own tools."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy import make_url

Progress = Callable[[int, int | None], None]

LOOK_EVERY = 0.1
"""Seconds between looks at how far a tool is."""


class CopyFailed(Exception):
    """One sentence for whoever asked for a copy, or to put one back."""


def dump(url: str, part: Path, progress: Progress) -> None:
    """One moment of the database, in pg_dump's own compressed form. Errors: CopyFailed."""
    process = _begun(
        ["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={part}"], url
    )
    while process.poll() is None:
        progress(part.stat().st_size, None)
        time.sleep(LOOK_EVERY)
    _ended(process)


def check(file: Path) -> None:
    """Read a dump to its end. Errors: CopyFailed."""
    listed = _ended(_begun(["pg_restore", "--list", str(file)]))
    if " alembic_version " not in listed:
        raise CopyFailed(f"{file} is no copy of a database of Otklik's")
    _ended(_begun(["pg_restore", f"--file={os.devnull}", str(file)]))


def fill(url: str, file: Path, progress: Progress) -> None:
    """All or nothing, into a database without tables of ours. Errors: CopyFailed."""
    name = make_url(url).database
    process = _begun(
        [
            "pg_restore",
            "--single-transaction",
            "--no-owner",
            "--no-privileges",
            f"--dbname={name}",
            str(file),
        ],
        url,
    )
    while process.poll() is None:
        progress(0, None)
        time.sleep(LOOK_EVERY)
    _ended(process)


def _begun(command: list[str], url: str | None = None) -> subprocess.Popen[str]:
    tool = shutil.which(command[0])
    if tool is None:
        raise CopyFailed(
            f"{command[0]} is not installed here; install PostgreSQL's client tools"
            " (postgresql-client), or do it where they are"
        )
    return subprocess.Popen(  # noqa: S603 - our own words, no shell
        [tool, *command[1:]],
        env={**os.environ, **(_connection(url) if url else {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _ended(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate()
    if process.returncode:
        said = [line for line in err.splitlines() if line.strip()] or ["it does not say why"]
        raise CopyFailed(said[0].strip())
    return out


def _connection(url: str) -> Mapping[str, str]:
    """In the environment, where other users of the machine do not see the password."""
    parts = make_url(url)
    found = {
        "PGHOST": parts.host,
        "PGPORT": str(parts.port) if parts.port else None,
        "PGUSER": parts.username,
        "PGPASSWORD": parts.password,
        "PGDATABASE": parts.database,
    }
    return {name: value for name, value in found.items() if value}
