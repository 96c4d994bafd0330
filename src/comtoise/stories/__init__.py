"""One story once: the address of an article, copies of it, and the articles about one event."""

from comtoise.stories.canonical import canonical_url
from comtoise.stories.corpus import WordStats
from comtoise.stories.features import Features, features
from comtoise.stories.fingerprint import Fingerprint, fingerprint
from comtoise.stories.grouping import (
    HITS,
    SAGA_DAYS,
    SHORTLIST,
    Candidate,
    Decision,
    candidate_keys,
    group,
    key_number,
    saga_keys,
    shortlist,
    telling_keys,
)
from comtoise.stories.identity import same_article
from comtoise.stories.periods import Period
from comtoise.stories.record import merged_facts, merged_matches, news_of, shown
from comtoise.stories.telling import Placed, Told, tell

__all__ = [
    "HITS",
    "SAGA_DAYS",
    "SHORTLIST",
    "Candidate",
    "Decision",
    "Features",
    "Fingerprint",
    "Period",
    "Placed",
    "Told",
    "WordStats",
    "candidate_keys",
    "canonical_url",
    "features",
    "fingerprint",
    "group",
    "key_number",
    "merged_facts",
    "merged_matches",
    "news_of",
    "saga_keys",
    "same_article",
    "shortlist",
    "shown",
    "tell",
    "telling_keys",
]
