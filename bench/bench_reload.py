"""How long after an edit of config.yaml the next article is read with its words.

    python bench/bench_reload.py [--rounds 20] [--json]

`comtoise run` is started in a folder of its own, with the shipped config.yaml (13 filières, some 1,560 words, the
packaged companies and communes) but no source polled. In each round a word nobody uses is added to a filière, as an
editor saves a file; the clock runs until the service says that it works with the new words. Then an article with that
word is put in the database, as the collector does; it must get the filière, and would not have before. The time until
its verdict is in the database is noted too: the service looks for new articles every two seconds.
"""

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from ruamel.yaml.comments import CommentedMap

from comtoise.config.editing import add_word, edit_config
from comtoise.model import Entry, Source, SourceKind, TopicKind
from comtoise.store import Database, articles, sources

SHIPPED = Path(__file__).parents[1] / "config.yaml"
PATIENCE_S = 60.0
LOOK_EVERY_S = 0.005
_LETTERS = "abcdefghijklmnop"


class Service:
    """`comtoise run`, with its log in a file."""

    def __init__(self, folder: Path) -> None:
        self.config = folder / "config.yaml"
        text = SHIPPED.read_text("utf-8").replace("  paquet: oui\n  # Presse", "  paquet: non\n  # Presse")
        self.config.write_text(text, "utf-8")
        self.log = folder / "log"
        environment = {
            k: v for k, v in os.environ.items() if not k.startswith(("TELEGRAM", "SMTP", "DATABASE"))
        }
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "comtoise", "run"], cwd=folder, env=environment, stdout=log, stderr=log
            )
        self.until(lambda: self.said("started"))
        self.database = Database.open(f"sqlite:///{folder / 'comtoise.sqlite'}")
        with self.database.write() as tx:
            card = Source(id="banc", name="Banc", kind=SourceKind.FEED, url="https://banc.example/feed")
            sources.sync_cards(tx, [card], datetime.now(UTC))

    def said(self, event: str) -> int:
        """How often the log tells an event."""
        return self.log.read_bytes().count(event.encode())

    def until(self, true: Callable[[], object]) -> float:
        """Seconds until something is so; the process ends when it never is."""
        began = time.perf_counter()
        while not true():
            if time.perf_counter() - began > PATIENCE_S or self.process.poll() is not None:
                sys.exit(self.log.read_text("utf-8")[-3000:])
            time.sleep(LOOK_EVERY_S)
        return time.perf_counter() - began

    def receives(self, number: int, word: str) -> int:
        """An article as the collector keeps it; its id."""
        address = f"https://banc.example/{number}"
        entry = Entry(
            url=address, guid=address, title=f"L’atelier Horlimont investit : {word} à Morteau", summary=""
        )
        found = articles.Found(
            entry=entry,
            canonical=address,
            address=address,
            extract="",
            text="L’usine recrute.",
            wants_page=False,
        )
        with self.database.write() as tx:
            return articles.keep(tx, "banc", [found], now=datetime.now(UTC), silent=False).new[0]

    def judged(self, article_id: int) -> bool:
        """Whether an article was read."""
        with self.database.read() as tx:
            waiting = articles.pending(tx, datetime.now(UTC), limit=10)
        return str(article_id) not in {item.article.id for item in waiting}

    def sectors(self, article_id: int) -> list[str]:
        """What an article was given."""
        with self.database.read() as tx:
            matches = articles.matches_of(tx, [article_id]).get(article_id, ())
        return [match.topic for match in matches if match.kind is TopicKind.SECTOR]

    def stop(self) -> None:
        self.database.close()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)


def measure(service: Service, rounds: int) -> tuple[list[float], list[float]]:
    """Seconds from the edit to the new words in use, and from an article's arrival to its verdict."""
    reloaded, judged = [], []
    for number in range(rounds):
        word = "zyx" + "".join(_LETTERS[int(digit, 16)] for digit in f"{number:03x}") + "age"
        reloaded.append(_edited(service, word))
        article_id = service.receives(number, word)
        judged.append(service.until(partial(service.judged, article_id)))
        if service.sectors(article_id) != ["bois"]:
            sys.exit(f"{word}: {service.sectors(article_id)}")
    return reloaded, judged


def _edited(service: Service, word: str) -> float:
    """Add a word; seconds until the service works with it, from when the file is in its place."""

    def adding(document: CommentedMap) -> None:
        add_word(document, "bois", "mots_forts", word)

    before = service.said("config_reloaded")
    edit_config(service.config, adding)
    return service.until(lambda: service.said("config_reloaded") > before)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        service = Service(Path(folder))
        try:
            reloaded, judged = measure(service, wanted.rounds)
        finally:
            service.stop()
    if wanted.json:
        sys.stdout.write(json.dumps({"reloaded_s": reloaded, "judged_s": judged}) + "\n")
        return
    for name, seconds in (("edit to new words in use", reloaded), ("arrival to verdict", judged)):
        sys.stdout.write(
            f"{name}: median {statistics.median(seconds):.2f} s, worst {max(seconds):.2f} s, {len(seconds)} rounds\n"
        )


if __name__ == "__main__":
    main()
