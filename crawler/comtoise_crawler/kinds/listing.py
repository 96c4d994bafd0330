"""Listing pages: links found by the card's CSS selectors; the article's page tells the rest."""

from datetime import datetime

from comtoise.errors import SourceError
from comtoise.i18n import _
from comtoise.model import Source
from comtoise_crawler.answer import Answer
from comtoise_crawler.kinds.listed import Listed
from comtoise_crawler.reading import read_listing
from comtoise_crawler.reading.layout import USUAL


def read(answer: Answer, source: Source, now: datetime) -> Listed:
    """Read a page of links. Raises `SourceError` when the selectors find none: the page has changed."""
    selectors = source.selectors or USUAL
    entries = read_listing(
        answer.body, url=answer.url, selectors=selectors, now=now, content_type=answer.content_type
    )
    if not entries:
        raise SourceError(_("Aucun article trouvé : la mise en page du site a sans doute changé."))
    return Listed(entries=tuple(entries))
