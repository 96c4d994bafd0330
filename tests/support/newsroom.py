"""A newsroom in miniature: sources list entries, the desk understands them, a sender empties the outbox.

Everything is real (store, rules, grouping, outbox) but the network and the clock.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from comtoise.knowledge import Company, load
from comtoise.model import Channel, Delivery, DeliveryKind, Entry, Rhythm, Sent, Source, Story, Subscription
from comtoise.service.understanding import Step, Understander, drain
from comtoise.store import Database, articles, outbox, readers, sources, stories
from comtoise.stories import canonical_url
from comtoise.topics import Rules, compile_rules
from support.stored import card

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def newsroom_rules() -> Rules:
    """The rules as released, and one more company, invented."""
    known = load()
    firm = Company(
        id="horlimont", name="Horlimont", sector="horlogerie-luxe", commune="Besançon", departement="25"
    )
    return compile_rules(replace(known, companies=(*known.companies, firm)))


@dataclass
class Newsroom:
    """A desk, its sources and its readers; `now` is moved by the test."""

    database: Database
    rules: Rules
    now: datetime
    alert_max_age: timedelta = timedelta(hours=72)
    sent: list[Delivery] = field(default_factory=list)
    channels: tuple[Channel, ...] = (Channel.TELEGRAM,)

    def __post_init__(self) -> None:
        self.understander = self.started()

    def started(self, rules: Rules | None = None) -> Understander:
        """The desk as a process that just started."""
        return Understander(
            self.database,
            rules or self.rules,
            {},
            alert_max_age=self.alert_max_age,
            clock=lambda: self.now,
        )

    def source(self, *names: str) -> None:
        """The sources of the configuration."""
        cards: list[Source] = [card(name, f"https://{name}.example/feed") for name in names]
        with self.database.write() as tx:
            sources.sync_cards(tx, cards, self.now)

    def reader(self, address: str = "101", **follows: object) -> int:
        """A reader who wants alerts, at any hour unless *follows* says otherwise."""
        wanted: dict[str, object] = {
            "rhythms": frozenset({Rhythm.INSTANT}),
            "quiet_from": None,
            "quiet_to": None,
            "alerts_per_day": 20,
        }
        with self.database.write() as tx:
            reader, _new = readers.register(tx, Channel.TELEGRAM, address, now=self.now - 9 * DAY)
            readers.save(tx, Subscription(reader_id=reader.id, **(wanted | follows)))  # type: ignore[arg-type]
        return reader.id

    def lists(self, source: str, *entries: Entry, silent: bool = False) -> articles.Kept:
        """One poll of a source that lists these entries."""
        found = []
        for entry in entries:
            address = canonical_url(entry.url) if entry.url else None
            found.append(
                articles.Found(
                    entry=entry,
                    canonical=address,
                    address=entry.url,
                    extract=entry.summary[:200],
                    text=entry.summary,
                    wants_page=False,
                )
            )
        with self.database.write() as tx:
            return articles.keep(tx, source, found, now=self.now, silent=silent)

    def understands(self) -> Step:
        """All that is pending."""
        return drain(self.understander)

    def sends(self) -> list[Delivery]:
        """Claim and confirm all that is due; return what left, in order."""
        left: list[Delivery] = []
        while True:
            with self.database.write() as tx:
                claimed = outbox.claim(tx, self.now, limit=50)
            if not claimed:
                self.sent += left
                return left
            for delivery in claimed:
                reference = (
                    delivery.message_ref if delivery.kind is DeliveryKind.UPDATE else f"m{delivery.id}"
                )
                with self.database.write() as tx:
                    outbox.settle(tx, delivery.id, Sent(reference), now=self.now)
                left.append(delivery)

    def stories(self, days: int = 40) -> list[Story]:
        """The stories of the last days, the first first."""
        with self.database.read() as tx:
            return stories.between(tx, self.now - days * DAY, self.now + DAY)

    def asked(self, kind: DeliveryKind) -> int:
        """How many rows of a kind the outbox has, in any state."""
        with self.database.read() as tx:
            return sum(line.kind is kind for line in outbox.lines(tx, limit=10_000))


def entry(
    url: str | None,
    title: str,
    text: str = "",
    *,
    guid: str | None = None,
    published: datetime | None = None,
) -> Entry:
    """A line of a feed; its guid is its address unless said otherwise."""
    return Entry(url=url, guid=guid or url, title=title, summary=text, published=published)
