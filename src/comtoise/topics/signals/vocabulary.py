"""The words of business events, by class, and the rules that join classes into signals.

A *class* is a set of phrases that play one part in a sentence: « supprime », « menacés » cut; « emplois »,
« salariés » are jobs. A *rule* gives a signal when a sentence holds all its classes close together. The
packaged card of each signal (`comtoise.knowledge`) adds its own strong and weak words to these.

Phrases are matched on folded words; ``*`` at the end of a phrase opens its last word. German and English
words are those of the foreign trade press that covers the region.
"""

from dataclasses import dataclass
from typing import Final

MONEY: Final = "MONEY"  #: a sum that is neither turnover, debt, price nor damages
PEOPLE: Final = "PEOPLE"  #: a number of jobs or workers
SURFACE: Final = "SURFACE"
PEOPLE_HIRED: Final = "PEOPLE HIRED"  #: « 30 embauches », « vingt créations de postes »
PEOPLE_CUT: Final = "PEOPLE CUT"  #: « 62 suppressions de postes », « 40 licenciements »
MONEY_RAISED: Final = "MONEY RAISED"  #: a sum that may be a fund raising
MONEY_GIVEN: Final = "MONEY GIVEN"  #: a sum that may be public aid
COMPANY: Final = "COMPANY"  #: a known company
#: The classes that are read from numbers and matches, not from phrases.
READ: Final = frozenset(
    {MONEY, PEOPLE, SURFACE, PEOPLE_HIRED, PEOPLE_CUT, MONEY_RAISED, MONEY_GIVEN, COMPANY}
)


@dataclass(frozen=True, slots=True)
class Rule:
    """All of these classes within *window* words of one sentence make *signal*, with *weight* at most."""

    signal: str
    classes: tuple[str, ...]
    weight: float = 1.0
    window: int = 14


