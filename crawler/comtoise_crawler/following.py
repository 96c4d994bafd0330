"""A poll that needs more than one request: who reads asks, the spider fetches, the reading goes on.

A reader that may need more is a generator of `Ask`s that is sent a `Reply` for each and returns what it made of
them. It runs in the intake's thread, one step per reply; the requests go the way of all others (robots.txt, the
pace of each host, the limits of an answer), and their number is bounded here, whatever the reader wishes.
"""

from collections.abc import Generator
from dataclasses import dataclass
from typing import Generic, TypeVar

from comtoise_crawler.answer import Answer
from comtoise_crawler.failures import Failure
from comtoise_crawler.refusals import SLOW_DOWN

REQUESTS_MAX = 8  #: of one poll, after its first

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ask:
    """One more address of the same poll."""

    url: str
    why: str  #: for the log: announced, usual, sitemap, archive, card, page
    page: bool = False  #: a page for people: the reservation of texts holds for it


Reply = Answer | Failure
Steps = Generator[Ask, Reply, T]

ENOUGH = Failure("enough", "", ours=True)  #: the reply to one who asks for more than a poll may


def fetch(url: str, why: str) -> Steps[Answer | None]:
    """Ask for *url*; None when it does not answer well."""
    reply = yield Ask(url, why, page=why == "page")
    return reply if isinstance(reply, Answer) and reply.status == 200 else None


class Following(Generic[T]):
    """The steps of one poll under way."""

    def __init__(self, steps: Steps[T]) -> None:
        self.asked = 0
        self.refused: Answer | None = None  #: the 429 or 503 that ended the asking
        self.stopped = False  #: a fetch was cut because we are stopping
        self.result: T
        self._steps = steps
        self._enough = False

    def start(self) -> Ask | None:
        """Read until something is asked for; None when `result` is there."""
        return self._on(None)

    def go_on(self, reply: Reply) -> Ask | None:
        """Read on with a reply; None when `result` is there. Raises what the reader raises."""
        if isinstance(reply, Failure):
            # A host out of reach, or that forbids us: the next address of the same poll would fare no better.
            self._enough = reply.kind not in ("too-large", "http", "robots", "no-address")
            self.stopped = reply.ours
        elif reply.status in SLOW_DOWN:
            self._enough, self.refused = True, reply
        return self._on(reply)

    def _on(self, reply: Reply | None) -> Ask | None:
        try:
            ask = next(self._steps) if reply is None else self._steps.send(reply)
            while self._enough or self.asked == REQUESTS_MAX:
                ask = self._steps.send(ENOUGH)
        except StopIteration as end:
            self.result = end.value
            return None
        self.asked += 1
        return ask
