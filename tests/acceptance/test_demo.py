"""The demo as a newcomer runs it: one command, offline, and it checks itself."""

import subprocess
import sys
from pathlib import Path


def test_the_demo_tells_its_story_and_finds_all_it_expected(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "comtoise", "demo", "--output", str(tmp_path / "out")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    for words in (
        "Premier relevé",
        "Second relevé",
        "L’alerte, dans Telegram",
        "Aussi chez",
        "Écarté, et pourquoi",
        "plan du site",
        "WordPress",
        "BODACC",
        "Le registre officiel",
        "000 417 923",
    ):
        assert words in done.stdout
    assert (tmp_path / "out" / "hebdomadaire.eml").stat().st_size > 2000
    assert "bot" not in done.stderr.lower() or "token" not in done.stderr.lower()
