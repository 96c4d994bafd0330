"""The demo as a newcomer runs it: one command, offline, and it checks itself."""

import subprocess
import sys
from pathlib import Path


def demo(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "comtoise", "demo", "--output", str(folder / "out")],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def test_the_demo_tells_its_story_and_finds_all_it_expected(tmp_path: Path) -> None:
    for attempt in ("once", "again"):
        # Thirteen sites, two servers and a collector beside the other tests: a site that did not answer in time
        # was seen once. What fails twice is no such chance.
        folder = tmp_path / attempt
        folder.mkdir()
        done = demo(folder)
        if done.returncode == 0:
            break
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
    assert (folder / "out" / "hebdomadaire.eml").stat().st_size > 2000
    assert "bot" not in done.stderr.lower() or "token" not in done.stderr.lower()
