"""Find the names of places in an article, each with the frame its words make of it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from comtoise.text.fold import fold, spaced
from comtoise.topics.document import Document
from comtoise.topics.places import frames
from comtoise.topics.places.frames import REACH, SHARES, Frame
from comtoise.topics.places.lexicon import CLUBS, FIRST_NAMES
from comtoise.topics.places.names import ARTICLES, SPELLINGS, Family, Kind, Name, Option, PlaceRules
from comtoise.topics.places.needs import NEEDS


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of a place as met in an article."""

    start: int  #: raw offsets in the document
    end: int
    name: Name
    frame: Frame
    weight: float  #: what it adds for its département, before homonyms are settled
    explicit: str | None = None  #: the département said right after: « Champagney (70) »
    #: False: an ordinary word in a frame that proves little; it counts if something else agrees.
    sure: bool = True


_WORD = re.compile(r"[^\W_][\w\u0300-\u036f\u00ad]*")
_JOINT = re.compile(r"(?:[-‐‑–' ’ʼ\u00a0\u202f]|, (?=lès)|/|\s/\s){1,3}")
_LINK = re.compile(
    r"[-‐‑](?:sur|sous|les?|la|l['’]|lès|en|aux?|de|du|des|d['’]|devant|saint|et)\b", re.IGNORECASE
)
_LINKED = re.compile(
    r"[-‐‑](?:sur|sous|les?|la|lès|en|aux?|de|du|des|devant|et)[-‐‑](?:l['’])?$|[-‐‑][dl]['’]$"
)
_AFTER_ARTICLE = re.compile(r"[\W_]([^\W_])")
_GLUED = re.compile(r"[-‐‑]\w")
_GLUED_BEFORE = re.compile(r"\w[-‐‑]$")
_LAST_WORD = re.compile(r"([^\W\d_][\w.'’-]*)[ \u00a0\u202f]{1,3}$")

#: A word of three letters or more in lower case right before the name, if no preposition.
_APPOSED = re.compile(
    r"(?<![\w’'-])(?!(?:sur|sous|chez|dans|près|pour|vers|par|puis|entre|comme|mais|near|bei)\s)"
    r"[a-zà-ÿœ]{3,}[ \u00a0\u202f]{1,3}$"
)
_NAMED_AFTER = re.compile(r"[A-ZÀ-Þ][\w'-]+ (?:du|des|de l['’])[ ]?$")
_TO_ARTICLE = re.compile(r"(?:^|[^\w-])(?:au|du|aux|des) $")
_CODE = re.compile(r"^ ?\((?:[^()]{0,20}, ?)?(\d{2}|2[ab]|97\d)\)")
_IN_BRACKETS = re.compile(r"^ ?\(([^()\d]{3,30})\)")
_SAID_AFTER = re.compile(r"^ ?,? ?(?:\(|en |dans (?:le |la |l'|les )|, )$")
_AND = re.compile(r"(?: (?:et|und|and|puis|comme|ou) (?:a |de |d'|du |au |in )?|, (?:a |de |d')?)\Z")
_SENTENCE_END = re.compile(r"[.!?…](?=\s)")
_DOUBLE_SPACES: Final = tuple(one + other for one in " \u00a0\u202f" for other in " \u00a0\u202f")
_SPACES_RUN = re.compile(r" {2,}")
_HYPHENS: Final = "-‐‑"
#: The marks that can tie a name to what stands before it; a pattern's end matches before a line's end too.
_TIES: Final = frozenset("-‐‑'’\n")
_SPACES: Final = " \u00a0\u202f\n"
_GAP: Final = 40  #: characters: two names further apart than this are not said together
_SURNAME = re.compile(r"[ \u00a0\u202f]{1,3}[A-ZÀ-ÖØ-Þ][\w'’-]+")
_WEAK: Final = frozenset({Frame.BARE, Frame.OF, Frame.TITLE})
_CODE_ALONE = re.compile(r"\((\d{2}|2[AB])\)")


@lru_cache(maxsize=4096)
def _first_word(token: str) -> str:
    words = spaced(token).split()
    return SPELLINGS.get(words[0], words[0]) if words else ""


