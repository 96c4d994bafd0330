"""The laid-out article: words, sentences, lead, and evidence that quotes what was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comtoise.model import Article, Part
from comtoise.topics.document import Document

TEXT = st.text(alphabet="abé Œ’'-.!?\n\u00a0\u00ad«»,;:S", max_size=80)


def document(title: str, text: str = "") -> Document:
    return Document(Article(id="1", url=None, title=title, text=text))


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param("Un. Deux ! Trois ?", ["Un", "Deux", "Trois"], id="marks"),
        pytest.param("M. Martin parle. Bien.", ["M. Martin parle", "Bien"], id="abbreviation"),
        pytest.param("La S.A.S. Lot investit. Oui.", ["La S.A.S. Lot investit", "Oui"], id="initials"),
        pytest.param("3.5 millions. Oui.", ["3.5 millions", "Oui"], id="decimal-point"),
        pytest.param("Ligne une\nLigne deux", ["Ligne une", "Ligne deux"], id="lines"),
        pytest.param("« Fini. » Puis rien.", ["Fini", "Puis rien"], id="closing-quote"),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    doc = document("Titre", text)
    spans = [doc.sentence(number) for number in range(1, len(doc.sentence_starts))]
    assert [doc.written(*span) for span in spans] == sentences


def test_the_lead_is_the_title_and_the_first_paragraph() -> None:
    doc = document("Un titre", "Premier paragraphe ici. Encore.\nSecond paragraphe.")
    assert doc.words[doc.lead_stop] == "second"
    assert doc.words[doc.first_sentence_stop] == "encore"
    assert doc.in_title(1)
    assert not doc.in_title(2)


def test_a_phrase_does_not_run_over_a_sentence_end() -> None:
    doc = document("Le décolletage. Précision oblige", "")
    assert not doc.is_unbroken(1, 3)
    assert doc.is_unbroken(2, 4)


@given(title=TEXT, text=TEXT)
def test_evidence_quotes_the_part_it_stands_in(title: str, text: str) -> None:
    doc = document(title, text)
    assert len(doc.spans) == len(doc.words)
    for index in range(len(doc.words)):
        evidence = doc.evidence(index, index + 1, "strong")
        part = title if evidence.part is Part.TITLE else text
        assert part[evidence.start : evidence.end] == evidence.words
        assert evidence.words
        assert (evidence.part is Part.TITLE) == doc.in_title(index)


@given(title=TEXT, text=TEXT)
def test_every_word_is_in_one_sentence(title: str, text: str) -> None:
    doc = document(title, text)
    covered = [i for n in range(len(doc.sentence_starts)) for i in range(*doc.sentence(n))]
    assert covered == list(range(len(doc.words)))
    assert doc.title_stop <= doc.first_sentence_stop <= len(doc.words)
