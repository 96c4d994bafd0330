"""When an article was published: which sign counts when a page gives several."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comtoise.text.dates import PARIS
from comtoise_crawler.reading import read_page
from comtoise_crawler.reading.dating import day_in_address

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
URL = "https://ville.example/actualites/atelier"
TITLE = "Un atelier de tours aux Prés"
TEXT = "".join(
    f"<p>{paragraph}</p>"
    for paragraph in (
        "La société Décolmeca a posé la première pierre de son atelier de la zone des Prés, à Vautrey.",
        "Le bâtiment accueillera douze tours et quarante personnes, selon la directrice et la mairie.",
    )
)
HEADLINE = f"<h1>{TITLE}</h1>"
CARD = (
    '<article class="carte"><h3><a href="/a/{n}">La fromagerie {n} rouvre</a></h3>'
    '<time datetime="2026-10-0{n}">{n} octobre</time></article>'
)
TODAY = "<div class='date'>mercredi 25 novembre 2026</div>"
META_DATE = '<meta name="date" content="2025-06-02T09:00:00+02:00">'
META_PUBLISHED = '<meta property="article:published_time" content="{}">'


def published(body: str, head: str = "", url: str = URL) -> date | None:
    """The day that a page of this head and body gives, on its readers' calendar."""
    page = read_page(f"<html><head>{head}</head><body>{body}</body></html>".encode(), url=url, now=NOW)
    return page.published.date() if page.published else None


def ld(*nodes: dict[str, object]) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes)


def article(headline: str, day: str, **more: object) -> dict[str, object]:
    return {"@type": "NewsArticle", "headline": headline, "datePublished": day, **more}


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(f"{HEADLINE}<span class='date'>04.03.2026</span>{TEXT}", id="date-box-below"),
        pytest.param(f"<span class='date'>04.03.2026</span>{HEADLINE}{TEXT}", id="date-box-above"),
        pytest.param(f"{TODAY}{HEADLINE}<p class='date'>4 mars 2026</p>{TEXT}", id="today-at-the-top"),
        pytest.param(f"{HEADLINE}<p>Mercredi 4 mars 2026</p>{TEXT}", id="lone-date"),
        pytest.param(f"<p>4 juin 2019</p>{'<hr>' * 40}{HEADLINE}<p>4/3/2026</p>{TEXT}", id="lone-and-near"),
        pytest.param(f"{HEADLINE}<p>Vautrey, le 4 mars 2026 – Décolmeca annonce {TEXT[3:]}", id="dateline"),
        pytest.param(
            f"{HEADLINE}<p>Communiqué de presse - Vautrey, mercredi 4 mars 2026. {TEXT[3:]}",
            id="dateline-of-a-release",
        ),
        pytest.param(
            f"{HEADLINE}<time class='updated' datetime='2026-05-09'>9 mai</time>"
            f"<time class='entry-date published' datetime='2026-03-04'>4 mars</time>{TEXT}",
            id="time-of-the-update-first",
        ),
        pytest.param(
            f"{HEADLINE}<span property='dc:date dc:created' content='2026-03-04T10:00:00+01:00'></span>{TEXT}",
            id="rdfa",
        ),
        pytest.param(
            f"{HEADLINE}<abbr class='published' title='2026-03-04T10:00:00+01:00'>10:00</abbr>{TEXT}",
            id="hatom",
        ),
        pytest.param(
            f"{HEADLINE}<ul class='post-meta'><li>Anne Roy</li><li><time datetime='2026-03-04'>4 mars</time></li>"
            f"</ul>{TEXT}",
            id="list-of-details",
        ),
        pytest.param(f"{HEADLINE}{TEXT}<p>Mis en ligne le 4 mars 2026</p>", id="byline-at-the-end"),
        pytest.param(
            f"{HEADLINE}<p><a href='/actualites/atelier'><time datetime='2026-03-04'>4 mars</time></a></p>{TEXT}",
            id="permalink",
        ),
        pytest.param(
            CARD.format(n=1) + CARD.format(n=2) + HEADLINE + f"<p class='date'>4 mars 2026</p>{TEXT}",
            id="cards-before",
        ),
        pytest.param(
            "<div><a href='/a/1'><span class='date'>12.10.2026</span> La fromagerie du haut rouvre ses portes "
            f"au printemps</a></div>{HEADLINE}<p>4 mars 2026</p>{TEXT}",
            id="inside-the-link-to-another",
        ),
        pytest.param(
            f'{HEADLINE}{TEXT}<script>window.data = {{"publishedAt": "2026-03-04T10:00:00+01:00"}}</script>',
            id="data-of-scripts",
        ),
    ],
)
def test_the_day_people_see(body: str) -> None:
    assert published(body) == date(2026, 3, 4)


