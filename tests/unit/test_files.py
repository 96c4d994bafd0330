"""A file that the system refuses is told in French, with what to do; never in the system's words."""

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from comtoise.errors import InputError
from comtoise.files import unreadable, unwritable

KINDS = (
    errno.ENOENT, errno.EISDIR, errno.ENOTDIR, errno.EACCES, errno.EPERM, errno.EEXIST, errno.EROFS, errno.ENOSPC,
    errno.EDQUOT, errno.EIO,
)  # fmt: skip


@pytest.mark.parametrize("say", [unreadable, unwritable])
@pytest.mark.parametrize("kind", KINDS, ids=errno.errorcode.__getitem__)
def test_every_refusal_is_one_sentence_with_the_file_and_the_remedy(
    say: Callable[[Path, OSError], InputError], kind: int
) -> None:
    told = str(say(Path("liste.txt"), OSError(kind, "the system’s words", "liste.txt")))
    assert told.startswith("« liste.txt » : ")
    assert told.count(" ; ") == 1, "what is wrong, then what to do"
    assert "the system" not in told


@pytest.mark.parametrize(
    ("error", "words"),
    [
        pytest.param(OSError(errno.EACCES, ""), "vous n’avez pas le droit de lire", id="not-ours"),
        pytest.param(OSError(errno.EISDIR, ""), "c’est un dossier", id="a-folder"),
        pytest.param(OSError(errno.EIO, ""), "(EIO)", id="a-broken-disk-is-named-for-who-can-search"),
    ],
)
def test_why_a_file_cannot_be_read(error: OSError, words: str) -> None:
    assert words in str(unreadable("x", error))


@pytest.mark.parametrize(
    ("error", "words"),
    [
        pytest.param(OSError(errno.ENOENT, ""), "son dossier n’existe pas ; créez-le", id="no-folder"),
        pytest.param(OSError(errno.EROFS, ""), "vous n’avez pas le droit d’y écrire", id="read-only-disk"),
        pytest.param(OSError(errno.ENOSPC, ""), "le disque est plein ; faites de la place", id="full-disk"),
    ],
)
def test_why_a_file_cannot_be_written(error: OSError, words: str) -> None:
    assert words in str(unwritable("x", error))
