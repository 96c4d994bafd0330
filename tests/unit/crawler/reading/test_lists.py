"""Listing pages, sitemaps, WordPress and the BODACC register. Companies and notices are invented."""

import gzip
import json
from datetime import UTC, datetime

import pytest

from comtoise.errors import SourceError
from comtoise.model import ListingSelectors
from comtoise_crawler.reading import (
    find_feeds,
    read_bodacc,
    read_listing,
    read_sitemap,
    read_wordpress,
)
from comtoise_crawler.reading.errors import NotASitemap, NotRecords

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
URL = "https://pole.example/actualites/"
SELECTORS = ListingSelectors(item="li.actu", link="a.titre", title="a.titre", date=".date", summary="p")
LISTING = """<html><body><ul>
<li class="actu"><a class="titre" href="banc.html">Un banc d&#39;essai</a><span class="date">le 4 mars 2026</span>
<p>Ouverture au <b>printemps</b>.</p></li>
<li class="actu"><a class="titre" href="banc.html">Un banc d'essai, encore</a></li>
<li class="actu"><a class="titre" href="javascript:void(0)">Un piège</a></li>
<li class="actu"><a class="titre" href="/salon">Un salon</a><time class="date" datetime="2026-03-05T10:00:00+01:00">hier</time>
</li><li class="autre"><a class="titre" href="/non">Non</a></li></ul></body></html>"""


def test_a_listing_gives_each_link_once() -> None:
    first, second = read_listing(LISTING.encode(), url=URL, selectors=SELECTORS, now=NOW)
    assert (first.url, first.title) == ("https://pole.example/actualites/banc.html", "Un banc d'essai")
    assert first.summary == "Ouverture au printemps."
    assert first.published == datetime(2026, 3, 3, 23, 0, tzinfo=UTC)
    assert (second.url, second.published) == (
        "https://pole.example/salon",
        datetime(2026, 3, 5, 9, 0, tzinfo=UTC),
    )


def test_links_are_relative_to_the_base_of_the_page() -> None:
    page = LISTING.replace("<html>", "<html><head><base href='https://autre.example/b/'></head>")
    assert (
        read_listing(page.encode(), url=URL, selectors=SELECTORS, now=NOW)[0].url
        == "https://autre.example/b/banc.html"
    )


def test_a_changed_layout_gives_no_entry() -> None:
    assert read_listing(b"<html><body><p>Rien</p></body></html>", url=URL, selectors=SELECTORS, now=NOW) == ()


def test_a_wrong_selector_is_named() -> None:
    with pytest.raises(SourceError, match="sélecteur"):
        read_listing(LISTING.encode(), url=URL, selectors=ListingSelectors(item="li[[["), now=NOW)


def test_a_page_announces_its_feeds_comments_last() -> None:
    page = """<html><head><link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">
    <link rel="alternate" type="application/atom+xml" href="/actus.atom"><link rel="alternate" hreflang="en" href="/en">
    <link rel="ALTERNATE" type="application/feed+json" href="/feed.json"><link rel="stylesheet" href="/x.css"></head>"""
    assert find_feeds(page.encode(), url=URL) == (
        "https://pole.example/actus.atom",
        "https://pole.example/feed.json",
        "https://pole.example/comments/feed",
    )


NEWS = """<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://journal.example/a</loc><news:news><news:publication><news:name>J</news:name>
<news:language>fr</news:language></news:publication><news:publication_date>2026-11-24T07:00:00+01:00</news:publication_date>
<news:title>Un atelier &amp; un banc</news:title></news:news><image:image><image:loc>https://i.example/x.jpg</image:loc>
</image:image></url><url><loc> https://journal.example/b </loc><lastmod>2026-11-20</lastmod></url>
<url><loc>ftp://journal.example/c</loc></url></urlset>"""


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_a_news_sitemap(*, packed: bool) -> None:
    body = gzip.compress(NEWS.encode()) if packed else NEWS.encode()
    first, second = read_sitemap(body, url=URL, now=NOW).entries
    assert (first.url, first.title, first.language) == (
        "https://journal.example/a",
        "Un atelier & un banc",
        "fr",
    )
    assert first.published == datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
    assert (second.url, second.title) == ("https://journal.example/b", "")


