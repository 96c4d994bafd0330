"""Find the names of places in an article, and read from the words around each how far it places the event.

A name speaks for the place of the event by its *frame*: « à Dole », « l'usine de Dole », « Dole : », « Dole
(Jura) » do; « le tribunal de Dole », « contrairement à Dole », « le groupe dolois » hardly; « rue de Dole »,
« FC Dole », « Claude Dole » not at all. The rules of frames are docs/decisions/0006-places.md.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from typing import Final

from comtoise.text.fold import fold, spaced
from comtoise.topics.document import Document
from comtoise.topics.places.lexicon import APPELLATIONS, CLUBS, FIRST_NAMES
from comtoise.topics.places.names import SPELLINGS, Family, Kind, Name, Option, PlaceRules


class Frame(Enum):
    """What the words around a name make of it; the value is the code given as evidence."""

    DATELINE = "dateline"  #: « Dole : … », « DOLE. »
    BRACKETS = "brackets"  #: « Dole (39) », « l'usine (Dole) »
    LOCATIVE = "locative"  #: « à Dole », « près de Dole »
    SITE = "site"  #: « l'usine de Dole », « le maire de Dole »
    TITLE = "title"  #: in the title, without any of these
    OF = "of"  #: « de Dole »
    INITIAL = "initial"  #: first word of a sentence
    BARE = "bare"
    DEMONYM = "demonym"  #: « l'entreprise doloise »
    COURT = "court"  #: « le tribunal de Dole »
    ELSEWHERE = "elsewhere"  #: a comparison, a head office, a buyer, a destination, a person's origin


#: Share of the weight of its position that a frame keeps.
SHARES: Final = {
    Frame.DATELINE: 1.3, Frame.BRACKETS: 1.1, Frame.LOCATIVE: 1.0, Frame.SITE: 0.9, Frame.TITLE: 0.75,
    Frame.OF: 0.6, Frame.INITIAL: 0.6, Frame.BARE: 0.5, Frame.DEMONYM: 0.5, Frame.COURT: 0.12,
    Frame.ELSEWHERE: 0.12,
}  # fmt: skip
#: Frames after which even an ordinary word is a place.
FIRM: Final = frozenset({Frame.BRACKETS, Frame.LOCATIVE, Frame.SITE})


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of a place as met in an article."""

    start: int  #: raw offsets in the document
    end: int
    name: Name
    frame: Frame
    weight: float  #: what it adds for its département, before homonyms are settled
    explicit: str | None = None  #: the département said right after: « Champagney (70) »
    sure: bool = (
        True  #: False: an ordinary word in a frame that proves little; counts if something else agrees
    )


_CAPITAL = re.compile(r"(?<![\w@/.#])[A-ZÀ-ÖØ-ÞŒ][\w\u0300-\u036f\u00ad]*")
_WORD = re.compile(r"[^\W_][\w\u0300-\u036f\u00ad]*")
_JOINT = re.compile(r"(?:[-‐‑–' ’ʼ\u00a0\u202f]|, (?=lès)|/|\s/\s){1,3}")
_LINK = re.compile(
    r"[-‐‑](?:sur|sous|les?|la|l['’]|lès|en|aux?|de|du|des|d['’]|devant|saint|et)\b", re.IGNORECASE
)
_LINKED = re.compile(
    r"[-‐‑](?:sur|sous|les?|la|lès|en|aux?|de|du|des|devant|et)[-‐‑](?:l['’])?$|[-‐‑][dl]['’]$"
)
_GLUED = re.compile(r"[-‐‑]\w")
_GLUED_BEFORE = re.compile(r"\w[-‐‑]$")
_LAST_WORD = re.compile(r"([^\W\d_][\w.'’-]*)[ \u00a0\u202f]$")

