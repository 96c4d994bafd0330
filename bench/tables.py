"""What the benches of understanding share: where the open cases are, and a page that holds their tables."""

import argparse
import os
import sys
from pathlib import Path

FOLDER = Path(os.environ.get("COMTOISE_EVAL", Path(__file__).resolve().parents[2] / "shared" / "eval"))
_BEGIN, _END = "<!-- tables -->", "<!-- /tables -->"


def asked(description: str | None) -> argparse.Namespace:
    """The options of the command line; ends the program where the open cases are not."""
    parser = argparse.ArgumentParser(description=description.splitlines()[0] if description else None)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--write", type=Path, help=f"a page with the marks {_BEGIN} and {_END}")
    options = parser.parse_args()
    if not (options.folder / "news_dev.jsonl").is_file():
        print(f"the open evaluation cases are not in {options.folder}", file=sys.stderr)
        sys.exit(1)
    return options


def put(page: Path, text: str) -> None:
    """Replace what stands between the marks of a page."""
    before, rest = page.read_text(encoding="utf-8").split(_BEGIN, 1)
    after = rest.split(_END, 1)[1]
    page.write_text(f"{before}{_BEGIN}\n\n{text}\n\n{_END}{after}", encoding="utf-8")
