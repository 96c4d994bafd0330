"""What the words around a name of a place make of it.

« à Dole », « l'usine de Dole », « Dole : », « Dole (Jura) » place the event there; « le tribunal de Dole »,
« contrairement à Dole », « le siège dolois » hardly; « rue de Dole », « FC Dole », « Claude Dole » not at all.
Patterns read folded text and end (or begin) at the name. The rules are docs/decisions/0006-places.md.
"""

import re
from enum import Enum
from typing import Final

from comtoise.text.patterns import alternatives
from comtoise.topics.places.lexicon import APPELLATIONS
from comtoise.topics.places.needs import NEEDS


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


#: « rue de », « saucisse de », « M. »: a name after these is no place of an event.
_NO_PLACE: Final = re.compile(
    r"(?:\b"
    + alternatives(
        """rue | avenue | boulevard | bd | place | quai | impasse | allees? | faubourg | gare | rond-point | route
        | chaussee | esplanade | porte | fort | lycee | college | hotel | chateau | rocade | autoroute | domaine
        | duc | comte | princes? | roi"""
    )
    + r" (?:de |d'|du |des |de la |de l'|a )?"
    + rf"|\b(?:{'|'.join(APPELLATIONS)}) (?:la |l'|le )?"
    + r"|\b"
    + alternatives(
        """m | mm | mme | mmes | mr | mlle | dr | me | maitre | monsieur | madame | docteur | saint | sainte | san
        | port | von | van"""
    )
    + r"\.? )$"
)
_COURT: Final = re.compile(
    r"\b"
    + alternatives(
        r"""tribun\w+ | cour d'appel | cour | chambre (?:commerciale | sociale | regionale) | juges? | magistrats?
        | justice | parquet | procureure? | prud'hommes | prefecture | prefete? | dreets | direccte | academie
        | audience | barreau | court"""
    )
    + r"\b[^.;:!?]{0,50}\b(?:de |d'|du |a |in )$"
)
_ELSEWHERE: Final = re.compile(
    r"(?:\b"
    + alternatives(
        r"""bords? de | rives? de | berges? de | eaux de | riviere | cours de
        | a la difference | contrairement | a l'inverse | a l'instar | a l'image | comme
        | plutot qu\w* | tandis qu\w+
        | au meme titre | hormis | sauf | excepte | loin
        | parti\w* (?:pour | vers | a) | vers | rejoindre | rejoint | transfer\w* (?:a | vers | en)
        | delocalis\w+ (?:a | vers | en) | en provenance
        | antennes? | bureaux | filiales? | boutiques?
        | originaires? | natifs? | natives? | nee? (?:a | en) | venue?s? (?:de | d' | du)
        | habitante?s? (?:de | d' | du) | etudiant\w* (?:a | de) | deja [\w']+ (?:a | dans | en)
        | sieges? (?:social |mondial )?(?:est |situe |base |installe |europeen )*(?:a | de | d' | en)
        | (?:groupe | holding | fonds | maison mere | societe mere | actionnaire | proprietaire | acquereur
            | repreneur | acheteur | concurrente? | rival | cabinet | banque | investisseur)s?
          (?:de | d' | du | base\w? a | installe\w? a)
        | salons? (?:de | du | d') | exposition de | bourse de | forum de | marche de | congres de
        | presente\w? (?:a | au)"""
    )
    + r") ?(?:celui |celle |ceux |celles )?(?:de |d'|du |des |a |au |aux |en |l'|la |les )?"
    + r"(?:[\w'-]+(?:, | et | ou )(?:de |d'|du |a |au )?){0,2}$"
)
_LOCATIVE: Final = re.compile(
    r"(?:^|[^\w-])"
    + alternatives(
        r"""a | au | aux | in | at | near | bei | pres de | pres d' | pres du | proche de | autour de | autour d'
        | non loin de | a cote de | aux portes de | au nord de | au sud de
        | a l'est de | a l'ouest de | \d{5}"""
    )
    + r" ?(?:la |le |les |l')?$"
)
_LOCATIVE_DEPARTEMENT: Final = re.compile(
    r"(?:^|[^\w-])"
    + alternatives(
        """dans (?:le departement (?:de |du |de la |d'|des |de l'))? | en | departement (?:de |du |d'|des )?
        | sud de | nord de | est de | ouest de | partout dans | region de"""
    )
    + r" ?(?:la |le |les |l'|tout le |toute la )?$"
)
_SITE: Final = re.compile(
    r"\b"
    + alternatives(
        """usines? | sites? | ateliers? | fonderies? | forges? | manufactures? | etablissements? | unites?
        | implantations? | plants? | entrepots? | plateformes? | centrales? | villes? | communes? | villages?
        | maires? | mairie | elus? | zones? (?:industrielles? | d'activites? | artisanales?) | bassins?
        | agglomeration | agglo | metropole | eurometropole | pays | region | secteur | chaines? | lignes?
        | fabriques? | laboratoires? | salaries | ouvriers | employes | production | activites? | gigafactory
        | magasins? | parc (?:industriel | d'activites) | technopole | campus | pole | barrage | centre | scierie
        | papeterie | laiterie | fromagerie | verrerie | cristallerie | tannerie | filature | brasserie | chu
        | hopital | cci"""
    )
    + r"(?: [\w-]+){0,2}? (?:de |d'|du |des |a |de la |en )$|\bgrand $"
)
_OWNER: Final = re.compile(
    r"\b"
    + alternatives(
        """groupe | holding | fonds | actionnaire | proprietaire | repreneur | acquereur | acheteur | concurrent
        | rival | maison mere | cabinet | banque | investisseur | tribunal | justice | juge | magistrat
        | procureur | parquet | presse | depute | senateur | ministre | club | vache | saucisse | race
        | moutarde | sauce | horloge | montres | geant"""
    )
    + r"s? $"
)
_ARTICLE: Final = re.compile(r"\b(?:l[ae]s?|l'|un|une|ce|cette|son|sa|ses|leurs?|nos|notre)(?: |(?<='))$")
_OF: Final = re.compile(r"(?:^|[^\w-])(?:de|d'|du|des|of|von|de la|de l'|des) ?$")
_OR_BEFORE: Final = re.compile(r"\bou (?:a |de |d')?$")
_OR_AFTER: Final = re.compile(r"^(?:, [\w' -]{2,25}){0,2} ou (?:a |de |d')?\w")
_INITIAL: Final = re.compile(r"(?:^|[.!?…\n»•–—:] ?[«\"“]? ?)$")
_HEAD: Final = re.compile(r"(?: ?:| [-–—] |\. [-–—]|\.[ \n]?[-–—])")
_STOP: Final = re.compile(r"\.\s")
REACH: Final = 70  #: characters read before a name


