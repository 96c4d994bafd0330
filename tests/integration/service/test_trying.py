"""A word tried on a stored archive before it is saved, and what the words did."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from comtoise.errors import InputError
from comtoise.knowledge import Knowledge, Places, Sector, load
from comtoise.model import Channel, TopicKind
from comtoise.service.trying import Place, Trial, read_change, report, try_change
from comtoise.store import Database, articles, feedback, readers, sources, stories
from comtoise.store.feedback import Verdict
from comtoise.topics import compile_rules, understand
from support.stored import card, found

NOWHERE = Places(
    communes=(), departements=(), regions=(), demonyms=(), ordinary_words=frozenset(), vintage="", licence=""
)
WOOD = Sector(
    id="foret", label="Forêt", strong=("scierie", "merrain"), weak=("grume",), exclusions=("pin’s",)
)
METAL = Sector(id="fonte", label="Fonte", strong=("fonderie",))
BUSINESS = "L’entreprise investit et recrute."
KNOWLEDGE = replace(load(), sectors=(WOOD, METAL), clusters=(), companies=(), places=NOWHERE)

Try = Callable[..., Trial]
Keep = Callable[..., int]


@pytest.fixture
def keep(database: Database, now: datetime) -> Keep:
    """Store an article as the service does, some days ago, then erase its text when told so."""
    with database.write() as tx:
        sources.sync_cards(tx, [card()], now)
    rules = compile_rules(KNOWLEDGE)
    numbers = iter(range(1, 1000))

    def keep_article(title: str, text: str = BUSINESS, *, ago: int = 1, erased: bool = False) -> int:
        number, at = next(numbers), now - timedelta(days=ago)
        item = replace(found(number, title=title), text=text, extract="")
        with database.write() as tx:
            (article_id,) = articles.keep(tx, "gazette", [item], now=at, silent=False).new
            (pending,) = articles.pending(tx, now, limit=1)
            understanding = understand(pending.article, rules)
            story = stories.start(tx, seen=at, worth=understanding.worth, saga=None)
            articles.understood(
                tx, article_id, understanding, story_id=story, because=None, features="{}", at=at
            )
            if erased:
                articles.forget_texts(tx, before=at + timedelta(seconds=1), except_sources=())
        return story

    return keep_article


@pytest.fixture
def tried(database: Database, now: datetime) -> Try:
    def run(
        word: str,
        *,
        sector: str | None = "foret",
        place: Place = Place.STRONG,
        removing: bool = False,
        knowledge: Knowledge = KNOWLEDGE,
    ) -> Trial:
        change = read_change(knowledge, word, sector=sector, place=place, removing=removing)
        return try_change(database, change, knowledge, [card()], now=now, days=90)

    return run


def titles(trial: Trial) -> tuple[list[str], list[str]]:
    return [item.title for item in trial.gained], [item.title for item in trial.lost]


def test_what_a_word_would_add(keep: Keep, tried: Try) -> None:
    keep("Un tonnelier s’agrandit", ago=3)
    keep("La tonnellerie Chêne & Fût recrute", ago=2)
    keep("La scierie vend à une tonnellerie")
    keep("La fonderie recrute")
    trial = tried("tonnellerie")
    assert titles(trial) == (["La tonnellerie Chêne & Fût recrute"], [])
    assert (trial.articles, trial.with_text, trial.standing, trial.kept) == (4, 4, 2, 1)
    assert trial.found_by == (("scierie", 1),)
    (item,) = trial.gained
    assert [item.title[a:b] for a, b in item.title_marks] == ["tonnellerie"]
    assert (trial.days, trial.per_day) == (3.0, 1 / 3)
    assert not trial.too_wide
    assert not trial.without_effect


def test_a_word_of_the_text_is_quoted_with_its_neighbours(keep: Keep, tried: Try) -> None:
    keep("Nevers : trente emplois", "La tonnellerie investit. " + BUSINESS)
    (item,) = tried("tonnellerie").gained
    assert item.title_marks == ()
    assert [item.quote[a:b] for a, b in item.quote_marks] == ["tonnellerie"]


def test_what_a_word_taken_out_would_lose(keep: Keep, tried: Try) -> None:
    keep("Le merrain se vend bien", ago=2)
    keep("La scierie coupe du merrain")
    trial = tried("Merrain", removing=True)
    assert titles(trial) == ([], ["Le merrain se vend bien"])
    assert (trial.kept, trial.found_by) == (1, (("scierie", 1),))


def test_an_erased_text_keeps_what_was_decided_of_it(keep: Keep, tried: Try) -> None:
    keep("Nevers : trente emplois", "La scierie coupe aussi du merrain. " + BUSINESS, ago=5, erased=True)
    keep("Decize : dix emplois", "Le merrain se vend bien. " + BUSINESS, ago=4, erased=True)
    keep("La tonnellerie recrute", "La scierie d’à côté aussi. " + BUSINESS, ago=4, erased=True)
    removed = tried("merrain", removing=True)
    assert titles(removed) == ([], ["Decize : dix emplois"])
    assert (removed.standing, removed.kept, removed.with_text) == (2, 1, 0)
    added = tried("tonnellerie")
    assert (titles(added), added.kept, added.found_by) == (([], []), 1, (("scierie", 1),))


def test_a_false_friend_to_ignore(keep: Keep, tried: Try) -> None:
    keep("La scierie du livre ouvre ses portes")
    keep("La scierie Sapin recrute")
    trial = tried("scierie du livre", place=Place.IGNORED)
    assert titles(trial) == ([], ["La scierie du livre ouvre ses portes"])


def test_a_keyword_with_conditions_is_tried_as_it_is_written(keep: Keep, tried: Try) -> None:
    keep("La tonnellerie et le vin")
    keep("La tonnellerie recrute")
    keep("Une tonnellerie en plastique")
    trial = tried("tonnellerie NON plastique NON vin")
    assert (titles(trial), trial.standing) == ((["La tonnellerie recrute"], []), 3)


def test_a_word_too_wide_says_so(keep: Keep, tried: Try) -> None:
    for number in range(21):
        keep(f"L’usine {number} recrute")
    trial = tried("usine")
    assert (trial.too_wide, len(trial.gained)) == (True, 21)


def test_a_word_without_effect_says_so(keep: Keep, tried: Try) -> None:
    keep("La scierie recrute")
    trial = tried("tonnellerie")
    assert (trial.without_effect, trial.standing) == (True, 0)


def test_only_the_period_asked_for_is_read(keep: Keep, tried: Try) -> None:
    keep("La tonnellerie recrute", ago=91)
    keep("La tonnellerie investit", ago=89)
    trial = tried("tonnellerie")
    assert titles(trial) == (["La tonnellerie investit"], [])
    assert (trial.articles, trial.days) == (1, 90.0)


def test_an_empty_archive_is_no_error(database: Database, tried: Try) -> None:
    trial = tried("tonnellerie")
    assert (trial.articles, trial.days, trial.without_effect) == (0, 90.0, True)


@pytest.mark.parametrize(
    ("word", "sector", "removing", "says"),
    [
        pytest.param("to*nneau", "foret", False, "l’étoile se met à la fin", id="star-inside"),
        pytest.param("NON vin", "foret", False, "il manque des mots", id="operator-alone"),
        pytest.param("tonneau", "zzz", False, "Filière inconnue : zzz ; écrivez", id="unknown-sector"),
        pytest.param("tonneau", "forets", False, "vouliez-vous dire « foret »", id="nearly-a-sector"),
        pytest.param("tonneau", None, False, "Dites dans quelle filière", id="no-sector"),
        pytest.param("SCIERIE", "foret", False, "est déjà un mot", id="there-already"),
        pytest.param("tonneau", "foret", True, "n’est un mot d’aucune filière", id="nowhere"),
        pytest.param("fonderi", None, True, "vouliez-vous dire « fonderie »", id="nearly-a-word"),
        pytest.param("fonderie", "foret", True, "il est dans : fonte", id="in-another-sector"),
    ],
)
def test_what_cannot_be_tried(word: str, sector: str | None, removing: bool, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read_change(KNOWLEDGE, word, sector=sector, place=Place.STRONG, removing=removing)


def test_a_word_taken_out_names_its_sector_by_itself() -> None:
    change = read_change(KNOWLEDGE, "fonderie", sector=None, place=Place.STRONG, removing=True)
    assert change.sector.id == "fonte"
    assert [card.strong for card in change.apply(KNOWLEDGE).sectors] == [WOOD.strong, ()]


def test_the_report_counts_stories_and_what_readers_said(
    database: Database, keep: Keep, now: datetime
) -> None:
    good, bad = keep("La scierie coupe du merrain"), keep("La scierie du village")
    keep("La fonderie recrute")
    with database.write() as tx:
        ids = [readers.register(tx, Channel.CONSOLE, name, now=now)[0].id for name in "ab"]
        for reader in ids:
            feedback.give(tx, reader_id=reader, story_id=good, verdict=Verdict.USEFUL, now=now)
        feedback.give(
            tx,
            reader_id=ids[0],
            story_id=bad,
            verdict=Verdict.OFF_TOPIC,
            now=now,
            topic=(TopicKind.SECTOR, "foret"),
        )
    seen = report(database, compile_rules(KNOWLEDGE), since=now - timedelta(days=30))
    told = {(k.sector, k.words): (k.hits, k.judged, k.right) for k in seen.counts}
    assert told == {
        ("foret", "scierie"): (2, 3, 2),
        ("foret", "merrain"): (1, 2, 2),
        ("fonte", "fonderie"): (1, 0, 0),
    }
    assert seen.dead == {"foret": ("grume",)}
    only = report(database, compile_rules(KNOWLEDGE), since=now - timedelta(days=30), sector="fonte")
    assert [k.words for k in only.counts] == ["fonderie"]
    assert only.dead == {}
