"""What a document is by itself, and what a page announces."""

import json
from datetime import UTC, datetime

import pytest

from comtoise.errors import SourceError
from comtoise.model import SourceKind
from comtoise_crawler.answer import Answer
from comtoise_crawler.recognising import announced, posts_address, recognise, register_departements

NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)
URL = "https://gazette.example/"


def answer(body: str, **headers: str) -> Answer:
    return Answer(url=URL, status=200, headers=headers, body=body.encode())


RSS = (
    "<rss version='2.0'><channel><title>G</title><item><title>T</title><link>/1</link></item></channel></rss>"
)
URLSET = "<urlset><url><loc>https://gazette.example/a</loc></url></urlset>"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        pytest.param(RSS, SourceKind.FEED, id="rss"),
        pytest.param(f"\ufeff\n<?xml version='1.0'?>{RSS}", SourceKind.FEED, id="rss-after-a-mark"),
        pytest.param(
            '{"version": "https://jsonfeed.org/version/1.1", "items": []}', SourceKind.FEED, id="json-feed"
        ),
        pytest.param(URLSET, SourceKind.SITEMAP, id="sitemap"),
        pytest.param("[]", SourceKind.WORDPRESS, id="wordpress"),
        pytest.param('{"results": []}', SourceKind.BODACC, id="register"),
        pytest.param("<!DOCTYPE html><html></html>", None, id="page"),
        pytest.param("<!-- vieux --> <HTML><p>x", None, id="page-behind-a-remark"),
        pytest.param("<div>un morceau</div>", None, id="page-without-its-head"),
    ],
)
def test_a_document_says_what_it_is(body: str, kind: SourceKind | None) -> None:
    found = recognise(answer(body), NOW)
    assert (found and found.kind) == kind


@pytest.mark.parametrize(
    "body",
    [
        "",
        "bonjour",
        "{",
        "3",
        '{"a": 1}',
        "<?xml version='1.0'?><svg/>",
        "%PDF-1.7",
        json.dumps({"items": 3}),
    ],
)
def test_anything_else_is_refused(body: str) -> None:
    with pytest.raises(SourceError):
        recognise(answer(body), NOW)


def page(head: str) -> Answer:
    return answer(f"<html><head>{head}</head><body><a href='/flux/rss.xml'>RSS</a></body></html>")


def test_feeds_of_a_part_or_of_comments_come_after_the_general_one_and_links_last() -> None:
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="{path}">'
        for path in ("/comments/feed/", "/category/eco/feed/", "/fr/feed/", "/feed/", "/?cat=3&feed=rss2")
    )
    paths = [feed.removeprefix("https://gazette.example") for feed in announced(page(links)).feeds]
    assert paths[:2] == ["/feed/", "/fr/feed/"]
    assert set(paths[2:5]) == {"/comments/feed/", "/category/eco/feed/", "/?cat=3&feed=rss2"}
    assert paths[5:] == ["/flux/rss.xml"]


@pytest.mark.parametrize(
    ("head", "name"),
    [
        pytest.param(
            '<meta property="og:site_name" content="La Gazette"><title>X</title>', "La Gazette", id="said"
        ),
        pytest.param("<title>Actualités | Agence du Plateau</title>", "Agence du Plateau", id="last"),
        pytest.param("<title>Agence du Plateau - Accueil</title>", "Agence du Plateau", id="not-a-room"),
        pytest.param("<title>Actualités</title>", "Actualités", id="nothing-better"),
        pytest.param("", "", id="silent"),
    ],
)
def test_the_name_is_that_of_the_site(head: str, name: str) -> None:
    assert announced(page(head)).name == name


@pytest.mark.parametrize(
    ("found", "root"),
    [
        pytest.param(page('<link rel="https://api.w.org/" href="/wp-json/">'), URL + "wp-json/", id="link"),
        pytest.param(
            answer("<p>x", link='<https://gazette.example/?rest_route=/>; rel="https://api.w.org/"'),
            URL + "?rest_route=/",
            id="header",
        ),
        pytest.param(
            page('<meta name="generator" content="WordPress 6.8">'), URL + "wp-json/", id="generator"
        ),
        pytest.param(page('<meta name="generator" content="Drupal 10">'), None, id="another-software"),
    ],
)
def test_a_wordpress_is_known_by_its_marks(found: Answer, root: str | None) -> None:
    assert announced(found).wordpress == root


def test_the_articles_of_a_wordpress_with_and_without_pretty_addresses() -> None:
    assert posts_address(URL + "wp-json") == URL + "wp-json/wp/v2/posts?per_page=20"
    assert posts_address(URL + "?rest_route=/") == URL + "?rest_route=/wp/v2/posts&per_page=20"


@pytest.mark.parametrize(
    ("where", "codes"),
    [
        pytest.param("numerodepartement%3D%2225%22", ("25",), id="one"),
        pytest.param("numerodepartement+in+(%2239%22,%222A%22,%22971%22)", ("39", "2A", "971"), id="several"),
        pytest.param("familleavis%3D%22collective%22", (), id="none"),
    ],
)
def test_a_search_of_the_register_names_its_departements(where: str, codes: tuple[str, ...]) -> None:
    assert register_departements(f"https://registre.example/records?where={where}") == codes