def test_an_index_names_its_sitemaps() -> None:
    index = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>/plan-1.xml.gz</loc>
    <lastmod>2026-11-20</lastmod></sitemap><sitemap><loc>javascript:1</loc></sitemap></sitemapindex>"""
    found = read_sitemap(index.encode(), url=URL, now=NOW)
    assert (found.children, found.entries) == (("https://pole.example/plan-1.xml.gz",), ())
    assert [(child.lastmod, child.modified) for child in found.index] == [
        ("2026-11-20", datetime(2026, 11, 20, tzinfo=UTC))
    ]


@pytest.mark.parametrize("document", ["", "<rss/>", "<html></html>", "texte"])
def test_what_is_no_sitemap_is_refused(document: str) -> None:
    with pytest.raises(NotASitemap, match="sitemap"):
        read_sitemap(document.encode(), url=URL, now=NOW)


def test_wordpress_posts() -> None:
    post = {
        "date_gmt": "2026-11-24T09:00:00",
        "modified_gmt": "2026-11-24T10:00:00",
        "guid": {"rendered": "https://wp.example/?p=9"},
        "link": "https://wp.example/9/",
        "title": {"rendered": "L&rsquo;atelier <em>neuf</em>"},
        "excerpt": {"rendered": "<p>Quarante emplois.</p>"},
        "content": {"rendered": "<p>Quarante emplois.</p><p>Douze tours.</p>"},
    }
    (entry,) = read_wordpress(
        json.dumps([post, "bruit"]).encode(), url="https://wp.example/wp-json/", now=NOW
    )
    assert (entry.url, entry.guid, entry.title) == (
        "https://wp.example/9/",
        "https://wp.example/?p=9",
        "L’atelier neuf",
    )
    assert (entry.summary, entry.content) == ("Quarante emplois.", "Quarante emplois.\nDouze tours.")
    assert entry.published == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    assert entry.updated == datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


NOTICE = {
    "id": "A202600410042",
    "dateparution": "2026-11-24",
    "familleavis_lib": "Procédures collectives",
    "commercant": "DECOLMECA",
    "ville": "Vautrey",
    "tribunal": "Tribunal de commerce de Besançon",
    "registre": ["123 456 782", "123456782"],
    "listepersonnes": json.dumps(
        {
            "personne": {
                "typePersonne": "pm",
                "denomination": "DECOLMECA",
                "activite": "Décolletage de précision",
            }
        }
    ),
    "jugement": json.dumps(
        {
            "nature": "Jugement d'ouverture de liquidation judiciaire",
            "date": "2026-11-18",
            "complementJugement": "Liquidateur : Me Fictif.",
        }
    ),
}


def test_a_notice_tells_company_siren_court_and_judgment() -> None:
    (entry,) = read_bodacc(json.dumps({"results": [NOTICE, {"id": ""}, 3]}).encode(), url=URL, now=NOW)
    assert entry.guid == "A202600410042"
    assert entry.title == "DECOLMECA (Vautrey) : Jugement d'ouverture de liquidation judiciaire"
    for fact in (
        "123456782",
        "Tribunal de commerce de Besançon",
        "Jugement du 18\u00a0novembre 2026",
        "liquidation judiciaire",
        "Activité : Décolletage de précision.",
    ):
        assert fact in entry.summary
    assert entry.url == "https://www.bodacc.fr/pages/annonces-commerciales-detail/?q.id=id:A202600410042"
    assert entry.categories == ("Procédures collectives",)


@pytest.mark.parametrize(
    "body", [b"", b"{}", b'{"code": "rest_forbidden"}', b"<html></html>", b"[" * 200_000]
)
def test_an_answer_that_is_something_else_is_refused(body: bytes) -> None:
    with pytest.raises(NotRecords):
        read_bodacc(body, url=URL, now=NOW)
    with pytest.raises(NotRecords):
        read_wordpress(body, url=URL, now=NOW)
