"""A word put into a list of words, or taken out, as a person would do it."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml.comments import CommentedMap

from comtoise.config import parse_config
from comtoise.config.editing import add_word, edit_config, remove_word, write_sectors
from comtoise.config.wordlists import checked_word, same_word, with_word, without_word, words_of
from comtoise.errors import InputError
from comtoise.knowledge import load

FULL = "fraisage, tournage, " * 5
WORD = st.from_regex(r"[a-zé]{1,12}( [a-zé]{2,12}){0,3}", fullmatch=True)
WORDS = st.lists(WORD, min_size=1, max_size=40, unique_by=lambda word: " ".join(word.split()))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("scierie\n", "scierie, merrain\n", id="on-the-last-line"),
        pytest.param("scierie, grume,\n", "scierie, grume, merrain,\n", id="a-final-comma-stays-final"),
        pytest.param("scierie\ngrume\n", "scierie\ngrume\nmerrain\n", id="one-a-line"),
        pytest.param("scierie,\ngrume,\n", "scierie,\ngrume,\nmerrain,\n", id="one-a-line-with-commas"),
        pytest.param("scierie,\ngrume\n", "scierie,\ngrume,\nmerrain\n", id="one-a-line-commas-between"),
        pytest.param("  a, b,\n  c, d\n", "  a, b,\n  c, d, merrain\n", id="the-indent-is-kept"),
        pytest.param("a, b\n# fin\n", "a, b, merrain\n# fin\n", id="before-a-final-remark"),
        pytest.param("# rien encore\n", "# rien encore\nmerrain\n", id="after-a-remark-alone"),
        pytest.param("", "merrain\n", id="an-empty-list"),
        pytest.param(f"{FULL}a\n", f"{FULL}a,\nmerrain\n", id="a-full-line"),
    ],
)
def test_a_word_more(before: str, after: str) -> None:
    assert with_word(before, "merrain") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("scierie, merrain\n", "scierie\n", id="the-last"),
        pytest.param("merrain, scierie\n", "scierie\n", id="the-first"),
        pytest.param("a, merrain, b\n", "a, b\n", id="between"),
        pytest.param("a, b,\nmerrain\n", "a, b\n", id="alone-on-the-last-line"),
        pytest.param("a,\nmerrain,\n", "a,\n", id="alone-on-a-line-with-a-comma"),
        pytest.param("# merrain\nMerrain, a\n", "# merrain\na\n", id="not-in-a-remark"),
        pytest.param("a, merrain,\n# merci\n", "a,\n# merci\n", id="before-a-remark"),
        pytest.param("  a,\n  merrain, b\n", "  a,\n  b\n", id="the-indent-is-kept"),
        pytest.param("merrains*, a\n", "merrains*, a\n", id="another-word"),
        pytest.param("merrain\n", "\n", id="the-only-one"),
    ],
)
def test_a_word_less(before: str, after: str) -> None:
    assert without_word(before, "merrain") == after


@given(words=WORDS, word=WORD, width=st.integers(10, 60))
def test_a_word_comes_last_and_no_line_grows_too_long(words: list[str], word: str, width: int) -> None:
    text = ""
    for each in words:
        text = with_word(text, each, width=width)
    longer = with_word(text, word, width=width)
    assert words_of(longer) == [*words, word]
    assert all(len(line) <= width or len(words_of(line)) == 1 for line in longer.split("\n"))


@given(words=WORDS, taken=st.data(), remark=st.integers(0, 5))
def test_a_word_taken_out_takes_nothing_with_it(words: list[str], taken: st.DataObject, remark: int) -> None:
    text = ""
    for each in words:
        text = with_word(text, each, width=30)
    lines = text.split("\n")
    lines.insert(min(remark, len(lines) - 1), f"# {words[0]}, une remarque")
    word = taken.draw(st.sampled_from(words))
    left = without_word("\n".join(lines), word)
    assert words_of(left) == [each for each in words if not same_word(each, word)]
    assert f"# {words[0]}, une remarque" in left


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("décolletage", "DECOLLETAGE fin", False),
        ("micro-technique", "Micro technique", True),
        ("Œuvre d’art", "oeuvre d'art", True),
        ("PMT", "pmt", False),
        ("PMT", "PMT", True),
        ("micro*", "micro", False),
        ('"moule"', "moule", False),
        ("moule NON frites", "moule non frites", False),
        ("laser PROCHE(5) bois", "laser PROCHE(6) bois", False),
        ("TONNELLERIE", "tonnellerie", True),
    ],
)
def test_two_keywords_are_one_when_only_their_spelling_differs(one: str, other: str, same: bool) -> None:
    assert same_word(one, other) is same


@pytest.mark.parametrize(
    ("written", "said"),
    [
        pytest.param("bois, fer", "un seul mot", id="two-words"),
        pytest.param("#bois", "ni # au début", id="a-remark"),
        pytest.param("  ", "n’est pas un mot", id="nothing"),
        pytest.param("bois|fer", "signe de programmeur", id="a-pattern"),
        pytest.param("b" * 101, "100 caractères", id="too-long"),
    ],
)
def test_what_is_no_word_is_refused_with_what_to_write(written: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        checked_word(written)


FILE = """\
zone: {departements: ["25"]}   # la zone

