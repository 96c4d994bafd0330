"""Work in a process that ends with it: what it returned comes back, and nothing else does."""

import subprocess
import sys

import pytest

WITHOUT_THREADS = """
import sys
from comtoise.errors import ComtoiseError, InputError
from comtoise_crawler.apart import apart

{body}
"""


def alone(body: str) -> subprocess.CompletedProcess[str]:
    """Run a few lines in an interpreter that has started no thread: what `apart` asks for."""
    command = [sys.executable, "-c", WITHOUT_THREADS.format(body=body)]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)


def test_the_value_comes_back_and_the_child_s_memory_does_not() -> None:
    """What the work loads and keeps is in the child alone."""
    ran = alone(
        "kept = []\n"
        "def work():\n"
        "    import wave\n"
        "    kept.append(1)\n"
        "    return {'long': 'é' * 200_000}\n"
        "print(len(apart(work)['long']), kept, 'wave' in sys.modules)"
    )
    assert (ran.returncode, ran.stdout.split("\n")[0]) == (0, "200000 [] False"), ran.stderr


def test_a_refusal_comes_back_in_its_words() -> None:
    """The sentence for a person arrives, whatever the class that carried it needs."""
    ran = alone(
        "def work():\n"
        "    raise InputError('le fichier n’existe pas')\n"
        "try:\n"
        "    apart(work)\n"
        "except ComtoiseError as error:\n"
        "    print(error)"
    )
    assert (ran.returncode, ran.stdout) == (0, "le fichier n’existe pas\n"), ran.stderr


@pytest.mark.parametrize("end", ["1 / 0", "sys.exit(3)", "import os; os._exit(9)"])
def test_a_child_that_dies_is_an_error_here(end: str) -> None:
    """A mistake of ours, an exit, a kill: the parent goes on, once, and says so."""
    ran = alone(
        f"def work():\n    {end}\ntry:\n    apart(work)\nexcept RuntimeError as error:\n    print('told')"
    )
    assert (ran.returncode, ran.stdout) == (0, "told\n"), ran.stderr