_CLASSES: Final[dict[str, str]] = {
    # --- who and what ---------------------------------------------------------------------------------
    "jobs": """emploi | emplois | poste | postes | salarie | salaries | salariee | salariees | effectif
        | effectifs | ouvriers | ouvrieres | collaborateurs | personnel | intérimaires | jobs | positions
        | workforce | stelle | stellen | arbeitsplatz* | mitarbeiter | mitarbeitern | beschaftigte
        | beschaftigten""",
    "cuts": "cut | cuts | cutting | lay off | lays off | laying off | sheds | shed",
    "workforce": "workforce | jobs | staff | workers | employees | people",
    "fewer": "en moins | de moins",
    "keeps": """garde | garder | gardera | gardent | conserve | conserver | conservera | conservent
        | preserve | preserver | preserves | preservees | sauve | sauves | sauvees | sauver | maintenus
        | keeps | saves | erhalten""",
    "site": """usine | usines | site | sites | atelier | ateliers | fabrique | fonderie | forge
        | manufacture | papeterie | scierie | verrerie | cristallerie | filature | tannerie | laiterie
        | fromagerie | brasserie | imprimerie | entrepot | plateforme logistique | gigafactory | giga usine
        | unite de production | unite | reacteur | reacteurs | tranche | centrale | centrales
        | etablissement | chaine | chaines | ligne | lignes | ligne de production | laboratoire
        | centre de recherche | centre technique | centre de r d | plant | factory | facility | werk | werke
        | fabrik | spielzeugfabrik | standort | standorte""",
    "firm": """entreprise | entreprises | societe | societes | groupe | filiale | filiales | fabricant
        | constructeur | industriel | industriels | equipementier | sous traitant | sous traitants | pme
        | eti | start up | startup | jeune pousse | jeunes pousses | laboratoire | maison | marque | fondeur
        | decolleteur | plasturgiste | mouliste | emboutisseur | recycleur | maroquinier | fabricants
        | specialiste | holding | manufacturier | company | group | manufacturer | maker | hersteller
        | unternehmen | gruppe | konzern | tochter""",
    "pole": """pole | poles | cluster | chambre de commerce | cci | medef | uimm | federation
        | syndicat professionnel""",
    "build": """construit | construire | construction | batira | batir | bati | edifie* | equipe* | equiper
        | installe | installer | acquiert une | achete une | achat de machines | machine | machines | presse
        | presses | four | fours | ligne | lignes | robots | centres d usinage | batiment | batiments
        | atelier | usine | usines | outil industriel | outil de production | parc machines | chantier
        | projet | programme | production | site | unite | produira | fabriquera | fabrication | moderniser
        | agrandir | chaudiere | stockage""",
    # --- employment down ------------------------------------------------------------------------------
    "cut": """supprime | suppriment | supprimer | supprimera | supprimerait | supprimes | supprimees
        | supprimait | suppression | suppressions | disparait | disparaissent | disparaitre | disparaitra
        | disparaitront | perd | perdent | perdre | perdra | perdront | perdu | perdus | perte | pertes
        | menace | menaces | menacee | menacees | sacrifie* | sur la sellette | sur le carreau
        | rayes de la carte | biffe* | tailler | retranche* | deleste* | degraisse* | se separe | se separer
        | reduction | reduire | reduit | detruits | job cuts | cut jobs | cuts jobs | slash* | axes | axing
        | laid off | lose | loses | lost | must go | let go | abbau | abbaut | abzubauen | streicht
        | gestrichen""",
    "sacked": """licencie | licencies | licenciee | licenciees | licencier | licenciera
        | licenciement collectif | licenciement | licenciements | licenciement economique
        | licenciements economiques | plan social | plans sociaux | plan de sauvegarde de l emploi
        | rupture conventionnelle collective | plan de depart | plan de departs | departs contraints
        | departs volontaires | congedi* | renvoyes | lettres de licenciement | procedure de licenciement
        | massenentlassung* | kundigungen | layoffs | redundancies""",
    "close": """ferme | ferment | fermer | fermera | fermeront | fermerait | fermeture | fermetures | fermee
        | fermees | fermant | met la cle sous la porte | mettre la cle sous la porte | baisse le rideau
        | baisser le rideau | cesse | cesser | cessera | cessent | cessation d activite | arret definitif
        | arrete definitivement | debranche* | s eteint | s eteindra | demantelement | fin de la production
        | arret de la production | arrete la production | arreter la production | arreter sa production
        | arrete sa production | mettre fin | met fin | s arrete | s arretera | rideau | closes | closure
        | close down | shut down | shuts | schliessung | stillgelegt | delocalise* | delocaliser
        | delocalisation | transfere* | transferer | transfert | quitte | quittera""",
    "doomed": """menace de fermeture | menacee de fermeture | menaces de fermeture | risque de fermer
        | fin de l equipe | fin a l equipe | pas d avenir | avenir incertain | avenir menace
        | avenir compromis | ne peut plus garantir | condamne l usine | condamne le site
        | bien une fermeture | fermeture definitive | ferme pour de bon | ferme definitivement
        | fermera definitivement | fermera ses portes | ferme ses portes | cesse son activite
        | cesse de produire | cesse de fabriquer | arret de la production | arrete la production
        | arreter la production | disparition d emplois | casse sociale | vague de licenciements
        | suppression de postes | suppressions de postes | suppression d emplois | suppressions d emplois
        | postes supprimes | emplois supprimes | emplois menaces | postes menaces""",
    "strike": """en greve | greve illimitee | grevistes | greviste | debrayage | debrayages
        | semaine de greve | mouvement de greve | piquet de greve | blocage de l usine | bras de fer social
        | se mettent en greve""",
    "idle": "chomage partiel | activite partielle | chomage technique | rht | kurzarbeit",
    "pause": """redemarrer | redemarrera | redemarre | redemarrage | reprise du travail | provisoire*
        | temporaire* | momentane* | jours d arret | une semaine | seances | vacances | ete | estival*
        | conges | pannes | panne | travaux | maintenance | remis en route | relance""",
    # --- courts ---------------------------------------------------------------------------------------
    "insolvency": """redressement | redressement judiciaire | en redressement | placee en redressement
        | le redressement | liquidation judiciaire | en liquidation | liquidation | liquide par
        | liquidee par | liquides | liquidees | liquider | liquide | procedure de sauvegarde
        | sauvegarde accelere* | en sauvegarde | la sauvegarde d | cessation de paiement
        | cessation de paiements | cessation des paiements | depot de bilan | depots de bilan
        | depose le bilan | deposer le bilan | depose son bilan | depose leur bilan | plan de continuation
        | plan de cession | mandat ad hoc | periode d observation | administrateur judiciaire
        | administrateurs judiciaires | mandataire judiciaire | mandataires judiciaires | liquidateur
        | procedure collective | procedures collectives | faillite | en faillite | sursis concordataire
        | insolvent | insolvency | insolvenz* | insolventen | court protection | receivership | bankruptcy
        | administration judiciaire | sanierungsverfahren | glaubigerschutz | zahlungsunfahig*""",
    "business court": """tribunal de commerce | tribunal des activites economiques
        | tribunal des affaires economiques | chambre commerciale | juge commissaire | commercial court
        | tae de | handelsgericht | tribunaux de commerce""",
    "court": "tribunal | tribunaux | juges | justice | court | audience | judiciaire",
    "creditors": "creanciers | creances | passif | dettes | dette | impayes | tresorerie",
    # --- ownership ------------------------------------------------------------------------------------
    "takeover": """offres pour la | offres pour le | offres pour l | rachat | rachats | rachete | rachetee
        | rachetes | rachetees | racheter | rachetent | rachetera | repreneur | repreneurs | acquereur
        | acquereurs | offre de reprise | offres de reprise | plan de reprise | candidat a la reprise
        | candidats a la reprise | projet de reprise | dossiers de reprise | reprise par | repris par
        | reprise a la barre | reprend l usine | reprend le site | reprend l entreprise | reprend la societe
        | reprend les activites | reprendre l entreprise | reprendre l usine | acquiert | acquerir
        | fait l acquisition | l acquisition d | acquisition de la societe | met la main sur
        | mettre la main sur | passe sous pavillon | passe sous le controle | passe aux mains
        | passe dans le giron | tombe dans l escarcelle | entre dans le giron | change de mains
        | change de proprietaire | changer de proprietaire | cherche un acheteur | cherchait un acheteur
        | cherche preneur | mise en vente | mis en vente | vendu a | vendue a | vendus a | cede a | cedee a
        | ceder les | ceder ses | ceder son | ceder sa | cede son | cede sa | cede ses | la cession
        | cession d | cessions | plan de cession | fusion | fusionne | fusionnent | fusionner
        | prise de controle | prend le controle | prend le controle de | prise de participation majoritaire
        | rejoint le groupe | rejoint la societe | lbo | obo | transmission d entreprise
        | transmet son entreprise | takeover | take over | takes over | taken over | acquires | acquire
        | acquired | acquisition | buys | to buy | buy the | rettet | buyer | buyout | ubernahme | ubernimmt
        | ubernommen | kauft | kaufer | verkauft | verkauf""",
    "resume": "reprise | reprend | reprendre | reprendra | repris | reprises | reprendraient | reprit",
    "bids": """offre | offres | candidat | candidats | candidature | candidatures | repreneur | repreneurs
        | acquereur | acquereurs | confie | attribue | choisi | retenu | partage entre | bid | bids""",
    "sale": """confie | partage entre | vente | vend | vendre | vendu | vendue | acheteur | acheteurs
        | sauveur | offres | offre | candidats | candidat | candidature | proposition | propositions
        | acquisition | acquisitions | cession | ceder | cede | bid | offers | repreneurs | attribue
        | choisi | retenu | acquereur | dossiers""",
    # --- money in -------------------------------------------------------------------------------------
    "invests": """investit | investir | investira | investissent | investirait | investiront | a investi
        | ont investi | investissement | investissements | reinvestit | reinvestir | plan d investissement
        | programme d investissement | investissement industriel | invests | invest | investment | investing
        | investiert | investition | investitionen | investiere*""",
    "spends": """consacre | consacrer | consacrera | consacrent | engage | engages | engagent | engager
        | injecte | injecter | injectera | depense | depenses | depensent | depensees | debourse | debourser
        | mise | remet | met | mettre | mettent | prevoit | financer | allonge | budget | enveloppe
        | chantier | ausgegeben | serviront | servira | iront | ajoute | ajoutent | pese | cout | coutera
        | invest*""",
    "equips": """nouvelle ligne | nouvelles lignes | nouvelle presse | nouvelles presses | nouveau four
        | nouveaux fours | nouvelle machine | nouvelles machines | une presse de plus | met en service
        | mis en service | mise en service | mettre en service | modernise | moderniser | modernisation
        | s offre un | s offre une | s offre six | s equipe | s est equipe | premiere pierre
        | outil de production | parc machines | montee en capacite | automatise | automatiser | robotise*
        | nouvel equipement | nouveaux equipements | usine du futur | usine 4 0 | halle de production
        | in betrieb genommen | new line | new production line | ausbau""",
    "raises": """levee de fonds | levees de fonds | tour de table | leve des fonds | lever des fonds
        | serie a | serie b | amorcage | capital risque | capital developpement | augmentation de capital
        | obligations convertibles | entre au capital | entrent au capital | entree au capital
        | ouvre son capital | fundraising | funding round | raises | finanzierungsrunde | kapitalerhohung""",
    "raise verb": """leve | lever | levent | levera | a leve | leves | raises | raised | raise | boucle
        | boucler""",
    "seeks": """cherchent de l argent | cherche des fonds | cherche des investisseurs
        | demarcher investisseurs | cherchent des investisseurs | investisseurs | business angels""",
    "aid": """subvention | subventions | subventionne* | aide publique | aides publiques | aide de l etat
        | aides de l etat | aide de la region | aides de la region | aides europeennes | aide europeenne
        | aide a | aidee a | aide par | aidee par | aides par | avance remboursable | avances remboursables
        | pret a taux zero | prets publics | prêt public | argent public | fonds publics | france 2030
        | france relance | plan de relance | bpifrance | feder | fonds europeens | fonds europeen
        | appel a projets | soutien de l etat | soutien de la region | appui de l etat | commande publique
        | commande de l etat | marche public | ses prets | subsidies | state aid | grant | grants
        | fordermittel | zuschuss""",
    "granted": """accorde | accordee | accordent | accorder | accordera | vote | votee | octroie | octroyee
        | attribue | attribuee | obtient | obtenu | recoit | recu | decroche | beneficie | laureat
        | laureate | laureats | laureates | a hauteur de | verse | versee | verses | promis | promise
        | debloque | debloquee | finance | soutien | aidee | aide | rappelle | recuperer""",
    # --- employment up --------------------------------------------------------------------------------
    "hires": """reembauche | reembauchent | recrute | recrutent | recruter | recrutera | recruteront
        | recrutement | recrutements | embauche | embauchent | embaucher | embauches | embauchera
        | embaucheront | embauchees | embauchee | recrutes | recrutees | recrutee | va recruter
        | va embaucher | peine a recruter | creation d emplois | creations d emplois | creation de postes
        | creations de postes | creer des emplois | emplois crees | postes crees | postes ouverts
        | postes a pourvoir | cdi a pourvoir | job dating | cherche a pourvoir | plan de recrutement | hires
        | hiring | hire | recruits | recruiting | new jobs | stellt ein | neueinstellungen | einstellen
        | arrivees en | emplois annonces | emplois promis | emplois attendus | emplois a la cle
        | emplois supplementaires | nouveaux emplois | nouveaux postes""",
    "hired": """seront embauches | seront embauchees | seront recrutes | seront recrutees | sera embauche
        | sera recrute | ont ete embauches | ont ete embauchees | ont ete recrutes | ont ete recrutees
        | emplois seront crees | postes seront crees | vont etre embauches | vont etre recrutes
        | seront crees | recherche de bras | manque de bras | cherche des bras | postes sont a pourvoir""",
    "creates": """prevus | prevues | cree | creer | creera | creent | creeront | creation | creations
        | crees | creees | annonces | promis | promet | attendus | a la cle | recherche* | recherches
        | cherche | cherchent | supplementaires | pourvoir | amenent | ouverts | creating | create | creates
        | arrivees | recrues""",
    # --- places of work up ----------------------------------------------------------------------------
    "settles": """sort de terre | sortira de terre | va sortir de terre | verra le jour | va voir le jour
        | s implante | s implanter | s implantera | s implantent | implante sa | implante son | implante une
        | implanter une | nouvelle implantation | l implantation d | choisit de s installer | s installe a
        | s installera | s installe dans | s installer a | emmenage | emmenager | pose ses valises
        | nouvelle usine | nouvelle manufacture | usine neuve | manufacture neuve | fabrique neuve
        | nouveau site | nouveau site de production | projet d usine | premiere usine
        | premier site francais | seconde usine | deuxieme usine | neue fabrik | neues werk | new plant
        | new factory | opens a plant | opens a factory | opens plant""",
    "relocates": "relocalise | relocaliser | relocalisation | relocalisations | rapatrie sa production",
    "inaugurates": "inaugure | inaugurer | inauguration | inauguree | inaugures",
    "installs": "a installe | installe | installera | installer | met en place",
    "opens": """ouvre | ouvrir | ouvrira | ouvrent | ouvriront | ouverture | a ouvert | opens | opening
        | eroffnet | eroffnung | eingeweiht""",
    "plans": """prevoit | prepare | projette | envisage | lance | va construire | construira
        | veut construire | veut ouvrir""",
    "a new site": """une usine | un atelier | un site | une manufacture | une gigafactory
        | un centre de supervision | un centre de recherche | un centre d essais | une unite
        | un laboratoire | un entrepot | une fabrique | un bureau d etudes | un centre technique
        | un centre logistique""",
    "new site": """usine | atelier | manufacture | gigafactory | site de production | unite de production
        | fabrique | site | centre de recherche | entrepot | plant | factory | fertigung | spielzeugfabrik
        | fabrik""",
    "extends": """extension | extensions | agrandissement | agrandir | agrandit | agrandira | agrandissent
        | s agrandit | s agrandir | pousse les murs | pousser les murs | double sa surface
        | doubler sa surface | triple sa surface | double sa capacite | doubler sa capacite
        | capacite doublee | nouveau batiment | batiment neuf | nouvel atelier | atelier neuf
        | second batiment | metres carres supplementaires | m2 supplementaires | expands | expansion
        | erweitert | erweiterung | double son atelier | double son usine | double la surface
        | nouvelle halle | nouveau hall | nouvelle aile | nouvelle cave | nouvelle laiterie
        | nouvel entrepot | batir une | construit un atelier | construit une cave | construire un atelier
        | construire un nouvel | construire une nouvelle | construit un nouvel | construit une nouvelle
        | construit un batiment""",
    "enlarges": """porter | passer de | passera de | ajouter | ajoute | ajoutera | batira | batir
        | construire | couverts | supplementaires | extension | batiment | batiments | triple | double
        | doubler""",
    # --- the rest -------------------------------------------------------------------------------------
    "patent": "brevet | brevets | patent | patents",
    "invents": """brevete | brevetent | depose un brevet | depose deux brevets | brevet depose
        | met au point | mettent au point | mettre au point | mis au point | prototype | prototypes
        | demonstrateur | demonstrateurs | nouveau procede | procede innovant | premiere mondiale
        | recherche et developpement | transfert de technologie | projet de recherche | projets labellises
        | projet labellise | laureat du concours d innovation | banc d essai | bancs d essai | met a l essai
        | premier exemplaire | prototype fonctionnel""",
    "invents weak": """innovation | innovations | innovant | innovante | innovants | innove | innover | r d
        | projet collaboratif | projets | developpe | developpent""",
    "research": """laboratoire | laboratoires | chercheurs | ingenieurs | pole | femto st | cnrs
        | universite | satt | biomedical | biomedicale | partenaires europeens""",
    "awarded": """remporte le prix | remporte un prix | remportent le prix | recoit le prix
        | decroche le prix | un prix pour | prix de l innovation | prix de l entreprise | trophee | trophees
        | distingue | distinguee | distingues | distinguees | decroche le label | obtient le label
        | labellisee epv | label epv | entreprise du patrimoine vivant | vitrine industrie du futur
        | micron d or | microns d or | entreprise de l annee | entrepreneur de l annee | medaille d or
        | palmares | award | recompense | recompensee | recompenses | laureat du prix | laureate du prix
        | recu le prix | recoit un prix | jeune pousse de l annee | start up de l annee | a recu un prix
        | primee | prime par""",
    "prize": "prix | trophee | recompense",
    "receives": "recu | recoit | remporte | remportent | decroche | decerne | decernee | attribue | gagne",
    "appointed": """nomme directeur | nommee directrice | nomme president | nommee presidente | nomme pdg
        | nomme directeur general | nommee directrice generale | est nomme | est nommee | prend la direction
        | prend la tete | prend la presidence | prend les renes | prend les commandes | arrive a la tete
        | prend ses fonctions | prend la barre | prendra la direction | prendra la tete | nouveau directeur
        | nouvelle directrice | nouveau patron | nouvelle patronne | nouveau president | nouvelle presidente
        | nouveau directeur general | nouveau dg | nouveau pdg | elu president | elue presidente | succede a
        | succedera a | lui succede | change de president | change de presidente | change de patron
        | change de directeur | change de direction | changement de direction | changement a la tete
        | quitte la direction | quitte la presidence | passe le relais | passe la main | passe le flambeau
        | cede sa place | demissionne de la presidence | appointed | new ceo | new chief executive
        | neuer chef | neuer geschaftsfuhrer""",
    "head": """president | presidente | directeur | directrice | pdg | patron | patronne | dg | presidence
        | gerant""",
    "presides": "preside | presidera | dirigera",
    "takes": "transmet | nomme | nommee | elu | elue | remplace | remplacera | rejoint",
    "trains": """formation qualifiante | ecole de production | campus des metiers | cqpm | cqp
        | ecole interne | ecole maison | propre ecole | ecole d ingenieurs | nouveau bts | un bts
        | licence professionnelle | cfa | centre de formation | heures de formation | parcours de formation
        | formation maison | ouvre une formation | lance une formation | cree une formation
        | creer une formation | partenariat avec le lycee | apprentis | alternants | diplome d ingenieur
        | cordees de l industrie | formees par | formes par | forme une centaine | formations | forme ses
        | forment leurs | former ses | ecole des | ecole du | une ecole de | atelier ecole
        | une formation de | nouvelle formation""",
    "learners": """stagiaires | apprentis | alternants | alternance | promotion | eleves | lyceens
        | etudiants | demandeurs d emploi | demandeuses d emploi | apprendront | apprennent | recrues
        | diplomes | metier""",
    "fair": """micronora | siams | ephj | simodec | global industrie | silmo | jec world | salon jec
        | fakuma | k 2025 | salon professionnel | salon international | salon du bourget
        | salon de l industrie | stand collectif | exposants industriels | mission export
        | convention d affaires | rendez vous d affaires | hydrogen business for climate | pollutec
        | eurobois | salon de la sous traitance | midest | salon mondial | salon industriel | be 5 0 | salon""",
    "visitors": "visiteurs | exposants | exposant",
    "fair context": """exposants | exposant | stand | stands | visiteurs professionnels | industriels
        | entreprises | pavillon | sous traitants | fabricants | decideurs | presente | expose | exposent""",
}

