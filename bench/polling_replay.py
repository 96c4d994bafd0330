"""Replay a recorded trace of publications: what a policy of polling costs in delay and in lost items.

    python bench/polling_replay.py [--folder ../shared/eval] [--window 20 10] [--least-items 0] [--mean 48] [--json]

The first ten of the trace's 21 days are known when the clock starts; the other eleven are scored, and learned
from as they are polled. An item is found at the first poll after its publication if it is still among the last
*window* items of its source, else it is lost. The policy has the budget of a fixed interval of thirty minutes, 48
polls a day and source; its pace is set anew each day from what is known then, as in the service. The budget is one
of a week, and four of the eleven days are of a weekend, when less is polled: the policy spends less than it may.
No poll can see more than a windowful of what is published at one instant: the rest is told apart, as out of reach.
Whenever something is lost, the poll after it shows nothing known, and the collector reads the source's archive back
by up to five lists: what that could not give back either, had every source an archive, is the last column.
"""

import argparse
import csv
import gzip
import json
import os
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from heapq import heapify, heapreplace
from pathlib import Path

from comtoise.polling import Bounds, Group, Groups, Hints, History, Rhythm, budget, next_poll, phase
from comtoise.polling.health import silent_from
from comtoise.polling.sharing import POLLS_MEAN

FOLDER = Path(os.environ.get("COMTOISE_EVAL", Path(__file__).resolve().parents[2] / "shared" / "eval"))
TRACE = "polling_trace_dev.csv.gz"
DAY = timedelta(days=1)
LEARNED, SCORED = 10, 11  #: days
ARCHIVE = 5  #: lists that the collector reads back, each as long as the window (`comtoise_crawler.repair`)
FIXED = timedelta(minutes=30)
BOUNDS = Bounds(shortest=timedelta(minutes=5), usual=FIXED, longest=DAY)

Trace = Mapping[str, Sequence[datetime]]  #: publication times per source, rising
Policy = Callable[[str, datetime, Sequence[datetime]], datetime]
"""The next poll of a source after one at this moment, which found these new items."""


