"""Which articles are one story, and which are not."""

import random
from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comtoise.model import Understanding
from comtoise.stories import (
    Candidate,
    Features,
    Period,
    Told,
    WordStats,
    candidate_keys,
    group,
    saga_keys,
    tell,
)
from comtoise.stories.evidence import Scales
from comtoise.stories.grouping import KEYS_MAX
from unit.stories.made import NOON, facts, told

EMPTY = WordStats()

COMMUNIQUE = (
    "Lomont Décolletage annonce la construction d'un bâtiment de 4 200 mètres carrés à Rochejean-le-Bas. "
    "L'entreprise investit 12,5 millions d'euros et prévoit 40 embauches d'ici à 2028. « Nos clients du "
    "médical nous demandent des pièces plus fines », explique la présidente, Odile Marchandet. Le chantier "
    "commencera au printemps ; la Région apporte une aide de 800 000 euros."
)
THREE_SITES = [
    told("a", "Lomont Décolletage va construire une usine à Rochejean-le-Bas", COMMUNIQUE, source="gazette"),
    told("b", "COMMUNIQUÉ. Lomont Décolletage investit", COMMUNIQUE + " Contact presse : la direction.", source="pole"),
    told("c", "Doubs : 40 emplois annoncés par Lomont Décolletage", "BESANÇON. " + COMMUNIQUE, source="radio"),
]  # fmt: skip
RETOLD = [
    told(
        "a",
        "Lomont Décolletage va agrandir son usine de Rochejean-le-Bas",
        "Le spécialiste des pièces médicales mise 12,5 millions d'euros sur un bâtiment de 4 200 m2.",
        company="Lomont Décolletage",
        signals=("extension", "investissement"),
        commune="25900",
    ),
    told(
        "b",
        "Quarante embauches en vue chez Lomont Décolletage",
        "Un chantier à 12,5 millions d'euros s'ouvrira au printemps à Rochejean-le-Bas.",
        day="2026-11-26",
        source="radio",
        company="Lomont Décolletage",
        signals=("investissement", "recrutement"),
        commune="25900",
    ),
]


def stories(articles: Sequence[Told]) -> list[set[str]]:
    """The ids of the articles of each story."""
    found: dict[str, set[str]] = {}
    for placed in tell(articles):
        found.setdefault(placed.story, set()).add(placed.article_id)
    return sorted(found.values(), key=sorted)


def test_a_communique_on_three_sites_is_one_story() -> None:
    assert stories(THREE_SITES) == [{"a", "b", "c"}]


def test_the_same_story_from_many_outlets_is_one() -> None:
    articles = [
        told(
            f"n{letter}",
            f"L'agence rapporte, selon {letter * 5}",
            f"{COMMUNIQUE} Repris par {letter * 4}.",
            source=letter,
        )
        for letter in "abcdefghijklmnopqrstuvwxyz"
    ]
    assert len(stories(articles)) == 1


def test_an_event_told_in_other_words_is_one_story_and_says_why() -> None:
    first, second = tell(RETOLD)
    assert second.story == first.story == "a"
    assert first.because is None
    assert second.because is not None
    assert "Lomont Décolletage" in second.because
    assert "12\u202f500\u202f000\u00a0€" in second.because


def test_two_affairs_of_one_company_stay_two() -> None:
    hiring = told(
        "c",
        "Lomont Décolletage primé pour son école de tourneurs",
        "Le jury du trophée régional a salué la formation maison, ouverte à douze apprentis.",
        company="Lomont Décolletage",
        signals=("prix-distinction",),
    )
    assert stories([*RETOLD, hiring]) == [{"a", "b"}, {"c"}]


def test_a_later_stage_is_another_story_of_the_same_saga() -> None:
    opened = told(
        "a",
        "Verrerie du Haut-Jura : redressement judiciaire",
        "Le tribunal de commerce a ouvert la procédure le 3 novembre pour les 80 salariés.",
        day="2026-11-04",
        company="Verrerie du Haut-Jura",
        signals=("procedure-collective",),
    )
    offers = told(
        "b",
        "Verrerie du Haut-Jura : deux offres de reprise",
        "Deux candidats ont déposé un dossier avant l'audience. Les 80 salariés attendent.",
        day="2026-11-12",
        company="Verrerie du Haut-Jura",
        signals=("procedure-collective",),
    )
    first, second = tell([opened, offers])
    assert second.story == "b"
    assert second.saga == "a"
    assert first.saga is None
    candidate = Candidate(story_id="7", articles=(facts(opened),), saga="3")
    assert group(facts(offers), [candidate], NOON, EMPTY).saga == "3"


def test_another_judgment_date_forbids() -> None:
    text = "Le tribunal a examiné le dossier de la Verrerie du Haut-Jura le {day}. Les 80 salariés espèrent."
    one = told("a", "La Verrerie du Haut-Jura devant ses juges", text.format(day="3 novembre"), day="2026-11-04",
               company="Verrerie du Haut-Jura", signals=("procedure-collective",))  # fmt: skip
    other = told("b", "Verrerie du Haut-Jura : nouvelle audience", text.format(day="9 novembre"), day="2026-11-09",
                 company="Verrerie du Haut-Jura", signals=("procedure-collective",))  # fmt: skip
    assert Scales(facts(one), EMPTY).contradiction(facts(other)) == "hearing"
    assert stories([one, other]) == [{"a"}, {"b"}]


