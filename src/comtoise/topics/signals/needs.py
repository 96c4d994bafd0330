"""What the patterns of a sentence need: for each, the words of which one must be there for it to match.

Each family is the words with which its pattern can begin, or more; for what is only looked for in the whole sentence
(denial, age, status, date), one word of each way it matches. A test makes texts from the patterns and holds this.
"""

from typing import Final

from comtoise.text.amounts import COUNTED_WORDS, NUMBER_WORDS
from comtoise.text.cues import Cues

_MONTHS: Final = """janvier | fevrier | mars | avril | mai | juin | juillet | aout | septembre | octobre | novembre
    | decembre"""

NEEDS: Final = Cues(
    {
        "number": NUMBER_WORDS,
        "counted": COUNTED_WORDS,
        # A sum without one of these holds a sign: € $ £.
        "sum": r"""(?:\d\w*|demi)?(?:k|mds?|mrd|mio|m)?(?:euros?|eur|chf|francs?|fr|dollars?|usd|livres)
            | (?:chf|eur)\w* | millions? | milliards? | \d*me""",
        "area": r"\w*m2 | \w*metres? | \w*hectares?\w* | ha",
        # --- context: denied, recalled, past ----------------------------------------------------------
        "denied": r"""ne | n | aucune?s? | sans | pas | ni | evite\w* | echapp\w* | renonc\w* | annul\w*
            | abandonn\w* | refus\w* | dement\w* | ecart\w* | suspend\w* | gel | gele\w* | rejet\w* | sort | sorti\w*
            | sauv\w* | fin | rumeurs? | plus | faute | spares? | no | not | keine? | enterre\w* | reporte\w*""",
        "recalled": r"""il | retour | retrospective | archives | anniversaire | centenaire | epoque | jadis
            | autrefois | naguere | guerre | fondee? | nee? | creee? | ans""",
        "past": "avait | avaient | malgre | depit",
        "year": r"(?:19|20)\d\d\w*",
        # --- facts: what a sum is for -----------------------------------------------------------------
        "turnover": r"""chiffres? | ca | ventes? | vend\w* | recettes? | resultat | benefices? | pertes?
            | exportations? | umsatz | erlost\w* | revenues? | sales | turnover | realise | facture | tresorerie
            | capitalisation | deficitaires?""",
        "order": "commandes? | contrats? | marche | carnet",
        "debt": r"dettes? | passif | creances? | creanciers | impayes? | doit | ardoise | trou | pertes",
        "price": r"""prix | rachete\w* | rachat | paie | paye | payee? | vendue?s? | cede\w* | cession | offrait
            | acquis\w* | valorise\w* | dommages | amende | interets | vole\w* | loyer | capital""",
        "aid": r"""subventions? | subventionne\w* | aides? | aidee?s? | prets? | avances? | soutiens? | soutenu\w*
            | credits? | fonds | argent | aides | france | etat | region | europe | bpifrance | feder | verse\w*
            | promis""",
        "raise": r"""lev\w* | tour | augmentation | serie | amorcage | investisseurs | raise\w* | boucl\w*""",
        "invest": r"""invest\w* | reinvest\w* | consacr\w* | engag\w* | injecte\w* | depens\w* | debours\w*
            | chantier | projet | programme | budget | enveloppe | cout\w* | modernis\w* | agrandi\w* | extension
            | ausgegeben | equip\w* | decupler | doubler | tripler | serviront | construi\w* | remet | mise | s""",
        "put in": """ligne | presses? | machines? | fours? | batiment | usine | atelier | site | halle | capacites?
            | fabrication | laboratoire | centre | pour""",
        # --- facts: what becomes of jobs --------------------------------------------------------------
        "created": r"""cree\w* | creer\w* | creation\w* | embauch\w* | recrut\w* | a | ouverts | promis | promet
            | attendu\w* | annonc\w* | supplementaires | nouveaux | nouvelles | cherch\w* | recherch\w* | arrivees
            | recrues | hir\w* | hired | create\w* | new | amenent""",
        "cut": r"""supprim\w* | suppress\w* | disparai\w* | perd\w* | pertes? | menac\w* | licenci\w* | sur | en
            | departs? | cut\w* | axe\w* | redundan\w* | abbau\w* | streich\w* | biff\w* | congedi\w*
            | degraiss\w*""",
        "kept": r"""gard\w* | conserv\w* | maintien\w* | maintenu\w* | preserv\w* | sauv\w* | repris\w*
            | reprend\w*""",
        # --- slots ------------------------------------------------------------------------------------
        "cancelled": r"""renonc\w* | abandonn\w* | annul\w* | gele[es]* | suspendu\w* | reportee? | enterr\w* | n
            | refus\w* | rejet\w*""",
        "under way": r"cours | travaux | chantier | premiere | train | construit | poursui\w* | demarre | periode",
        "done": r"""vient | viennent | inaugur\w* | service | signe[es]* | finalis\w* | place\w* | prononc\w* | ete
            | investi | ouvert | recrute | cree | supprime | ferme
            | approuve\w* | valide\w* | nomm\w* | elue? | leve | rachete | depuis""",
        "announced": r"""va | vont | prevoi\w* | envisag\w* | projet\w* | apprete\w* | annonc\w*
            | compte | doit | devra\w*
            | espere\w* | etude | ici | \w*(?:era|eront|ira|iront)""",
        "dated": rf"{_MONTHS} | (?:19|20)\d\d",
    }
)  # fmt: skip
