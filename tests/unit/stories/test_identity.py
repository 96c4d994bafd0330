"""One article, whatever became of its title."""

from dataclasses import replace

import pytest

from comtoise.model import Article
from comtoise.stories import same_article
from unit.stories.made import NOON, on

SEEN = Article(
    id="1", url="https://a.example/vis", title="Une usine de vis", text="", source="a", published=NOON
)


@pytest.mark.parametrize(
    ("again", "same"),
    [
        pytest.param(replace(SEEN, title="Doubs : une usine de vis s'agrandit"), True, id="edited-title"),
        pytest.param(replace(SEEN, text="Complété à midi."), True, id="edited-text"),
        pytest.param(replace(SEEN, source="b", title="Autre titre"), True, id="same-address-elsewhere"),
        pytest.param(replace(SEEN, url="https://a.example/ecrous"), False, id="same-title-other-address"),
        pytest.param(replace(SEEN, url=None, title="UNE USINE DE VIS"), True, id="no-address-same-words"),
        pytest.param(replace(SEEN, url=None, title="Une usine d'écrous"), False, id="no-address-other-words"),
        pytest.param(replace(SEEN, url=None, source="b"), False, id="no-address-other-source"),
        pytest.param(replace(SEEN, url=None, published=on("2026-12-02")), False, id="no-address-other-week"),
        pytest.param(replace(SEEN, url=None, published=None), True, id="no-address-no-date"),
    ],
)
def test_an_article_seen_again(again: Article, same: bool) -> None:
    assert same_article(SEEN, again) is same
    assert same_article(again, SEEN) is same
