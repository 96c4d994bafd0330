"""A service that another has relieved ends by itself, with its collector, and says why in a sentence."""

import asyncio
import os
import sys
from pathlib import Path

from sqlalchemy import text

from acceptance.test_service import PATIENCE_S, until
from comtoise.store import Database

CONFIG = """\
version: 1
zone:
  departements: ["01"]
sources:
  paquet: non
"""


async def test_a_relieved_service_stops_with_status_one(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(CONFIG, encoding="utf-8")
    log = tmp_path / "log"
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("TELEGRAM", "SMTP", "DATABASE"))}
    with log.open("ab") as stream:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "comtoise", "run", cwd=tmp_path, stdout=stream, stderr=stream,
            env=kept | {"COMTOISE_LANG": "fr"},
        )  # fmt: skip
    try:
        await until(lambda: '"event": "started"' in log.read_text("utf-8"), log)
        database = Database.open(f"sqlite:///{tmp_path / 'comtoise.sqlite'}")
        with database.write() as tx:  # as the one who takes over does
            tx.execute(text("UPDATE lease SET epoch = epoch + 1"))
        database.close()
        assert await asyncio.wait_for(process.wait(), PATIENCE_S) == 1
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    written = log.read_text("utf-8")
    assert "Un autre Comtoise a pris le relais" in written.splitlines()[-1]
    assert '"event": "stopped"' in written