@dataclass(slots=True)
class Score:
    """What a replay cost."""

    polls: int = 0
    lost: int = 0
    out_of_reach: int = 0  #: of the lost, those that no poll could have seen
    unrepaired: int = 0  #: of the lost, those that no archive of `ARCHIVE` lists could give back
    delays: list[timedelta] = field(default_factory=list)  #: of the items found

    @property
    def mean_min(self) -> float:
        """Mean delay, minutes."""
        return sum(self.delays, timedelta(0)) / len(self.delays) / timedelta(minutes=1)

    @property
    def p90_min(self) -> float:
        """The delay that nine items in ten stay below, minutes."""
        return sorted(self.delays)[len(self.delays) * 9 // 10] / timedelta(minutes=1)

    def lost_share(self, *, avoidable: bool = False) -> float:
        """Of all items published, those never seen."""
        lost = self.lost - (self.out_of_reach if avoidable else 0)
        return lost / (len(self.delays) + self.lost)


def read_trace(path: Path, *, least_items: int = 0) -> tuple[Trace, datetime]:
    """The trace, and its first midnight; sources with fewer items before the scored days are left out."""
    found: dict[str, list[datetime]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            found[row["source"]].append(datetime.fromtimestamp(int(row["published"]), UTC))
    start = min(map(min, found.values())).replace(hour=0, minute=0, second=0)
    trace = {source: sorted(times) for source, times in sorted(found.items())}
    cut = start + LEARNED * DAY
    return {s: times for s, times in trace.items() if bisect_left(times, cut) >= least_items}, start


def replay(trace: Trace, policy: Policy, *, start: datetime, window: int) -> Score:
    """Poll every source from the end of the learned days to the end of the scored ones."""
    begin, end = start + LEARNED * DAY, start + (LEARNED + SCORED) * DAY
    score = Score()
    known = {source: bisect_left(times, begin) for source, times in trace.items()}
    due = [(begin + FIXED * phase(source), source) for source in trace]
    heapify(due)
    while True:
        now, source = due[0]
        times = trace[source]
        first, last = known[source], bisect_right(times, now)
        seen = times[max(first, last - window) : last]
        score.delays += [now - published for published in seen]
        score.lost += last - first - len(seen)
        score.unrepaired += max(0, last - first - (1 + ARCHIVE) * window)
        known[source] = last
        if now >= end:  # the first poll after the end still finds what came before it
            due[0] = due[-1]
            due.pop()
            heapify(due)
            if not due:
                break
            continue
        score.polls += 1
        heapreplace(due, (policy(source, now, seen), source))
    for times in trace.values():
        at_once = Counter(times[bisect_left(times, begin) :])
        score.out_of_reach += sum(max(0, count - window) for count in at_once.values())
    return score


def fixed(_source: str, now: datetime, _new: Sequence[datetime]) -> datetime:
    """Every thirty minutes."""
    return now + FIXED


class Ours:
    """The product's policy: a history per source, a pace for all, both carried on as in the service."""

    def __init__(self, trace: Trace, *, start: datetime, window: int, mean: float = POLLS_MEAN) -> None:
        begin = start + LEARNED * DAY
        self._mean = mean
        self._paced = begin
        self._histories = {
            source: History.of(times[: bisect_left(times, begin)], now=begin, since=start, window=window)
            for source, times in trace.items()
        }
        self._set_pace()

    def _set_pace(self) -> None:
        self._group = Group.of(self._histories.values())
        rhythms = [(Rhythm.of(history, self._group), 1.0) for history in self._histories.values()]
        self._pace = budget(rhythms, self._mean, most=DAY / BOUNDS.shortest)

    def __call__(self, source: str, now: datetime, new: Sequence[datetime]) -> datetime:
        """The next poll, having learned what this one found."""
        if now >= self._paced + DAY:
            self._paced = now
            self._set_pace()
        history = self._histories[source] = self._histories[source].seen(new, now=now)
        return next_poll(
            source,
            now=now,
            bounds=BOUNDS,
            hints=Hints(),
            rhythm=Rhythm.of(history, self._group),
            window=history.window,
            pace=self._pace,
        )


def compare(trace: Trace, *, start: datetime, window: int, mean: float = POLLS_MEAN) -> tuple[Score, Score]:
    """The fixed interval and the product's policy on one trace."""
    ours = Ours(trace, start=start, window=window, mean=mean)
    return (
        replay(trace, fixed, start=start, window=window),
        replay(trace, ours, start=start, window=window),
    )


def silences(trace: Trace, *, start: datetime) -> tuple[int, int]:
    """How many silences of the scored days raise the alarm: those that news ended, and those that lasted."""
    begin, end = start + LEARNED * DAY, start + (LEARNED + SCORED) * DAY
    known = {source: times[: bisect_left(times, begin)] for source, times in trace.items()}
    histories = {s: History.of(times, now=times[-1], since=start) for s, times in known.items() if times}
    groups = Groups.of(("feed", history) for history in histories.values())
    ended = lasting = 0
    for source, first in histories.items():
        history = first
        for moment in (*trace[source][len(known[source]) : bisect_left(trace[source], end)], None):
            alarm = silent_from(history, groups.rhythm("feed", history))
            if alarm is not None and alarm < (moment or end):
                ended, lasting = ended + (moment is not None), lasting + (moment is None)
            if moment is not None:
                history = history.seen([moment], now=max(moment, history.until))
    return ended, lasting


def main() -> None:
    """Print the comparison for each window, and what the alarm of silence would have said."""
    parser = argparse.ArgumentParser(description="Replay a trace of publications against a fixed interval.")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--window", type=int, nargs="+", default=[20, 10])
    parser.add_argument(
        "--least-items", type=int, default=0, help="in the ten learned days, for a source to count"
    )
    parser.add_argument("--mean", type=float, default=POLLS_MEAN, help="polls a day and source of the budget")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    trace, start = read_trace(args.folder / TRACE, least_items=args.least_items)
    ended, lasting = silences(trace, start=start)
    told = []
    for window in args.window:
        scores = dict(
            zip(("fixed", "ours"), compare(trace, start=start, window=window, mean=args.mean), strict=True)
        )
        base = scores["fixed"]
        for name, score in scores.items():
            told.append(
                {
                    "window": window,
                    "policy": name,
                    "polls": score.polls / len(trace) / SCORED,
                    "mean_min": score.mean_min,
                    "mean_ratio": score.mean_min / base.mean_min,
                    "p90_min": score.p90_min,
                    "p90_ratio": score.p90_min / base.p90_min,
                    "lost": score.lost,
                    "lost_share": score.lost_share(),
                    "out_of_reach": score.out_of_reach,
                    "avoidable_share": score.lost_share(avoidable=True),
                    "unrepaired": score.unrepaired,
                }
            )
    if args.json:
        alarms = {"ended": ended, "lasting": lasting}
        print(json.dumps({"sources": len(trace), "rows": told, "alarms": alarms}, indent=1))
        return
    print(f"{len(trace)} sources, {SCORED} scored days; ratios to the fixed interval of the same window")
    print(
        "window policy  polls/day  mean min  ratio  p90 min  ratio   lost  out of reach  avoidable loss  after repair"
    )
    for row in told:
        print(
            "{window:6} {policy:7} {polls:9.1f} {mean_min:9.2f} {mean_ratio:6.2f} {p90_min:8.2f} {p90_ratio:6.2f}"
            " {lost:6} {out_of_reach:13} {avoidable_share:14.3%} {unrepaired:13}".format(**row)
        )
    print(f"alarms of silence: {ended} that news then ended, {lasting} that lasted to the end of the trace")


if __name__ == "__main__":
    main()