#: The phrases of each class.
CLASSES: Final[dict[str, tuple[str, ...]]] = {
    name: tuple(phrase.strip() for phrase in text.split("|")) for name, text in _CLASSES.items()
}

#: Words of the packaged cards that mean too many things to decide alone; the rules join them to others.
DOUBTFUL: Final = frozenset(
    {"conciliation", "innovation", "reprend", "reprise de", "cède", "cession de", "lève", "salon", "exposants",
     "supprime", "arrivée de", "extension", "PSE", "RCC", "RHT", "FIP", "JEC", "Bourget", "French Fab", "R&D",
     "distingué", "lauréat", "lauréate", "nominé", "palmarès", "CFA", "apprentis", "alternants", "chômage partiel",
     "activité partielle", "débrayage", "implantation", "s'installe", "choisit {LIEU} pour", "installe son site",
     "tribunal de commerce", "appel à projets", "fonds européen", "exonération", "baisse de cadence",
     "salariés inquiets", "site menacé", "BODACC", "SATT", "contrat cadre", "remplace", "FEDER", "subvention"}
)  # fmt: skip

#: Phrases that look like a class and are not: the class, or ``*`` for all, and the phrases.
TRAPS: Final[dict[str, tuple[str, ...]]] = {
    "jobs": (
        "demandeurs d emploi",
        "demandeuses d emploi",
        "demandeur d emploi",
        "pole emploi",
        "offres d emploi",
        "bureau de poste",
        "la poste",
        "bassin d emploi",
        "recherches d emploi",
        "poste de police",
    ),
    "resume": (
        "reprise du travail",
        "reprise de la production",
        "reprise economique",
        "reprise d activite",
        "reprise des cours",
        "reprise de volee",
        "reprise de l activite",
        "reprise des fabrications",
        "reprend le travail",
        "reprend des couleurs",
        "reprend espoir",
        "reprend du service",
        "reprend la route",
        "reprise des negociations",
        "reprend le chemin",
    ),
    "insolvency": (
        "redressement des comptes",
        "redressement spectaculaire",
        "redressement de la france",
        "redressement du pays",
        "redressement fiscal",
        "redressement scolaire",
        "redressement productif",
        "liquidation totale",
        "liquidation des stocks",
        "sauvegarde de la nature",
        "sauvegarde du patrimoine",
        "sauvegarde de l emploi",
        "sauvegarde des données",
        "faillite morale",
        "plan de sauvegarde de l emploi",
    ),
    "invests": (
        "fonds d investissement",
        "fonds d investissements",
        "societe d investissement",
        "banque d investissement",
        "fonds investit",
        "investissement locatif",
        "investissement personnel",
    ),
    "raise verb": (
        "leve le voile",
        "lever le voile",
        "leve les doutes",
        "lever les doutes",
        "leve la garde a vue",
        "leve le camp",
        "lever le camp",
        "lever la main",
        "leve le pied",
        "lever le pied",
        "leve les yeux",
        "lever du soleil",
        "lever de rideau",
        "leve l interdiction",
        "lever l interdiction",
        "leve le mystere",
    ),
    "extends": (
        "extension de garantie",
        "extension du cimetiere",
        "extension de l ecole",
        "extension de l hopital",
        "extension du domaine",
        "extension de l arrete",
        "extension du lycee",
        "extension du college",
        "nouveau batiment scolaire",
        "extension de mandat",
    ),
    "opens": (
        "ouverture d une enquete",
        "ouverture d une information",
        "ouvre une enquete",
        "ouverture de la peche",
        "ouverture de la chasse",
        "ouverture du score",
        "ouvre le score",
        "portes ouvertes",
    ),
    "fair": (
        "salon du livre",
        "salon de l etudiant",
        "salon du mariage",
        "salon de la gastronomie",
        "salon de coiffure",
        "salon du chiot",
        "salon de jardin",
        "salon de the",
        "salon de l agriculture",
        "salon de l habitat",
        "salon de massage",
        "salon de beaute",
        "salon du vin",
        "salon des vins",
        "salon du vehicule ancien",
    ),
    "awarded": (
        "palmares sportif",
        "prix litteraire",
        "medaille d or aux jeux",
        "medaille d or olympique",
    ),
    "takeover": (
        "rachat de credits",
        "rachat de credit",
        "acquisition de competences",
        "acquisition du langage",
        "cession de bail",
        "cession de vignes",
    ),
    "trains": ("formation politique", "formation d un gouvernement", "formations politiques"),
    "invents": (
        "brevet des colleges",
        "brevet de pilote",
        "brevet de secourisme",
        "diplome national du brevet",
    ),
    "close": (
        "fermeture de la route",
        "fermeture du col",
        "fermeture de l ecole",
        "fermeture de classe",
        "fermeture de classes",
        "ferme les yeux",
        "prison ferme",
        "de ferme",
        "ferme en",
        "vente a la ferme",
    ),
    "hires": ("recrutement de benevoles", "recrute des benevoles", "recrutement de sapeurs pompiers"),
}

