"""Sitemaps and news sitemaps."""

from datetime import datetime

from comtoise.errors import SourceError
from comtoise.i18n import _
from comtoise.model import Source
from comtoise_crawler.answer import Answer
from comtoise_crawler.kinds.listed import Listed
from comtoise_crawler.reading import read_sitemap


def read(answer: Answer, source: Source, now: datetime) -> Listed:  # noqa: ARG001 (a sitemap says it all)
    """Read a sitemap. Raises `SourceError` when it is none, or an index of others."""
    sitemap = read_sitemap(answer.body, url=answer.url, now=now, content_type=answer.content_type)
    if sitemap.children:
        raise SourceError(
            _("Cette adresse est un index de plans ; indiquez l’un d’eux, par exemple {url}").format(
                url=sitemap.children[0]
            )
        )
    return Listed(entries=sitemap.entries)
