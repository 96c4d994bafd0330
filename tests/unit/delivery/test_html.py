"""The HTML part: what mail programs can show, and nothing that is fetched."""

import re
from dataclasses import replace
from typing import Any

import pytest
from lxml import html

from comtoise.delivery.html import SIZE_MAX, alert_html, digest_html
from comtoise.delivery.letter import Footer
from comtoise.demo.sample import sample_digest, sample_stories
from unit.delivery.made import crowded, retitled

STOP = "https://veille.example/desabonnement/7-abc"
FOOTER = Footer(
    reason="Vous recevez cette lettre.",
    unsubscribe_url=STOP,
    settings_url="https://veille.example/reglages/7-abc",
    privacy_url="https://veille.example/confidentialite",
    identity="Agence exemple",
)
PAGES = [
    pytest.param(digest_html(sample_digest(), footer=FOOTER), id="week"),
    pytest.param(digest_html(sample_digest("2026-11-25"), footer=FOOTER), id="day"),
    pytest.param(alert_html(sample_stories()[0], footer=FOOTER), id="alert"),
]


def parsed(page: str) -> Any:
    """The tree of *page*; Any, because the stubs of lxml's xpath leave no choice."""
    return html.document_fromstring(page)


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_fetched_and_nothing_runs(page: str) -> None:
    tree = parsed(page)
    assert tree.xpath("//img | //script | //link | //iframe | //form | //object | //video | //@src") == []
    assert not re.search(r"url\(|@import|@font-face|javascript:", page)


@pytest.mark.parametrize("page", PAGES)
def test_links_go_straight_to_publishers_or_to_the_desk(page: str) -> None:
    links = parsed(page).xpath("//a/@href")
    assert links
    assert all(re.match(r"https://(journal-\d\.example/2026/11/|veille\.example/)", link) for link in links)
    assert not any("utm_" in link for link in links)


@pytest.mark.parametrize("page", PAGES)
def test_every_text_has_its_style_inline(page: str) -> None:
    tree = parsed(page)
    bare = [
        e
        for e in tree.xpath("//p | //h1 | //h2 | //h3 | //a | //caption | //th | //td")
        if e.text and e.text.strip() and "style" not in e.attrib
    ]
    assert bare == []


@pytest.mark.parametrize("page", PAGES)
def test_the_page_is_french_has_one_first_heading_and_speaks_to_readers_aloud(page: str) -> None:
    tree = parsed(page)
    assert tree.get("lang") == "fr"
    assert len(tree.xpath("//h1")) == 1
    layout = tree.xpath("//table[not(@role='presentation')]")
    assert all(table.xpath("./caption and .//th[@scope='col'] and .//th[@scope='row']") for table in layout)
    assert tree.xpath("//meta[@name='color-scheme']/@content") == ["light dark"]


def test_the_week_holds_its_stories_once_and_a_row_for_each_signal() -> None:
    digest = sample_digest()
    tree = parsed(digest_html(digest))
    assert tree.xpath("//h3/a/@href") == [story.lead.url for story in digest.stories]
    rows = [[" ".join(cell.text_content().split()) for cell in row] for row in tree.xpath("//tbody/tr")]
    assert rows[0] == [
        "Aubrisse PlasturgieOyonnax",
        "InvestissementLe Courrier du Lison",
        "12,5 M€, +40 emplois",
    ]
    assert len(rows) == 8


@pytest.mark.parametrize(
    "title",
    [
        "<b>&\"'</b> 🎉",
        "<script>alert(1)</script>",
        "{{ 7 * 7 }} {% raw %}",
        "&lt;déjà&gt; échappé",
    ],
)
def test_a_hostile_title_is_shown_as_text(title: str) -> None:
    digest = sample_digest()
    first = retitled(digest.highlights[0], title, extract=title)
    tree = parsed(digest_html(replace(digest, highlights=(first,), title=title)))
    assert tree.xpath("//h3/a")[0].text == title
    assert tree.xpath("//script") == []
    assert tree.findtext(".//title") == title


def test_a_title_that_shows_nothing_still_has_something_to_follow() -> None:
    unseen = retitled(sample_stories()[7], "\u200b\u3164\u0301")
    digest = replace(sample_digest(), highlights=(unseen,), sections=())
    assert ">Sans titre</a>" in digest_html(digest)


def test_an_address_cannot_leave_its_attribute() -> None:
    digest = sample_digest()
    first = digest.highlights[0]
    url = 'https://a.example/"onmouseover="alert(1)'
    hostile = replace(first, lead=replace(first.lead, url=url))
    link = parsed(digest_html(replace(digest, highlights=(hostile,)))).xpath("//h3/a")[0]
    assert link.get("href") == url
    assert set(link.keys()) == {"class", "href", "style"}


def test_the_sample_stays_far_below_the_size_where_gmail_cuts() -> None:
    assert len(digest_html(sample_digest(), footer=FOOTER).encode()) < SIZE_MAX // 2


def test_a_crowded_week_is_cut_to_size_and_says_so() -> None:
    page = digest_html(crowded(80, "Un titre d’une longueur déraisonnable " * 6), footer=FOOTER)
    assert len(page.encode()) <= SIZE_MAX
    tree = parsed(page)
    assert 20 < len(tree.xpath("//h3")) < 80
    dropped = 80 - len(tree.xpath("//h3"))
    assert f"{dropped} sujets ont été retirés de ce courriel" in tree.text_content()
    assert STOP in page


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance and contrast ratio."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_texts_are_readable_by_day_and_by_night() -> None:
    page = digest_html(sample_digest(), footer=FOOTER)
    body = page[page.index("</style>") :].replace("color:#f3efe6", "")
    inks = set(re.findall(r"(?<![-\w])color:(#[0-9a-f]{6})", body))
    grounds = set(re.findall(r"background-color:(#[0-9a-f]{6})", body))
    assert len(inks) == 4
    assert min(contrast(ink, ground) for ink in inks for ground in grounds) >= 4.5
    night = page[page.index("<style>") : page.index("</style>")]
    dark_inks = set(re.findall(r"\.(?:ink|muted|brass|link) \{ color: (#[0-9a-f]{6})", night))
    dark_grounds = set(re.findall(r"\.(?:page|card|tile) \{ background-color: (#[0-9a-f]{6})", night))
    assert (len(dark_inks), len(dark_grounds)) == (4, 3)
    assert min(contrast(ink, ground) for ink in dark_inks for ground in dark_grounds) >= 4.5