_NOWHERE, _AT_COURT, _AWAY, _AT_SITE, _OWNED = map(
    NEEDS.bit, ("no place", "court", "elsewhere", "site", "owner")
)


def _ends_with(pattern: re.Pattern[str], line: str, most: int) -> bool:
    """Whether *pattern*, which ends at the line's end and holds at most *most* characters, matches."""
    return pattern.search(line, max(0, len(line) - most)) is not None


def is_no_place(line: str, needs: int) -> bool:
    """Whether the words before the name (of its line, folded) make it a street, a product or a person.

    Here and below *needs* are the bits of `NEEDS` that the words before the name meet.
    """
    return needs & _NOWHERE != 0 and _NO_PLACE.search(line) is not None


def has_article(line: str) -> bool:
    """Whether the name follows an article or a possessive: « la Suisse » is not the commune of Suisse."""
    return _ends_with(_ARTICLE, line, 12)


def elsewhere_or_court(line: str, needs: int) -> Frame | None:
    """The frames that put the event elsewhere than at the name, if the words before are one of these."""
    if needs & _AT_COURT and _COURT.search(line):
        return Frame.COURT
    return Frame.ELSEWHERE if needs & _AWAY and _ELSEWHERE.search(line) else None


def is_initial(left: str) -> bool:
    """Whether the name begins a sentence, a line or what follows a colon."""
    return _ends_with(_INITIAL, left, 6)


def is_head(right: str, *, shouted: bool) -> bool:
    """Whether the name heads its line: « Dole : », « DOLE. »."""
    return _HEAD.match(right) is not None or (shouted and _STOP.match(right) is not None)


def ends_here(right: str) -> bool:
    """Whether the name is a sentence by itself."""
    return _STOP.match(right) is not None


def is_alternative(line: str, right: str) -> bool:
    """« à Dole ou Gray »: places that could have been."""
    return _OR_AFTER.match(right) is not None or _ends_with(_OR_BEFORE, line, 12)


def plain(line: str, needs: int, *, departement: bool) -> Frame:
    """The frame that a preposition or a noun of place makes, BARE for none."""
    if line.endswith("("):
        return Frame.BRACKETS
    if departement and _ends_with(_LOCATIVE_DEPARTEMENT, line, 48):
        return Frame.LOCATIVE
    if _ends_with(_LOCATIVE, line, 24):
        return Frame.LOCATIVE
    if needs & _AT_SITE and _SITE.search(line):
        return Frame.SITE
    return Frame.OF if _ends_with(_OF, line, 12) else Frame.BARE


def of_gentile(left: str, needs: int) -> Frame:
    """« le groupe dolois », « la justice doloise » place no event; « l'usine doloise » does."""
    return Frame.ELSEWHERE if needs & _OWNED and _OWNER.search(left) else Frame.DEMONYM
