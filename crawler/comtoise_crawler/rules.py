"""What hosts ask of whoever fetches from them, as the store keeps it: robots.txt and tdmrep.json.

Kept or read back, a rule is applied at once to every source of its host (`comtoise_crawler.reservations`).
"""

from datetime import datetime

from comtoise.store import Database, hosts, sources
from comtoise_crawler.reservations import Reservations
from comtoise_crawler.rights import Robots

ROBOTS_KEPT = 16 * 1024  #: characters of the robots.txt of a host where no source is polled


class Rules:
    """The rules of every host; each call is a transaction of its own."""

    def __init__(self, database: Database, rights: Reservations) -> None:
        self._database = database
        self._rights = rights

    def robots_of(self, origin: str) -> tuple[datetime, Robots] | None:
        """The kept robots.txt of a host and when it was fetched; its verdict holds for sources added since."""
        with self._database.write() as tx:
            host = hosts.load(tx, origin)
            if host.robots_at is None:
                return None
            robots = Robots(host.robots_status, host.robots_body)
            self._rights.robots(tx, origin, robots, host.robots_at)
        return host.robots_at, robots

    def keep_robots(self, origin: str, robots: Robots, at: datetime) -> None:
        """Keep a robots.txt, and its verdict on every source of that host."""
        with self._database.write() as tx:
            # Of hosts that only pages lead to there may be any number: what is long there is asked for again.
            if len(robots.body or "") <= ROBOTS_KEPT or sources.at_origin(tx, origin):
                hosts.save_robots(tx, origin, status=robots.status, body=robots.body, at=at)
            self._rights.robots(tx, origin, robots, at)

    def tdm_of(self, origin: str) -> tuple[datetime, str | None] | None:
        """The kept tdmrep.json of a host and when it was asked for; its verdict holds for sources added since."""
        with self._database.write() as tx:
            host = hosts.load(tx, origin)
            if host.tdm_at is None:
                return None
            self._rights.tdmrep(tx, origin, host.tdm_body, host.tdm_at)
        return host.tdm_at, host.tdm_body

    def keep_tdm(self, origin: str, body: str | None, at: datetime) -> None:
        """Keep a host's reservation of text and data mining."""
        with self._database.write() as tx:
            hosts.save_tdm(tx, origin, body=body, at=at)
            self._rights.tdmrep(tx, origin, body, at)