def test_the_same_words_about_another_town_are_another_story() -> None:
    text = "Les pompiers ont maîtrisé le feu dans la nuit. Personne n'est blessé. Les dégâts sont importants."
    one = told(
        "a", "Incendie dans une scierie à Vaux-sous-Bois", text, commune="39901", signals=("incendie",)
    )
    other = told("b", "Incendie dans une scierie à Les Étangs", text, commune="70902", signals=("incendie",))
    assert stories([one, other]) == [{"a"}, {"b"}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("La semaine de l'industrie - 27/09", "La semaine de l'industrie - 04/10", id="date"),
        pytest.param("Le journal des filières n° 112", "Le journal des filières n° 113", id="number"),
        pytest.param("Grève aux forges, jour 12 : le point", "Grève aux forges, jour 13 : le point", id="day"),
        pytest.param("Marché du bois : le point du mardi 3 mars", "Marché du bois : le point du 10 mars", id="week"),
        pytest.param("Le feuilleton des pipes (1/4)", "Le feuilleton des pipes (2/4)", id="episode"),
    ],
)  # fmt: skip
def test_another_edition_of_a_column_is_another_story(one: str, other: str) -> None:
    summary = "Chaque semaine, la rédaction résume ce qui a compté dans les ateliers de la région."
    assert stories([told("a", one, summary), told("b", other, summary, day="2026-11-26")]) == [{"a"}, {"b"}]


def test_general_news_sharing_a_name_is_not_one_story() -> None:
    one = told("a", "Odile Marchandet reçue par le ministre", "Elle a plaidé la cause des vallées.")
    other = told("b", "Le ministre, Odile Marchandet et la neige", "La route du col restera fermée ce soir.")
    assert stories([one, other]) == [{"a"}, {"b"}]


def test_an_article_two_days_late_joins() -> None:
    late = told("c", RETOLD[1].article.title, RETOLD[1].article.text, day="2026-11-28", source="lente",
                company="Lomont Décolletage", signals=("investissement",))  # fmt: skip
    assert stories([*RETOLD, late]) == [{"a", "b", "c"}]


def test_the_same_news_a_year_later_is_new() -> None:
    again = told("c", RETOLD[0].article.title, RETOLD[0].article.text, day="2027-11-25",
                 company="Lomont Décolletage", signals=("extension",))  # fmt: skip
    assert stories([*RETOLD, again]) == [{"a", "b"}, {"c"}]


def test_an_undated_article_joins_copies_only() -> None:
    copy = told("e", THREE_SITES[0].article.title, COMMUNIQUE, day=None)
    retold = told(
        "d", RETOLD[1].article.title, RETOLD[1].article.text, day=None, company="Lomont Décolletage"
    )
    assert stories([*THREE_SITES, copy, retold]) == [{"a", "b", "c", "e"}, {"d"}]


def test_a_date_of_the_year_needs_titles_that_agree() -> None:
    year = Period.parse("2026")
    vague = told("b", "Vallées : trois usines et beaucoup d'espoir", "Lomont Décolletage y investit 12,5 millions "
                 "d'euros, 4 200 m2 à Rochejean-le-Bas.", day=None, period=year, company="Lomont Décolletage",
                 signals=("investissement",), commune="25900")  # fmt: skip
    named = told("b", "Lomont Décolletage : 12,5 millions d'euros à Rochejean-le-Bas", "Un bâtiment de 4 200 m2.",
                 day=None, period=year, company="Lomont Décolletage", signals=("investissement",),
                 commune="25900")  # fmt: skip
    assert stories([RETOLD[0], vague]) == [{"a"}, {"b"}]
    assert stories([RETOLD[0], named]) == [{"a", "b"}]


def test_a_date_to_come_is_read_as_the_day_of_arrival() -> None:
    wrong = told("b", RETOLD[1].article.title, RETOLD[1].article.text, day="2031-01-01",
                 company="Lomont Décolletage", signals=("investissement",))  # fmt: skip
    candidate = Candidate(story_id="a", articles=(facts(RETOLD[0]),))
    assert group(facts(wrong), [candidate], NOON, EMPTY).story_id == "a"


def test_what_a_person_set_apart_is_not_joined_again() -> None:
    candidates = [Candidate(story_id="1", articles=(facts(RETOLD[0]),))]
    assert group(facts(RETOLD[1]), candidates, NOON, EMPTY).story_id == "1"
    assert group(facts(RETOLD[1]), candidates, NOON, EMPTY, apart={"1"}).story_id is None