filieres:

  bois:
    nom: Bois
    mots_forts: |
      scierie, merrain,
      # à revoir : grume
      grume
    contexte: usine, atelier  # les lieux

    # ce qui doit être confirmé
    mots_faibles: |
      pin

  # la deuxième
  fer:
    nom: Fer
    mots_forts:
      - fonte   # gris
      # et le blanc
      - acier
# ---- fin
journal: info
"""


def added(sector: str, key: str, word: str) -> Callable[[CommentedMap], None]:
    return lambda document: add_word(document, sector, key, word)


@pytest.mark.parametrize(
    ("sector", "key"),
    [
        ("bois", "mots_forts"),
        ("bois", "mots_faibles"),
        ("bois", "contexte"),
        ("bois", "sigles"),
        ("bois", "metiers"),
        ("fer", "mots_forts"),
        ("fer", "exclusions"),
    ],
)
def test_a_word_changes_a_line_of_the_file_and_every_remark_stays(
    sector: str, key: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("desk") / "config.yaml"
    file.write_text(FILE, "utf-8")
    edit = edit_config(file, added(sector, key, "merveille d’eau"))
    assert [line for line in edit.before.split("\n") if "#" in line and "contexte" not in line] == [
        line for line in edit.after.split("\n") if "#" in line and "contexte" not in line
    ]
    assert len(edit.after.split("\n")) - len(edit.before.split("\n")) in (0, 1, 2)
    before = parse_config(edit.before.encode(), "config.yaml").sectors
    after = edit.config.sectors
    assert before is not None
    assert after is not None
    field = {"mots_forts": "strong", "mots_faibles": "weak", "contexte": "context", "sigles": "acronyms",
             "metiers": "occupations", "exclusions": "exclusions"}[key]  # fmt: skip
    assert getattr(after[sector], field) == (*getattr(before[sector], field), "merveille d’eau")
    wanted = {
        sector: before[sector].model_copy(
            update={field: (*getattr(before[sector], field), "merveille d’eau")}
        )
    }
    assert after == before | wanted
    back = edit_config(file, lambda document: remove_word(document, sector, "Merveille d'eau"))
    assert back.config.sectors == before


@pytest.mark.parametrize(
    ("sector", "word", "gone"),
    [
        pytest.param("bois", "pin", (), id="the-last-of-a-list"),
        pytest.param("bois", "grume", (), id="below-a-remark"),
        pytest.param("fer", "acier", (), id="last-of-a-list-with-dashes"),
    ],
)
def test_a_word_taken_out_leaves_the_remarks_around_it(
    sector: str, word: str, gone: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("desk") / "config.yaml"
    file.write_text(FILE, "utf-8")
    edit = edit_config(file, lambda document: remove_word(document, sector, word))
    for remark in (
        "la zone",
        "à revoir",
        "les lieux",
        "ce qui doit",
        "la deuxième",
        "et le blanc",
        "---- fin",
    ):
        assert remark in edit.after
    assert edit.config.sectors is not None
    assert word not in (*edit.config.sectors[sector].strong, *edit.config.sectors[sector].weak)


def test_the_words_of_the_package_are_written_whole_where_the_file_has_none(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    file = tmp_path_factory.mktemp("desk") / "config.yaml"
    file.write_text('# la veille\nzone: {departements: ["25"]}   # la zone\n\n# fin\n', "utf-8")
    edit = edit_config(file, lambda document: write_sectors(document, load().sectors))
    assert edit.config.knowledge().sectors == load().sectors
    assert edit.after.startswith(edit.before.rstrip("\n"))
    assert "# Une filière = un nom et des listes de mots." in edit.after
    assert max(map(len, edit.after.split("\n"))) <= 110
