"""Judge pairs of articles (two JSON articles a line) as the service would: one article, one story, or two.

    python bench/pairs.py ../shared/eval/pairs_dev.jsonl [--wrong]

A line has `kind`, `label` (same or different) and the articles `a` and `b`: title, summary, link, day, host.
Printed: accuracy by kind. How common a word is is counted over all the articles of the file.
"""

import argparse
import json
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from comtoise.knowledge.load import load
from comtoise.model import Article
from comtoise.stories import Candidate, Features, Period, WordStats, features, group, same_article
from comtoise.stories.canonical import canonical_url
from comtoise.topics.rules import Rules, compile_rules
from comtoise.topics.understand import understand


def read(pair: dict[str, Any], side: str) -> Article:
    """One article of a pair."""
    row = pair[side]
    return Article(
        id=f"{pair['id']}-{side}",
        url=canonical_url(row["link"]),
        title=row["title"],
        text=row["summary"],
        source=row["host"],
        published=datetime.fromisoformat(row["day"]).replace(hour=11, tzinfo=UTC),
    )


def is_same(one: Article, other: Article, facts: dict[str, Features], corpus: WordStats) -> bool:
    """Whether the service would tell the two in one line."""
    if same_article(one, other):
        return True
    first, second = sorted(
        (facts[one.id], facts[other.id]), key=lambda article: article.period or Period(0, 0)
    )
    story = Candidate(story_id="1", articles=(first,))
    now = max(article.published for article in (one, other) if article.published)
    return group(second, [story], now, corpus).story_id is not None


def facts_of(article: Article, rules: Rules) -> Features:
    return features(article, understand(article, rules))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--wrong", action="store_true", help="list the pairs judged wrongly")
    arguments = parser.parse_args()
    pairs = [json.loads(line) for line in arguments.file.read_text("utf-8").splitlines() if line.strip()]
    rules = compile_rules(load())
    facts = {
        article.id: facts_of(article, rules)
        for pair in pairs
        for article in (read(pair, "a"), read(pair, "b"))
    }
    corpus = WordStats.of(facts.values())
    right: dict[str, list[bool]] = defaultdict(list)
    for pair in pairs:
        one, other = read(pair, "a"), read(pair, "b")
        same = is_same(one, other, facts, corpus)
        right[pair["kind"]].append(same == (pair["label"] == "same"))
        if arguments.wrong and not right[pair["kind"]][-1]:
            print(f"{pair['kind']}: {one.title} | {other.title}")
    for kind, verdicts in sorted(right.items()):
        print(f"{sum(verdicts) / len(verdicts):.3f}  {sum(verdicts):4}/{len(verdicts):<4} {kind}")


if __name__ == "__main__":
    main()