def test_of_two_stories_a_person_told_apart_only_the_nearer_can_be_joined() -> None:
    near = Candidate(story_id="1", articles=(facts(RETOLD[0]),))
    far = Candidate(story_id="2", articles=(facts(RETOLD[1]),))
    copy = facts(RETOLD[0])
    assert group(copy, [far], NOON, EMPTY, separated=[("1", "2")]).story_id == "2", (
        "the other is not in sight"
    )
    assert group(copy, [near, far], NOON, EMPTY, separated=[("1", "2")]).story_id == "1"
    refused = group(copy, [near, far], NOON, EMPTY, apart={"1"}, separated=[("1", "2")])
    assert refused.story_id is None, "what is like one side does not fall back on the other"


def test_the_order_of_candidates_does_not_count() -> None:
    candidates = [
        Candidate(story_id=str(number), articles=(facts(article),))
        for number, article in enumerate([*THREE_SITES, *RETOLD])
    ]
    forwards = group(facts(RETOLD[1]), candidates, NOON, EMPTY)
    assert group(facts(RETOLD[1]), candidates[::-1], NOON, EMPTY) == forwards


def test_the_order_of_the_file_does_not_count() -> None:
    articles = [
        *RETOLD,
        *(told(f"t{number}", f"Brève {number}", COMMUNIQUE[number * 9 :]) for number in range(9)),
    ]
    expected = stories(articles)
    shuffler = random.Random(7)  # a fixed seed: the same ten orders each time
    for _ in range(10):
        shuffler.shuffle(articles)
        assert stories(articles) == expected


def test_the_answer_keeps_the_order_given() -> None:
    assert [placed.article_id for placed in tell([RETOLD[1], RETOLD[0]])] == ["b", "a"]


def test_articles_of_one_event_share_a_key() -> None:
    one, other = (set(candidate_keys(facts(article))) for article in RETOLD)
    assert one & other
    assert set(saga_keys(facts(RETOLD[0]))) <= one


def test_no_business_event_no_saga_key() -> None:
    assert (
        saga_keys(facts(told("a", "Lomont Décolletage ouvre ses portes", company="Lomont Décolletage"))) == ()
    )


_VOCABULARY = "Lomont Verrerie usine 12,5 millions d'euros le 3 novembre n° 12 tribunal . « » ACI 40 emplois"
_WORDS = st.lists(st.sampled_from(_VOCABULARY.split()), max_size=40).map(" ".join)


@settings(max_examples=60)
@given(st.one_of(st.text(max_size=200), _WORDS), _WORDS)
def test_keys_are_few_and_short(title: str, text: str) -> None:
    keys = candidate_keys(facts(told("a", title, text, company="X" * 90, commune="25001")))
    assert len(keys) == len(set(keys)) <= KEYS_MAX
    assert all(len(key) <= 80 for key in keys)


@settings(max_examples=60)
@given(_WORDS, _WORDS, _WORDS)
def test_weighing_is_symmetric(title: str, one: str, other: str) -> None:
    first, second = facts(told("a", title, one)), facts(told("b", title, other))
    there, back = Scales(first, EMPTY), Scales(second, EMPTY)
    assert there.weigh(second).points == pytest.approx(back.weigh(first).points)
    assert there.contradiction(second) == back.contradiction(first)
    assert there.is_same_affair(second) == back.is_same_affair(first)
    assert there.is_too_far(second) == back.is_too_far(first)


_NEWS = st.builds(
    told,
    st.just("a"),
    _WORDS,
    _WORDS,
    day=st.sampled_from(["2026-11-25", "2026-11-24", "2026-11-12", "2026-10-30", None]),
    company=st.sampled_from(["Lomont", "Verrerie", None]),
    signals=st.sampled_from([("investissement",), ("procedure-collective",), ()]),
    commune=st.sampled_from(["25001", "39001", None]),
).map(facts)


@settings(max_examples=300)
@given(_NEWS, st.lists(st.lists(_NEWS, min_size=1, max_size=3), max_size=5))
def test_what_is_not_weighed_would_not_change_the_decision(
    article: Features, stories: list[list[Features]]
) -> None:
    candidates = [Candidate(story_id=str(n), articles=tuple(each)) for n, each in enumerate(stories)]
    weighed = [(candidate.story_id, "another") for candidate in candidates]  # told apart: compared to the end
    decision = group(article, candidates, NOON, EMPTY)
    assert decision == group(article, candidates, NOON, EMPTY, separated=weighed)


def test_a_batch_without_articles_has_no_story() -> None:
    assert tell([]) == []


def test_articles_of_the_same_minute_without_words_stay_alone() -> None:
    silent = [told(name, "", "") for name in "ab"]
    assert all(article.understanding == Understanding() for article in silent)
    assert stories(silent) == [{"a"}, {"b"}]


def test_a_story_is_found_again_after_days_of_follow_up() -> None:
    later = NOON + timedelta(days=3)
    candidate = Candidate(story_id="1", articles=tuple(facts(article) for article in RETOLD))
    copy = told("z", RETOLD[0].article.title, RETOLD[0].article.text, day=later.date().isoformat())
    assert group(facts(copy), [candidate], later, EMPTY).story_id == "1"
