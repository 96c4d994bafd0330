"""Sources polled for real on loopback, at the moments that a test says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from comtoise.model import Source, SourceKind
from comtoise.polling import Bounds
from comtoise.store import Database, articles, sources
from comtoise_crawler.collector import Collector
from comtoise_crawler.report import Report
from comtoise_crawler.settings import CollectorSettings
from support.server import ScriptedServer

BOUNDS = Bounds(shortest=timedelta(minutes=5), usual=timedelta(minutes=30), longest=timedelta(hours=2))


def feed_card(url: str, source_id: str = "gazette", **more: object) -> Source:
    """The card of a fictional paper, which lists all that it says."""
    more = {"kind": SourceKind.FEED, "fetch_pages": False, "name": source_id.title()} | more
    return Source(id=source_id, url=url, **more)  # type: ignore[arg-type]


@dataclass
class Watched:
    """A desk whose sources are polled when `poll` says so, at the time of `now`."""

    store: Database
    now: datetime
    cards: Sequence[Source] = ()
    timeout_s: float = 30.0  #: of one request: less only where a test waits for it

    def collector(self, *, in_real_time: bool = False) -> Collector:
        """A collector of these sources, at the time of `now` or of the machine."""
        return Collector(
            self.store,
            {card.id: card for card in self.cards},
            bounds=BOUNDS,
            settings=CollectorSettings(
                user_agent="ComtoiseBot/test (+https://desk.example/bot; desk@example.org)",
                host_delay_s=0,
                timeout_s=self.timeout_s,
                allowed_networks=("127.0.0.0/8",),
            ),
            clock=(lambda: datetime.now(UTC)) if in_real_time else (lambda: self.now),
        )

    async def poll(self, *source_ids: str) -> list[Report]:
        """Poll these sources, or all, in one round of a collector of its own; the reports by source."""
        return await self.collector().once(source_ids or None)

    async def poll_one(self) -> Report:
        """Poll the only source."""
        (report,) = await self.poll()
        return report

    def later(self, **ago: float) -> None:
        """Let time pass."""
        self.now += timedelta(**ago)

    def state(self, source_id: str = "gazette") -> sources.PollState:
        """What is known of a source."""
        with self.store.read() as tx:
            return next(found for found in sources.states(tx) if found.source_id == source_id)

    def articles(self) -> dict[str, bool]:
        """The titles kept, each with whether it may alert."""
        with self.store.read() as tx:
            return {
                found.article.title: not found.silent
                for found in articles.pending(tx, self.now, limit=100_000)
            }


def asked(server: ScriptedServer) -> list[str]:
    """What a server was asked for since the last question, but for its rules."""
    paths = server.paths()
    server.asked.clear()
    return paths


def items(
    *numbers: int, base: str, guid: str = "g{n}", day: str = "Wed, 25 Nov 2026", title: str = "Titre {n}"
) -> str:
    """RSS items, number *n* at *base*/n."""
    return "".join(
        f"<item><title>{title.format(n=n)}</title><link>{base}/{n}</link><guid isPermaLink='false'>{guid.format(n=n)}</guid>"
        f"<description>Chapô {n}</description><pubDate>{day} {n % 24:02}:00:00 +0000</pubDate></item>"
        for n in numbers
    )


def channel(inside: str, *, site: str = "https://gazette.example", extra: str = "") -> bytes:
    """An RSS document."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        f"<title>Gazette</title><link>{site}</link>{extra}{inside}</channel></rss>"
    ).encode()


def urlset(*addresses: str, lastmod: str | None = None, dated: Iterable[tuple[str, str]] = ()) -> bytes:
    """A sitemap of addresses, all with one date or each with its own."""
    each = [(address, lastmod) for address in addresses] + list(dated)
    urls = "".join(
        f"<url><loc>{address}</loc>{f'<lastmod>{date}</lastmod>' if date else ''}</url>"
        for address, date in each
    )
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode()


def index(*children: tuple[str, str | None]) -> bytes:
    """An index of sitemaps, each with its date if it has one."""
    named = "".join(
        f"<sitemap><loc>{url}</loc>{f'<lastmod>{date}</lastmod>' if date else ''}</sitemap>"
        for url, date in children
    )
    return (
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{named}</sitemapindex>'.encode()
    )
