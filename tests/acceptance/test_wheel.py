"""What is installed is whole: knowledge, templates, migrations, translations and the demo are in the wheel."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_wheel_carries_all_that_the_code_reads(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    tops = {name.split("/")[0] for name in names if ".dist-info" not in name}
    assert tops == {"comtoise", "comtoise_bot", "comtoise_crawler"}
    moved = {"src/comtoise": "comtoise", "demo": "comtoise/demo/newsroom"}
    for folder, inside in moved.items():
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                expected = f"{inside}/{path.relative_to(ROOT / folder).as_posix()}"
                assert expected in names