RULES: Final[tuple[Rule, ...]] = (
    # employment down
    Rule("suppression-emplois", ("cut", "jobs"), 0.85, 7),
    Rule("suppression-emplois", ("cut", PEOPLE), 0.9, 8),
    Rule("suppression-emplois", ("fewer", PEOPLE), 0.7, 4),
    Rule("suppression-emplois", ("cut", PEOPLE_CUT), 0.9),
    Rule("suppression-emplois", ("sacked", PEOPLE_CUT), 0.95),
    Rule("suppression-emplois", ("cuts", "workforce"), 0.85, 6),
    Rule("suppression-emplois", ("sacked",), 0.75),
    Rule("suppression-emplois", ("sacked", PEOPLE), 0.95),
    Rule("suppression-emplois", ("doomed",), 0.8),
    Rule("suppression-emplois", ("close", "site"), 0.75, 8),
    Rule("suppression-emplois", ("close", COMPANY), 0.55, 8),
    Rule("suppression-emplois", ("close", "firm"), 0.55, 6),
    Rule("suppression-emplois", ("strike",), 0.6),
    Rule("suppression-emplois", ("idle",), 0.35),
    # courts
    Rule("procedure-collective", ("insolvency",), 0.7),
    Rule("procedure-collective", ("insolvency", "court"), 1.0, 20),
    Rule("procedure-collective", ("insolvency", "firm"), 0.9, 20),
    Rule("procedure-collective", ("insolvency", COMPANY), 1.0, 20),
    Rule("procedure-collective", ("business court",), 0.8),
    Rule("procedure-collective", ("court", "creditors"), 0.6, 16),
    Rule("procedure-collective", ("court", "bids"), 0.6, 20),
    Rule("procedure-collective", ("court", "takeover"), 0.6, 20),
    # ownership
    Rule("cession-acquisition", ("takeover",), 0.7),
    Rule("cession-acquisition", ("takeover", "firm"), 0.9, 16),
    Rule("cession-acquisition", ("takeover", COMPANY), 0.95, 16),
    Rule("cession-acquisition", ("takeover", "site"), 0.85, 16),
    Rule("cession-acquisition", ("resume", "firm"), 0.5, 6),
    Rule("cession-acquisition", ("resume", "site"), 0.5, 6),
    Rule("cession-acquisition", ("resume", COMPANY), 0.6, 6),
    Rule("cession-acquisition", ("keeps", "jobs"), 0.55, 8),
    Rule("cession-acquisition", ("sale", "court"), 0.7, 20),
    Rule("cession-acquisition", ("sale", "insolvency"), 0.7, 20),
    Rule("cession-acquisition", ("sale", COMPANY), 0.5, 6),
    # money in
    Rule("investissement", ("invests", MONEY), 1.0, 20),
    Rule("investissement", ("invests", "site"), 0.7, 10),
    Rule("investissement", ("invests", "firm"), 0.6, 8),
    Rule("investissement", ("invests", COMPANY), 0.7, 8),
    Rule("investissement", ("spends", MONEY), 0.7, 8),
    Rule("investissement", ("build", MONEY), 0.75, 12),
    Rule("investissement", ("equips",), 0.5),
    Rule("investissement", ("equips", MONEY), 1.0, 20),
    Rule("levee-de-fonds", ("raises",), 0.8),
    Rule("levee-de-fonds", ("raises", MONEY_RAISED), 1.0, 20),
    Rule("levee-de-fonds", ("raise verb", MONEY_RAISED), 0.95, 8),
    Rule("levee-de-fonds", ("seeks", "firm"), 0.5, 20),
    Rule("aide-publique", ("aid",), 0.4),
    Rule("aide-publique", ("aid", MONEY_GIVEN), 0.75, 14),
    Rule("aide-publique", ("aid", "granted"), 0.48, 12),
    # employment up
    Rule("recrutement", ("hires", PEOPLE_HIRED), 0.9),
    Rule("recrutement", ("hires",), 0.5),
    Rule("recrutement", ("hired",), 0.7),
    Rule("recrutement", ("hires", PEOPLE), 1.0, 12),
    Rule("recrutement", ("hires", "firm"), 0.8, 12),
    Rule("recrutement", ("creates", PEOPLE), 0.65, 10),
    # places of work up
    Rule("implantation", ("settles",), 0.75),
    Rule("implantation", ("relocates",), 0.5),
    Rule("implantation", ("inaugurates", "new site"), 0.5, 4),
    Rule("implantation", ("installs", "a new site"), 0.55, 8),
    Rule("extension", ("inaugurates", "new site"), 0.45, 4),
    Rule("implantation", ("opens", "new site"), 0.7, 4),
    Rule("implantation", ("opens", "a new site"), 0.8, 6),
    Rule("implantation", ("plans", "a new site"), 0.55, 7),
    Rule("implantation", ("plans", "a new site", MONEY), 0.7, 12),
    Rule("extension", ("plans", SURFACE), 0.6, 10),
    Rule("extension", ("extends",), 0.6),
    Rule("extension", ("extends", "site"), 0.9, 12),
    Rule("extension", ("extends", SURFACE), 0.9, 14),
    Rule("extension", ("enlarges", SURFACE), 0.7, 8),
    # the rest
    Rule("innovation-brevet", ("patent",), 0.4),
    Rule("innovation-brevet", ("invents",), 0.6),
    Rule("innovation-brevet", ("invents", "firm"), 0.85),
    Rule("innovation-brevet", ("invents weak", "research"), 0.45, 10),
    Rule("prix-distinction", ("prize", "receives", "firm"), 0.7, 16),
    Rule("prix-distinction", ("prize", "receives", COMPANY), 0.7, 16),
    Rule("prix-distinction", ("awarded",), 0.55),
    Rule("prix-distinction", ("awarded", "firm"), 0.85, 16),
    Rule("prix-distinction", ("awarded", COMPANY), 0.9, 16),
    Rule("nomination", ("appointed",), 0.7),
    Rule("nomination", ("appointed", "firm"), 0.85, 16),
    Rule("nomination", ("appointed", "pole"), 0.9, 16),
    Rule("nomination", ("presides", "pole"), 0.5, 6),
    Rule("nomination", ("takes", "head"), 0.6, 8),
    Rule("formation", ("trains",), 0.45),
    Rule("formation", ("trains", "learners"), 0.8, 16),
    Rule("formation", ("trains", "firm"), 0.6, 16),
    Rule("salon", ("fair",), 0.4),
    Rule("salon", ("visitors", "firm"), 0.5, 16),
    Rule("salon", ("fair", "fair context"), 0.8, 14),
)
