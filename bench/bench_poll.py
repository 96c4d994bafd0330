"""What polling costs: Comtoise's collector beside a bare Scrapy spider (the floor) and the package `reader`.

    python bench/bench_poll.py [--feeds 1000] [--hosts 250] [--rounds 50] [--without-reader] [--json]

A thousand feeds of 22 entries are published on loopback by a process of its own (polled_feeds.py). One after
the other, in the same run, each side polls them all three times: cold (nothing is known), unchanged (every feed
answers 304), changed (every feed has one new entry and has lost its oldest). Each side is a process of its own that
lives through the three; what starting it costs is left out for all.

- comtoise: the collector as the service runs it, ``python -m comtoise_crawler`` with a config.yaml and a SQLite
  file, but for its limit of polls started in a minute. Every poll checks robots.txt and the site's reservation of text
  and data mining (asked for once per host, in the cold phase), commits its outcome and computes when the next is due.
- floor: a Scrapy spider that downloads, sends the validators it is given, and keeps nothing; once on Scrapy's stock
  reactor and client, once on the loop and the download handler that the collector builds on.
- reader: its update of all feeds, with as many threads as asked for, into its SQLite file.

The same for all: feeds spread over as many loopback addresses as --hosts says; no delay between two requests to a
host (the collector's is set to 0 for this; it still asks one thing at a time per host, and so does the floor); at
most 64 requests at once. The collector does not fetch the articles' pages, because the others cannot.

CPU is user and system time of exactly that process, all its threads, by the kernel's clock of it. Wall time runs from
the order to the last feed kept; for the collector that is from the rows falling due to the last commit. The run
fails when an entry is lost or kept twice. With --rounds the collector goes on: a round with one new entry per feed,
a round without, in turn; its memory is noted after each, and the run fails when it is not flat within 5 %.
"""

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
import venv
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from polled_feeds import ITEMS, guid, host, path, validators

from comtoise.config import load_config
from comtoise.store import Database, sources

HERE = Path(__file__).resolve().parent
CONCURRENCY = 64  #: the collector's own (`comtoise_crawler.dispatch.INFLIGHT_MAX`), given to the floor too
PHASES = ("cold", "unchanged", "changed")
PATIENCE_S = 600.0
READER = ("reader", "sgmllib3k")  #: its copy of feedparser imports the second without asking for it
SETTLED_ROUND = 5  #: memory is compared with the one after this round
FLAT = 0.05  #: how far from it memory may be after any later one
CPU_CLOCK = 2  #: CPUCLOCK_SCHED of the kernel: time on a processor, user and system


@dataclass(frozen=True, slots=True)
class Cost:
    """One phase of one side."""

    cpu_s: float
    wall_s: float


@dataclass(frozen=True, slots=True)
class Result:
    """One side's three phases."""

    side: str
    phases: tuple[Cost, ...]
    peak_mib: float


