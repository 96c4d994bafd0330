"""Listing pages: links found by the card's CSS selectors; the article's page tells the rest."""

from datetime import datetime

from comtoise.errors import SourceError
from comtoise.i18n import _
from comtoise.model import Source
from comtoise_crawler.answer import Answer
from comtoise_crawler.kinds.listed import Listed
from comtoise_crawler.reading import read_listing


def read(answer: Answer, source: Source, now: datetime) -> Listed:
    """Read a page of links. Raises `SourceError` when the selectors find none: the page has changed."""
    if source.selectors is None:
        raise SourceError(_("La carte de cette source ne dit pas où sont les liens (selecteurs)."))
    entries = read_listing(answer.body, url=answer.url, selectors=source.selectors, now=now)
    if not entries:
        raise SourceError(_("Aucun article trouvé : la mise en page du site a sans doute changé."))
    return Listed(entries=tuple(entries))
