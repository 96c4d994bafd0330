"""Understand an article: which sectors, clusters, companies, places and signals, how much it is worth, and why."""

from dataclasses import dataclass

from comtoise.model import Article, Match, Source, Understanding
from comtoise.topics.calibration import calibrated
from comtoise.topics.clusters import cluster_matches, find_clusters
from comtoise.topics.companies import company_matches, find_companies
from comtoise.topics.document import Document
from comtoise.topics.findings import Findings, find
from comtoise.topics.news import industrial_news, weigh
from comtoise.topics.places import find_places
from comtoise.topics.rules import Rules
from comtoise.topics.sectors import judge_sectors, sector_clues
from comtoise.topics.signals import find_signals
from comtoise.topics.unnamed import find_unnamed
from comtoise.topics.worth import weigh_worth


@dataclass(frozen=True, slots=True)
class Topics:
    """What the keywords decide: everything but places, signals and worth."""

    sectors: tuple[Match, ...]
    near_misses: tuple[Match, ...]
    clusters: tuple[Match, ...]
    companies: tuple[Match, ...]
    findings: Findings
    of_firms: bool  #: whether it may tell events of firms: it has a sector, or no more words of other news


def read_topics(document: Document, rules: Rules, *, source: Source | None = None) -> Topics:
    """The sectors, clusters and companies of a document."""
    findings = find(document, rules)
    companies = find_companies(document, findings, rules)
    clusters = find_clusters(findings)
    clues = sector_clues(document, findings, rules, companies, clusters)
    firm_words, other_words = weigh(document, findings)
    news = industrial_news(firm_words, other_words, named=bool(companies or clusters))
    sectors, near_misses = judge_sectors(document, rules, clues, source, news, firm_words, other_words)
    return Topics(
        sectors=tuple(sectors),
        near_misses=tuple(near_misses),
        clusters=tuple(cluster_matches(document, clusters, rules)),
        companies=tuple(company_matches(document, companies, rules)),
        findings=findings,
        of_firms=bool(sectors or companies or near_misses) or other_words <= firm_words,
    )


def understand(article: Article, rules: Rules, *, source: Source | None = None) -> Understanding:
    """Everything decided about *article*, in one reading. Pure: the same inputs give the same answer.

    *source* is the card of the source it came by: its sectors and its coverage are priors, never proofs. Scores are
    calibrated: `comtoise.topics.calibration`.
    """
    found = decide(article, rules, source=source)
    return Understanding(
        matches=tuple(map(calibrated, found.matches)),
        near_misses=tuple(map(calibrated, found.near_misses)),
        worth=found.worth,
        worth_reasons=found.worth_reasons,
        masked=found.masked,
    )


def decide(article: Article, rules: Rules, *, source: Source | None = None) -> Understanding:
    """What `understand` gives, with the engine's own scores."""
    document = Document(article)
    topics = read_topics(document, rules, source=source)
    places = find_places(
        document, rules.places, source=source, companies=(*topics.companies, *topics.clusters)
    )
    signals = (
        find_signals(document, rules.signals, companies=topics.companies, places=places)
        if topics.of_firms
        else ()
    )
    worth, reasons = weigh_worth(topics.findings, topics.sectors, signals, places, rules.departements)
    named = (*topics.companies, *topics.clusters, *places)
    unnamed = find_unnamed(document, named) if topics.sectors or signals else []
    return Understanding(
        matches=(*topics.sectors, *topics.clusters, *places, *signals, *topics.companies, *unnamed),
        near_misses=topics.near_misses,
        worth=worth,
        worth_reasons=reasons,
        masked=tuple(topics.findings.masked),
    )
