"""No pattern matches a text whose words do not meet its need: what is not tried would not have matched."""

import re

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from comtoise.text import amounts
from comtoise.text.cues import Cues
from comtoise.text.fold import fold, spaced
from comtoise.topics.places import frames
from comtoise.topics.places import needs as of_places
from comtoise.topics.signals import context, facts, slots
from comtoise.topics.signals import needs as of_signals

PLACES = [
    pytest.param(getattr(frames, pattern), of_places.NEEDS, family, id=family)
    for pattern, family in [
        ("_NO_PLACE", "no place"),
        ("_COURT", "court"),
        ("_ELSEWHERE", "elsewhere"),
        ("_SITE", "site"),
        ("_OWNER", "owner"),
    ]
]
CONTEXT = [
    pytest.param(
        getattr(context, pattern), of_signals.NEEDS, family, id=f"{family}-{pattern.strip('_').lower()}"
    )
    for pattern, family in [
        ("_NOT", "denied"),
        ("_NE", "denied"),
        ("_NOT_AFTER", "denied"),
        ("_RETROSPECT", "recalled"),
        ("_PAST", "past"),
        ("_YEAR", "year"),
    ]
]
FACTS = [
    pytest.param(getattr(facts, pattern), of_signals.NEEDS, family, id=family)
    for pattern, family in [
        ("_TURNOVER", "turnover"),
        ("_ORDER", "order"),
        ("_DEBT", "debt"),
        ("_PRICE", "price"),
        ("_AID", "aid"),
        ("_RAISE", "raise"),
        ("_INVEST", "invest"),
        ("_PUT_IN", "put in"),
        ("_CREATED", "created"),
        ("_CUT", "cut"),
    ]
]
STATUS = [
    pytest.param(pattern, of_signals.NEEDS, family, id=name)
    for (name, _, pattern), family in zip(
        slots._STATUS, ["cancelled", "under way", "done", "announced"], strict=True
    )
]
SUMS = [
    pytest.param(pattern, of_signals.NEEDS, "sum", id=pattern_id)
    for pattern_id, pattern in [
        ("sum", amounts._MONEY),
        ("sum-sign-first", amounts._SIGN_FIRST),
        ("sum-assumed", amounts._ASSUMED),
        ("sum-me", amounts._ME),
    ]
]
DATE = [pytest.param(slots._DATE, of_signals.NEEDS, "dated", id="dated")]

LETTERS = st.characters(codec="ascii", min_codepoint=32)


@pytest.mark.parametrize(("pattern", "needs", "family"), [*PLACES, *CONTEXT, *FACTS, *STATUS, *DATE, *SUMS])
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_text_that_matches_meets_the_need(
    data: st.DataObject, pattern: re.Pattern[str], needs: Cues, family: str
) -> None:
    text = fold(data.draw(st.from_regex(pattern, alphabet=LETTERS)))
    assume(pattern.search(text))
    assert needs.of(spaced(text).split()) & needs.bit(family) or (family == "sum" and amounts.has_sign(text))


@pytest.mark.parametrize(("pattern", "needs", "family"), FACTS)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_a_number_is_for_begins_with_a_word_of_its_need(
    data: st.DataObject, pattern: re.Pattern[str], needs: Cues, family: str
) -> None:
    text = fold(data.draw(st.from_regex(pattern, alphabet=LETTERS)))
    for match in pattern.finditer(text):
        assert needs.of(spaced(text[match.start() :]).split()[:1]) & needs.bit(family)
