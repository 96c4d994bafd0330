"""Pages built like real ones: what they say of themselves, and their text without what stands beside it."""

import json
from datetime import UTC, datetime

import pytest

from comtoise.model import Page
from comtoise.text.dates import PARIS
from comtoise_crawler.reading import NotAPage, read_page

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
URL = "https://ville.example/actualites/atelier"
PARAGRAPHS = (
    "La société Décolmeca a posé mardi la première pierre de son atelier de la zone des Prés, à Vautrey.",
    "Le bâtiment de 3 200 mètres carrés accueillera douze tours à partir du printemps prochain, selon la mairie.",
    "« Nous voulions rester dans la vallée », explique la directrice, qui prévoit quarante embauches en deux ans.",
)
ARTICLE = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
TOPICS = (
    "la fromagerie|le vélodrome|une brasserie|le port sec|la cimenterie|un haras|une verrerie|les salines"
)
TEASERS = "".join(
    f'<div class="teaser"><h3><a href="/eco/{n}">Économie : {topic}</a></h3><p>Une brève sur {topic}, dans un autre '
    "canton de la région, que rien ne relie à l'article de la page.</p></div>"
    for n, topic in enumerate(TOPICS.split("|"))
)
MUNICIPAL = f"""<!DOCTYPE html><html lang="fr"><head><title>Un atelier aux Prés - Ville de Vautrey</title></head><body>
<header id="header"><nav><a href="/">Accueil</a> <a href="/economie">Économie</a></nav></header>
<div class="wrapper"><div class="colonne-principale"><h1>Un atelier aux Prés</h1>
<p class="date">Publié le 04/02/2026 - 09:15, Mis à jour le 11/10/2026 - 18:02</p>{ARTICLE}
<p>atelier_pres-v2.jpg</p><div class="partage"><a href="#">Partager sur Facebook</a></div>
<div class="lire-aussi"><h4>Lire aussi</h4><ul><li><a href="/a">La piscine rouvre</a></li></ul></div>
<div id="comments"><h3>2 commentaires</h3><p>Il faudrait surtout parler de la cartonnerie et de ses camions.</p></div>
</div><div class="colonne-droite"><h2>Économie</h2>{TEASERS}
<div class="sondage"><p>Faut-il une seconde piscine ? Oui Non Sans avis</p></div>
<div class="meteo"><p>Vent 1.85 m/s, Pression 1018 hPa, Humidité 81 %</p></div></div></div>
<footer><p>Mairie de Vautrey, 1 place du Marché.</p></footer></body></html>"""
NOT_OF_IT = (
    "fromagerie",
    "salines",
    "piscine",
    "hPa",
    "cartonnerie",
    ".jpg",
    "Partager",
    "Mairie",
    "Publié le",
)


def read(html: str, url: str = URL) -> Page:
    return read_page(html.encode(), url=url, content_type="text/html; charset=utf-8", now=NOW)


def paris(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=PARIS)  # type: ignore[arg-type,misc]


def test_a_municipal_page_gives_its_article_and_nothing_of_the_side_column() -> None:
    page = read(MUNICIPAL)
    assert page.title == "Un atelier aux Prés"
    assert page.text.split("\n") == list(PARAGRAPHS)
    assert [word for word in NOT_OF_IT if word in page.text] == []
    assert page.published == paris(2026, 2, 4, 9, 15)
    assert page.updated == paris(2026, 10, 11, 18, 2)
    assert page.language == "fr"


