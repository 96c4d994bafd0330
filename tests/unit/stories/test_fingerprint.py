"""Copies share a key, other texts do not, and keys never change."""

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from comtoise.stories.fingerprint import BANDS, fingerprint

WIRE = (
    "Le fabricant de vis Boulonnerie du Lomont va construire un atelier de 4 000 mètres carrés à "
    "Pont-les-Bains, dans le Doubs, pour un montant de douze millions d'euros. Les travaux doivent commencer "
    "au printemps et durer quatorze mois, a indiqué jeudi la direction, qui prévoit quarante embauches."
)
OTHER = (
    "La fromagerie des Trois Sapins ouvre une cave d'affinage à Clairvaux-le-Haut. Creusée sous l'ancienne "
    "gare, elle pourra recevoir vingt mille meules et sera visitée par le public à partir de juin."
)
#: Written down: the index of a database in use was filled with it.
FIRST_BAND = 9217700472220335362


def test_a_copy_under_another_title_shares_bands() -> None:
    one = fingerprint("Une usine de vis s'agrandit", WIRE)
    other = fingerprint("Doubs : la Boulonnerie du Lomont investit", WIRE + " (Avec agence.)")
    assert one.similarity(other) > 0.6
    assert set(one.bands) & set(other.bands)


def test_case_accents_and_marks_do_not_count() -> None:
    one, other = fingerprint("A", WIRE), fingerprint("a", WIRE.upper().replace("'", "’").replace("È", "E"))
    assert one.content == other.content
    assert one.similarity(other) == 1.0


def test_other_texts_share_nothing() -> None:
    one, other = fingerprint("Vis", WIRE), fingerprint("Fromage", OTHER)
    assert one.similarity(other) < 0.15
    assert not set(one.bands) & set(other.bands)


def test_no_text_is_like_no_other() -> None:
    empty = fingerprint("", " … ")
    assert empty.bands == ()
    assert empty.similarity(empty) == 0.0


@given(st.text(max_size=200), st.text(max_size=200))
def test_keys_are_sixteen_numbers_a_bigint_holds(title: str, text: str) -> None:
    found = fingerprint(title, text)
    assert len(found.bands) in (0, BANDS)
    assert all(-(2**63) <= key < 2**63 for key in found.bands)


def test_keys_do_not_change_between_processes() -> None:
    code = f"from comtoise.stories.fingerprint import fingerprint; print(fingerprint('Vis', {WIRE!r}).bands)"
    printed = subprocess.run(  # our own interpreter, a constant
        [sys.executable, "-c", code], capture_output=True, check=True, text=True, env={"PYTHONHASHSEED": "7"}
    )
    assert printed.stdout.strip() == str(fingerprint("Vis", WIRE).bands)
    assert fingerprint("Vis", WIRE).bands[0] == FIRST_BAND