def test_a_day_beside_the_headline_wins_over_the_date_of_the_template() -> None:
    """One template page shows all articles: its meta dates the template."""
    assert published(f"{HEADLINE}<span class='date'>04.03.2026</span>{TEXT}", META_DATE) == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("body", "head", "url"),
    [
        pytest.param(
            f"{HEADLINE}{TEXT}<p>Le 4 mars 2026</p>", META_DATE, URL, id="nothing-beside-the-headline"
        ),
        pytest.param(
            f"{HEADLINE}<p class='date'>4 mars 2026</p>{TEXT}",
            META_DATE + '<meta property="article:modified_time" content="2026-03-04T08:00:00+01:00">',
            URL,
            id="beside-it-the-update",
        ),
        pytest.param(
            f"{HEADLINE}<p class='date'>4 mars 2026</p>{TEXT}",
            META_DATE,
            "https://ville.example/2025/06/02/atelier",
            id="the-address-agrees-with-the-template",
        ),
    ],
)
def test_the_date_of_the_document_stands_otherwise(body: str, head: str, url: str) -> None:
    body = body.replace(TEXT, TEXT + "<hr>" * 200) if "class='date'" not in body else body
    assert published(body, head, url) == date(2025, 6, 2)


@pytest.mark.parametrize(
    ("byline", "url", "day"),
    [
        pytest.param("Publié le 4 mars 2026", "/2026/03/04/atelier", date(2026, 3, 4), id="two-against-one"),
        pytest.param("Publié le 4 mars 2026", "/atelier", date(2026, 11, 25), id="one-against-one"),
        pytest.param("Publié le 9 mai 2026", "/2026/03/04/atelier", date(2026, 11, 25), id="three-opinions"),
        pytest.param("Publié le 24 novembre 2026", "/2026/11/24/atelier", date(2026, 11, 25), id="at-night"),
    ],
)
def test_a_stated_day_is_outvoted_only_by_two_that_agree(byline: str, url: str, day: date) -> None:
    """A page that states the moment it was drawn at is contradicted by its address and by its byline."""
    head = META_PUBLISHED.format("2026-11-25T08:55:00+01:00")
    assert published(f"{HEADLINE}<p>{byline}</p>{TEXT}", head, "https://ville.example" + url) == day


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/2026/03/04/atelier", date(2026, 3, 4)),
        ("/nota/2026-3-4-16-5-0-atelier", date(2026, 3, 4)),
        ("/eco/20260304-atelier.html", date(2026, 3, 4)),
        ("/archives/2025/01/01/2026/03/04", date(2026, 3, 4)),
        ("/2026/03/atelier", None),
        ("/2026/13/04/atelier", None),
        ("/article/4720260304", None),
        ("/2027/03/04/a-venir", None),
        ("/atelier-04-03-2026", None),
        ("", None),
    ],
)
def test_the_day_in_an_address(path: str, day: date | None) -> None:
    found = day_in_address("https://ville.example" + path, NOW)
    assert (found.value.date() if found else None) == day
    if day is not None:
        assert published(HEADLINE + TEXT, url="https://ville.example" + path) == day


@given(st.text())
def test_any_address_is_looked_at(path: str) -> None:
    found = day_in_address("https://ville.example/" + path, NOW)
    assert found is None or found.value <= NOW


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(
            ld(article("La fromagerie rouvre", "2026-10-01"), article(TITLE, "2026-03-04")),
            id="by-its-headline",
        ),
        pytest.param(
            ld(
                {"@type": "ItemList", "itemListElement": [article("La fromagerie rouvre", "2026-10-01")]},
                article("Vautrey : l’atelier", "2026-03-04", mainEntityOfPage={"@id": URL}),
            ),
            id="by-its-address",
        ),
        pytest.param(
            '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Un atelier "de tours"", '
            '"description": "dit "vallée"", "datePublished": "2026-03-04T10:00:00+01:00",\n"author": "A"}</script>',
            id="quotes-in-the-text",
        ),
        pytest.param(
            ld(article(TITLE, "demain", dateCreated="2026-03-04")), id="only-the-creation-is-a-date"
        ),
    ],
)
def test_the_article_that_the_scripts_of_the_page_state(head: str) -> None:
    assert published(HEADLINE + TEXT, head) == date(2026, 3, 4)


def test_data_of_scripts_that_tell_several_days_tell_none() -> None:
    data = '<script>a = [{"publishedAt": "2026-03-04"}, {"publishedAt": "2026-03-05"}]</script>'
    assert published(HEADLINE + TEXT + data) is None


def test_a_page_without_any_day_has_none() -> None:
    assert published(HEADLINE + TEXT) is None


def test_a_line_that_tells_only_an_update_dates_nothing_else() -> None:
    body = f"{HEADLINE}<p>Article mis à jour le 9 mai 2026.</p><p>4 mars 2026</p>{TEXT}"
    page = read_page(f"<html><body>{body}</body></html>".encode(), url=URL, now=NOW)
    assert page.published == datetime(2026, 3, 4, tzinfo=PARIS)
    assert page.updated == datetime(2026, 5, 9, tzinfo=PARIS)
