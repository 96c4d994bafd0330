"""When two entries are one article: the same address, whatever became of its title."""

from comtoise.model import Article
from comtoise.text.fold import spaced


def same_article(one: Article, other: Article) -> bool:
    """Whether *other* is *one* seen again: an edited title or text updates it and is no new article.

    The canonical address decides when both have one. Without it, an article is known by its source and its
    title, of the same day when both are dated.
    """
    if one.url is not None and other.url is not None:
        return one.url == other.url
    if one.source != other.source or spaced(one.title).split() != spaced(other.title).split():
        return False
    return one.published is None or other.published is None or one.published.date() == other.published.date()
