"""Our own network failure: when several hosts in a row cannot be reached and none answers, it is us.

Nothing is then held against the sources, and they are tried again soon. Any answer at all, an error page
included, says that the network works.
"""

from datetime import timedelta

from comtoise.i18n import _
from comtoise_crawler.failures import Failure

OUR_FAULT = frozenset({"dns", "refused", "timeout"})  #: failures that our own network could explain
OUTAGE_RETRY = timedelta(minutes=5)
HOSTS = 5  #: distinct hosts out of reach, without one answer between them


class OutageWatch:
    """Counts hosts out of reach since the last answer."""

    def __init__(self) -> None:
        self._silent: set[str] = set()

    def answered(self) -> None:
        """Some host answered something."""
        self._silent.clear()

    def failed(self, host: str, kind: str) -> bool:
        """A host could not be reached; return whether the fault seems to be ours."""
        if kind not in OUR_FAULT:
            self.answered()
            return False
        self._silent.add(host)
        return len(self._silent) >= HOSTS


def our_network() -> Failure:
    """What is said of a source in its place."""
    return Failure("our-network", _("Notre propre réseau est en panne : rien n’est reproché au site."))
