"""How fast articles are understood, and whether the number of keywords costs anything.

    python bench/bench_classify.py [--articles 100] [--json]

For 200, 2,000 and 20,000 keywords, in one process on one core, articles of 3 kB per second of that core: what the
keywords alone decide (sectors, clusters and companies), then the whole understanding (places, signals, unknown
companies and worth too), against one compiled regular expression per keyword over the same folded text in the same
run. The *floor* is folding and splitting into words, which nothing can do without: the share of it says how much is
left to gain.

The articles are invented sentences, one in three about an industry; the keywords are invented words, of which a
fixed 150 are said in the articles, so that what is found does not grow with what is looked for. Exit status 1 when a
bar is missed.
"""

import argparse
import json
import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from comtoise.knowledge import Knowledge, load
from comtoise.model import Article
from comtoise.text.fold import fold, spaced
from comtoise.topics import Rules, compile_rules, understand
from comtoise.topics.document import Document
from comtoise.topics.understand import read_topics

LENGTH = 3000  #: characters of an article
SAID = 150  #: keywords that the articles say
SIZES = (200, 2_000, 20_000)
FLAT = 1.20  #: the slowest size may take this much more than the fastest
FAST = 2_000  #: articles a second, at least

_PLAIN = (
    "La réunion publique a rassemblé une soixantaine d'habitants dans la salle des fêtes.",
    "Le conseil se prononcera au printemps, après une nouvelle consultation des riverains.",
    "Elle raconte ses souvenirs d'école, les hivers longs et le chemin qu'il fallait faire à pied.",
    "Personne ne s'attendait à une telle affluence, et la file s'étirait jusqu'au pont.",
    "Il faudra patienter encore quelques semaines avant de connaître la suite de l'histoire.",
    "L'association espère réunir assez d'argent pour repeindre la façade avant l'été.",
)
_INDUSTRIAL = (
    "L'usine de {} emploie cent vingt salariés et investit deux millions d'euros dans une ligne.",
    "Spécialiste du {}, la PME recrute douze opérateurs et vise l'export.",
    "Le carnet de commandes de l'atelier de {} est plein pour un an, assure la direction.",
)


def invented_words(count: int, seed: int = 7) -> list[str]:
    """Distinct words that sound French and are not."""
    rng = random.Random(seed)
    onsets = [*"bcdfgjlmnprstv", "br", "cl", "dr", "fl", "gr", "pl", "tr"]
    ends = ["", "n", "r", "ment"]
    words: dict[str, None] = {}
    while len(words) < count:
        syllables = rng.randint(3, 4)
        word = "".join(rng.choice(onsets) + rng.choice("aeiou") for _ in range(syllables)) + rng.choice(ends)
        words[f"zy{word}"] = None
    return list(words)


def invented_articles(count: int, said: list[str], seed: int = 11) -> list[Article]:
    """Articles of `LENGTH` characters in several paragraphs."""
    rng = random.Random(seed)
    articles = []
    for number in range(count):
        text = ""
        while len(text) < LENGTH:
            sentence = (
                rng.choice(_INDUSTRIAL).format(rng.choice(said))
                if rng.random() < 1 / 3
                else rng.choice(_PLAIN)
            )
            text += sentence + rng.choice((" ", " ", "\n"))
        articles.append(Article(id=str(number), url=None, title=rng.choice(_PLAIN), text=text[:LENGTH]))
    return articles


def knowledge_of(keywords: list[str]) -> Knowledge:
    """The packaged sectors with *keywords* as their only strong words, shared out; no company, no cluster."""
    knowledge = load()
    share = len(knowledge.sectors)
    sectors = tuple(
        replace(sector, strong=tuple(keywords[number::share]), weak=(), occupations=())
        for number, sector in enumerate(knowledge.sectors)
    )
    return replace(knowledge, sectors=sectors, companies=(), clusters=())


def seconds(action: Callable[[Article], object], articles: Iterable[Article], rounds: int = 5) -> float:
    """The mean over the articles of the best time for each, in seconds of the core: other work only slows a round.

    The clock is that of the thread: what others take of the core meanwhile is not counted, what they throw out of its
    caches is.
    """
    best: dict[int, float] = {}
    given = list(articles)
    for _ in range(rounds):
        for number, article in enumerate(given):
            start = time.thread_time()
            action(article)
            taken = time.thread_time() - start
            best[number] = min(taken, best.get(number, taken))
    return statistics.mean(best.values())


def one_expression_each(keywords: list[str]) -> Callable[[Article], object]:
    """The naive way: one compiled regular expression per keyword, plural included, run over the folded text."""
    patterns = [re.compile(rf"\b{re.escape(fold(keyword))}s?\b") for keyword in keywords]

    def search(article: Article) -> list[int]:
        text = fold(f"{article.title}\n{article.text}")
        return [number for number, pattern in enumerate(patterns) if pattern.search(text)]

    return search


