"""Why a document could not be read, said in French: the desk sees it in the source's health."""

from comtoise.errors import SourceError


class NotAFeed(SourceError):
    """The document is no feed (HTML, empty, something else): the source keeps its address and backs off."""


class NotASitemap(SourceError):
    """The document is no sitemap."""


class NotAPage(SourceError):
    """The document is no page that can be read."""


class NotRecords(SourceError):
    """The answer of an open interface (WordPress, BODACC) is not what it should be."""
