"""What must hold for any article: nothing raises, unrelated words change nothing, time is linear."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comtoise.knowledge import Knowledge, load
from comtoise.model import Article, Match, TopicKind, Understanding
from comtoise.topics import Rules, compile_rules, explain, understand

SENTENCES = st.lists(
    st.sampled_from(
        [
            "L'usine de décolletage investit trois millions d'euros.",
            "Le plasturgiste d'Oyonnax recrute des régleurs.",
            "Les horlogers du Haut-Doubs réduisent leurs horaires.",
            "La scierie de Levier a brûlé, les pompiers enquêtent.",
            "Le match de Sochaux est reporté.",
            "Elle fournit l'automobile, le luxe, le médical et l'aéronautique.",
            "Un soudeur de Belfort parle de Stellantis et d’Alstom.",
            "Le maire inaugure l'exposition du musée.",
            "Dans cette optique, la société Dupont, fabricant de jouets, s'agrandit.",
            "PMT et Polyméris fêtent leurs adhérents.",
            "The watch industry cuts jobs. Kunststoff aus dem Jura.",
            "dimanche\u00a0: 30\u202f%, « rafales » à 110 km/h…",
        ]
    ),
    max_size=6,
)
WORDS = st.sampled_from(
    [
        "décolletage",
        "recrute",
        "musée",
        "luxe",
        "maire",
        "rafales",
        "société",
        "Belfort",
        "zzyx",
        "usine NON maire",
    ]
)
SLOW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read(rules: Rules, sentences: list[str]) -> Understanding:
    title, text = (sentences[0], " ".join(sentences[1:])) if sentences else ("", "")
    return understand(Article(id="1", url=None, title=title, text=text), rules)


def of_sectors(understanding: Understanding, *, but: str = "") -> list[Match]:
    return [m for m in (*understanding.of(TopicKind.SECTOR), *understanding.near_misses) if m.topic != but]


def is_last_resort(understanding: Understanding) -> bool:
    """Whether the article would have no sector, had it not been given its nearest one."""
    return [match.score for match in understanding.of(TopicKind.SECTOR)] == [0.5]


@pytest.fixture(scope="module")
def bare() -> Knowledge:
    """The packaged knowledge without its gazetteer and signals, quick to compile."""
    knowledge = load()
    return replace(knowledge, signals=(), places=replace(knowledge.places, communes=(), demonyms=()))


@given(title=st.text(max_size=60), text=st.text(max_size=400))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_raises_and_all_evidence_quotes_it(rules: Rules, title: str, text: str) -> None:
    found = understand(Article(id="1", url=None, title=title, text=text), rules)
    assert explain(found)
    for match in (*found.matches, *found.near_misses):
        assert 0 <= match.score <= 1
        for evidence in match.evidence:
            assert (
                evidence.words == (title if evidence.part == "title" else text)[evidence.start : evidence.end]
            )


@given(sentences=SENTENCES)
@SLOW
def test_the_same_article_gets_the_same_answer(rules: Rules, sentences: list[str]) -> None:
    assert read(rules, sentences) == read(rules, sentences)


@given(sentences=SENTENCES, word=WORDS, role=st.sampled_from(["strong", "weak", "context", "exclusions"]))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_keyword_of_one_sector_never_changes_another(
    bare: Knowledge, sentences: list[str], word: str, role: str
) -> None:
    number = next(i for i, sector in enumerate(bare.sectors) if sector.id == "textile")
    textile = bare.sectors[number]
    with_word: dict[str, Any] = {role: (*getattr(textile, role), word)}
    sectors = (*bare.sectors[:number], replace(textile, **with_word), *bare.sectors[number + 1 :])
    before = read(compile_rules(bare), sentences)
    after = read(compile_rules(replace(bare, sectors=sectors)), sentences)
    gained = {m.topic for m in after.of(TopicKind.SECTOR)} - {m.topic for m in before.of(TopicKind.SECTOR)}
    if "textile" not in gained or not is_last_resort(before):
        assert of_sectors(before, but="textile") == of_sectors(after, but="textile")
    assert before.of(TopicKind.CLUSTER) == after.of(TopicKind.CLUSTER)
    assert before.of(TopicKind.COMPANY) == after.of(TopicKind.COMPANY)


@given(sentences=SENTENCES)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_of_sectors_does_not_matter(bare: Knowledge, sentences: list[str]) -> None:
    backwards = replace(bare, sectors=tuple(reversed(bare.sectors)))
    one, other = read(compile_rules(bare), sentences), read(compile_rules(backwards), sentences)
    assert {m.topic: m.score for m in of_sectors(one)} == {m.topic: m.score for m in of_sectors(other)}


@pytest.mark.parametrize(
    "unit",
    [
        pytest.param("décolletage Vitagora plastique montre que la mode ", id="hits-and-masks"),
        pytest.param("Stellantis Alstom PMT Micronora laser usinage. ", id="names"),
        pytest.param("lorem ipsum dolor sit amet ", id="no-hit"),
        pytest.param("a.\n", id="sentences"),
        pytest.param("œ\u0301\u00ad’ ", id="odd-characters"),
    ],
)
def test_a_megabyte_takes_no_more_than_its_share(rules: Rules, unit: str) -> None:
    def seconds(size: int) -> float:
        article = Article(id="1", url=None, title="Un titre", text=unit * (size // len(unit)))
        best = float("inf")
        for _ in range(2):
            start = time.perf_counter()
            understand(article, rules)
            best = min(best, time.perf_counter() - start)
        return best

    small, large = seconds(50_000), seconds(1_000_000)
    assert large < 20 * small * 1.5 + 0.05


def test_case_of_ordinary_words_does_not_change_a_verdict(sectors_of: Callable[..., set[str]]) -> None:
    title, text = (
        "Le décolletage recrute",
        "Les usines de plasturgie et les horlogers cherchent des régleurs.",
    )
    assert sectors_of(title.upper(), text.upper()) == sectors_of(title, text) != set()
