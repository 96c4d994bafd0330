"""The pages of the demo's newsroom, built like real ones: the article is read, and nothing beside it.

Side columns of teasers, polls, weather, comments, share links, image names: a topic found only there must
never be given to the article.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import pytest

from comtoise.demo.newsroom import Newsroom, OnLine
from comtoise.demo.sites import ArticleCard, SiteCard, load_sites, newsroom_dir
from comtoise.knowledge import load
from comtoise.model import Access, Article, Page, SourceKind, TopicKind
from comtoise.text.fold import fold
from comtoise.topics import Rules, compile_rules, understand
from comtoise_crawler.reading import read_page

SITES = {site.site.id: site.site for site in load_sites(newsroom_dir())}
CARDS = {(site.site.id, card.slug): card for site in load_sites(newsroom_dir()) for card in site.articles}
#: The sites whose pages are read: a notice of the register is whole in its list.
OPEN = sorted(
    name
    for name, site in SITES.items()
    if site.access is not Access.SUBSCRIBERS and site.kind is not SourceKind.BODACC
)
WIDGETS = ("hPa", "m/s", "Sondage", "Votez", "Facebook", "Partager", "Lire la suite", ".jpg", "commentaires")


@pytest.fixture
async def newsroom() -> AsyncIterator[Newsroom]:
    async with Newsroom(newsroom_dir(), datetime.now(UTC)) as opened:
        yield opened


@pytest.fixture(scope="module")
def rules() -> Rules:
    return compile_rules(load())


async def pages(newsroom: Newsroom, site_id: str) -> list[tuple[OnLine, Page]]:
    found = []
    async with aiohttp.ClientSession() as session:
        for item in newsroom.on_line():
            if item.site == site_id:
                async with session.get(item.url) as answer:
                    body = await answer.read()
                    kind = answer.headers.get("content-type")
                found.append((item, read_page(body, url=item.url, content_type=kind, now=datetime.now(UTC))))
    return found


def flat(text: str) -> str:
    return " ".join(fold(text).replace("«", " ").replace("»", " ").split())


@pytest.mark.parametrize("site_id", OPEN)
async def test_the_article_is_read_whole_and_alone(newsroom: Newsroom, site_id: str) -> None:
    site: SiteCard = SITES[site_id]
    read = await pages(newsroom, site_id)
    assert read
    for item, page in read:
        card: ArticleCard = CARDS[site_id, item.slug]
        text = flat(page.text)
        for paragraph in card.paragraphs:
            words = flat(paragraph.removeprefix("## "))
            assert words[:60] in text, (item.slug, paragraph)
        for teaser in site.side_column:
            assert flat(teaser.title)[:40] not in text, (item.slug, teaser.title)
        for comment in card.comments:
            assert flat(comment)[:40] not in text, (item.slug, comment)
        lines = [line for line in page.text.split("\n") if len(line) < 60]
        assert not [line for line in lines for widget in WIDGETS if widget in line], item.slug


@pytest.mark.parametrize("site_id", OPEN)
async def test_title_and_both_dates_are_those_of_the_page(newsroom: Newsroom, site_id: str) -> None:
    for item, page in await pages(newsroom, site_id):
        card = CARDS[site_id, item.slug]
        assert flat(page.title) == flat(item.title)
        assert page.published is not None, item.slug
        assert abs((page.published - item.published).total_seconds()) < 24 * 3600, item.slug
        if card.updated is not None:
            assert page.updated is not None, item.slug
            assert page.updated.date() == card.updated.date()


async def test_a_topic_of_the_side_column_alone_is_not_given(newsroom: Newsroom, rules: Rules) -> None:
    checked = 0
    for site_id in ("mairies-haute-saone", "metiers-d-ici"):
        for item, page in await pages(newsroom, site_id):
            article = Article(id=item.slug, url=item.url, title=page.title, text=page.text)
            given = {match.topic for match in understand(article, rules).of(TopicKind.SECTOR)}
            expected = {*item.expected.sectors, *item.expected.sectors_optional}
            assert given <= expected, (item.slug, given)
            checked += 1
    assert checked >= 12