def classify(rules: Rules) -> Callable[[Article], object]:
    """Sectors, clusters and companies: what the keywords decide."""
    return lambda article: read_topics(Document(article), rules)


def main() -> None:
    """Measure, print a table and its verdicts; exit 1 when a bar of the keywords is missed.

    The whole is held to the same number as an aim: what it lacks is told.
    """
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    words = invented_words(max(SIZES))
    articles = invented_articles(options.articles, words[:SAID])
    floor = seconds(lambda article: spaced(f"{article.title}\n{article.text}").split(), articles)
    rows = [measured(words[:size], articles, floor) for size in SIZES]
    packaged = compile_rules(load())
    result: dict[str, Any] = {
        "rows": rows,
        "keywords_spread": _spread(row["keywords_us"] for row in rows),
        "whole_spread": _spread(row["whole_us"] for row in rows),
        "floor_us": round(floor * 1e6, 1),
        "packaged_keywords_per_second": round(1 / seconds(classify(packaged), articles)),
        "packaged_whole_per_second": round(
            1 / seconds(lambda article: understand(article, packaged), articles)
        ),
        "articles": len(articles),
        "mean_words": round(statistics.mean(len(article.text.split()) for article in articles)),
    }
    aim = f"whole understanding: {FAST:,} articles/s"
    bars = {
        f"keywords alone: {FAST:,} articles/s": min(row["keywords_per_second"] for row in rows) >= FAST,
        aim: min(row["whole_per_second"] for row in rows) >= FAST,
        f"keywords alone: slowest size over fastest {result['keywords_spread']}, at most {FLAT}": (
            result["keywords_spread"] <= FLAT
        ),
        f"whole understanding: slowest size over fastest {result['whole_spread']}, at most {FLAT}": (
            result["whole_spread"] <= FLAT
        ),
    }
    if options.json:
        print(json.dumps({**result, "bars": bars}))
    else:
        _print(result, bars)
    if not all(held for bar, held in bars.items() if bar != aim):
        sys.exit(1)


def measured(keywords: list[str], articles: list[Article], floor: float) -> dict[str, Any]:
    """The figures of one number of keywords."""
    start = time.perf_counter()
    rules = compile_rules(knowledge_of(keywords))
    compiling = time.perf_counter() - start
    alone = seconds(classify(rules), articles)
    whole = seconds(lambda article: understand(article, rules), articles)
    naive = seconds(one_expression_each(keywords), articles[: max(2, 20_000 // len(keywords))], rounds=2)
    return {
        "keywords": len(keywords),
        "keywords_per_second": round(1 / alone),
        "keywords_us": round(alone * 1e6),
        "whole_per_second": round(1 / whole),
        "whole_us": round(whole * 1e6),
        "floor_share_of_keywords": round(floor / alone, 3),
        "floor_share_of_whole": round(floor / whole, 3),
        "expressions_per_second": round(1 / naive, 1),
        "keywords_times_faster": round(naive / alone, 1),
        "whole_times_faster": round(naive / whole, 1),
        "compile_seconds": round(compiling, 2),
    }


def _spread(times: Iterable[float]) -> float:
    fastest, *_, slowest = sorted(times)
    return round(slowest / fastest, 3)


def _print(result: dict[str, Any], bars: dict[str, bool]) -> None:
    print(
        f"{result['articles']} invented articles of {LENGTH:,} characters, {result['mean_words']} words, one core; "
        f"floor {result['floor_us']} µs\n"
    )
    print(
        "| keywords | keywords alone, articles/s | floor | whole understanding, articles/s | floor "
        "| one expression each, articles/s | times faster: alone | whole | compiled in |"
    )
    print("|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    for row in result["rows"]:
        print(
            f"| {row['keywords']:,} | {row['keywords_per_second']:,} | {row['floor_share_of_keywords']:.0%} "
            f"| {row['whole_per_second']:,} | {row['floor_share_of_whole']:.0%} "
            f"| {row['expressions_per_second']:,} | {row['keywords_times_faster']:,} "
            f"| {row['whole_times_faster']:,} | {row['compile_seconds']} s |"
        )
    print(
        f"\npackaged knowledge: keywords alone {result['packaged_keywords_per_second']:,} articles/s, "
        f"whole understanding {result['packaged_whole_per_second']:,} articles/s\n"
    )
    for bar, held in bars.items():
        print(f"{'held' if held else 'MISSED'}: {bar}")


if __name__ == "__main__":
    main()
