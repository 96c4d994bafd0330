"""How right the readers are on the open evaluation cases: feeds, dates, pages.

    python bench/reading.py [feeds|dates|pages] [--folder ../shared/eval] [--wrong] [--half a|b] [--without N]

Feeds. A case with expected entries is right when number, identifier, address, title, dates and the summary's
words agree after cleaning. A case with feedparser's assertions is right when every assertion that
`comtoise feed` can answer holds (bozo: the reader noted a problem; id, link, title, summary, dates, author,
tags) and the entries are as many, with the titles and addresses, as feedparser finds; the assertions about
anything else (rights, images, where, encoding …) are counted apart.

Pages. ``--half`` measures one half of them, by the first hexadecimal digit of their name, so that rules made on one
half can be judged on the other. ``--without`` takes from each page what dates it, the surest first (1: JSON-LD; 2:
every script and dated meta; 3: the values of <time> and microdata; 4: the address), and so measures the days that
the other signs give, as on pages that lack the first.
"""

import argparse
import html
import io
import json
import os
import re
import statistics
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import trafilatura

from comtoise.errors import SourceError
from comtoise.model import Entry
from comtoise.text.clean import clean_text, clean_title, clean_url
from comtoise.text.dates import PARIS, read_dates
from comtoise_crawler.reading.feed import Feed, read_feed
from comtoise_crawler.reading.page import read_page

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = "http://127.0.0.1:8097/document.xml"  # where feedparser's own tests say their documents live


def eval_folder() -> Path:
    """Where the open cases are: COMTOISE_EVAL, or shared/eval beside the repository."""
    return Path(os.environ.get("COMTOISE_EVAL", ROOT.parent / "shared" / "eval"))