class Child:
    """A process that takes orders and answers in lines of JSON; its costs are read from the kernel."""

    def __init__(self, command: Sequence[str | Path], log: Path, **options: Any) -> None:
        with log.open("ab") as errors:
            self.process = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                **options,
            )
        self.log = log

    def say(self, order: str) -> None:
        """Give an order."""
        assert self.process.stdin is not None
        self.process.stdin.write(order + "\n")
        self.process.stdin.flush()

    def hear(self) -> dict[str, Any]:
        """Wait for the answer."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.process.args!r} ended:\n{self.log.read_text('utf-8')[-3000:]}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def ask(self, order: str) -> dict[str, Any]:
        """Give an order and wait for the answer."""
        self.say(order)
        return self.hear()

    def cpu_s(self) -> float:
        """Processor time used until now (Linux: the clock of another process, clock_getcpuclockid(3))."""
        return time.clock_gettime((~self.process.pid << 3) | CPU_CLOCK)

    def memory_mib(self, field: str) -> float:
        """VmRSS (now) or VmHWM (the most there ever was)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        line = next(line for line in status.splitlines() if line.startswith(f"{field}:"))
        return int(line.split()[1]) / 1024

    def settle(self) -> None:
        """Wait until it has started and only ticks."""
        before = self.cpu_s()
        for _ in range(120):
            time.sleep(1)
            now = self.cpu_s()
            if now > 0.1 and now - before < 0.05:
                return
            before = now
        raise SystemExit("a process never came to rest")

    @contextmanager
    def measured(self, costs: list[Cost]) -> Iterator[None]:
        """Note what a block costs this process."""
        cpu, wall = self.cpu_s(), time.perf_counter()
        yield
        costs.append(Cost(self.cpu_s() - cpu, time.perf_counter() - wall))

    def close(self) -> None:
        """End its input, which ends it."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Feeds:
    """The published feeds."""

    def __init__(self, count: int, hosts: int, log: Path) -> None:
        self.count, self.hosts, self.edition = count, hosts, 0
        self.server = Child(
            [sys.executable, HERE / "polled_feeds.py", "--feeds", str(count), "--hosts", str(hosts)], log
        )
        self.port = self.server.hear()["port"]

    def address(self, feed: int) -> str:
        """Where a feed is."""
        return f"http://{host(feed, self.hosts)}:{self.port}{path(feed)}"

    def publish(self) -> None:
        """One new entry in each feed."""
        self.edition = self.server.ask("publish")["edition"]

    def answered(self) -> dict[str, int]:
        """Requests since the last time, by what was answered."""
        return self.server.ask("count")


def three_phases(side: str, child: Child, feeds: Feeds, poll: Callable[[], None]) -> Result:
    """Run the phases of a side and check that the server answered as each means."""
    costs: list[Cost] = []
    feeds.answered()
    for phase in PHASES:
        if phase == "changed":
            feeds.publish()
        with child.measured(costs):
            poll()
        answered = feeds.answered()
        meant = "304" if phase == "unchanged" else "200"
        if (answered.get("200", 0), answered.get("304", 0)) != (
            (feeds.count, 0) if meant == "200" else (0, feeds.count)
        ):
            raise SystemExit(f"{side}, {phase}: the server answered {answered}")
    return Result(side, tuple(costs), child.memory_mib("VmHWM"))


def floor(stack: str, feeds: Feeds, folder: Path) -> Result:
    """The bare spider."""
    child = Child(
        [sys.executable, HERE / "poll_floor.py", stack, str(CONCURRENCY)], folder / f"floor-{stack}.log"
    )
    with closing(child):
        child.hear()
        known: int | None = None

        def poll() -> None:
            nonlocal known
            wanted = []
            for feed in range(feeds.count):
                etag, modified = ("", "") if known is None else validators(feed, known)
                headers = {"If-None-Match": etag, "If-Modified-Since": modified} if etag else {}
                wanted.append((feeds.address(feed), headers))
            known = feeds.edition
            child.ask(json.dumps(wanted))

        return three_phases(f"floor ({stack})", child, feeds, poll)


def reader_environment(place: Path) -> Path:
    """The interpreter of an environment that holds `reader`; made when it is not there."""
    python = place / "bin" / "python"
    if not (place / "made").exists():
        venv.create(place, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "-qq", *READER], check=True)
        (place / "made").touch()
    return python


def reader(python: Path, workers: int, feeds: Feeds, folder: Path) -> Result:
    """The package `reader`."""
    told = subprocess.run(
        [python, "-c", "import reader; print(reader.__version__)"], capture_output=True, text=True, check=True
    )
    child = Child(
        [python, HERE / "poll_reader.py", folder / "reader.sqlite", str(workers)], folder / "reader.log"
    )
    with closing(child):
        child.ask(json.dumps([feeds.address(feed) for feed in range(feeds.count)]))

        def poll() -> None:
            ended = child.ask("update")
            if ended["failed"]:
                raise SystemExit(f"reader failed on {ended['failed']} feeds")

        result = three_phases(f"reader {told.stdout.strip()}", child, feeds, poll)
        entries = child.ask("update")["entries"]
        if entries != feeds.count * (ITEMS + 1):
            raise SystemExit(f"reader holds {entries} entries")
        return result


CONFIG = """\
zone:
  regions: [Bourgogne-Franche-Comté]
base_de_donnees: bench.sqlite
journal: warning
reseaux_internes_autorises: [127.0.0.0/8]
politesse:
  delai_par_site_secondes: 0
  intervalle_min_minutes: 120
  intervalle_habituel_minutes: 120
sources:
  paquet: non
  ajouter:
