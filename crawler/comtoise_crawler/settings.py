"""The Scrapy settings of the collector. Everything insecure or costly by default is set here.

`scrapy list` and friends read the names in capitals; the collector adds what config.yaml says through
`collector_settings`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from comtoise.config import Config

BOT_NAME = "comtoise"
SPIDER_MODULES = ["comtoise_crawler.spiders"]
NEWSPIDER_MODULE = "comtoise_crawler.spiders"

# The application owns the loop.
TWISTED_REACTOR_ENABLED = False
LOG_ENABLED = False
LOG_INSTALL_ROOT_HANDLER = False

# Attack surface: nothing but HTTP through our own guard.
DOWNLOAD_HANDLERS = {
    "http": "comtoise_crawler.handler.GuardedHandler",
    "https": "comtoise_crawler.handler.GuardedHandler",
    "file": None,
    "ftp": None,
    "s3": None,
    "data": None,
}
DOWNLOAD_VERIFY_CERTIFICATES = True

# Limits are total.
DOWNLOAD_TIMEOUT = 20
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
REDIRECT_MAX_TIMES = 5

# One request at a time per host, and never a queue where a dead host holds up the others.
CONCURRENT_REQUESTS = 0
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_ITEMS = 4
DOWNLOAD_DELAY = 2
DOWNLOAD_DELAY_JITTER = 0

# Of Scrapy's own components, these: what is only switched off is loaded all the same (its console, its remote
# control, a public suffix list, an HTTP client), and each costs at every request. Left out on purpose: retries (a
# failed poll is an outcome, with its own next due time), cookies, proxies and caches, the page that reloads itself, the
# limit of addresses' length (a longer one would vanish without a word; RightsMiddleware refuses it, in words).
DOWNLOADER_MIDDLEWARES_BASE = {
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": 590,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": 600,
}
SPIDER_MIDDLEWARES_BASE = {"scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": 50}
EXTENSIONS_BASE: dict[str, int] = {}

# robots.txt and reservations: ours, with a memory that outlives a restart.
DOWNLOADER_MIDDLEWARES = {"comtoise_crawler.middlewares.RightsMiddleware": 100}

# Counted in the database, poll by poll.
STATS_CLASS = "scrapy.statscollectors.DummyStatsCollector"
STATS_DUMP = False
DEFAULT_REQUEST_HEADERS = {
    "Accept": "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, "
    "text/html;q=0.8, */*;q=0.5",
    "Accept-Language": "fr, *;q=0.5",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectorSettings:
    """What the desk decides of the collector."""

    user_agent: str
    host_delay_s: float = 2.0  #: between two requests to one host
    timeout_s: float = 20.0  #: of one request, in all
    body_max_bytes: int = DOWNLOAD_MAXSIZE  #: decoded
    allowed_networks: Sequence[str] = ()  #: intranets that may be reached although not public
    allowed_ports: Sequence[int] = (80, 443)

    @classmethod
    def of(cls, config: "Config") -> "CollectorSettings":
        """What config.yaml says."""
        politeness = config.politeness
        return cls(
            user_agent=politeness.user_agent,
            host_delay_s=politeness.host_delay_s,
            timeout_s=politeness.timeout_s,
            body_max_bytes=politeness.body_max_bytes,
            allowed_networks=tuple(map(str, config.allowed_networks)),
            allowed_ports=(80, 443, *config.extra_ports),
        )


def collector_settings(desk: CollectorSettings) -> dict[str, Any]:
    """All the settings of a resident crawl."""
    fixed = {name: value for name, value in globals().items() if name.isupper()}
    return fixed | {
        "USER_AGENT": desk.user_agent,
        "DOWNLOAD_DELAY": desk.host_delay_s,
        "DOWNLOAD_TIMEOUT": desk.timeout_s,
        "DOWNLOAD_MAXSIZE": desk.body_max_bytes,
        "COMTOISE_ALLOWED_NETWORKS": list(desk.allowed_networks),
        "COMTOISE_ALLOWED_PORTS": list(desk.allowed_ports),
    }