@pytest.mark.parametrize(
    "column",
    [
        pytest.param("<aside>{}</aside>", id="aside"),
        pytest.param('<div id="sidebar-right">{}</div>', id="named-by-id"),
        pytest.param('<div role="complementary">{}</div>', id="named-by-role"),
        pytest.param('<div class="bloc bloc-7">{}</div>', id="not-named-at-all"),
        pytest.param("<section><h2>Dernières actualités</h2>{}</section>", id="named-by-its-heading"),
    ],
)
def test_a_side_column_is_left_out_whatever_its_name(column: str) -> None:
    page = read(
        f"<html><body><div id='page'><div class='contenu'><h1>Un atelier aux Prés</h1>{ARTICLE}</div>"
        f"{column.format(TEASERS)}</div></body></html>"
    )
    assert page.text.split("\n") == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "box",
    [
        pytest.param('<div class="row has-sidebar"><h1>Un atelier aux Prés</h1>{}</div>', id="layout-word"),
        pytest.param('<div class="widget-content"><h1>Un atelier aux Prés</h1>{}</div>', id="builder-widget"),
        pytest.param("<aside><h1>Un atelier aux Prés</h1>{}</aside>", id="article-in-an-aside"),
        pytest.param("<h1>Un atelier aux Prés</h1><noscript>{}</noscript>", id="only-without-scripts"),
    ],
)
def test_an_article_in_a_box_named_like_furniture_stays(box: str) -> None:
    assert read(f"<html><body>{box.format(ARTICLE)}</body></html>").text.split("\n") == list(PARAGRAPHS)


def test_long_comments_do_not_pass_for_the_article() -> None:
    thread = (
        "<p>La cartonnerie fait bien plus de bruit que cet atelier, et personne n'en parle jamais ici.</p>"
        * 30
    )
    page = read(
        f"<html><body><h1>Un atelier aux Prés</h1><div class='texte'>{ARTICLE}</div>"
        f"<div class='comments-area'>{thread}</div></body></html>"
    )
    assert "cartonnerie" not in page.text
    assert "Décolmeca" in page.text


STATED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "Le Courrier du Val"},
        {
            "@type": "NewsArticle",
            "headline": "Un atelier aux Prés",
            "datePublished": "2026-11-20T23:30:00-05:00",
            "dateModified": "2026-11-21T08:00:00+01:00",
            "author": [{"@type": "Person", "name": "Anne Roy"}, {"@type": "Person", "name": "Luc Bey, PhD"}],
            "publisher": {"@type": "Organization", "name": "Le Courrier du Val"},
            "isAccessibleForFree": "False",
            "inLanguage": "fr-FR",
        },
    ],
}


def test_what_the_page_states_for_machines_comes_first() -> None:
    page = read(
        "<html><head><title>Un atelier aux Prés | Le Courrier du Val</title>"
        "<link rel='canonical' href='/eco/atelier-pres'><meta property='og:title' content='Vautrey : un atelier'>"
        f"<script type='application/ld+json'>{json.dumps(STATED)}</script></head>"
        f"<body><h1>Un atelier aux Prés</h1><p>Publié le 3 mars 2020</p>{ARTICLE}</body></html>"
    )
    assert page.title == "Un atelier aux Prés"
    assert page.published == datetime(2026, 11, 21, 4, 30, tzinfo=UTC)
    assert page.published is not None
    assert page.published.isoformat() == "2026-11-20T23:30:00-05:00"  # the day is the one the page prints
    assert page.updated == datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
    assert page.authors == ("Anne Roy", "Luc Bey")
    assert (page.site, page.language, page.paywalled) == ("Le Courrier du Val", "fr", True)
    assert page.canonical_url == "https://ville.example/eco/atelier-pres"


def test_broken_json_ld_is_mended_or_passed_over() -> None:
    head = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Un titre",}</script>'
    wrong = '<script type="application/ld+json">{"@type": ???</script>'
    assert read(f"<html><head>{wrong}{head}</head><body>{ARTICLE}</body></html>").title == "Un titre"


@pytest.mark.parametrize(
    ("head", "heading", "title"),
    [
        pytest.param(
            "<title>Un banc d'essai - Pôle Lunette</title>", "", "Un banc d'essai", id="site-at-the-end"
        ),
        pytest.param(
            "<title>Un banc d'essai | Ville</title>", "Un banc d’essai", "Un banc d’essai", id="typography"
        ),
        pytest.param(
            "<meta property='og:title' content='Un atelier de tours pour la vallée'><title>Accueil</title>",
            "Ville de Vautrey",
            "Un atelier de tours pour la vallée",
            id="heading-is-the-site",
        ),
        pytest.param(
            "<meta property='og:title' content='Pétition : Gardons la ligne des Hauts ouverte'>",
            "Gardons la ligne des Hauts ouverte",
            "Gardons la ligne des Hauts ouverte",
            id="label-before",
        ),
    ],
)
def test_the_title_is_the_headline(head: str, heading: str, title: str) -> None:
    page = read(
        f"<html><head><meta property='og:site_name' content='Pôle Lunette'>{head}</head>"
        f"<body><h1>{heading}</h1>{ARTICLE}</body></html>"
    )
    assert page.title == title


