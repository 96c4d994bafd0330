"""What must hold for any article: nothing raises, unrelated words change nothing, time is linear."""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from types import FrameType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comtoise.knowledge import Knowledge, load
from comtoise.model import Article, Match, Source, SourceKind, TopicKind, Understanding
from comtoise.topics import Rules, compile_rules, explain, understand
from comtoise.topics.calibration import BAR, apply, packaged

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
FEW = settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SOME = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SLOW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read(rules: Rules, sentences: list[str]) -> Understanding:
    title, text = (sentences[0], " ".join(sentences[1:])) if sentences else ("", "")
    return understand(Article(id="1", url=None, title=title, text=text), rules)


def of_sectors(understanding: Understanding, *, but: str = "") -> list[Match]:
    return [m for m in (*understanding.of(TopicKind.SECTOR), *understanding.near_misses) if m.topic != but]


def is_last_resort(understanding: Understanding) -> bool:
    """Whether the article would have no sector, had it not been given its nearest one."""
    just_at_the_bar = round(apply(packaged()[TopicKind.SECTOR], BAR), 5)
    return [match.score for match in understanding.of(TopicKind.SECTOR)] == [just_at_the_bar]


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
    # The nearest sector of an article without any is chosen among all that are near.
    if not is_last_resort(before) and not is_last_resort(after):
        assert of_sectors(before, but="textile") == of_sectors(after, but="textile")
    assert before.of(TopicKind.CLUSTER) == after.of(TopicKind.CLUSTER)
    assert before.of(TopicKind.COMPANY) == after.of(TopicKind.COMPANY)


@given(sentences=SENTENCES)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_of_sectors_does_not_matter(bare: Knowledge, sentences: list[str]) -> None:
    backwards = replace(bare, sectors=tuple(reversed(bare.sectors)))
    one, other = read(compile_rules(bare), sentences), read(compile_rules(backwards), sentences)
    assert {m.topic: m.score for m in of_sectors(one)} == {m.topic: m.score for m in of_sectors(other)}


def verdict(found: Understanding, *, but: TopicKind | None = None) -> tuple[set[tuple[str, str]], int]:
    """The topics given, less those of one kind, and the worth."""
    return {(match.kind, match.topic) for match in found.matches if match.kind is not but}, found.worth


TYPOGRAPHY = [
    pytest.param(lambda text: text.replace("'", "’"), id="curly-apostrophes"),
    pytest.param(lambda text: text.replace("’", "'"), id="straight-apostrophes"),
    pytest.param(lambda text: text.replace(" ", "  "), id="double-spaces"),
    pytest.param(lambda text: text.replace(" ", "\u00a0"), id="no-break-spaces"),
    pytest.param(lambda text: text.replace(" ", "\u202f"), id="narrow-no-break-spaces"),
    pytest.param(lambda text: text.replace("-", "\u2011"), id="no-break-hyphens"),
    pytest.param(lambda text: text.replace("é", "e").replace("à", "a").replace("ê", "e"), id="no-accents"),
]


@pytest.mark.parametrize("change", TYPOGRAPHY)
@given(sentences=SENTENCES)
@SOME
def test_typography_and_accents_never_change_a_verdict(
    rules: Rules, change: Callable[[str], str], sentences: list[str]
) -> None:
    assert verdict(read(rules, [change(sentence) for sentence in sentences])) == verdict(
        read(rules, sentences)
    )


@given(articles=st.lists(SENTENCES, min_size=2, max_size=4))
@FEW
def test_what_was_read_before_never_changes_an_answer(bare: Knowledge, articles: list[list[str]]) -> None:
    forwards, backwards = compile_rules(bare), compile_rules(bare)
    first = [read(forwards, sentences) for sentences in articles]
    assert first == [read(backwards, sentences) for sentences in reversed(articles)][::-1]


@given(sentences=SENTENCES, data=st.data())
@SLOW
def test_the_order_of_what_a_source_covers_does_not_matter(
    rules: Rules, sentences: list[str], data: st.DataObject
) -> None:
    source = Source(
        id="s", name="S", kind=SourceKind.FEED, url="https://s.example/rss",
        departements=("25", "39", "70", "90"), sectors=("horlogerie-luxe", "microtechniques", "bois"),
    )  # fmt: skip
    shuffled = replace(
        source,
        departements=tuple(data.draw(st.permutations(source.departements))),
        sectors=tuple(data.draw(st.permutations(source.sectors))),
    )
    article = Article(id="1", url=None, title="Une usine", text=" ".join(sentences))
    assert verdict(understand(article, rules, source=source)) == verdict(
        understand(article, rules, source=shuffled)
    )


@pytest.mark.parametrize("word", ["maire", "décolletage"])
def test_a_keyword_of_one_sector_leaves_places_signals_and_companies_alone(rules: Rules, word: str) -> None:
    knowledge = load()
    textile = next(sector for sector in knowledge.sectors if sector.id == "textile")
    sectors = tuple(
        replace(sector, strong=(*sector.strong, word)) if sector is textile else sector
        for sector in knowledge.sectors
    )
    changed = compile_rules(replace(knowledge, sectors=sectors))
    sentences = [
        "Le décolletage recrute à Belfort",
        "L'usine de décolletage investit trois millions d'euros.",
        "Le maire de Dole et la société Vernerey embauchent vingt régleurs.",
        "PMT et Polyméris fêtent leurs adhérents.",
    ]
    before, after = read(rules, sentences), read(changed, sentences)
    for kind in (TopicKind.DEPARTEMENT, TopicKind.COMMUNE, TopicKind.SIGNAL, TopicKind.CLUSTER):
        assert before.of(kind) == after.of(kind)
    assert of_sectors(before, but="textile") == of_sectors(after, but="textile")


def operations(rules: Rules, text: str) -> int:
    """The calls, of Python and of C, that reading *text* takes: the same on any machine, busy or not."""
    count = 0

    def counted(frame: FrameType, event: str, arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    article = Article(id="1", url=None, title="Un titre", text=text)
    understand(article, rules)  # what is remembered of words is filled in
    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        understand(article, rules)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize(
    "unit",
    [
        pytest.param("décolletage Vitagora plastique montre que la mode ", id="hits-and-masks"),
        pytest.param("L'usine Stellantis de Dole investit 3 M€ et recrute vingt régleurs. ", id="events"),
        pytest.param("Besançon, Dole et Gray (70), le Doubs. ", id="places"),
        pytest.param("La société Vernerey SAS, fabricant de vis. ", id="unknown-firms"),
        pytest.param("lorem ipsum dolor sit amet ", id="no-hit"),
        pytest.param("œ\u0301\u00ad’ ", id="odd-characters"),
    ],
)
def test_four_times_the_text_takes_at_most_four_times_the_operations(rules: Rules, unit: str) -> None:
    small, large = (operations(rules, unit * (size // len(unit))) for size in (40_000, 160_000))
    assert large < 4 * small * 1.25 + 1000


def test_what_is_longer_than_any_article_is_not_read(rules: Rules) -> None:
    unit = "L'usine de Dole investit 3 M€. "
    half, whole = (operations(rules, unit * (size // len(unit))) for size in (500_000, 1_000_000))
    assert whole == pytest.approx(half, rel=0.01)


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