def rows(folder: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a file of cases."""
    return [json.loads(line) for line in (folder / f"{name}_dev.jsonl").read_text("utf-8").splitlines()]


def instant(text: str | None) -> datetime | None:
    if not text:
        return None
    found = datetime.fromisoformat(text)
    return found.replace(microsecond=0, tzinfo=found.tzinfo or UTC)


# -- feeds --------------------------------------------------------------------------------------------------


def entry_is_right(expected: dict[str, Any], entry: Entry, url: str) -> str | None:
    """None when right, else the field that is wrong."""
    if "title" in expected and clean_title(expected["title"]) != entry.title:
        return f"title {entry.title!r} for {expected['title']!r}"
    if "link" in expected and clean_url(expected["link"], url) != entry.url:
        return f"link {entry.url!r} for {expected['link']!r}"
    # feed-rs makes an identifier up where the document has none.
    if "guid" in expected and entry.guid is not None and expected["guid"] != entry.guid:
        return f"guid {entry.guid!r} for {expected['guid']!r}"
    for name in ("published", "updated"):
        wanted = instant(expected.get(name))
        if wanted is not None and wanted.year > 1 and wanted not in (getattr(entry, name), entry.published):
            return f"{name} {getattr(entry, name)} for {wanted}"
    words = clean_text(expected.get("summary_contains", ""))
    if words and " ".join(words.split()) not in " ".join((entry.summary + "\n" + entry.content).split()):
        return f"summary {entry.summary[:80]!r} for {words!r}"
    return None


def expected_is_right(expected: dict[str, Any], feed: Feed | None, url: str) -> str | None:
    entries = feed.entries if feed else ()
    if len(entries) != expected["count"]:
        return f"{len(entries)} entries for {expected['count']}"
    if feed and "title" in expected and clean_title(expected["title"]) != feed.title:
        return f"feed title {feed.title!r}"
    return next((w for w in map(entry_is_right, expected["items"], entries, [url] * len(entries)) if w), None)


def same_text(wanted: object, found: str) -> bool:
    squeezed = re.sub(r"\s+", "", clean_text(str(wanted)))
    return squeezed in (re.sub(r"\s+", "", found), re.sub(r"\s+", "", html.unescape(found)))


def parsed_time(moment: datetime | None) -> list[int] | None:
    return list(moment.timetuple())[:6] if moment else None


#: Where feedparser 6.0.14 itself takes the enclosure for the article, which the descriptions call wrong.
FEEDPARSER_IS_WRONG = re.compile("entry_link_(no_href_link_priority|rel_enclosure_no_href)")

#: What `comtoise feed` can answer: an entry, the index behind the name, the value asserted.
ANSWERS: dict[str, Callable[[Entry, int, Any], bool]] = {
    "id": lambda e, _i, v: e.guid == v,
    "guid": lambda e, _i, v: e.guid == v,
    "title": lambda e, _i, v: same_text(v, e.title),
    "title_detail.value": lambda e, _i, v: same_text(v, e.title),
    "link": lambda e, _i, v: e.url == v,
    "summary": lambda e, _i, v: same_text(v, e.summary),
    "description": lambda e, _i, v: same_text(v, e.summary) or same_text(v, e.content),
    "content.value": lambda e, _i, v: same_text(v, e.content),
    "published_parsed": lambda e, _i, v: parsed_time(e.published) == v[:6],
    "updated_parsed": lambda e, _i, v: parsed_time(e.updated or e.published) == v[:6],
    "created_parsed": lambda e, _i, v: parsed_time(e.published) == v[:6],
    "author": lambda e, _i, v: e.authors[:1] == (v,),
    "author_detail.name": lambda e, _i, v: e.authors[:1] == (v,),
    "category": lambda e, _i, v: e.categories[:1] == (v,),
    "tags": lambda e, _i, v: len(e.categories) == v,
    "tags.term": lambda e, i, v: len(e.categories) > i and e.categories[i] == v,
}


def assertions(row: dict[str, Any], feed: Feed | None) -> Iterator[tuple[bool | None, str]]:
    """For each assertion: whether it holds (None: not something an entry carries), and its words."""
    for given in row["asserts"]:
        path, value = given["path"], given.get("value")
        words = f"{'.'.join(map(str, path))} {given['op']} {value!r}"
        if path == ["bozo"]:
            yield (feed is None or bool(feed.problems)) == (given["op"] == "truthy"), words
            continue
        if path == ["feed", "title"]:
            yield feed is not None and same_text(value, feed.title), words
            continue
        name = ".".join(str(step) for step in path[2:] if isinstance(step, str))
        answer = ANSWERS.get(name) if path[0] == "entries" else None
        if answer is None:
            yield None, words
            continue
        inner = next((step for step in path[2:] if isinstance(step, int)), 0)
        known = feed is not None and len(feed.entries) > path[1]
        yield bool(known and feed and answer(feed.entries[path[1]], inner, value)), words


def as_feedparser(body: bytes, row: dict[str, Any], feed: Feed | None, url: str) -> str | None:
    """Whether the entries are those that feedparser finds."""
    headers = {name.lower(): value for name, value in row.get("headers", {}).items()}
    reference = feedparser.parse(io.BytesIO(body), response_headers={"content-location": url, **headers})
    entries = feed.entries if feed else ()
    if len(entries) != len(reference.entries):
        return f"{len(entries)} entries, feedparser {len(reference.entries)}"
    for ours, theirs in zip(entries, reference.entries, strict=True):
        if not same_text(theirs.get("title", ""), ours.title):
            return f"title {ours.title!r}, feedparser {theirs.get('title')!r}"
        if "link" in theirs and clean_url(theirs.link, url) != ours.url:
            return f"link {ours.url!r}, feedparser {theirs.link!r}"
    return None


def measure_feeds(folder: Path, *, wrong: bool) -> dict[str, float]:
    """Read every feed; print and return shares."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    foreign = answered = 0
    spent = 0.0
    with zipfile.ZipFile(folder / "feeds_dev.zip") as archive:
        for row in rows(folder, "feeds"):
            body = archive.read(row["member"])
            url = row.get("url") or row.get("headers", {}).get("Content-Location") or DOCUMENT
            content_type = row.get("headers", {}).get("Content-type")
            start = time.process_time()
            try:
                feed: Feed | None = read_feed(body, url=url, content_type=content_type, now=NOW)
            except SourceError:
                feed = None
            spent += time.process_time() - start
            suite = row["suite"]
            total[suite] += 1
            reasons: list[str] = []
            expected = row.get("expected") or row.get("silver")
            if expected is not None:
                reasons += [r for r in [expected_is_right(expected, feed, url)] if r]
            else:
                for holds, words in assertions(row, feed) if "asserts" in row else ():
                    foreign += holds is None
                    answered += holds is not None
                    reasons += [words] if holds is False else []
                if not FEEDPARSER_IS_WRONG.search(row["id"]):
                    reasons += [r for r in [as_feedparser(body, row, feed, url)] if r]
            right[suite] += not reasons
            if reasons and wrong:
                print(f"  {row['id']} ({row['member'][:8]}): {'; '.join(reasons)[:300]}")
    shares = {suite: right[suite] / total[suite] for suite in total}
    shares["all"] = right.total() / total.total()
    for suite, share in shares.items():
        print(f"feeds {suite:12} {share:7.1%}")
    print(
        f"feeds: {answered} assertions answered, {foreign} about what entries do not carry; {spent:.2f} s of CPU"
    )
    return shares


# -- dates --------------------------------------------------------------------------------------------------


def date_is_right(row: dict[str, Any]) -> str | None:
    """None when right, else what was read."""
    now = datetime.fromisoformat(row["now"]) if "now" in row else NOW
    found = read_dates(row["text"], now=now if now.tzinfo else now.replace(tzinfo=PARIS))
    published = found.published.isoformat() if found.published else None
    updated = found.updated.isoformat() if found.updated else None
    expected = row["expected"]
    if row.get("must_reject"):
        right = published is None
    elif expected is None:
        right = published is not None
    elif expected.endswith("Z"):
        right = found.published is not None and found.published.utc == datetime.fromisoformat(expected)
    else:
        right = published is not None and published.startswith(expected)
    if "updated" in row:
        right = right and updated is not None and updated.startswith(row["updated"])
    return None if right else f"{published} / {updated} for {expected} / {row.get('updated')}"


def measure_dates(folder: Path, *, wrong: bool) -> dict[str, float]:
    """Read every date; print and return the share right."""
    verdicts = [(row, date_is_right(row)) for row in rows(folder, "dates")]
    for row, reason in verdicts:
        if reason and wrong:
            print(f"  {row['id']} {row['text']!r}: {reason}")
    share = statistics.mean(reason is None for _row, reason in verdicts)
    print(f"dates {share:.1%} of {len(verdicts)}")
    return {"all": share}


# -- pages --------------------------------------------------------------------------------------------------


def words(text: str) -> list[str]:
    """The words of a text, for the score only."""
    return re.findall(r"\w+", text.lower())


def f1(found: str, wanted: str) -> float:
    """Harmonic mean of precision and recall on words, each counted as often as it occurs."""
    ours, theirs = Counter(words(found)), Counter(words(wanted))
    common = (ours & theirs).total()
    return 2 * common / (ours.total() + theirs.total()) if common else 0.0


def squeezed(text: str) -> str:
    """Text whose spaces and line ends do not count."""
    return " ".join(text.split())


_LD = re.compile(rb"(?is)<script[^>]*ld\+json[^>]*>.*?</script>")
_SCRIPT_OR_META = re.compile(rb"(?is)<script\b.*?</script>|<meta\b[^>]*(?:time|date|publi|modif)[^>]*>")
_VALUE = re.compile(
    rb"""(?is)(<time\b[^>]*?|itemprop="date\w+"[^>]*?)\s(?:datetime|content)=(?:"[^"]*"|'[^']*')"""
)


def dated_less(body: bytes, url: str, without: int) -> tuple[bytes, str]:
    """A page and its address without the surest *without* kinds of what dates it."""
    for level, pattern in enumerate((_LD, _SCRIPT_OR_META, _VALUE), start=1):
        if level <= without:
            body = pattern.sub(rb"\1" if pattern.groups else b"", body)
    return body, url if without < 4 else "https://site.example/article/titre"


def measure_pages(
    folder: Path, *, wrong: bool, half: str | None = None, without: int = 0
) -> dict[str, float]:
    """Read every page, and let trafilatura alone extract the text of the same pages; print shares and F1."""
    held: dict[str, list[bool]] = {"title": [], "day": [], "author": [], "kept in": [], "kept out": []}
    alone: dict[str, list[bool]] = {"kept in": [], "kept out": []}
    scores: list[float] = []
    their_scores: list[float] = []
    spent = their_time = 0.0

    def note(row: dict[str, Any], name: str, right: bool, words: str) -> None:
        held[name].append(right)
        if wrong and not right:
            print(f"  {row['member'][:8]} {row['url'][:60]} {name}: {words[:200]}")

    with zipfile.ZipFile(folder / "articles_dev.zip") as archive:
        for row in rows(folder, "articles"):
            if half is not None and half != "ab"[int(row["member"][0], 16) % 2]:
                continue
            body, url = dated_less(archive.read(row["member"]), row["url"], without)
            start = time.process_time()
            page = read_page(body, url=url, now=NOW)
            spent += time.process_time() - start
            start = time.process_time()
            theirs = trafilatura.extract(body, url=row["url"], include_comments=False) or ""
            their_time += time.process_time() - start
            if row.get("title"):
                wanted = clean_title(row["title"])
                note(row, "title", page.title == wanted, f"{page.title!r} for {wanted!r}")
            if row.get("date"):
                day = page.published.date().isoformat() if page.published else None
                note(row, "day", day == row["date"][:10], f"{day} for {row['date']}")
            if row.get("authors"):
                note(
                    row,
                    "author",
                    page.authors[:1] == (row["authors"][0],),
                    f"{page.authors} for {row['authors']}",
                )
            if row.get("body"):
                scores.append(f1(page.text, row["body"]))
                their_scores.append(f1(theirs, row["body"]))
                if wrong and scores[-1] < their_scores[-1] - 0.005:
                    print(
                        f"  {row['member'][:8]} {row['url'][:60]} F1 {scores[-1]:.3f}, {their_scores[-1]:.3f}"
                    )
            for name, wish in (("kept in", True), ("kept out", False)):
                for piece in row.get("must_contain" if wish else "must_not_contain", ()):
                    note(row, name, (squeezed(piece) in squeezed(page.text)) is wish, piece)
                    alone[name].append((squeezed(piece) in squeezed(theirs)) is wish)
    shares = {name: statistics.mean(rights) for name, rights in held.items()}
    for name, share in shares.items():
        aside = f" (trafilatura alone {statistics.mean(alone[name]):.1%})" if name in alone else ""
        print(f"pages {name:9} {share:6.1%} of {len(held[name])}{aside}")
    shares |= {"f1": statistics.mean(scores), "trafilatura f1": statistics.mean(their_scores)}
    print(f"pages body F1  {shares['f1']:.4f} (trafilatura alone {shares['trafilatura f1']:.4f})")
    print(f"pages {spent:.1f} s of CPU in all (trafilatura alone {their_time:.1f} s)")
    return shares


def main() -> int:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description="Measure the readers on the open cases.")
    parser.add_argument("what", nargs="*", default=["feeds", "dates", "pages"])
    parser.add_argument("--folder", type=Path, default=eval_folder())
    parser.add_argument("--wrong", action="store_true", help="print the cases that are wrong")
    parser.add_argument("--half", choices=("a", "b"), help="only this half of the pages")
    parser.add_argument("--without", type=int, choices=range(5), default=0, help="date pages by weaker signs")
    given = parser.parse_args()
    if not given.folder.is_dir():
        print(f"no evaluation cases at {given.folder}: nothing measured")
        return 0
    for what in given.what:
        match what:
            case "feeds":
                measure_feeds(given.folder, wrong=given.wrong)
            case "dates":
                measure_dates(given.folder, wrong=given.wrong)
            case "pages":
                measure_pages(given.folder, wrong=given.wrong, half=given.half, without=given.without)
            case _:
                parser.error(f"nothing called {what} is measured")
    return 0


if __name__ == "__main__":
    sys.exit(main())
