"""What the frames of places need: for each, the words of which one must stand before the name for it to match.

Each family is the rarest words of the ways its pattern matches, or more. A test makes texts from the patterns and
holds this.
"""

from typing import Final

from comtoise.text.cues import Cues
from comtoise.text.fold import spaced
from comtoise.topics.places.lexicon import APPELLATIONS

NEEDS: Final = Cues(
    {
        "no place": r"""rue | avenue | boulevard | bd | place | quai | impasse | allees? | faubourg | gare | rond
            | route | chaussee | esplanade | porte | fort | lycee | college | hotel | chateau | rocade | autoroute
            | domaine | duc | comte | princes? | roi | m | mm | mme | mmes | mr | mlle | dr | me | maitre | monsieur
            | madame | docteur | saint | sainte | san | port | von | van | """
        + "|".join({spaced(phrase).split()[0] for phrase in APPELLATIONS}),
        "court": r"""tribun\w* | cour | chambre | juges? | magistrats? | justice | parquet | procureure? | prud
            | prefecture | prefete? | dreets | direccte | academie | audience | barreau | court""",
        # No word's end is asked for: « comme » is in « commerce ».
        "elsewhere": r"""bords? | rives? | berges? | eaux | riviere\w* | cours | difference\w* | inverse\w*
            | instar\w* | image\w* | contrairement\w* | comme\w*
            | plutot | tandis | titre\w* | hormis\w* | sauf\w* | excepte\w* | loin\w* | parti\w* | vers\w*
            | rejoindre\w* | rejoint\w* | transfer\w* | delocalis\w* | provenance\w* | antenne\w* | bureaux\w*
            | filiale\w* | boutique\w* | originaire\w*
            | natif\w* | native\w* | nee? | venue?s? | habitante?s? | etudiant\w* | deja | sieges? | groupes?
            | holdings? | fonds | maison | societe | actionnaires? | proprietaires? | acquereurs? | repreneurs?
            | acheteurs? | concurrente?s? | rivals? | cabinets? | banques? | investisseurs? | salons? | exposition
            | bourse | forum | marche | congres | presente\w?""",
        "site": r"""usines? | sites? | ateliers? | fonderies? | forges? | manufactures? | etablissements? | unites?
            | implantations? | plants? | entrepots? | plateformes? | centrales? | villes? | communes? | villages?
            | maires? | mairie | elus? | zones? | bassins? | agglomeration | agglo | metropole | eurometropole | pays
            | region | secteur | chaines? | lignes? | fabriques? | laboratoires? | salaries | ouvriers | employes
            | production | activites? | gigafactory | magasins? | parc | technopole | campus | pole | barrage | centre
            | scierie | papeterie | laiterie | fromagerie | verrerie | cristallerie | tannerie | filature | brasserie
            | chu | hopital | cci | grand""",
        "owner": r"""groupes? | holdings? | fondss? | actionnaires? | proprietaires? | repreneurs? | acquereurs?
            | acheteurs? | concurrents? | rivals? | maison | cabinets? | banques? | investisseurs? | tribunals?
            | justices? | juges? | magistrats? | procureurs? | parquets? | presses? | deputes? | senateurs?
            | ministres? | clubs? | vaches? | saucisses? | races? | moutardes? | sauces? | horloges? | montress?
            | geants? | meres?""",
    }
)
