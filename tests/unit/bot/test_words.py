import pytest

from comtoise_bot.words import say


@pytest.mark.parametrize(
    ("message", "values", "shown"),
    [
        pytest.param("C'est noté !", {}, "C’est noté\u00a0!", id="our-own-marks"),
        pytest.param(
            "Pourquoi : {reason}", {"reason": "a : b"}, "Pourquoi\u00a0: a : b", id="value-untouched"
        ),
        pytest.param("{zone} : tout", {"zone": "Doubs"}, "Doubs\u00a0: tout", id="space-after-a-value"),
        pytest.param("« {title} »", {"title": "l'usine"}, "«\u00a0l'usine\u00a0»", id="quoted-value"),
        pytest.param("{a}{b}", {"a": "{b}", "b": "x"}, "{b}x", id="braces-in-a-value"),
        pytest.param("100 %", {}, "100\u00a0%", id="no-value"),
    ],
)
def test_say(message: str, values: dict[str, str], shown: str) -> None:
    assert say(message, **values) == shown
