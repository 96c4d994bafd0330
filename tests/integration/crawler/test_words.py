"""Rows 52 to 54 of the fault table, from the wire to the store: the right words, once each, at one address."""

import unicodedata

import pytest

from comtoise.store import articles
from support.polling import Watched, channel, feed_card
from support.server import ScriptedServer, response

TITLE = "L’éclat : 12 millions d’euros pour la fonderie de Noël-Œuf"


@pytest.fixture
def gazette(site: ScriptedServer, watched: Watched) -> Watched:
    watched.cards = [feed_card(site.url("/feed"))]
    return watched


def kept(desk: Watched) -> list[tuple[str, str | None]]:
    with desk.store.read() as tx:
        return sorted((article.title, article.url) for article in articles.latest(tx, limit=50))


@pytest.mark.parametrize(
    ("encoding", "declared", "served"),
    [
        pytest.param("utf-8", "iso-8859-1", "text/xml", id="document-lies"),
        pytest.param("utf-8", "utf-8", "text/xml; charset=iso-8859-1", id="server-lies"),
        pytest.param("utf-8", "us-ascii", "text/xml; charset=windows-1252", id="both-lie"),
        pytest.param("cp1252", "utf-8", "text/xml; charset=utf-8", id="not-utf-8-at-all"),
        pytest.param("cp1252", "iso-8859-1", "text/xml", id="windows-under-another-name"),
        pytest.param("utf-16", "utf-8", "text/xml", id="utf-16-that-says-utf-8"),
    ],
)
async def test_row_52_a_lie_about_the_charset_changes_no_word(
    site: ScriptedServer, gazette: Watched, encoding: str, declared: str, served: str
) -> None:
    document = channel(f"<item><title>{TITLE}</title><guid>1</guid></item>").decode()
    document = document.replace('encoding="utf-8"', f'encoding="{declared}"')
    site.routes["/feed"] = response(document.encode(encoding), Content_Type=served)
    await gazette.poll()
    assert [title for title, _url in kept(gazette)] == [TITLE]


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("L&amp;#8217;&amp;eacute;clat : 12 millions d&amp;rsquo;euros pour la fonderie de "
                     "No&amp;euml;l-&amp;OElig;uf", id="escaped-twice"),
        pytest.param("<![CDATA[L&rsquo;&eacute;clat : 12 millions d&#x2019;euros pour la fonderie de "
                     "No&euml;l-&OElig;uf]]>", id="cdata"),
        pytest.param("L&rsquo;&eacute;clat : 12 millions d&rsquo;euros pour la fonderie de No&euml;l-&OElig;uf",
                     id="named-entities"),
        pytest.param(unicodedata.normalize("NFD", TITLE), id="decomposed"),
        pytest.param(f"<b>{TITLE}</b>", id="markup"),
    ],
)  # fmt: skip
async def test_row_53_one_title_however_it_is_written(
    site: ScriptedServer, gazette: Watched, written: str
) -> None:
    address = "<link>https://gazette.example/eclat</link><guid>1</guid>"
    site.routes["/feed"] = response(channel(f"<item><title>{TITLE}</title>{address}</item>"))
    await gazette.poll()
    site.routes["/feed"] = response(channel(f"<item><title>{written}</title>{address}</item>"))
    (report,) = await gazette.poll()
    assert (report.new, report.edited) == (0, 0), "the same words are no edit"
    assert kept(gazette) == [(TITLE, "https://gazette.example/eclat")]


async def test_row_54_one_article_by_all_of_its_addresses(
    site: ScriptedServer, other_site: ScriptedServer, watched: Watched
) -> None:
    forms = [
        "https://www.gazette.example/eco/fonderie-123",
        "https://www.gazette.example/eco/fonderie-123?utm_source=rss&amp;utm_medium=flux",
        "https://www.gazette.example/eco/fonderie-123?fbclid=abc#commentaires",
        "https://www.gazette.example/eco/fonderie-123/",
        "https://m.gazette.example/eco/fonderie-123",
        "https://www.gazette.example/amp/eco/fonderie-123",
        "http://gazette.example/eco/fonderie-123",
    ]
    watched.cards = [feed_card(site.url(f"/{n}"), f"flux{n}") for n in range(len(forms))]
    for n, form in enumerate(forms):
        item = f"<item><title>{TITLE}</title><link>{form}</link><guid>g{n}</guid></item>"
        site.routes[f"/{n}"] = response(channel(item))
        await watched.poll(f"flux{n}")
    assert len(kept(watched)) == 1
    other = "<item><title>Autre</title><link>https://www.gazette.example/lire.php?id={}</link></item>"
    other_site.routes["/feed"] = response(channel(other.format(1) + other.format(2)))
    watched.cards = [*watched.cards, feed_card(other_site.url("/feed"), "php")]
    await watched.poll("php")
    assert len(kept(watched)) == 3, "a parameter that names the article is no tracker"
