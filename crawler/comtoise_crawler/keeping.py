"""What a poll brought, as it is kept: of each entry its address, its text, and whether its page is wanted."""

from dataclasses import replace
from urllib.parse import urlsplit, urlunsplit

from comtoise.model import Access, Entry, Source, SourceKind
from comtoise.store import Tx, known
from comtoise.store.articles import Found
from comtoise.store.sources import PollState
from comtoise.stories import canonical_url
from comtoise.text.typography import extract
from comtoise_crawler.gathering import Gathered
from comtoise_crawler.sorting import sort_list, sort_sitemaps

FULL_TEXT = 1200  #: characters of content above which a feed is taken to give the whole article


def to_keep(tx: Tx, card: Source, gathered: Gathered, state: PollState) -> list[Found]:
    """What a poll brought, ready to be kept: news, and what is only new to us.

    Which sitemaps were read, and what they listed, is noted on the way, in the caller's transaction.
    """
    if gathered.kind is SourceKind.SITEMAP:
        if gathered.sitemaps:
            known.keep_sitemaps(tx, card.id, gathered.sitemaps)
        shown = (*gathered.listed.entries, *gathered.first_read)
        unlisted = known.unlisted(tx, card.id, shown)
        known.keep_listed(tx, card.id, unlisted)
        chosen = sort_sitemaps(gathered, state, unlisted)
    else:
        chosen = sort_list(gathered, state)
    found = [found_at(card, entry) for entry in chosen.news]
    found += [replace(found_at(card, entry), old=True) for entry in chosen.old]
    if gathered.elsewhere and state.seeded:
        return known.by_title(tx, card.id, found, since=state.last_success_at)
    return found


def found_at(card: Source, entry: Entry) -> Found:
    """An entry of a source as it is kept. Its page is wanted where the card allows it and the text is too short."""
    text = entry.content or entry.summary
    subscribers = card.access is Access.SUBSCRIBERS
    canonical = canonical_url(entry.url) if entry.url else None
    return Found(
        entry=entry,
        canonical=canonical,
        address=_readable(entry.url, canonical),
        extract=extract(entry.summary or entry.content, card.extract_max),
        text=text,
        wants_page=(card.fetch_pages and not subscribers and entry.url is not None and len(text) < FULL_TEXT),
        paywalled=subscribers,
    )


def _readable(found: str | None, canonical: str | None) -> str | None:
    """The address as found, without the parameters that its canonical form does without: they track readers.

    The canonical form itself is an identity, not an address: it may name a scheme or host that does not answer.
    """
    if found is None or canonical is None or ("?" not in found and "#" not in found):
        return found
    parts = urlsplit(found)
    kept = {pair.partition("=")[0] for pair in urlsplit(canonical).query.split("&")}
    query = "&".join(pair for pair in parts.query.split("&") if pair.partition("=")[0] in kept)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))