@pytest.mark.parametrize(
    ("byline", "published", "updated"),
    [
        pytest.param("<p>Publié le mercredi 7 mars 2018</p>", (2018, 3, 7), None, id="weekday"),
        pytest.param(
            "<div class='infos'>Par Anne Roy | 30 septembre 2018</div><p>Article mis à jour le 7 janvier 2020.</p>",
            (2018, 9, 30),
            (2020, 1, 7),
            id="update-told-in-the-text",
        ),
        pytest.param("<time datetime='2026-03-04'>mercredi</time>", (2026, 3, 4), None, id="time-element"),
        pytest.param("<span class='post-date'>4 mars 2026</span>", (2026, 3, 4), None, id="date-box"),
        pytest.param(
            "<ul class='recent'><li><time datetime='2026-11-24'>hier</time></li></ul><p class='date'>4 mars 2026</p>",
            (2026, 3, 4),
            None,
            id="dates-of-other-articles",
        ),
    ],
)
def test_dates_as_people_see_them(
    byline: str, published: tuple[int, ...], updated: tuple[int, ...] | None
) -> None:
    page = read(f"<html><body><h1>Un atelier aux Prés</h1>{byline}{ARTICLE}</body></html>")
    assert page.published is not None
    assert page.published.astimezone(PARIS).date() == paris(*published).date()
    assert (page.updated.astimezone(PARIS).date() if page.updated else None) == (
        paris(*updated).date() if updated else None
    )


def test_a_date_to_come_is_not_believed() -> None:
    head = "<meta property='article:published_time' content='2031-01-01T00:00:00Z'>"
    page = read(
        f"<html><head>{head}</head><body><h1>Un titre</h1><p>Publié le 2 mars 2026</p>{ARTICLE}</body></html>"
    )
    assert page.published == paris(2026, 3, 2)


@pytest.mark.parametrize(
    ("mark", "paywalled"),
    [
        pytest.param("<p>Article réservé aux abonnés</p>", True, id="words"),
        pytest.param("<p>Il vous reste 78 % de cet article à lire.</p>", True, id="share-left"),
        pytest.param("<div class='paywall'></div>", True, id="box"),
        pytest.param("<p>Les abonnés du théâtre ont voté.</p>", False, id="other-subscribers"),
    ],
)
def test_subscribers_only(mark: str, *, paywalled: bool) -> None:
    page = read(f"<html><body><h1>Un titre</h1>{ARTICLE}{mark}</body></html>")
    assert page.paywalled is paywalled


@pytest.mark.parametrize(
    ("meta", "reserved"),
    [
        ("<meta name='tdm-reservation' content='1'>", True),
        ("<meta name='tdm-reservation' content='0'>", False),
        ("<meta name='robots' content='index, noai'>", True),
        ("", None),
    ],
)
def test_text_and_data_mining_reservation(meta: str, reserved: bool | None) -> None:
    assert (
        read(f"<html><head>{meta}</head><body><h1>Un titre</h1>{ARTICLE}</body></html>").tdm_reserved
        is reserved
    )


@pytest.mark.parametrize("document", ["", "   ", "<!-- rien -->"])
def test_nothing_is_no_page(document: str) -> None:
    with pytest.raises(NotAPage):
        read(document)


def test_a_page_in_windows_1252_that_says_latin_1() -> None:
    body = (
        f"<html><head><meta charset='iso-8859-1'></head><body><h1>L’œuvre d’été</h1>{ARTICLE}</body></html>"
    )
    page = read_page(body.encode("cp1252"), url=URL, now=NOW)
    assert page.title == "L’œuvre d’été"
    assert "mètres carrés" in page.text