"""


class Collector:
    """The collector as the service runs it, and what it keeps."""

    def __init__(self, feeds: Feeds, folder: Path) -> None:
        self.feeds = feeds
        config = folder / "config.yaml"
        cards = (
            f"    - id: gazette-{feed:04}\n      nom: Gazette {feed:04}\n      genre: flux\n"
            f"      adresse: {feeds.address(feed)}\n      lire_les_pages: non\n"
            for feed in range(feeds.count)
        )
        config.write_text(CONFIG + "".join(cards), encoding="utf-8")
        self.file = folder / "bench.sqlite"
        self.database = Database.open(f"sqlite:///{self.file}")
        self.database.upgrade()
        with self.database.write() as tx:  # known, and not due yet: starting is not measured
            sources.sync_cards(tx, load_config(config).sources(), datetime.now(UTC))
            sources.make_due(tx, datetime.now(UTC) + timedelta(days=1))
        self.rounds = 0
        self.first = feeds.edition
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self.child = Child(
            [sys.executable, HERE / "poll_comtoise.py", "--config", config],
            folder / "collector.log",
            env=environment,
            cwd=folder,
        )
        self.child.settle()

    def poll(self) -> None:
        """Make all sources due, and wait until every poll is committed."""
        self.rounds += 1
        with self.database.write() as tx:
            sources.make_due(tx, datetime.now(UTC))
        until = time.monotonic() + PATIENCE_S
        with closing(sqlite3.connect(self.file)) as connection:
            left = "SELECT 1 FROM source WHERE polls < ? LIMIT 1"
            while connection.execute(left, (self.rounds,)).fetchone() is not None:
                if time.monotonic() > until or self.child.process.poll() is not None:
                    raise SystemExit(f"the collector is stuck:\n{self.child.log.read_text('utf-8')[-3000:]}")
                time.sleep(0.05)

    def check(self) -> None:
        """Fail when an entry published since the first edition is missing or kept twice."""
        wanted = {
            (f"gazette-{feed:04}", guid(feed, item))
            for feed in range(self.feeds.count)
            for item in range(self.first, self.feeds.edition + ITEMS)
        }
        with closing(sqlite3.connect(self.file)) as connection:
            seen = Counter(connection.execute("SELECT source_id, guid FROM sighting"))
            articles = connection.execute("SELECT count(*), sum(NOT silent) FROM article").fetchone()
        new = self.feeds.count * (self.feeds.edition - self.first)
        twice = sum(count > 1 for count in seen.values())
        if set(seen) != wanted or twice or articles != (len(wanted), new):
            raise SystemExit(
                f"kept {len(seen)} of {len(wanted)} entries, {twice} twice, {articles} articles and new"
            )
        print(f"comtoise kept {len(wanted):,} entries, {new:,} of them new since the cold poll: none lost, "
              "none twice")  # fmt: skip

    def close(self) -> None:
        """Stop it."""
        self.child.close()
        self.database.close()


def collector(feeds: Feeds, folder: Path, rounds: int) -> Result:
    """Comtoise's collector: the three phases, the check, then the rounds of the memory."""
    side = Collector(feeds, folder)
    with closing(side):
        result = three_phases("comtoise", side.child, feeds, side.poll)
        side.check()
        if rounds:
            memory = []
            for number in range(1, rounds + 1):
                if number % 2:
                    feeds.publish()
                side.poll()
                memory.append(side.child.memory_mib("VmRSS"))
            side.check()
            print_memory(memory)
        return result


def print_memory(memory: Sequence[float]) -> None:
    """Say what the collector held after each round, in MiB; the run fails when it does not stay the same."""
    print("memory after each round, MiB:", " ".join(f"{mib:.0f}" for mib in memory))
    settled = memory[min(SETTLED_ROUND, len(memory)) - 1]
    least, most, last = (mib / settled for mib in (min(memory), max(memory), memory[-1]))
    told = f"memory after round {len(memory)} is {last:.3f} of that after round {SETTLED_ROUND}"
    print(f"{told}; between {least:.3f} and {most:.3f} of it all the while")
    if most > 1 + FLAT or last < 1 - FLAT:
        raise SystemExit(f"memory is not flat within {FLAT:.0%}")


def table(results: Sequence[Result], feeds: int) -> str:
    """Every figure, a line per side."""
    lines = [f"{'':16}" + "".join(f"{phase:>24}" for phase in PHASES) + f"{'peak MiB':>12}"]
    lines.append(f"{'':16}" + f"{'ms CPU/feed':>14}{'wall s':>10}" * 3)
    for result in results:
        costs = "".join(f"{cost.cpu_s / feeds * 1000:14.2f}{cost.wall_s:10.2f}" for cost in result.phases)
        lines.append(f"{result.side:16}{costs}{result.peak_mib:12.0f}")
    ours = results[-1]
    for other in results[:-1]:
        ratios = "".join(
            f"{mine.cpu_s / its.cpu_s:13.2f}×{mine.wall_s / its.wall_s:9.2f}×"
            for mine, its in zip(ours.phases, other.phases, strict=True)
        )
        lines.append(f"{'÷ ' + other.side:16}{ratios}{ours.peak_mib / other.peak_mib:11.2f}×")
    return "\n".join(lines)


def main() -> None:
    """Read the command line, run every side, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--hosts", type=int, default=250, help="loopback addresses that publish them")
    parser.add_argument("--workers", type=int, default=10, help="threads of reader")
    parser.add_argument("--rounds", type=int, default=0, help="further rounds, for the collector's memory")
    parser.add_argument("--without-reader", action="store_true", help="nothing is installed")
    parser.add_argument("--only-comtoise", action="store_true")
    parser.add_argument(
        "--reader-env",
        type=Path,
        default=Path(tempfile.gettempdir()) / "comtoise-bench-reader",
        help="where the environment of reader is kept",
    )
    parser.add_argument("--json", action="store_true", help="the figures as JSON at the end")
    chosen = parser.parse_args()
    results: list[Result] = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="comtoise-bench-")))
        feeds = Feeds(chosen.feeds, chosen.hosts, folder / "server.log")
        stack.callback(feeds.server.close)
        feeds.publish()
        if not chosen.only_comtoise:
            results += [floor(name, feeds, folder) for name in ("stock", "aiohttp")]
            if not chosen.without_reader:
                python = reader_environment(chosen.reader_env)
                results.append(reader(python, chosen.workers, feeds, folder))
        results.append(collector(feeds, folder, chosen.rounds))
    print(table(results, chosen.feeds))
    if chosen.json:
        print(json.dumps([asdict(result) for result in results]))


if __name__ == "__main__":
    main()
