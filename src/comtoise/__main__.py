"""``python -m comtoise``: the same as the command ``comtoise``."""

from comtoise.cli import main

main()
