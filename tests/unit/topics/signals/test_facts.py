"""What a sentence is said to lack, it has none of: a rule that needs it is not tried there, and would not have held."""

from hypothesis import given
from hypothesis import strategies as st

from comtoise.model import Article
from comtoise.text.amounts import find_money, find_people, find_surfaces
from comtoise.topics.document import Document
from comtoise.topics.signals import vocabulary
from comtoise.topics.signals.facts import Facts, Said
from comtoise.topics.signals.sentences import Sentences

PIECES = (
    "l'usine", "investit", "deux", "millions", "2,5 M", "€", "$", "d'euros", "300 kEUR", "CHF 12", "vingt", "12",
    "salariés", "emplois", "ETP", "une dizaine de", "suppressions de postes", "embauches", "m²", "8\u00a0000", "hectares",
    "de", "Vernelle", "cœur", "millions de bouteilles", "12 Me", "francs suisses", "fr.", ",", "des",
)  # fmt: skip
FIRM = "Vernelle"


def facts_of(text: str) -> Facts:
    """The facts of a title, which is one sentence, in which a firm is known."""
    document = Document(Article(id="1", url=None, title=text, text=""))
    start = document.raw.find(FIRM)
    said: list[Said] = [("vernelle", start, start + len(FIRM))] if start >= 0 else []
    return Facts(Sentences(document)[0], said)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join))
def test_a_sentence_has_none_of_what_it_lacks(text: str) -> None:
    read = {
        vocabulary.MONEY: find_money(text),
        vocabulary.PEOPLE: find_people(text),
        vocabulary.SURFACE: find_surfaces(text),
        vocabulary.COMPANY: FIRM in text,
    }
    assert [name for name in facts_of(text).lacking() & read.keys() if read[name]] == []


def test_a_sentence_lacks_all_that_it_does_not_say() -> None:
    assert facts_of("La réunion a rassemblé les riverains du quartier").lacking() == vocabulary.READ


def test_a_sentence_does_not_lack_what_it_says() -> None:
    text = f"{FIRM} investit 2 millions d'euros, bâtit 800 m2 et crée vingt emplois"
    assert facts_of(text).lacking() == frozenset()
