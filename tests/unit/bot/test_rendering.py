"""Alerts and digests, checked as Telegram would check them."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comtoise.demo.botapi.entities import read_html, utf16_length
from comtoise.model import (
    Amount,
    Digest,
    Jobs,
    Match,
    Rhythm,
    Section,
    Slot,
    Story,
    StoryArticle,
)
from comtoise_bot import rendering
from comtoise_bot.headline import Headline, departement_of, headline
from comtoise_bot.message import Button, Message

HOSTILE = [
    pytest.param("<b>&\"'</b> </a><script>", id="markup"),
    pytest.param("🏭" * 300, id="emoji"),
    pytest.param("x" * 5000, id="5000-characters-one-word"),
    pytest.param("usine neuve " * 420, id="5000-characters"),
    pytest.param("Usine \u202egnp.exe\u202c neuve\nseconde ligne\x00", id="direction-override"),
    pytest.param("&nbsp; &laquo; {title} %s", id="entities-and-braces"),
]


def shown(message: Message) -> str:
    """What a person reads, if Telegram takes the message."""
    text, entities = read_html(message.html)
    assert len(entities) <= rendering.PAGE_ENTITIES
    assert all(len(button.data.encode()) <= 64 for row in message.rows for button in row)
    return text


@pytest.fixture
def make_digest(make_story: Callable[..., Story]) -> Callable[..., Digest]:
    def make(
        count: int, *, title: str = "Un nouvel atelier", rhythm: Rhythm = Rhythm.DAILY, **more: Any
    ) -> Digest:
        stories = [make_story(f"{title} {n}", id=str(n)) for n in range(count)]
        moment = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
        return Digest(
            slot=Slot(rhythm=rhythm, key="2026-11-25", since=moment, until=moment),
            title="Un nouvel atelier",
            period="mercredi 25 novembre 2026",
            zone="Bourgogne-Franche-Comté",
            highlights=tuple(stories[:3]),
            sections=tuple(
                Section(topic=f"s{i}", label=f"Secteur {i}", stories=tuple(stories[3 + 9 * i : 12 + 9 * i]))
                for i in range((max(count - 3, 0) + 8) // 9)
            ),
            **more,
        )

    return make


# --- headline ---


def test_a_sure_fact_is_told_and_the_title_follows(
    make_story: Callable[..., Story], make_signal: Callable[..., Match], known_matches: tuple[Match, ...]
) -> None:
    invest = make_signal(amount=Amount(value=12.5e6, currency="EUR", role="investissement"))
    story = make_story("L'atelier « bouge »", matches=(*known_matches, invest))
    assert shown(rendering.alert(story)).split("\n")[:2] == [
        "🏭 Orlova Précision\u00a0: investissement de 12,5\u00a0M€ (Besançon)",
        "L'atelier « bouge »",
    ]
    assert headline(story).is_fact


@pytest.mark.parametrize(
    ("slots", "emoji"),
    [
        pytest.param({}, "🏭", id="no-figure"),
        pytest.param({"jobs": Jobs(count=900, role="headcount")}, "🏭", id="a-headcount-is-no-event"),
        pytest.param({"jobs": Jobs(count=40, role="created"), "negated": True}, "📰", id="negated"),
    ],
)
def test_without_a_sure_fact_the_title_stands_as_printed(
    make_story: Callable[..., Story], make_signal: Callable[..., Match], known_matches: tuple[Match, ...],
    slots: dict[str, Any], emoji: str,
) -> None:  # fmt: skip
    story = make_story("L'atelier « bouge »: oui!", matches=(*known_matches, make_signal(**slots)))
    assert headline(story) == Headline(emoji=emoji, text="L'atelier « bouge »: oui!", is_fact=False)


@pytest.mark.parametrize(("insee", "code"), [("25056", "25"), ("2A004", "2A"), ("97105", "971")])
def test_departement_of(insee: str, code: str) -> None:
    assert departement_of(insee) == code


# --- alert ---


def test_an_alert_reads_so(
    make_story: Callable[..., Story], make_article: Callable[..., StoryArticle]
) -> None:
    others = tuple(
        make_article(source=name) for name in ("Radio Jura", "Le Pays", "Radio Jura", "Vu d'ici", "Lettre")
    )
    story = make_story(
        "Orlova s'agrandit", extract="Les machines arrivent en mars.", others=others, paywalled=True
    )
    assert shown(rendering.alert(story)) == (
        "📰 Orlova s'agrandit\n\n"
        "«\u00a0Les machines arrivent en mars.\u00a0»\n\n"
        "La Gazette du Doubs (abonnés) · 25\u00a0novembre, 9\u00a0h\u00a005 · Besançon (25)\n"
        "Aussi chez Radio Jura, Le Pays, Vu d'ici et 1 autre\n"
        "Pourquoi\u00a0: Microtechniques («\u00a0décolletage\u00a0», «\u00a0micro-usinage\u00a0»)\u00a0; "
        "Orlova Précision"
    )


def test_its_buttons_lead_to_the_publisher_and_take_a_verdict(make_story: Callable[..., Story]) -> None:
    (read,), (useful, off), (less,) = rendering.alert(make_story(), given="u").rows
    assert read.url == "https://gazette.example/atelier?a=1&b=2"
    assert (useful.text, useful.data) == ("✓ 👍 Utile", "f:u:42")
    assert (off.text, off.data) == ("Hors sujet", "f:o:42")
    assert (less.text, less.data) == ("Moins de ça…", "m:42::")


@pytest.mark.parametrize("url", ["", "javascript:alert(1)"])
def test_without_a_web_address_there_is_nothing_to_open(make_story: Callable[..., Story], url: str) -> None:
    assert [len(row) for row in rendering.alert(make_story(url=url)).rows] == [2, 1]


def test_a_day_without_hour_shows_no_hour(make_story: Callable[..., Story]) -> None:
    story = make_story(published=datetime(2026, 11, 24, 23, 0, tzinfo=UTC))
    assert "· 25\u00a0novembre ·" in shown(rendering.alert(story))


def test_a_possible_repeat_says_so(make_story: Callable[..., Story]) -> None:
    assert "déjà reçu" in shown(rendering.alert(make_story(), maybe_repeat=True))


def test_an_extract_that_repeats_the_title_is_left_out(make_story: Callable[..., Story]) -> None:
    assert "«\u00a0Un nouvel" not in shown(rendering.alert(make_story(extract="Un nouvel atelier")))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_shown_as_text(
    make_story: Callable[..., Story], make_article: Callable[..., StoryArticle], text: str
) -> None:
    story = make_story(text, source=text, extract=text, others=(make_article(source=text),))
    told = shown(rendering.alert(story, why=text))
    assert len(told) <= rendering.ALERT_LIMIT
    assert "\u202e" not in told
    assert text.split()[0][:30] in told


@given(title=st.text(min_size=1), source=st.text(), extract=st.text(max_size=400))
@settings(deadline=None)
def test_any_words_make_an_alert_that_telegram_takes(title: str, source: str, extract: str) -> None:
    moment = datetime(2026, 11, 25, tzinfo=UTC)
    lead = StoryArticle(
        article_id="1", url="https://x.example", title=title, source_id="s", source_name=source,
        published=None, first_seen=moment, extract=extract,
    )  # fmt: skip
    message = rendering.alert(Story(id="1", lead=lead, first_seen=moment, last_seen=moment))
    assert len(shown(message)) <= rendering.ALERT_LIMIT


# --- digest ---


def test_a_small_digest_is_one_page(make_digest: Callable[..., Digest]) -> None:
    message = rendering.digest(make_digest(4, filtered=31, cut=1), digest_id=9)
    assert message.rows == ((Button("Réglages", data="s:re:open:"),),)
    assert shown(message) == (
        "Comtoise · mercredi 25 novembre 2026\n"
        "Bourgogne-Franche-Comté · 4 sujets\n\n"
        "À retenir\n"
        "📰 Un nouvel atelier 0 — La Gazette du Doubs, Besançon (25)\n"
        "📰 Un nouvel atelier 1 — La Gazette du Doubs, Besançon (25)\n"
        "📰 Un nouvel atelier 2 — La Gazette du Doubs, Besançon (25)\n\n"
        "Secteur 0\n"
        "📰 Un nouvel atelier 3 — La Gazette du Doubs, Besançon (25)\n\n"
        "1 autre sujet n’a pas trouvé place ici.\n"
        "31 articles lus et écartés."
    )


@pytest.mark.parametrize("title", ["Un atelier", *(param.values[0] for param in HOSTILE)])
@pytest.mark.parametrize("count", [60, 500])
def test_many_items_fit_page_by_page(make_digest: Callable[..., Digest], title: str, count: int) -> None:
    content = make_digest(count, title=title)
    pages = rendering.digest_pages(content)
    links = 0
    for number in range(1, len(pages) + 1):
        message = rendering.digest(content, number, digest_id=10**12)
        assert utf16_length(shown(message)) <= rendering.PAGE_UNITS
        links += message.html.count("<a href")
        assert [button.text for button in message.rows[0]][1] == f"{number}/{len(pages)}"
    assert links == count


def test_pages_turn_round(make_digest: Callable[..., Digest]) -> None:
    content = make_digest(30)
    count = len(rendering.digest_pages(content))
    assert [b.data for b in rendering.digest(content, 1, digest_id=5).rows[0]] == [
        f"p:5:{count}",
        "p:5:1",
        "p:5:2",
    ]
    assert rendering.digest(content, 99, digest_id=5) == rendering.digest(content, count, digest_id=5)


def test_the_long_tail_of_a_section_is_folded(make_digest: Callable[..., Digest]) -> None:
    html = rendering.digest(make_digest(11)).html
    quote = html[html.index("<blockquote expandable>") : html.index("</blockquote>")]
    assert quote.count("<a href") == 3
    assert "Secteur" not in quote


def test_a_weekly_digest_says_so(make_digest: Callable[..., Digest]) -> None:
    assert shown(rendering.digest(make_digest(1, rhythm=Rhythm.WEEKLY))).startswith("La semaine · ")


def test_an_empty_digest_is_still_a_message(make_digest: Callable[..., Digest]) -> None:
    assert "0 sujet\n" in shown(rendering.digest(make_digest(0, filtered=3)))