_DROPPED = re.compile(
    r"(?:\b(?:rue|avenue|boulevard|bd|place|quai|impasse|allee|allees|faubourg|gare|rond-point|route|chaussee"
    r"|esplanade|porte|fort|lycee|college|hotel|chateau|rocade|autoroute|domaine|duc|comte|princes?|roi)"
    r" (?:de |d'|du |des |de la |de l'|a )?"
    rf"|\b(?:{'|'.join(APPELLATIONS)}) (?:la |l'|le )?"
    r"|\b(?:m|mm|mme|mmes|mr|mlle|dr|me|maitre|monsieur|madame|docteur|saint|sainte|san|port|von|van)\.? )$"
)
_COURT = re.compile(
    r"\b(?:tribun\w+|cour d'appel|cour|chambre (?:commerciale|sociale|regionale)|juges?|magistrats?|justice|parquet"
    r"|procureure?|prud'hommes|prefecture|prefete?|dreets|direccte|academie|audience|barreau|court)\b[^.;:!?]{0,50}"
    r"\b(?:de |d'|du |a |in )$"
)
_ELSEWHERE = re.compile(
    r"(?:\b(?:bords? de|rives? de|berges? de|eaux de|riviere|cours de|a la difference|contrairement|a l'inverse|a l'instar|a l'image|comme|plutot qu\w*|tandis qu\w+"
    r"|au meme titre|hormis|sauf|excepte|loin|parti\w* (?:pour|vers|a)|vers|rejoindre|rejoint|transfer\w* (?:a|vers|en)"
    r"|delocalis\w+ (?:a|vers|en)|quitt\w+|en provenance|antennes?|bureaux|filiales?|boutiques?|originaires?|natifs?|natives?"
    r"|nee? (?:a|en)|venue?s? (?:de|d'|du)|habitante?s? (?:de|d'|du)|etudiant\w* (?:a|de)|deja [\w']+ (?:a|dans|en)"
    r"|sieges? (?:social |mondial )?(?:est |situe |base |installe |europeen )*(?:a|de|d'|en)"
    r"|(?:groupe|holding|fonds|maison mere|societe mere|actionnaire|proprietaire|acquereur|repreneur|acheteur"
    r"|concurrente?|rival|cabinet|banque|investisseur)s? (?:de|d'|du|base\w? a|installe\w? a)"
    r"|salons? (?:de|du|d')|exposition de|bourse de|forum de|marche de|congres de|presente\w? (?:a|au))"
    r" ?(?:celui |celle |ceux |celles )?(?:de |d'|du |des |a |au |aux |en |l'|la |les )?"
    r"(?:[\w'-]+(?:, | et | ou )(?:de |d'|du |a |au )?){0,2})$"
)
_LOCATIVE = re.compile(
    r"(?:^|[^\w-])(?:a|au|aux|in|at|near|bei|pres de|pres d'|pres du|proche de|autour de|autour d'|entre|non loin de"
    r"|a cote de|aux portes de|au nord de|au sud de|a l'est de|a l'ouest de|cp \d{5}|\d{5})"
    r" ?(?:la |le |les |l')?$"
)
_LOCATIVE_DEPARTEMENT = re.compile(
    r"(?:^|[^\w-])(?:dans (?:le departement (?:de |du |de la |d'|des |de l'))?|en|departement (?:de |du |d'|des )?"
    r"|sud de|nord de|est de|ouest de|partout dans|region de)"
    r" ?(?:la |le |les |l'|tout le |toute la )?$"
)
_SITE = re.compile(
    r"\b(?:usines?|sites?|ateliers?|fonderies?|forges?|manufactures?|etablissements?|unites?|implantations?|plants?"
    r"|entrepots?|plateformes?|centrales?|villes?|communes?|villages?|maires?|mairie|elus?|zones? (?:industrielles?"
    r"|d'activites?|artisanales?)|bassins?|agglomeration|agglo|metropole|eurometropole|pays|region|secteur|chaines?"
    r"|lignes?|fabriques?|laboratoires?|salaries|ouvriers|employes|production|activites?|gigafactory|magasins?"
    r"|parc (?:industriel|d'activites)|technopole|campus|pole|barrage|centre|scierie|papeterie|laiterie|fromagerie"
    r"|verrerie|cristallerie|tannerie|filature|brasserie|chu|hopital|cci)"
    r"(?: [\w-]+){0,2}? (?:de |d'|du |des |a |de la |en )$"
)
_ARTICLE = re.compile(r"\b(?:l[ae]s?|l'|un|une|ce|cette|son|sa|ses|leurs?|nos|notre)(?: |(?<='))$")
_OF = re.compile(r"(?:^|[^\w-])(?:de|d'|du|des|of|von|de la|de l'|des)(?: ?)$")
_NAMED_AFTER = re.compile(r"[A-ZÀ-Þ][\w'-]+ (?:du|des|de l['’])[ ]?$")
_TO_ARTICLE = re.compile(r"(?:^|[^\w-])(?:au|du|aux|des) $")
_INITIAL = re.compile(r"(?:^|[.!?…\n»•–—:] ?[«\"“]? ?)$")
_HEAD = re.compile(r"(?: ?:| [-–—] |\. [-–—]|\.[ \n]?[-–—])")
_STOP_HEAD = re.compile(r"\.\s")
_OR = re.compile(r"^(?:, [\w' -]{2,25}){0,2} ou (?:a |de |d')?\w")
_CODE = re.compile(r"^ ?\((?:[^()]{0,20}, ?)?(\d{2}|2[ab]|97\d)\)")
_IN_BRACKETS = re.compile(r"^ ?\(([^()\d]{3,30})\)")
_SAID_AFTER = re.compile(r"^ ?,? ?(?:\(|en |dans (?:le |la |l'|les )|, )$")
_OWNERS: Final = re.compile(
    r"\b(?:groupe|holding|fonds|actionnaire|proprietaire|repreneur|acquereur|acheteur|concurrent|rival|maison mere"
    r"|cabinet|banque|investisseur|tribunal|justice|juges?|magistrats?|procureur|parquet|presse|depute|senateur"
    r"|ministre|clubs?|vache|saucisse|race|moutarde|sauce|horloge|montres|geant)s? $"
)
_AND = re.compile(r" (?:et|und|and|puis|comme|ou) (?:a |de |d'|du |au |in )?|, (?:a |de |d')?")
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
        self._shouted_title = raw[:title_length].isupper()
        match = re.search(r"[.!?…](?=\s)", raw[title_length + 1 :])
        #: Where the first sentence of the text ends.
        self.first_stop = title_length + 1 + match.end() if match else len(raw)

    def mentions(self) -> list[Mention]:
        """The mentions in order; what is no place, or only a part of a wider name, is left out."""
        found = [
            mention for start, end, name in self._names() if (mention := self._mention(start, end, name))
        ]
        return list(self._with_departements(found))

    # --- names --------------------------------------------------------------------------------------------

    def _names(self) -> Iterator[tuple[int, int, Name]]:
        names, raw, covered = self.rules.names, self.raw, 0
        for match in _CAPITAL.finditer(raw):
            start = match.start()
            if start < covered:
                continue
            family = names.get(_first_word(match.group()))
            if family is None:
                continue
            taken = self._longest(start, family) if self._worth_trying(match.end(), family) else None
            if taken is not None:
                end, name = taken
                covered = end
                yield start, end, name

    def _worth_trying(self, first_end: int, family: Family) -> bool:
        """Whether the second word can be one of the family's: most sentences that begin with « La » are no place."""
        if "" in family.seconds:
            return True
        joint = _JOINT.match(self.raw, first_end)
        second = _WORD.match(self.raw, joint.end()) if joint else None
        return second is not None and _first_word(second.group()) in family.seconds

    def _longest(self, start: int, family: Family) -> tuple[int, Name] | None:
        spans = self._words_from(start, family.longest)
        words = tuple(_first_word(self.raw[a:b]) for a, b in spans)
        for count in range(len(words), 0, -1):
            for name in family.by_words.get(words[:count], ()):
                end = spans[count - 1][1]
                if name.kind is Kind.SHORT and not _TO_ARTICLE.search(
                    fold(self.raw[max(0, start - 5) : start])
                ):
                    continue
                if self._stands_alone(start, end, name) and self._written_like_a_name(start, end, name):
                    return end, name
        return None

    def _words_from(self, start: int, most: int) -> list[tuple[int, int]]:
        """The spans of the words that one name could cover: joined by a hyphen, an apostrophe or a space."""
        match = _WORD.match(self.raw, start)
        spans = []
        while match is not None:
            spans.append(match.span())
            if len(spans) == most:
                break
            joint = _JOINT.match(self.raw, match.end())
            match = _WORD.match(self.raw, joint.end()) if joint else None
        return spans

    def _stands_alone(self, start: int, end: int, name: Name) -> bool:
        """Whether the name is not cut out of a longer one: « Saint-Claude-sur-Bienne »."""
        if name.kind is Kind.WIDE:
            return True
        if _LINK.match(self.raw, end) or _LINKED.search(self.raw, max(0, start - 12), start):
            return False
        glued = _GLUED.match(self.raw, end) is not None or _GLUED_BEFORE.search(
            self.raw, max(0, start - 2), start
        )
        return not glued or (name.kind is Kind.COMMUNE and not name.guarded and _is_known_town(name))

    def _written_like_a_name(self, start: int, end: int, name: Name) -> bool:
        """Chalon (71) and Châlons (51), Dole (39) and La Dôle (a mountain of Vaud) fold alike: accents decide."""
        written = self.raw[start:end].lower()
        if name.words[0] in ("chalon", "chalonnais") and "â" in written:
            return False
        return not (name.words == ("dole",) and "ô" in written)

    # --- frames -------------------------------------------------------------------------------------------

    def _mention(self, start: int, end: int, name: Name) -> Mention | None:
        frame = self._frame(start, end, name)
        if frame is None:
            return None
        right = fold(self.raw[end : end + 48])
        code = _CODE.match(right)
        explicit = code.group(1).upper() if code else None
        if explicit is None and (inside := _IN_BRACKETS.match(right)):
            explicit = self.rules.departements.get(" ".join(spaced(inside.group(1)).split()))
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

    def _frame(self, start: int, end: int, name: Name) -> Frame | None:
        raw = self.raw
        left = fold(raw[max(0, start - 70) : start])
        line = left[left.rfind("\n") + 1 :]
        right = fold(raw[end : end + 60])
        if name.kind is Kind.WIDE:
            return Frame.DATELINE if _INITIAL.search(left) and _HEAD.match(right) else Frame.BARE
        if name.kind is Kind.SHORT:
            # The article is in the preposition: « au Creusot » is « à Le Creusot ».
            if name.guarded and _NAMED_AFTER.search(raw, max(0, start - 40), start):
                return None  # « les Sciages du Val »: a firm's name
            line = re.sub(r"\b(?:au|aux) $", "a ", re.sub(r"\b(?:du|des) $", "de ", line))
        person = self._after_a_name(start, name)
        if person is None or _DROPPED.search(line):
            return None
        if name.kind is Kind.COMMUNE and (line.endswith(" en ") or (name.guarded and _ARTICLE.search(line))):
            return None  # « en Suisse », « près de la Suisse » are not the commune of Suisse
        if not self._shouted_title or start >= self.title_length:
            following = re.match(r" ([A-ZÀ-ÖØ-Þ][\w'’-]+)", raw[end : end + 30])
            if following and name.words[0] in FIRST_NAMES and len(name.words) == 1:
                return None
        if _COURT.search(line):
            return Frame.COURT
        if _ELSEWHERE.search(line):
            return Frame.ELSEWHERE
        if name.kind in (Kind.DEPARTEMENT, Kind.COUNTRY, Kind.PARK):
            if line.endswith("("):
                return Frame.BRACKETS
            if _LOCATIVE_DEPARTEMENT.search(line):
                return Frame.LOCATIVE
        elif line.endswith("("):
            return Frame.BRACKETS
        if _INITIAL.search(left):
            if _HEAD.match(right) or (
                raw[start:end].isupper() and end - start > 3 and _STOP_HEAD.match(right)
            ):
                return Frame.DATELINE
            if name.guarded and not person:
                return Frame.INITIAL
            if start < self.title_length:
                return Frame.TITLE
            if start == self.title_length + 1 and _STOP_HEAD.match(right):
                return Frame.DATELINE
            return Frame.INITIAL
        alternative = _OR.match(right) is not None and start >= self.title_length
        if alternative or (re.search(r"\bou (?:a |de |d')?$", line) and start >= self.title_length):
            return Frame.ELSEWHERE
        if _LOCATIVE.search(line):
            return Frame.LOCATIVE
        if _SITE.search(line) or line.endswith("grand "):
            return Frame.SITE
        if start < self.title_length:
            return Frame.TITLE
        return Frame.OF if _OF.search(line) else Frame.BARE

    def _after_a_name(self, start: int, name: Name) -> bool | None:
        """None when the name follows a given name or an unknown capital that makes it a surname.

        True when it follows the name of an organisation (« Alstom Ornans »), False when it follows neither.
        """
        if self._shouted_title and start < self.title_length:
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
        return True if not name.guarded and _is_known_town(name) else None

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
            if _AND.fullmatch(fold(self.raw[first.end : second.start])) and second.frame in _WEAK:
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
                and _SAID_AFTER.match(fold(self.raw[mention.end : following.start]))
            ):
                code = following.name.options[0].departement
                if any(option.departement == code for option in mention.name.options):
                    yield replace(mention, explicit=code, sure=True)
                    continue
            yield mention

    # --- gentilés -----------------------------------------------------------------------------------------

    def demonyms(self) -> Iterator[tuple[int, int, tuple[Option, ...], Frame]]:
        """The places that the gentilés of the article give."""
        words, known = self.document.words, self.rules.demonyms
        if known.keys().isdisjoint(words):
            return
        spans = self.document.spans
        for last, word in enumerate(words):
            for form in known.get(word, ()):
                first = last + 1 - len(form.words)
                if first < 0 or tuple(words[first : last + 1]) != form.words:
                    continue
                start, end = spans[first][0], spans[last][1]
                options = form.options
                if len(options) > 1:
                    # « chalonnais » (71), « châlonnais » (51): the circumflex decides.
                    champagne = "â" in self.raw[start:end].lower()
                    options = tuple(o for o in options if (o.departement == "51") == champagne)
                left = fold(self.raw[max(0, start - 30) : start])
                yield start, end, options, Frame.ELSEWHERE if _OWNERS.search(left) else Frame.DEMONYM
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


def _is_known_town(name: Name) -> bool:
    if name.kind not in (Kind.COMMUNE, Kind.SHORT):
        return True
    return any(
        (option.focus and option.population >= 1500) or option.population >= 20000 for option in name.options
    )


class Sentences:
    """Where the sentences of a raw text start, found when first asked."""

    _END = re.compile(r"[.!?…](?=\s)|\n")

    def __init__(self, raw: str) -> None:
        self._starts = [0, *(match.end() for match in self._END.finditer(raw))]

    def number(self, offset: int) -> int:
        """The number of the sentence that holds *offset*."""
        return bisect_right(self._starts, offset) - 1
