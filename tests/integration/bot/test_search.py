"""/recherche and /sources, as people use them."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from comtoise.demo.botapi import BotApiServer
from comtoise.model import Source, SourceKind
from comtoise.polling.health import Episode, Trouble
from comtoise.store import Database, sources
from comtoise_bot.desk import BotDesk
from support.talking import ANNE, says, taps

pytestmark = pytest.mark.usefixtures("running")


async def test_a_search_without_accents_finds_links_and_turns_its_pages(
    server: BotApiServer, publish: Callable[..., int]
) -> None:
    for number in range(10):
        publish(f"Décolletage, nouvelle {number}", ago=timedelta(days=number, hours=1))
    publish("Autre chose")
    shown = await says(server, "/recherche decolletages")
    assert "10 nouvelles" in shown.text
    assert "— La Gazette du Doubs · 25\u00a0novembre 2026" in shown.text
    links = [entity.url for entity in shown.entities if entity.type == "text_link"]
    assert len(links) == 8
    assert all(link and link.startswith("https://gazette.example/") for link in links)
    assert "nouvelle 9" not in shown.text
    await taps(server, "›")
    assert server.chat(ANNE).last.button("2/2")
    assert "nouvelle 9" in server.chat(ANNE).last.text
    await taps(server, "›")
    assert server.chat(ANNE).last.button("1/2")
    assert len(server.called("sendMessage")) == 1, "pages are turned in place"


async def test_titles_that_would_be_markup_are_shown_as_text(
    server: BotApiServer, publish: Callable[..., int]
) -> None:
    for title in (
        "Fraise <b>&\"' usinée",
        "Fraise \u202eesrevni",
        "Fraise " + "x" * 5000,
        "Fraise 🦷\nà la ligne",
    ):
        publish(title)
    text = (await says(server, "/recherche fraise")).text
    assert "Fraise <b>&\"' usinée" in text
    assert "\u202e" not in text
    assert "Fraise 🦷 à la ligne" in text
    assert len(text) < 1200


@pytest.mark.parametrize(
    ("question", "words"),
    [
        pytest.param("fonderie", "rien trouvé", id="nothing"),
        pytest.param("", "après la commande", id="no-question"),
        pytest.param("?!", "après la commande", id="no-word"),
        pytest.param('" OR title:a* <b>&', "rien trouvé", id="hostile"),
        pytest.param("x" * 3000, "rien trouvé", id="endless"),
    ],
)
async def test_a_search_that_finds_nothing_is_answered_kindly(
    server: BotApiServer, publish: Callable[..., int], question: str, words: str
) -> None:
    publish("Orlova ouvre un atelier")
    assert words in (await says(server, f"/recherche {question}")).text


async def test_a_page_of_a_search_that_telegram_forgot(server: BotApiServer) -> None:
    await says(server, "/aide")
    callback = await server.user_taps(ANNE, 9999, "r:2", forged=True)
    await server.until(lambda: callback in server.toasts)
    assert "n’a plus cours" in server.toasts[callback]


async def test_a_page_beyond_what_is_found_leads_to_the_first(
    server: BotApiServer, publish: Callable[..., int]
) -> None:
    publish("Orlova ouvre un atelier")
    shown = await says(server, "/recherche orlova")
    await server.user_taps(ANNE, shown.message_id, "r:40", forged=True)
    await server.until(lambda: len(server.called("answerCallbackQuery")) == 1)
    assert "Orlova ouvre" in server.chat(ANNE).last.text


async def test_the_sources_of_a_département_with_their_health(
    server: BotApiServer, desk: BotDesk, store: Database
) -> None:
    def card(name: str, *departements: str) -> Source:
        return Source(
            id=name, name=name.title(), kind=SourceKind.FEED, url=f"https://{name}.example/rss",
            departements=departements,
        )  # fmt: skip

    cards = [card(f"gazette-{n}", "25") for n in range(18)] + [card("muette", "39"), card("nationale")]
    desk.cards = {each.id: each for each in cards}
    now = desk.bureau.now()
    with store.write() as tx:
        sources.sync_cards(tx, cards, now)
        silent = Episode(trouble=Trouble(kind="silent", text="…"), since=now, told_at=now)
        sources.record(tx, _outcome("muette", now, silent))
        sources.record(tx, _outcome("nationale", now, None))
    shown = await says(server, "/sources")
    assert "20 sources suivies" in shown.text
    assert [button.text for button in shown.buttons] == ["Doubs (18)", "Jura (1)", "France entière (1)"]
    await taps(server, "Doubs")
    assert "Doubs · 18 sources" in server.chat(ANNE).last.text
    assert server.chat(ANNE).last.text.count("pas encore lue") == 15
    await taps(server, "›")
    assert server.chat(ANNE).last.text.count("pas encore lue") == 3
    await taps(server, "Départements")
    await taps(server, "Jura")
    assert "plus de nouvelle depuis le 25" in server.chat(ANNE).last.text
    await taps(server, "Départements")
    await taps(server, "France")
    assert "rien de nouveau" in server.chat(ANNE).last.text


def _outcome(source_id: str, at: datetime, episode: Episode | None) -> sources.PollOutcome:
    return sources.PollOutcome(source_id=source_id, at=at, next_due_at=at, ok=True, episode=episode)
