"""« Pourquoi : » names the reader's own words first."""

from comtoise_bot.rendering import reasons
from unit.digests.made import make_story


def test_the_readers_own_words_come_first_and_topics_follow() -> None:
    story = make_story("s", "sector:decolletage", "word:presse à injecter", "word:moule", "signal:extension")
    assert reasons(story).replace("\u00a0", " ") == (
        "votre mot « presse à injecter » ; votre mot « moule » ; Decolletage"
    )
