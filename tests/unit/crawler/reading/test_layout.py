"""How a page of news repeats itself, found by itself: what an administrator would have written."""

from datetime import UTC, datetime

import pytest

from comtoise.errors import SourceError
from comtoise.model import ListingSelectors
from comtoise_crawler.reading.layout import USUAL, find_layout

NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)
URL = "https://agence.example/actualites"
TITLES = tuple(f"Un atelier de mécanique embauche à Valbourg, épisode {n}" for n in range(1, 7))


def page(items: str, around: str = "") -> bytes:
    menu = "".join(f'<li><a href="/menu/{n}">Une entrée de menu plutôt longue {n}</a></li>' for n in range(9))
    return f"<html><body><nav><ul>{menu}</ul></nav>{around}<main>{items}</main></body></html>".encode()


def each(form: str) -> str:
    return "".join(form.format(n=n, title=title) for n, title in enumerate(TITLES, start=1))


@pytest.mark.parametrize(
    ("form", "wrapped", "expected"),
    [
        pytest.param(
            '<li><span class="date">0{n}/11/2026</span><h3><a href="/a/{n}">{title}</a></h3></li>',
            '<ul class="actus">{}</ul>',
            ListingSelectors(item="ul.actus > li", link="h3 a", date="span.date"),
            id="list-with-dates",
        ),
        pytest.param(
            '<article class="card css-1x{n}"><a href="/a/{n}"><img src="/i.jpg"></a><h2><a href="/a/{n}">{title}</a>'
            '</h2><time datetime="2026-11-0{n}">hier</time></article>',
            "{}",
            ListingSelectors(item="article.card", link="h2 a", date="time"),
            id="cards-with-picture-links",
        ),
        pytest.param(
            '<div><a href="/a/{n}">{title}</a> <em>Publié le {n} novembre 2026</em></div>',
            '<section id="nouvelles">{}</section>',
            ListingSelectors(item="#nouvelles > div", link="a", date="em"),
            id="named-by-the-parent",
        ),
        pytest.param(
            '<tr class="ligne"><td>0{n}/11/2026</td><td><a href="/a/{n}">{title}</a></td></tr>',
            "<table>{}</table>",
            ListingSelectors(item="tr.ligne", link="a", date="td"),
            id="table",
        ),
    ],
)
def test_the_items_are_found(form: str, wrapped: str, expected: ListingSelectors) -> None:
    layout = find_layout(page(wrapped.format(each(form))), url=URL, now=NOW)
    assert layout is not None
    selectors, entries = layout
    assert selectors == expected
    assert [entry.title for entry in entries] == list(TITLES)
    assert [entry.url for entry in entries] == [f"https://agence.example/a/{n}" for n in range(1, 7)]
    dates = [entry.published is not None for entry in entries]
    assert dates == [expected.date is not None] * 6


def test_headings_are_the_last_resort() -> None:
    body = page(each('<h2><a href="/a/{n}">{title}</a></h2><p>Chapô</p>'))
    layout = find_layout(body, url=URL, now=NOW)
    assert layout is not None
    assert (layout[0], len(layout[1])) == (USUAL, 6)


def test_what_stands_beside_is_no_news() -> None:
    """Menus, other sites' links and short labels are not articles."""
    partners = "".join(
        f'<li class="ami"><a href="https://autre{n}.example/">Le site d’un partenaire {n}</a></li>'
        for n in range(20)
    )
    form = '<li class="actu"><a href="/a/{n}">{title}</a></li>'
    layout = find_layout(page(f"<ul>{each(form)}</ul><ul>{partners}</ul>"), url=URL, now=NOW)
    assert layout is not None
    assert layout[0].item == "li.actu"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(page("<p>Bienvenue</p>"), id="no-link"),
        pytest.param(page('<p><a href="/a/1">Un seul article, fort bien nommé</a></p>'), id="one-link"),
        pytest.param(page(each('<li><a href="#p{n}">{title}</a></li>')), id="one-address"),
        pytest.param(b"bonjour", id="text"),
    ],
)
def test_a_page_that_lists_nothing_gives_nothing(body: bytes) -> None:
    assert find_layout(body, url=URL, now=NOW) is None


def test_an_empty_page_is_said() -> None:
    with pytest.raises(SourceError):
        find_layout(b"", url=URL, now=NOW)


def test_a_page_made_to_be_slow_is_not() -> None:
    """A deep page of thousands of links: the search is bounded, whatever the page."""
    body = page(
        "<div class='a'>" * 200 + each('<div class="bloc carte une"><a href="/a/{n}">{title}</a></div>') * 500
    )
    layout = find_layout(body, url=URL, now=NOW)
    assert layout is not None
    assert len(layout[1]) == 6
