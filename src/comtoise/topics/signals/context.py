"""What the rest of a sentence does to an event: deny it, or date it in the past."""

import re
from typing import Final

from comtoise.text.patterns import alternatives
from comtoise.topics.signals.needs import NEEDS
from comtoise.topics.signals.sentences import Sentence

_DENIED, _RECALLED, _PAST_TENSE, _A_YEAR = map(NEEDS.bit, ("denied", "recalled", "past", "year"))
_OLD: Final = _RECALLED | _PAST_TENSE | _A_YEAR

_BEFORE_IT: Final = 60  #: characters read before and after the words of the event

_NOT: Final = re.compile(
    r"(?:\b(?:ne |n')(?:[\w']+ ){0,3}?(?:pas|plus|aucune?|jamais|ni)\b|\b"
    + alternatives(
        r"""aucune?s? | sans | pas de | ni | evite\w* | echapp\w* | renonc\w* | annul\w* | abandonn\w* | refus\w*
        | dement\w* | ecart\w* | suspend\w* | gel | gele\w* | rejet\w* | sort (?:de | du) | sorti\w* (?:de | du)
        | sauv\w* (?:de | du) | fin de la procedure | rumeurs? de | plus question | faute de | spares? | no | not
        | keine?"""
    )
    + r"\b|\b(?:pas|faute|rumeurs?) d') ?(?:[\w'-]+ ){0,4}(?:[dl]')?$"
)
#: « ne … pas » around the verb itself.
_NE: Final = re.compile(r"\b(?:ne |n')(?:[\w-]+ )?$")
_PAS: Final = re.compile(r"^(?: [\w'-]+)? (?:pas|plus|aucune?|jamais|ni)\b")
_NOT_AFTER: Final = re.compile(
    r"^(?:[ ,][\w'-]+){0,3}? (?:est |sont |a ete |ont ete |sera |seront )?"
    r"(?:n'est (?:pas|plus)|ne (?:\w+ )?(?:pas|plus)|n'aura pas|n'ont pas"
    r"|(?:evite|annule|abandonne|refuse|rejete|gele|enterre|dementi|ecarte|reporte)e?s?|suspendue?s?)\b"
)
_CLAUSE: Final = re.compile(r"[,;:.!?(]")

_RETROSPECT: Final = re.compile(
    r"\b(?:il y a (?:\d+|dix|vingt|trente|cinq|quinze) ans|retour sur|retrospective|archives|anniversaire|centenaire"
    r"|a l'epoque|jadis|autrefois|naguere|apres guerre|fondee? en|nee? en|creee? en"
    r"|(?:dix|quinze|vingt|trente|\d+) ans apres)\b"
)
_PAST: Final = re.compile(r"\b(?:avait|avaient|malgre|en depit de)\b[^.;:]{0,25}$")
_YEAR: Final = re.compile(
    r"\b(?:en|de|depuis|des|apres|fin|debut|entre|et|l'an|annee) (?:\w+ )?((?:19|20)\d\d)\b"
)


def may_deny(sentence: Sentence) -> bool:
    """Whether the sentence holds a word that denies, avoids or gives up; if not, nothing in it `is_negated`."""
    return sentence.needs & _DENIED != 0


def is_negated(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the words at ``folded.text[start:end]`` are denied, avoided or given up in their clause."""
    if not may_deny(sentence):
        return False
    text = sentence.folded.text
    before = _CLAUSE.split(text[max(0, start - _BEFORE_IT) : start])[-1]
    after = text[end : end + _BEFORE_IT]
    if _NE.search(before) and _PAS.match(after):
        return True
    return bool(_NOT.search(before) or _NOT_AFTER.search(after))


def newness(sentence: Sentence, span: tuple[int, int], year: int | None) -> float:
    """1 for news, less for what the sentence recalls or dates two years back or more.

    *span* is the words of the event; *year* is the article's: without it a year in the text proves nothing.
    """
    needs = sentence.needs
    if not needs & _OLD:
        return 1.0
    text = sentence.folded.text
    start, _ = sentence.folded_span(*span)
    factor = 0.6 if needs & _RECALLED and _RETROSPECT.search(text) else 1.0
    if needs & _PAST_TENSE and _PAST.search(text[max(0, start - _BEFORE_IT) : start]):
        factor *= 0.65
    if year is not None and needs & _A_YEAR:
        near = text[max(0, start - _BEFORE_IT) : start + _BEFORE_IT]
        shift = max(0, start - _BEFORE_IT)
        years = [(abs(match.start(1) + shift - start), int(match[1])) for match in _YEAR.finditer(near)]
        if years and min(years)[1] <= year - 2:
            factor *= 0.6
    return factor