class Reader:
    """Reads the mentions of one article; made for one call."""

    def __init__(self, document: Document, rules: PlaceRules) -> None:
        self.document = document
        self.raw = raw = document.raw
        self.title_length = title_length = len(document.article.title)
        self.rules = rules
        self._has_double_spaces = "  " in raw or (
            ("\u00a0" in raw or "\u202f" in raw) and any(map(raw.__contains__, _DOUBLE_SPACES))
        )
        self._shouted_title = raw[:title_length].isupper()
        match = _SENTENCE_END.search(raw, title_length + 1)
        #: Where the first sentence of the text ends.
        self.first_stop = match.end() if match else len(raw)

    def mentions(self) -> list[Mention]:
        """The mentions in order; what is no place, or only a part of a wider name, is left out."""
        found = [
            mention for start, end, name in self._names() if (mention := self._mention(start, end, name))
        ]
        return list(self._with_departements(found))

    # --- names --------------------------------------------------------------------------------------------

    def _names(self) -> Iterator[tuple[int, int, Name]]:
        document, names, raw, covered = self.document, self.rules.names, self.raw, 0
        words, starts, is_even = document.words, document.starts, document.is_even
        for (start, end), index in zip(document.capitals, document.capital_words, strict=True):
            if start < covered:
                continue
            first = words[index] if index < len(words) and starts[index] == start else ""
            if end == (start + len(first) if is_even or not first else document.end(index)):
                family = names.get(SPELLINGS.get(first, first))
                # Whether the next word can be a second word of the family: most « La » begin a sentence, no name.
                if family is None or not (family.alone or self._goes_on(index, family)):
                    continue
            else:  # the words of the document do not settle it
                family = names.get(_first_word(raw[start:end]))
                if family is None:
                    continue
            taken = self._longest(start, family)
            if taken is not None:
                covered, name = taken
                yield start, covered, name

    def _goes_on(self, index: int, family: Family) -> bool:
        """Whether the word after *index* can be a second word of the family."""
        words = self.document.words
        if index + 1 >= len(words):
            return True
        second = words[index + 1]
        return SPELLINGS.get(second, second) in family.seconds

    def _longest(self, start: int, family: Family) -> tuple[int, Name] | None:
        words, ends = self._words_from(start, family)
        for count in range(len(words), 0, -1):
            for name in family.by_words.get(words[:count], ()):
                end = ends[count - 1]
                if name.kind is Kind.SHORT and not _TO_ARTICLE.search(self._before(start, 5)):
                    continue
                if self._stands_alone(start, end, name) and self._written_like_a_name(start, end, name):
                    return end, name
        return None

    def _words_from(self, start: int, family: Family) -> tuple[tuple[str, ...], list[int]]:
        """The words that one name of the family could cover, and where each ends.

        They are joined by a hyphen, an apostrophe or a space, and end where no name of the family goes on.
        """
        raw, words, ends = self.raw, tuple[str, ...](), list[int]()
        match = _WORD.match(raw, start)
        while match is not None:
            longer = (*words, _first_word(match.group()))
            if words and longer not in family.beginnings:
                break
            words = longer
            ends.append(match.end())
            joint = _JOINT.match(raw, match.end()) if len(words) < family.longest else None
            match = _WORD.match(raw, joint.end()) if joint else None
        return words, ends

    def _stands_alone(self, start: int, end: int, name: Name) -> bool:
        """Whether the name is not cut out of a longer one: « Saint-Claude-sur-Bienne »."""
        if name.kind is Kind.WIDE:
            return True
        if self.raw[start - 1 : start] not in _TIES and self.raw[end : end + 1] not in _HYPHENS:
            return True
        if _LINK.match(self.raw, end) or _LINKED.search(self.raw, max(0, start - 12), start):
            return False
        glued = _GLUED.match(self.raw, end) is not None or _GLUED_BEFORE.search(
            self.raw, max(0, start - 2), start
        )
        return not glued or (name.kind is Kind.COMMUNE and not name.guarded and name.is_known_town)

    def _written_like_a_name(self, start: int, end: int, name: Name) -> bool:
        """Whether capitals and accents are those of the name.

        « La réunion publique » is not La Réunion. Chalon (71) and Châlons (51), Dole (39) and La Dôle (a mountain of
        Vaud) fold alike: accents decide.
        """
        if len(name.words) > 1 and name.words[0] in ARTICLES:
            own = _AFTER_ARTICLE.search(self.raw, start, end)
            if own is not None and own.group(1).islower():
                return False
        written = self.raw[start:end].lower()
        if name.words[0] in ("chalon", "chalonnais") and "â" in written:
            return False
        return not (name.words == ("dole",) and "ô" in written)

    # --- frames -------------------------------------------------------------------------------------------

    def _mention(self, start: int, end: int, name: Name) -> Mention | None:
        frame = self._frame(start, end, name)
        if frame is None:
            return None
        explicit = self._in_brackets(self._after(end, 48))
        if explicit is not None:
            frame = Frame.BRACKETS if frame not in (Frame.COURT, Frame.ELSEWHERE, Frame.DATELINE) else frame
        return Mention(
            start,
            end,
            name,
            frame,
            self._position(start) * SHARES[frame],
            explicit if name.kind in (Kind.COMMUNE, Kind.SHORT) else None,
            sure=not name.guarded or explicit is not None,
        )

    def _before(self, start: int, reach: int) -> str:
        """The *reach* characters before *start*, folded, single-spaced."""
        if not self._has_double_spaces:
            return self.document.folded_between(max(0, start - reach), start)
        return _SPACES_RUN.sub(" ", self.document.folded_between(max(0, start - 2 * reach), start))[-reach:]

    def _after(self, end: int, reach: int) -> str:
        """The *reach* characters after *end*, folded, single-spaced."""
        if not self._has_double_spaces:
            return self.document.folded_between(end, end + reach)
        return _SPACES_RUN.sub(" ", self.document.folded_between(end, end + 2 * reach))[:reach]

    def _in_brackets(self, right: str) -> str | None:
        """The département in brackets right after a name: « (70) », « (Haute-Saône) »."""
        if "(" not in right[:2]:
            return None
        if code := _CODE.match(right):
            return code.group(1).upper()
        inside = _IN_BRACKETS.match(right)
        return self.rules.departements.get(" ".join(spaced(inside.group(1)).split())) if inside else None

    def _needs_before(self, start: int, reach: int) -> int:
        """The bits of the words that stand in what `_before` gives."""
        document = self.document
        first = bisect_left(document.starts, start - (2 * reach if self._has_double_spaces else reach))
        return NEEDS.of(document.words[first : bisect_left(document.starts, start, first)])

    def _frame(self, start: int, end: int, name: Name) -> Frame | None:
        """None when the name is no place here."""
        raw, in_title = self.raw, start < self.title_length
        left = self._before(start, REACH)
        right = self._after(end, 60)
        initial = frames.is_initial(left)
        if name.kind is Kind.WIDE:
            return Frame.DATELINE if initial and frames.is_head(right, shouted=False) else Frame.BARE
        line = left[left.rfind("\n") + 1 :]
        if name.kind is Kind.SHORT:
            if name.guarded and _NAMED_AFTER.search(raw, max(0, start - 40), start):
                return None  # « les Sciages du Val »: a firm's name
            # The article is in the preposition: « au Creusot » is « à Le Creusot ».
            line = re.sub(r"\b(?:au|aux) $", "a ", re.sub(r"\b(?:du|des) $", "de ", line))
        after = self._after_a_name(start, name)
        needs = self._needs_before(start, REACH)
        if after is None or frames.is_no_place(line, needs) or self._is_first_name(start, end, name):
            return None
        if name.kind is Kind.COMMUNE and (
            line.endswith(" en ") or (name.guarded and frames.has_article(line))
        ):
            return None  # « en Suisse », « près de la Suisse » are not the commune of Suisse
        away = frames.elsewhere_or_court(line, needs)
        if away is not None:
            return away
        if initial:
            shouted = raw[start:end].isupper() and end - start > 3
            opens_text = start == self.title_length + 1 and not name.guarded and frames.ends_here(right)
            if frames.is_head(right, shouted=shouted) or opens_text:
                return Frame.DATELINE
            return Frame.TITLE if in_title and not name.guarded else Frame.INITIAL
        if not in_title and frames.is_alternative(line, right):
            return Frame.ELSEWHERE
        if not name.is_known_town and _APPOSED.search(raw, max(0, start - 24), start):
            return None  # « les chaussettes Bonnal »: a firm's name
        frame = frames.plain(
            line, needs, departement=name.kind in (Kind.DEPARTEMENT, Kind.COUNTRY, Kind.PARK)
        )
        return Frame.TITLE if in_title and frame in (Frame.OF, Frame.BARE) else frame

    def _is_first_name(self, start: int, end: int, name: Name) -> bool:
        """« Laurent Deschamps »: the name is a given name, and a surname follows."""
        if len(name.words) > 1 or name.words[0] not in FIRST_NAMES:
            return False
        shouted = self._shouted_title and start < self.title_length
        return not shouted and _SURNAME.match(self.raw, end) is not None

    def _after_a_name(self, start: int, name: Name) -> bool | None:
        """None when the name follows a given name or an unknown capital that makes it a surname.

        True when it follows the name of an organisation (« Alstom Ornans »), False when it follows neither.
        """
        if self._shouted_title and start < self.title_length:
            return False
        if start == 0 or self.raw[start - 1] not in _SPACES:
            return False
        last = self.raw[max(0, start - 40) : start - 1]
        if last[last.rfind(" ") + 1 :].islower():
            return False
        match = _LAST_WORD.search(self.raw, max(0, start - 40), start)
        if match is None or not match.group(1)[0].isupper():
            return False
        before = fold(match.group(1)).strip(".'")
        parts = before.split("-")
        if before in CLUBS or parts[0] in FIRST_NAMES:
            return None
        if len(before) < 3 or before in _FUNCTION_WORDS:
            return False
        if len(match.group(1).strip(".")) == 1:
            return None
        return True if not name.guarded and name.is_known_town else None

    def _position(self, start: int) -> float:
        if start < self.title_length:
            return 3.0
        return 1.5 if start < self.first_stop else 1.0

    # --- départements said beside a commune ---------------------------------------------------------------

    def _with_departements(self, found: list[Mention]) -> Iterator[Mention]:
        """Give « Haguenau, dans le Bas-Rhin » and « Gray, Haute-Saône » the département they say.

        And the second of « à Dole et Gray » the frame of the first.
        """
        found = list(found)
        for index, (first, second) in enumerate(pairwise(found), start=1):
            if second.frame in _WEAK and self._between(_AND, first, second):
                frame = found[index - 1].frame
                if frame is not Frame.DATELINE and SHARES[frame] != SHARES[second.frame]:
                    found[index] = replace(
                        second, frame=frame, weight=self._position(second.start) * SHARES[frame]
                    )
        for mention, following in zip(found, [*found[1:], None], strict=False):
            if (
                following is not None
                and following.name.kind is Kind.DEPARTEMENT
                and mention.name.kind in (Kind.COMMUNE, Kind.SHORT)
                and mention.explicit is None
                and self._between(_SAID_AFTER, mention, following)
            ):
                code = following.name.options[0].departement
                if any(option.departement == code for option in mention.name.options):
                    yield replace(mention, explicit=code, sure=True)
                    continue
            yield mention

    def _between(self, pattern: re.Pattern[str], first: Mention, second: Mention) -> bool:
        """Whether *pattern* matches what stands between two mentions."""
        if second.start - first.end > _GAP:
            return False
        between = _SPACES_RUN.sub(" ", self.document.folded_between(first.end, second.start))
        return pattern.match(between) is not None

    # --- gentilés -----------------------------------------------------------------------------------------

    def demonyms(self) -> Iterator[tuple[int, int, tuple[Option, ...], Frame]]:
        """The places that the gentilés of the article give."""
        document, known = self.document, self.rules.demonyms
        words = document.words
        said = self.rules.demonym_words & document.vocabulary
        for last in [index for index, word in enumerate(words) if word in said] if said else ():
            for form in known[words[last]]:
                first = last + 1 - len(form.words)
                if first < 0 or tuple(words[first : last + 1]) != form.words:
                    continue
                start, end = document.starts[first], document.end(last)
                options = form.options
                if len(options) > 1:
                    # « chalonnais » (71), « châlonnais » (51): the circumflex decides.
                    champagne = "â" in self.raw[start:end].lower()
                    options = tuple(o for o in options if (o.departement == "51") == champagne)
                left = self._before(start, 30)
                yield start, end, options, frames.of_gentile(left, self._needs_before(start, 30))
                break

    def weight(self, start: int, frame: Frame) -> float:
        """What a mention at *start* in *frame* is worth."""
        return self._position(start) * SHARES[frame]

    def codes(self) -> Iterator[tuple[int, int, str]]:
        """The département numbers in brackets: « (39) »."""
        for match in _CODE_ALONE.finditer(self.raw):
            yield match.start(), match.end(), match.group(1)


_FUNCTION_WORDS: Final = frozenset(
    [
        "a",
        "au",
        "aux",
        "de",
        "du",
        "des",
        "en",
        "dans",
        "chez",
        "pour",
        "par",
        "sur",
        "sous",
        "vers",
        "avec",
        "sans",
        "entre",
        "depuis",
        "apres",
        "avant",
        "et",
        "ou",
        "le",
        "la",
        "les",
        "un",
        "une",
        "grand",
        "grande",
        "nord",
        "sud",
        "est",
        "ouest",
        "haut",
        "haute",
        "bas",
        "basse",
        "pays",
        "centre",
        "mais",
        "ni",
        "que",
        "selon",
        "pres",
        "outre",
        "hors",
        "via",
    ]
)


class Sentences:
    """Where the sentences of a raw text start, found when first asked."""

    _END = re.compile(r"[.!?…\n](?:(?<=\n)|(?=\s))")

    def __init__(self, raw: str) -> None:
        self._starts = [0, *(match.end() for match in self._END.finditer(raw))]

    def number(self, offset: int) -> int:
        """The number of the sentence that holds *offset*."""
        return bisect_right(self._starts, offset) - 1
