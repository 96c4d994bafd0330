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
        | fabrik | spielzeugfabrik | standort | standorte
        | faiencerie | biscuiterie | cartonnerie | cimenterie | tuilerie | briqueterie | chocolaterie | conserverie
        | abattoir | distillerie | lunetterie | tonnellerie | malterie | sucrerie | acierie | laminoir | raffinerie
        | chaudronnerie | maroquinerie | menuiserie industrielle | faiencerie | bonneterie | minoterie | confiserie""",
    "firm": """entreprise | entreprises | societe | societes | groupe | filiale | filiales | fabricant
        | constructeur | industriel | industriels | equipementier | sous traitant | sous traitants | pme
        | eti | start up | startup | jeune pousse | jeunes pousses | laboratoire | maison | marque
        | fondeur | decolleteur | plasturgiste | mouliste | emboutisseur | recycleur | maroquinier
        | fabricants | specialiste | holding | manufacturier | company | group | manufacturer | maker
        | hersteller | unternehmen | gruppe | konzern | tochter | decolleteurs | plasturgistes | moulistes
        | fondeurs | lunetiers | lunetier | papetier | verrier | imprimeur | chaudronnier | tanneur
        | concurrent | rival | editeur | editeurs | hebergeur | brasseur | brasseurs | fromager
        | fromagers | biscuitier | chocolatier | chimiste | cimentier | tonnelier | scieur | scieurs
        | tisseur | tisseurs | coutelier | forgeron | papetiers | verriers | horloger | horlogers
        | joaillier | cristallier | avionneur | motoriste | medtech | medtechs | biotech | biotechs
        | usineur | tolier | carrossier | cooperative | laiterie | distillerie | faconnier | integrateur
        | injecteur | ennoblisseur | bonnetier | filateur | robinetier | aciérie | aciériste
        | energeticien | chaudronniers | laboratoires | societes soeurs | assembleur | negociant
        | salaisonnier | tuilier | ceramiste | maroquiniers | fleuron | pepite | geant | numero un
        | cooperatives""",
    "pole": """pole | poles | cluster | chambre de commerce | cci | medef | uimm | federation
        | syndicat professionnel""",
    "build": """construit | construire | construction | batira | batir | bati | edifie* | equipe* | equiper
        | installe | installer | acquiert une | achete une | achat de machines | machine | machines | presse
        | presses | four | fours | ligne | lignes | robots | centres d usinage | batiment | batiments
        | atelier | usine | usines | outil industriel | outil de production | parc machines | chantier
        | projet | programme | production | site | unite | produira | fabriquera | fabrication | moderniser
        | agrandir | chaudiere | stockage
        | equipements | renover | rajeunir | remplacer | remplace | refaire""",
    # --- employment down ------------------------------------------------------------------------------
    "cut": """supprime | suppriment | supprimer | supprimera | supprimerait | supprimes | supprimees
        | supprimait | suppression | suppressions | disparait | disparaissent | disparaitre | disparaitra
        | disparaitront | perd | perdent | perdre | perdra | perdront | perdu | perdus | perte | pertes
        | menace | menaces | menacee | menacees | sacrifie* | sur la sellette | sur le carreau
        | rayes de la carte | biffe* | tailler | retranche* | deleste* | degraisse* | se separe
        | se separer | reduction | reduire | reduit | detruits | job cuts | cut jobs | cuts jobs | slash*
        | axes | axing | laid off | lose | loses | lost | must go | let go | abbau | abbaut | abzubauen
        | streicht | gestrichen | coupes claires | coupe claire | coupe dans | degraissage | rayes | rayee
        | rayees | supprimee | biffes | gommes | sabre | sabrer | sabrent | ampute | amputee | evapores""",
    "sacked": """licencie | licencies | licenciee | licenciees | licencier | licenciera
        | licenciement collectif | licenciement | licenciements | licenciement economique
        | licenciements economiques | plan social | plans sociaux | plan de sauvegarde de l emploi
        | rupture conventionnelle collective | plan de depart | plan de departs | departs contraints
        | departs volontaires | congedi* | renvoyes | lettres de licenciement | procedure de licenciement
        | massenentlassung* | kundigungen | layoffs | redundancies | plan de departs volontaires
        | plan de licenciement | plan de licenciements | lettres de licenciements | vont devoir partir
        | va devoir partir | devront partir | pousses vers la sortie | poussees vers la sortie
        | pousse vers la sortie | contrats ne seront pas renouveles | contrats non renouveles
        | contrats ne sont pas renouveles | interimaires ne seront pas reconduits
        | contrats d interim stoppes | intérimaires remercies | remercies | perdent leur travail
        | perd son emploi | perdent leur emploi | prive d emploi | prives d emploi | priver d emploi
        | charrette | charrettes | departs forces | restent sur le carreau | sur le carreau""",
    "close": """ferme | ferment | fermer | fermera | fermeront | fermerait | fermeture | fermetures
        | fermee | fermees | fermant | met la cle sous la porte | mettre la cle sous la porte
        | baisse le rideau | baisser le rideau | cesse | cesser | cessera | cessent | cessation d activite
        | arret definitif | arrete definitivement | debranche* | s eteint | s eteindra | demantelement
        | fin de la production | arret de la production | arrete la production | arreter la production
        | arreter sa production | arrete sa production | mettre fin | met fin | s arrete | s arretera
        | rideau | closes | closure | close down | shut down | shuts | schliessung | stillgelegt
        | delocalise* | delocaliser | delocalisation | transfere* | transferer | transfert | quitte
         | clap de fin | tire le rideau | tirer le rideau | arret de l activite
        | arret des activites | quitte le site | quitte la ville | quitte la region | quitte le territoire
        | quitte la france | met un terme a | mettre un terme a | mettra un terme a | baissera le rideau
        | a baisse le rideau | arrete sa ligne | arrete ses lignes | arrete la ligne
        | arrete la fabrication | arreter la fabrication | arrete sa fabrication | arretera
        | ne tournera plus | ne tourneront plus | va s eteindre | vont s eteindre | eteint ses fours
        | eteindre ses fours | tout arreter | plie bagage | plier bagage | cle sous la porte
        | cle sous le paillasson | tourne la page de l usine | vit ses derniers jours
        | vit ses dernieres heures | dernieres heures""",
    "doomed": """menace de fermeture | menacee de fermeture | menaces de fermeture | risque de fermer
        | fin de l equipe | fin a l equipe | pas d avenir | avenir incertain | avenir menace
        | avenir compromis | ne peut plus garantir | condamne l usine | condamne le site
        | bien une fermeture | fermeture definitive | ferme pour de bon | ferme definitivement
        | fermera definitivement | fermera ses portes | ferme ses portes | cesse son activite
        | cesse de produire | cesse de fabriquer | arret de la production | arrete la production
        | arreter la production | disparition d emplois | casse sociale | vague de licenciements
        | suppression de postes | suppressions de postes | suppression d emplois | suppressions d emplois
        | postes supprimes | emplois supprimes | emplois menaces | postes menaces
        | craignent pour leur emploi | craignent pour leurs emplois | craint pour son emploi
        | inquiets pour leur emploi | inquiets pour leurs emplois | peur pour leur emploi
        | inquietude pour l emploi | inquietudes pour l emploi | perdre leur emploi | perdre leurs emplois
        | perdent leur emploi | perdront leur emploi | perdu leur emploi | menacent l emploi
        | rideau definitif | ne rouvrira pas | cessera toute activite | cesse toute activite
        | cessation de l activite | reduction d effectifs | reduction des effectifs | reduit la voilure
        | reduire la voilure | reduira la voilure | taille dans le vif | tailler dans le vif
        | taille dans ses effectifs | tailler dans ses effectifs | tranche dans le vif
        | coupe dans ses effectifs | degraisse ses effectifs | degraisser ses effectifs
        | met un terme a sa production | met un terme a la production | mettre un terme a sa production
        | met un terme a son activite | mettre un terme a l activite | arret de la fabrication
        | fin de la fabrication | fin de la production | cessera sa production | la production cessera
        | production cessera | dernieres lettres de licenciement | saignee sociale
        | coup de massue pour les salaries | avenir s assombrit | l avenir s assombrit | emplois en jeu
        | emplois seraient menaces | emplois en sursis | emplois sont menaces | emplois en danger
        | salaries sacrifies | postes en moins | postes de moins | equipes au lieu de trois
        | equipe au lieu de deux | fermera ses grilles
        | supprime une equipe | supprime l equipe | supprime son equipe | suppression d une equipe
        | suppression de l equipe""",
    "dismissed": "remercies | remerciees | remerciee | mis a la porte | mises a la porte | mis dehors",
    "condemned": """est condamne | est condamnee | semble condamne | semble condamnee | condamne a fermer
        | condamnee a fermer | condamne a disparaitre | condamnee a disparaitre""",
    "walkout": "greve | greves",
    "last day": """dernier jour de travail | derniers jours de travail | dernier jour d activite
        | derniere journee de travail""",
    "unrest": """mouvement social | conflit social | mobilisation des salaries | colere des salaries
        | appel a la greve | cessent le travail | arret de travail""",
    "pse": "pse | plan social | rcc",
    "strike": """en greve | greve illimitee | grevistes | greviste | debrayage | debrayages
        | semaine de greve | mouvement de greve | piquet de greve | blocage de l usine | bras de fer social
        | se mettent en greve
        | piquets de greve | bloquent l usine | bloquent le site | debraye | debrayent""",
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
        | administration judiciaire | sanierungsverfahren | glaubigerschutz | zahlungsunfahig*
        | conciliation au tribunal | procedure de conciliation | juges consulaires
        | protection du tribunal | gel de ses dettes | sous sauvegarde | est liquidee | est liquide
        | sera liquidee | ete liquidee | ete liquide | mise en liquidation | plan de redressement
        | plan de sauvegarde | sous administration | sous administration judiciaire
        | surveillance d un administrateur | honorer ses echeances | honorer ses dettes
        | honorer ses factures | payer ses fournisseurs | l ags | les ags | sollicite une sauvegarde
        | demande une sauvegarde | obtient une sauvegarde | mise en redressement | mis en redressement
        | mise sous sauvegarde | banqueroute | fait faillite | ont fait faillite | depots de bilans
        | au bord de la faillite | au bord du depot de bilan | commissaire au sursis | concordataire
        | plan d apurement | etaler sa dette | etalera sa dette | etaler ses dettes
        | procedure d insolvabilite | sous la protection de la justice | protection de la justice
        | liquidee | liquide avec | liquidation prononcee | liquidation immediate | au mandataire
        | le mandataire | du mandataire""",
    "business court": """tribunal de commerce | tribunal des activites economiques
        | tribunal des affaires economiques | chambre commerciale | juge commissaire | commercial court
        | tae de | handelsgericht | tribunaux de commerce""",
    "court": "tribunal | tribunaux | juges | justice | court | audience | judiciaire",
    "reprieve": """sursis | delai supplementaire | renvoie sa decision | en delibere | delibere
        | se prononcera | se prononce | a tranche | tranchera | decision attendue | sort de | se joue
        | rendra sa decision | repit | au chevet | mois pour se retourner | mois pour rebondir | delai
        | dernier delai | date butoir | ultime chance | derniere chance | a la barre | trancheront
        | trancher | decideront""",
    "creditors": "creanciers | creances | passif | dettes | dette | impayes | tresorerie",
    # --- ownership ------------------------------------------------------------------------------------
    "takeover": """offres pour la | offres pour le | offres pour l | rachat | rachats | rachete | rachetee
        | rachetes | rachetees | racheter | rachetent | rachetera | repreneur | repreneurs | acquereur
        | acquereurs | offre de reprise | offres de reprise | plan de reprise | candidat a la reprise
        | candidats a la reprise | projet de reprise | dossiers de reprise | reprise par | repris par
        | reprise a la barre | reprend l usine | reprend le site | reprend l entreprise
        | reprend la societe | reprend les activites | reprendre l entreprise | reprendre l usine
        | acquiert | acquerir | fait l acquisition | l acquisition d | acquisition de la societe
        | met la main sur | mettre la main sur | passe sous pavillon | passe sous le controle
        | passe aux mains | passe dans le giron | tombe dans l escarcelle | entre dans le giron
        | change de mains | change de proprietaire | changer de proprietaire | cherche un acheteur
        | cherchait un acheteur | cherche preneur | mise en vente | mis en vente | vendu a | vendue a
        | vendus a | cede a | cedee a | ceder les | ceder ses | ceder son | ceder sa | cede son | cede sa
        | cede ses | la cession | cession d | cessions | plan de cession | fusion | fusionne | fusionnent
        | fusionner | prise de controle | prend le controle | prend le controle de
        | prise de participation majoritaire | rejoint le groupe | rejoint la societe | lbo | obo
        | transmission d entreprise | transmet son entreprise | takeover | take over | takes over
        | taken over | acquires | acquire | acquired | acquisition | buys | to buy | buy the | rettet
        | buyer | buyout | ubernahme | ubernimmt | ubernommen | kauft | kaufer | verkauft | verkauf
        | a ete repris | a ete reprise | ont ete repris | est repris | est reprise | nouveau proprietaire
        | nouvel actionnaire | vente de l usine | vente du site | vente de l entreprise
        | vente de la societe | change d actionnaire | changement d actionnaire
        | changement d actionnaires | changement de proprietaire | s empare de | s emparer de
        | se porte acquereur | se portent acquereurs | se portent candidats | trouve preneur
        | trouve un repreneur | trouve un acquereur | trouve acquereur | trouve un acheteur
        | devient proprietaire | deviendra proprietaire | devenir proprietaire | repasse sous
        | sous controle francais | sous controle etranger | rejoint la famille | avale | s adjuge
        | s adjugent | s offre son concurrent | s offre son rival | ne font plus qu un
        | ne feront plus qu un | ne faire plus qu un | change de giron | transmission est signee
        | transmission familiale | transmet l entreprise | transmet la societe | transmet son affaire
        | cede son affaire | cede l entreprise | cede la societe | cede l usine
        | cede les renes du capital | cede la majorite | cede le controle | confie les cles
        | confie l entreprise a | prend une part minoritaire | prend une part majoritaire
        | prend une participation | prise de participation | prend part au capital | monte au capital
        | entre a hauteur de | entrer a hauteur de | detient desormais | detient maintenant | detiendra
        | entre dans l escarcelle | tombe dans le giron | tombe aux mains | passe entre les mains
        | passe sous la coupe | passe sous la banniere | racheteur | rachete par | acquereur potentiel
        | repris a la barre | reprise en main par | sous la banniere du groupe | sous pavillon
        | integre le groupe | integrer le groupe | rejoindre le groupe | rejoindra le groupe | s adosse a
        | s adosser a | negocie en exclusivite | negociations exclusives
        | entre en negociations exclusives | offre de rachat | offres de rachat
        | met la main a la poche pour | l integralite des parts | l integralite du capital
        | rachetant les parts | racheter les parts | rachete les parts | pacte d actionnaires
        | joint venture rachetee | trouve repreneur | cherche repreneur | cherche un repreneur
        | en quete d un repreneur | en quete de repreneur
        | change de main | change d actionnaires | change de proprietaires | prend la main sur""",
    "sells": """vendre | vend | met en vente | mettre en vente | cherche a vendre | se separe de
        | se separer de | se desengage | se desengager | debarrasser de | ceder | se separe | se separent
        | se separera | se deleste | cherche acquereur pour | se defait de | se defaire de | confie
        | lache | lachent""",
    "own site": """son usine | son site | ses usines | ses sites | sa filiale | ses filiales
        | son activite | ses activites | sa division | sa branche | sa participation | ses parts
        | son atelier | son usine de | sa fabrique | sa fonderie | sa forge | sa laiterie | sa distillerie
        | la distillerie | la fonderie | la manufacture | la scierie | la brasserie | l usine | l atelier
        | la fabrique | sa marque""",
    "sale of": "vente de la | vente de l | vente du | vente d une | revente de la | revente de l | revente du",
    "unit": """division | branche | filiale | activite | activites | participation | societe | entreprise
        | moitie""",
    "offer": "offre | offres | proposition de reprise",
    "chosen": "retenue | retenues | choisie | preferee | l emporte | selectionnee | validee",
    "marries": "mariage | se marient | unissent leurs forces | rapprochement | se rapprochent",
    "treats itself one": """s offre un | s offre une | s offrent un | s offrent une | s est offert un
        | s est offert une""",
    "treats itself": """s offre la | s offre le | s offre l | s offre son | s offrir la | s offrir l
        | s offrir le | s adjuge | s adjugent | s est offert | s offrent | s offrira | s offrait""",
    "sold": "a ete vendu | a ete vendue | est vendu | est vendue | vient d etre vendu | vient d etre vendue",
    "absorbs": "absorbe | absorber | absorbera | absorption | avale | engloutit | croque | gobe",
    "majority": """majoritaire | la majorite du capital | totalite du capital | 100 du capital | 51 du capital
        | 60 du capital | 70 du capital | 75 du capital | 80 du capital | 90 du capital | la totalite des parts
        | de la totalite""",
    "resume": "reprise | reprend | reprendre | reprendra | repris | reprises | reprendraient | reprit",
    "bids": """offre | offres | candidat | candidats | candidature | candidatures | repreneur | repreneurs
        | acquereur | acquereurs | confie | attribue | choisi | retenu | partage entre | bid | bids""",
    "sale": """confie | partage entre | vente | vend | vendre | vendu | vendue | acheteur | acheteurs
        | sauveur | offres | offre | candidats | candidat | candidature | proposition | propositions
        | acquisition | acquisitions | cession | ceder | cede | bid | offers | repreneurs | attribue
        | choisi | retenu | acquereur | dossiers
        | to sell | sells | selling""",
    # --- money in -------------------------------------------------------------------------------------
    "invests": """investit | investir | investira | investissent | investirait | investiront | a investi
        | ont investi | investissement | investissements | reinvestit | reinvestir | plan d investissement
        | programme d investissement | investissement industriel | invests | invest | investment | investing
        | investiert | investition | investitionen | investiere*""",
    "spends": """consacre | consacrer | consacrera | consacrent | engage | engages | engagent | engager
        | injecte | injecter | injectera | depense | depenses | depensent | depensees | debourse | debourser
        | mise | remet | met | mettre | mettent | prevoit | financer | allonge | budget | enveloppe
        | chantier | ausgegeben | serviront | servira | iront | ajoute | ajoutent | pese | cout | coutera
        | invest*
        | montant de l operation | montant du projet | montant des travaux | debloque | debloquer | alloue
        | a mis | ont mis | aura mis | auront mis""",
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
        | ouvre son capital | fundraising | funding round | raises | finanzierungsrunde | kapitalerhohung
        | sa levee | leur levee | accueille a son capital | accueillent a leur capital
        | fait entrer au capital | financement participatif | crowdfunding | argent frais
        | tour d amorcage | serie c | remettre au pot | remet au pot | remettent au pot
        | fait le plein de cash | seduit les investisseurs | seduit des investisseurs
        | convainc les investisseurs | convainc des investisseurs | convaincu des investisseurs
        | seduire les investisseurs | entree en bourse | introduction en bourse | s introduit en bourse
        | s introduire en bourse | entrer en bourse | prets participatifs | pret participatif
        | obligations relance | entrent dans le capital | entre dans le capital | montent a bord
        | financements leves | renforce ses fonds propres | renforcer ses fonds propres
        | nouveau tour de financement | premier tour de financement | tour de financement | closing
        | demarche les fonds | demarche des fonds | demarcher des fonds | demarche des investisseurs""",
    "raise verb": """leve | lever | levent | levera | a leve | leves | raises | raised | raise | boucle
        | boucler
        | levee | levees""",
    "gathers": """reuni | reunit | reunir | recolte | recoltent | collecte | collectent | mobilise
        | mobilisent | obtenu | obtient | apporte | apportent | apporter | apportera | securise | engrange
        | finalise | convaincu | seduit | injecte | injectent
        | apportes | apportee | apportees | reunis | investissent dans | investit dans""",
    "investors": """investisseurs | investisseur | business angels | fonds d investissement | fonds regionaux
        | fonds regional | fonds souverain | capital risqueurs | actionnaires | au capital
        | financement participatif""",
    "sum": "millions | million | milliard | milliards | euros | m€ | m | francs | k€",
    "startup": """start up | startup | jeune pousse | jeunes pousses | medtech | biotech | deeptech
        | greentech | cleantech | fintech | pepite | jeune societe | jeune entreprise | jeunes societes
        | spin off | essaimage | fondateurs | fondatrice""",
    "stake": "du capital | au capital | son capital | participation minoritaire",
    "fund": """fonds d investissement | fonds | bpifrance | investisseur | investisseurs
        | banque des territoires | family office | fonds souverain | fonds americain | fonds allemand
        | fonds suisse | fonds francais | fonds parisien | fonds parisiens | fonds europeens de capital
        | business angels""",
    "seeks": """cherchent de l argent | cherche des fonds | cherche des investisseurs
        | demarcher investisseurs | cherchent des investisseurs | investisseurs | business angels""",
    "buys machine": """acquisition d une nouvelle | acquisition d un nouveau | acquisition de nouvelles
        | acquisition de nouveaux | acquisition d une machine | acquisition d une presse
        | acquisition d un four | acquisition d une ligne | acquisition d un robot | acquisition de robots
        | acquisition de machines | acquisition de deux | acquisition de trois | achat d une machine
        | achat d une presse | achat d un four | achat de machines | achete une machine
        | achete une presse | achete un four | renouvelle son parc | renouveler son parc
        | acquerir une machine | acquerir une presse | acquerir un four | acquis une machine | acquis une presse""",
    "aid": """subvention | subventions | subventionne* | aide publique | aides publiques | aide de l etat
        | aides de l etat | aide de la region | aides de la region | aides europeennes | aide europeenne
        | aide a | aidee a | aide par | aidee par | aides par | avance remboursable
        | avances remboursables | pret a taux zero | prets publics | prêt public | argent public
        | fonds publics | france 2030 | france relance | plan de relance | bpifrance | feder
        | fonds europeens | fonds europeen | appel a projets | soutien de l etat | soutien de la region
        | appui de l etat | commande publique | commande de l etat | marche public | ses prets | subsidies
        | state aid | grant | grants | fordermittel | zuschuss | argent du feder | le feder | du feder
        | aides d etat | coup de pouce public | deniers publics | credits publics | dotation publique
        | avance de la region | avances de la region | pret d innovation | prets d innovation
        | plan france 2030 | fonds de la region | fonds vert | france 2030 a | fonds de transition juste
        | bonus ecologique industriel | pret garanti par l etat | credit d impot recherche
        | territoire d industrie""",
    "public body": """la region | conseil regional | l etat | le departement | conseil departemental
        | la metropole | l agglomeration | l europe | l union europeenne | l ademe | ademe | bpifrance
        | la banque publique | banque des territoires | le gouvernement | communaute de communes
        | agence de l eau | bruxelles | bercy | le conseil regional | la commission europeenne
        | france 2030 | le conseil departemental | la collectivite europeenne d alsace | le feder
        | la prefecture | le grand belfort | le grand besancon | dijon metropole | l eurometropole
        | la banque publique d investissement | le ministere | les collectivites""",
    "grants": """accorde | accorder | accordera | verse | versera | verser | octroie | octroyer | attribue
        | attribuera | alloue | debloque | debloquer | vote | soutient | soutiendra | finance | financera
        | cofinance | cofinancee | subventionne | aide | aidera | aider | apporte | soutien | pret | prets
        | avance | au secours | coup de pouce | a la rescousse | la main a la poche | delie les cordons
        | delier les cordons | eponge | eponger | prend a sa charge | prend en charge | parie | mise
        | accompagne | accompagnera | abonde | met au pot | retient | a retenu | ont retenu | complete
        | aideront | aident | votent | a vote | rallonge | signe un cheque""",
    "from public": """de la region | de l etat | du conseil regional | du departement | de l europe
        | de la metropole | de l agglomeration | de l ademe | de bpifrance | de l union europeenne""",
    "cofinanced": "cofinance | cofinancee | cofinances | cofinancees | cofinancement",
    "programme": """france 2030 | france relance | plan de relance | appel a projets | appels a projets
        | territoires d industrie | feder""",
    "wins": """laureat | laureate | laureats | laureates | retenu | retenue | retenus | retenues | selectionne
        | selectionnee | selectionnes | selectionnees | beneficie | decroche | remporte | aide | soutient""",
    "public buyer": """armee | armees | ministere des armees | direction generale de l armement | sncf
        | ratp | gendarmerie | marine nationale | etat | ministere | hopitaux de paris | police nationale
        | marine | administration penitentiaire | region | regions | departement | nato | otan""",
    "public orders": """commande | commandes | commander | passe commande | notifie | contrat | marche
        | marches | a signe | appel d offres | attribue | attribuee | commandee | bon de commande""",
    "granted": """accorde | accordee | accordent | accorder | accordera | vote | votee | octroie
        | octroyee | attribue | attribuee | obtient | obtenu | recoit | recu | decroche | beneficie
        | laureat | laureate | laureats | laureates | a hauteur de | verse | versee | verses | promis
        | promise | debloque | debloquee | finance | soutien | aidee | aide | rappelle | recuperer
        | approuvee | approuvees | votees | accordees | validee | validees | votes | vote jeudi | signe
        | signee | retenu | retenue | attribues | attribuees | accordes | credite | decrochent | touche
        | touchera | empoche""",
    # --- employment up --------------------------------------------------------------------------------
    "hires": """reembauche | reembauchent | recrute | recrutent | recruter | recrutera | recruteront
        | recrutement | recrutements | embauche | embauchent | embaucher | embauches | embauchera
        | embaucheront | embauchees | embauchee | recrutes | recrutees | recrutee | va recruter
        | va embaucher | peine a recruter | creation d emplois | creations d emplois | creation de postes
        | creations de postes | creer des emplois | emplois crees | postes crees | postes ouverts
        | postes a pourvoir | cdi a pourvoir | job dating | cherche a pourvoir | plan de recrutement
        | hires | hiring | hire | recruits | recruiting | new jobs | stellt ein | neueinstellungen
        | einstellen | arrivees en | emplois annonces | emplois promis | emplois attendus
        | emplois a la cle | emplois supplementaires | nouveaux emplois | nouveaux postes
        | etoffer ses equipes | etoffe ses equipes | etoffer ses effectifs | renforcer ses effectifs
        | renforce ses effectifs | renforcer ses equipes | gonfler ses effectifs | augmenter ses effectifs
        | double ses effectifs | doubler ses effectifs | doubler l effectif | nouveaux salaries
        | nouvelles recrues | nouveaux collaborateurs | nouveaux operateurs | nouveaux techniciens
        | penurie de main d oeuvre | manque de main d oeuvre | en manque de bras | postes a prendre
        | emplois a prendre | postes vacants | muscle ses equipes | muscler ses equipes
        | grossir ses rangs | grossir leurs rangs | grossit ses rangs | etoffer son equipe
        | etoffe son equipe | etoffent leurs equipes | etoffer leurs equipes | renforcer son equipe
        | renforce son equipe | renforce ses equipes | renforcent leurs equipes | gonfle ses effectifs
        | gonfle ses rangs | double ses equipes | doubler ses equipes | double l effectif
        | campagne de recrutement | campagne d embauche | campagne d embauches | vague d embauches
        | vague de recrutements | journee de recrutement | operation recrutement
        | operation seduction aupres des candidats | restent vacants | reste vacant | restent a pourvoir
        | reste a pourvoir | a pourvoir ses postes | a pourvoir des postes | a pourvoir tous ses postes
        | postes non pourvus | postes restent vides | emplois restent vacants | chasse aux talents
        | chasse aux candidats | fiches de paie de plus | sans cv | prime de cooptation
        | contrats a prendre | contrats sont a prendre | places a prendre | debutants acceptes
        | debutants bienvenus | demandeurs d emploi a venir | ouvre ses portes aux demandeurs d emploi
        | renforts attendus | en renfort | redonne du travail | penurie de bras | penurie de candidats
        | manque de candidats | manque cruel de main d oeuvre | deficit de main d oeuvre
        | tension sur l emploi | difficultes de recrutement | difficulte a recruter | mal a recruter
        | vivier de candidats | appel a candidatures | appel aux candidatures | cherche preneurs
        | nouveaux visages | nouvelles embauches""",
    "hired": """seront embauches | seront embauchees | seront recrutes | seront recrutees | sera embauche
        | sera recrute | ont ete embauches | ont ete embauchees | ont ete recrutes | ont ete recrutees
        | emplois seront crees | postes seront crees | vont etre embauches | vont etre recrutes
        | seront crees | recherche de bras | manque de bras | cherche des bras | postes sont a pourvoir""",
    "joins": """rejoindront | integreront | viendront renforcer | viendront grossir | vont rejoindre
        | vont integrer | doivent rejoindre | doit rejoindre | devront rejoindre | devraient rejoindre
        | viendront rejoindre | rejoindraient | rejoignent | arriveront | grossiront les rangs
        | viendront etoffer | vont etoffer | seront accueillis | seront accueillies""",
    "workers": """techniciens | ingenieurs | operateurs | soudeurs | chaudronniers | usineurs | fraiseurs
        | tourneurs | regleurs | outilleurs | monteurs | mecaniciens | electriciens | decolleteurs
        | polisseurs | horlogers | conducteurs de ligne | caristes | couturiers | couturieres | menuisiers
        | main d oeuvre | candidats | profils | salaries | ouvriers | apprentis | intérimaires
        | saisonniers | maroquiniers | verriers | cuisiniers industriels | electroniciens | automaticiens
        | bras | paires de mains | main d oeuvre qualifiee | sertisseurs | sertisseuses | selliers
        | brodeuses | tisseurs | desosseurs | peintres | cableurs | developpeurs | developpeuses
        | frigoristes | plieurs | toliers | fondeurs | forgerons | tuyauteurs | rectifieurs | affuteurs
        | mecaniciennes | bijoutiers | lunetiers | ajusteurs | dessinateurs | electromecaniciens
        | agents de production | conducteurs de machine | conducteurs | bouchers | laborantins
        | perles rares | talents | jeunes recrues | coureurs de fond de l industrie | piqueuses
        | retoucheurs | moulistes | plasturgistes | emailleurs | remonteuses | visiteuses | scieurs
        | charpentiers | tonneliers | brasseurs | cuisinistes | alternants | informaticiens | metrologues
        | electriciennes""",
    "lacks": """peine a trouver | peinent a trouver | du mal a trouver | ne trouve pas | ne trouvent pas
        | ne trouve plus | ne trouvent plus | manque de | manquent de | penurie de | a court de
        | il manque | il nous manque | besoin de | besoin d | ne parvient pas a trouver
        | ne parviennent pas a trouver | n arrive pas a trouver | n arrivent pas a trouver | s arrache
        | s arrachent | peine a attirer | peinent a attirer | peine a recruter | manquent | manque
        | manquera | desespere de trouver""",
    "sought": """recherche | recherches | recherchee | recherchees | recherchent | cherche | cherchent
        | demandes | demandees | attendus | attendues | en quete de | en quete d | a la recherche de
        | a la recherche d | s arrache | s arrachent | convoite | convoitent | courtise | courtisent
        | traque | traquent | veut attirer | veulent attirer | peine a attirer | peinent a attirer""",
    "engages": "engage | engagent | engagera | engageront",
    "will employ": "emploiera | emploieront | fera travailler | feront travailler",
    "people": "personnes | salaries | ouvriers",
    "offers": "propose | proposent | proposera | ouvre | ouvrent | ouvrira | offre | offrent",
    "contracts": "cdi | postes | emplois | contrats a duree indeterminee",
    "creates": """prevus | prevues | cree | creer | creera | creent | creeront | creation | creations
        | crees | creees | annonces | promis | promet | attendus | a la cle | recherche* | recherches
        | cherche | cherchent | supplementaires | pourvoir | amenent | ouverts | creating | create | creates
        | arrivees | recrues""",
    # --- places of work up ----------------------------------------------------------------------------
    "settles": """sort de terre | sortira de terre | va sortir de terre | verra le jour | va voir le jour
        | s implante | s implanter | s implantera | s implantent | implante sa | implante son
        | implante une | implanter une | nouvelle implantation | l implantation d | choisit de s installer
        | s installe a | s installera | s installe dans | s installer a | emmenage | emmenager
        | pose ses valises | nouvelle usine | nouvelle manufacture | usine neuve | manufacture neuve
        | fabrique neuve | nouveau site | nouveau site de production | projet d usine | premiere usine
        | premier site francais | seconde usine | deuxieme usine | neue fabrik | neues werk | new plant
        | new factory | opens a plant | opens a factory | opens plant | implante un | implantera un
        | implantera une | implantera son | implantera sa | implanter un | implanter son | implanter sa
        | prend pied | prendre pied | prendra pied | prend ses quartiers | prendra ses quartiers
        | prendre ses quartiers | prend racine | pose ses machines | posera ses valises
        | posent leurs valises | poser ses valises | plante son drapeau | plantera son drapeau
        | ouvre un site | ouvrira un site | ouvre une unite | ouvrira une unite | transfere son siege
        | installe son siege | installera son siege | nouveau siege | nouvelle unite de production
        | futur centre | premier site en france | projet d implantation | projets d implantation
        | veut s implanter | va s installer | vont s installer | viendra s installer | reprendra la halle
        | investit une friche | investir une friche | retenu une friche | choisi une friche
        | rachete une friche""",
    "chooses": """a choisi | choisit | choisissent | ont choisi | jette son devolu | jete son devolu
        | retenu le site""",
    "to settle": """installer | s installer | s implanter | implanter | construire | batir | ouvrir
        | accueillir""",
    "arrival": "arrivee d un | arrivee d une | arrivee du | arrivee de la | arrivee prochaine",
    "is built": """sera construit | sera construite | seront construits | va etre construit
        | va etre construite | sera edifie | sera edifiee | sera implante | sera implantee
        | sera installee | sera installe | s eleve bientot | s elevera | sera batie | sera bati
        | seront batis | seront baties | sera erige | sera erigee | est annonce | est annoncee
        | annoncee a | annonce a | sera inauguree | sera inaugure | sera lance | sera lancee
        | sera ouverte | sera ouvert""",
    "arrives": "arrive a | arrive dans | arrive en | debarque a | debarque dans | debarque en",
    "first stone": "premiere pierre",
    "sets on": "jette son devolu | jete son devolu",
    "future site": """future usine | futur site | future unite | future fabrique | future gigafactory
        | future manufacture | futur atelier | futures usines""",
    "will host": """va accueillir | accueillera | accueillera l usine | va accueillir l usine
        | pour accueillir | decroche | obtient | remporte | heritera
        | accueille""",
    "founds": """va creer | creera | creer | cree | va monter | montera | edifiera | edifier | batira
        | va batir""",
    "a factory": """une usine | une unite de production | une unite d | une fabrique | une manufacture
        | un site de production | un site industriel | une gigafactory | une filiale | une antenne
        | un atelier de production""",
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
        | un centre logistique | un centre de donnees | un data center | une base logistique
        | une plateforme logistique | un siege | un showroom | un hub | un centre de maintenance
        | une ecloserie industrielle | une chaufferie | une centrale | un parc industriel""",
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
        | construit un batiment | doubler de surface | double de surface | doublera de surface
        | tripler de surface | doubler de taille | double de taille | doublera de taille
        | doublera sa surface | second hall | deuxieme hall | second atelier | deuxieme atelier
        | troisieme atelier | deuxieme batiment | troisieme batiment | nouveau hangar | extension de son
        | extension de sa | extension de l usine | extension du site | double la taille
        | doubler la taille | triple la taille | doublera la taille | tripler sa surface | ajoute une aile
        | ajouter une aile | ajoutera une aile | repousse les murs | repousser les murs
        | repousse ses murs | pousse ses murs | poussent les murs | pousser ses murs | pousse ses cloisons
        | etend son usine | etend son site | etend son atelier | etend sa fabrique | etendre son usine
        | etendre son site | etendre son atelier | etendra son usine | voit plus grand | voient plus grand
        | voir plus grand | metres carres en plus | m2 de plus | batiment contigu | batiment attenant
        | batiment voisin | hall en chantier | batiment jumeau | aile supplementaire | double de volume
        | doubler de volume | trop a l etroit | manque de place | a l etroit dans ses murs
        | a l etroit dans ses locaux | gagner en surface | gagne en surface | surface doublee
        | surface de production doublee | porte sa surface | porter sa surface | extension en cours
        | extension prevue | agrandira son | agrandit son | agrandit sa | agrandir son | agrandir sa
        | agrandissent leur | deuxieme ligne en construction | nouveau batiment de production
        | batiment supplementaire | deuxieme tranche de l usine | nouvelles surfaces""",
    "enlarges": """porter | passer de | passera de | ajouter | ajoute | ajoutera | batira | batir
        | construire | couverts | supplementaires | extension | triple | double
        | doubler
        | de plus | completer | complete | completera | s etendre | s etend | s etendra
        | gagne | gagner | gagnera""",
    # --- the rest -------------------------------------------------------------------------------------
    "patent": "brevet | brevets | patent | patents",
    "invents": """brevete | brevetent | depose un brevet | depose deux brevets | brevet depose
        | met au point | mettent au point | mettre au point | mis au point | prototype | prototypes
        | demonstrateur | demonstrateurs | nouveau procede | procede innovant | premiere mondiale
        | recherche et developpement | transfert de technologie | projet de recherche | projets labellises
        | projet labellise | laureat du concours d innovation | banc d essai | bancs d essai
        | met a l essai | premier exemplaire | prototype fonctionnel | phase d experimentation
        | phase de test | phase de tests | en phase d essai | brevetee | brevetees | brevetes
        | procede brevete | technologie brevetee | premiere du genre | unique au monde
        | laboratoire commun | labcom | chaire industrielle | mise au point d un | mise au point d une
        | premiere europeenne | inedit en europe | inedite en europe | unique en europe | unique en france
        | premier au monde | premiere au monde | premier en europe | premiere en europe | ans de recherche
        | ans de recherches | ans de mise au point | annees de recherche | annees de recherches
        | annees de mise au point | annees de developpement | ans de developpement
        | propriete industrielle | a l inpi | imprimee en 3d | imprime en 3d | imprimes en 3d
        | sort du laboratoire | sortie du laboratoire | sorti du laboratoire | sort des laboratoires
        | perce le secret | trouve la recette | trouve la parade | brevet europeen | vol d essai
        | vols d essai | essais concluants | essais sont concluants | essai concluant | preuve de concept
        | depots de brevets | depot de brevet | depots de brevet | brevets deposes | familles de brevets
        | invention | inventions | inventeur | inventeurs | autoreparant | premier exemplaire roulant
        | testes grandeur nature | pilote industriel | installation pilote | transfert technologique
        | maturation technologique | issu de la recherche | issue de la recherche | these cifre
        | projet europeen de recherche | rupture technologique | nouvelle generation de
        | mis au point avec | conjointement developpe | percee technologique | decouverte""",
    "invents weak": """innovation | innovations | innovant | innovante | innovants | innove | innover | r d
        | projet collaboratif | projets | developpe | developpent""",
    "has designed": """a concu | ont concu | vient de concevoir | a invente | ont invente | invente un
        | invente une | inventent | a developpe | ont developpe | a imagine | ont imagine | planche sur
        | planchent sur | travaille sur | travaillent sur | devoile | devoilent | a cree un
        | developpent un | developpent une | developpe un | developpe une | lance un | lance une
        | teste un | teste une | testent un | testent une | experimente un | experimente une | va tester
        | a trouve | ont trouve | tient la premiere | tient le premier | tiennent la premiere | a conçu
        | a mis sur pied | a dessine | ont dessine | experimentent un | experimentent une | experimente
        | experimentent | presente un nouveau | presente une nouvelle | devoile son | devoile sa
        | devoilent leur | a devoile | teste | testent | teste l | entraine | lance la premiere
        | lance le premier""",
    "novelty": """prototype | capteur | robot | procede | materiau | batterie | moteur | alliage
        | exosquelette | dispositif | technique | technologie | emballage | nouveau procede | inedit
        | inedite | revolutionnaire | innovant | innovante | capable de | bio source | biosource
        | compostable | fibre | polymere | valve | liant | verre | implant | drone | vaccin | moule
        | logiciel d analyse | modele roulant | pilote | exemplaire | engin | algorithme | resine
        | actionneur | composite | tissu | procede inedit | premier du genre | extraction""",
    "filed": """depose | deposes | deposent | deposer | protege | proteges | protegee | delivre | delivres
        | obtenu | couvert | couverte
        | detient | detiennent | detenteur""",
    "research": """laboratoire | laboratoires | chercheurs | ingenieurs | pole | femto st | cnrs
        | universite | satt | biomedical | biomedicale | partenaires europeens | chu | inrae | insa
        | ensam | utbm | ensmm | supmicrotech | inserm | cea | ecole d ingenieurs | doctorant | these
        | inpi | universitaires""",
    "awarded": """remporte le prix | remporte un prix | remportent le prix | recoit le prix
        | decroche le prix | un prix pour | prix de l innovation | prix de l entreprise | trophee
        | trophees | distingue | distinguee | distingues | distinguees | decroche le label
        | obtient le label | labellisee epv | label epv | entreprise du patrimoine vivant
        | vitrine industrie du futur | micron d or | microns d or | entreprise de l annee
        | entrepreneur de l annee | medaille d or | palmares | award | recompense | recompensee
        | recompenses | laureat du prix | laureate du prix | recu le prix | recoit un prix
        | jeune pousse de l annee | start up de l annee | a recu un prix | primee | prime par
        | laureat du concours | laureate du concours | laureats du concours | laureat d un concours
        | laureate d un concours | laureat des trophees | laureate des trophees | grand prix du jury
        | medailles d or | medaille d argent | labellise vitrine | labellisee vitrine | designe meilleur
        | designee meilleure | elu meilleur | elue meilleure | elu produit de l annee
        | meilleur fournisseur | meilleurs fournisseurs | sacre entreprise | sacree entreprise
        | sacree meilleure | sacre meilleur | finaliste du prix | finalistes du prix
        | finaliste des trophees | finalistes des trophees | parmi les laureats | parmi les finalistes
        | prix made in france | aiguille d or | grand prix d horlogerie | oscar de l emballage
        | oscars de l emballage | janus du design | recoit le trophee | recoit un trophee
        | recoivent le prix | recoivent l | prix du public | decroche l or | decroche une medaille
        | medailles au concours | decroche une recompense | labellise entreprise du patrimoine
        | labellisee entreprise du patrimoine | entreprises du patrimoine vivant | entre au palmares
        | champion de france des | distinction nationale | decernee a l entreprise
        | decerne a l entreprise | recompensee par | recompense par | recompensees | a ete recompensee
        | a ete recompense | sacree | sacre | couronnee | couronne par | couronnee par | primes | primees
        | label french fab | label rse | laureat national | laureate nationale | laureat regional
        | laureate regionale""",
    "prize": """prix | trophee | trophees | recompense | medaille | medailles | label | distinction
        | oscar | oscars | concours | podium | jury | etoile""",
    "receives": """recu | recoit | remporte | remportent | decroche | decerne | decernee | attribue
        | gagne | obtient | monte sur | convaincu | seduit | rejoint | soulève | souleve | brille | brigue""",
    "appointed": """nomme directeur | nommee directrice | nomme president | nommee presidente | nomme pdg
        | nomme directeur general | nommee directrice generale | est nomme | est nommee
        | prend la direction | prend la tete | prend la presidence | prend les renes | prend les commandes
        | arrive a la tete | prend ses fonctions | prend la barre | prendra la direction | prendra la tete
        | nouveau directeur | nouvelle directrice | nouveau patron | nouvelle patronne | nouveau president
        | nouvelle presidente | nouveau directeur general | nouveau dg | nouveau pdg | elu president
        | elue presidente | succede a | succedera a | lui succede | change de president
        | change de presidente | change de patron | change de directeur | change de direction
        | changement de direction | changement a la tete | quitte la direction | quitte la presidence
        | passe le relais | passe la main | passe le flambeau | cede sa place
        | demissionne de la presidence | appointed | new ceo | new chief executive | neuer chef
        | neuer geschaftsfuhrer | prendra les renes | prendra les commandes | prendra ses fonctions
        | prendra la presidence | a pris la direction | a pris la tete | a pris la presidence
        | a pris les renes | a pris les commandes | a pris ses fonctions | vient de prendre la direction
        | vient de prendre la tete | elue a la tete | elu a la tete | porte a la tete | nomme a la tete
        | nommee a la tete | cede les commandes | cede les renes | laisse les commandes | laisse les renes
        | sera remplace par | sera remplacee par | reprend la direction | reprend les renes
        | reprend la presidence | reprend la tete | aux manettes | a pris les manettes
        | prend les manettes | prend la suite | prendra la suite | cede son fauteuil | cede sa place a
        | dans le fauteuil de | change de tete | changement de tete | porte a la presidence
        | portee a la presidence | elu a la presidence | elue a la presidence | promu directeur
        | promue directrice | promue a la direction | promu a la direction | promue a la tete
        | promu a la tete | mis fin au mandat | met fin au mandat | fin du mandat de
        | se choisit un president | se choisit un nouveau | se choisissent un nouveau
        | se choisissent une nouvelle | se dote d un nouveau directeur | se dote d une nouvelle directrice
        | se dote d un nouveau president | nouvelle equipe dirigeante | nouvelle gouvernance
        | preside desormais | dirige desormais | pilote desormais | prend desormais | chargee de redresser
        | charge de redresser | nouveau directeur de site | nouvelle directrice de site
        | a ete elue presidente | a ete elu president | a ete nommee | a ete nomme | ont elu | succedent a
        | succedera | prend sa succession | a la succession de | prend la releve | passent la main
        | passera la main | transmet les renes | transmet le flambeau | nouveau visage a la tete
        | nouvelle tete | nouveau capitaine | aux commandes de | a la barre de | a la barre du
        | a la barre d | a la tete de l entreprise depuis | est appele a diriger | appelee a diriger
        | appele a diriger | appelee a la direction | directeur par interim | directrice par interim
        | interim est assure | interim assure""",
    "head": """president | presidente | directeur | directrice | pdg | patron | patronne | dg | presidence
        | gerant""",
    "replaces": "remplace | remplacera | remplacent | remplace par | remplacee par",
    "leaves": """quitte l entreprise | quitte le groupe | quitte la societe | quitte ses fonctions
        | quitte son poste | demissionne | demission | tire sa reverence | sur le depart | fait ses adieux
        | jette l eponge | evince | evincee | limoge | limogee | demis de ses fonctions
        | depart a la retraite | part a la retraite | prend sa retraite | debarque | debarquee | revoque
        | revoquee | s en va | s en ira | demissionnaire | pousse dehors | laisse sa place
        | cede son fauteuil | quitte la tete""",
    "nomination": "nomination | nominations | promotion de",
    "board": """direction | directeur | directrice | president | presidente | dg | pdg | tete | gouvernance
        | direction industrielle""",
    "presides": "preside | presidera | dirigera",
    "takes": """transmet | nomme | nommee | elu | elue | remplace | remplacera | rejoint | designe | designee
        | promu | promue | devient | deviendra | intronise | intronisee""",
    "trains": """formation qualifiante | ecole de production | campus des metiers | cqpm | cqp
        | ecole interne | ecole maison | propre ecole | ecole d ingenieurs | nouveau bts | un bts
        | licence professionnelle | cfa | centre de formation | heures de formation
        | parcours de formation | formation maison | ouvre une formation | lance une formation
        | cree une formation | creer une formation | partenariat avec le lycee | apprentis | alternants
        | diplome d ingenieur | cordees de l industrie | formees par | formes par | forme une centaine
        | formations | forme ses | forment leurs | former ses | ecole des | ecole du | une ecole de
        | atelier ecole | une formation de | nouvelle formation | titre professionnel | apprend le metier
        | apprendre le metier | apprennent le metier | plateau technique | pole formation
        | contrat de professionnalisation | contrats de professionnalisation | son ecole | en alternance
        | formes sur | formees sur | formes au | formes aux | formes a la | titre de
        | titre professionnel de | ecole laitiere | ecole d horlogerie | se forment | se former au
        | se former aux | former aux | former a l | formes en | formees en | plateaux techniques
        | centre d apprentis | centre d apprentissage | contrat d apprentissage | contrats d apprentissage
        | s apprend | s apprennent | apprenties | apprentie | nouveau diplome | bts dedie | licence pro
        | bac pro | mention complementaire | formation d ingenieurs | certificat de qualification
        | atelier d apprentissage | cursus | nouveau parcours | filiere de formation | classe de
        | classe d usine | promotion de | reconversion | ecole d entreprise | ecole de l industrie
        | academie interne | academie des metiers | academie | campus industriel | leur campus
        | son campus | propre centre de formation | ecole pour | ecole de couture | ecole de soudage
        | fait ecole | cycle d ingenieur | diplome pour | un diplome | parcours de | master | bachelor
        | se forment au""",
    "starts": """ouvre | ouvrira | ouvriront | ouvrir | ouvert | cree | creera | creent | creer | lance | lancent
        | inaugure | inaugurera | propose | proposera | va former | vont former | met en place | demarre
        | nouveau | nouvelle | nouvel | accueille | accueillera | accueillent | forme | forment | suivre""",
    "learners": """stagiaires | apprentis | alternants | alternance | promotion | eleves | lyceens
        | etudiants | demandeurs d emploi | demandeuses d emploi | apprendront | apprennent | recrues
        | diplomes | metier | lycee | lycees | jeunes | adultes | chomeurs | apprenties | ingenieurs
        | professeurs | tuteurs | places | stages | etudiantes | candidats | reconversion
        | quinquagenaires | promotions | lyceennes | ecoliers d usine | jeunes gens | futurs | demain
        | eleves ingenieurs | chaudronniers | soudeurs""",
    "fair": """micronora | siams | ephj | simodec | global industrie | silmo | jec world | salon jec
        | fakuma | k 2025 | salon professionnel | salon international | salon du bourget
        | salon de l industrie | stand collectif | exposants industriels | mission export
        | convention d affaires | rendez vous d affaires | hydrogen business for climate | pollutec
        | eurobois | salon de la sous traitance | midest | salon mondial | salon industriel | be 5 0
        | salon | techtextil | arab health | opti | mido | medica | compamed | viva technology | vivatech
        | sirha | sial | anuga | eurosatory | euronaval | hannover messe | watches wonders
        | premiere vision | batimat | hyvolution | equip auto | innotrans | solutrans | luxe pack
        | heimtextil | ligna | farnborough | made in france expo | world nuclear exhibition | electronica
        | productronica | emo | interpack | cfia | milipol | medtec | laser world of photonics | bimu
        | industrie lyon | vicenzaoro | baselworld | salon du made in france | salons | stand commun
        | pavillon commun""",
    "named fair": """micronora | siams | ephj | simodec | global industrie | silmo | jec world | salon jec
        | fakuma | midest | eurobois | pollutec | hydrogen business for climate | be 5 0
        | ces de las vegas | salon du bourget | watches and wonders | foire de nuremberg
        | foire de hanovre | k 2025 | techtextil | arab health | mido | compamed | vivatech | sirha
        | anuga | eurosatory | euronaval | hannover messe | watches wonders | batimat | hyvolution
        | equip auto | innotrans | solutrans | luxe pack | heimtextil | farnborough | milipol | interpack
        | cfia | medtec | vicenzaoro | au bourget | du bourget""",
    "takes part": """exposera | exposeront | exposent | expose | presente | presentent | presentera
        | presents | present | participe | participent | participera | ouvre | ouvrira | se tient
        | se tiendra | accueille | accueillera | complet | rendez vous | edition | attend | attendus
        | attendues | stand | stands | visiteurs | exposants | fait le plein | organise | organisera
        | se retrouve | se retrouvent | montre | montrera | devoile | devoilera | reunit | a reuni
        | reunira | lunetiers | fabricants | industriels | decolleteurs | entreprises | pme | start up
        | exposeront leurs | font stand commun | fait stand commun | stand commun | tiennent boutique
        | ont fait le deplacement | reviennent | revient | s exporte | s exportent | se pressent
        | s affichent | s affiche | bilan | dresse le bilan | prochaine edition | reserve leur emplacement
        | allees | emmenees | emmenes | fait le voyage | font le voyage | cap sur | y chercheront
        | seduire""",
    "gathering": """forum | assises | congres | convention d affaires | rencontres | journees techniques
        | rendez vous d affaires | mission export | mission economique | foire | delegation | grand messe
        | journees | sommet | symposium | colloque | convention | table ronde | tables rondes
        | universite d ete | etats generaux | rendez vous""",
    "holds": """prend | prennent | prendra | detient | detiennent | detiendra | monte a | monte au | montera a
        | acquiert | a acquis | rachete | racheter | cede | cedent | ceder | vend | acheter | achete | possede
        | reprend | entre""",
    "trophy": """trophee | trophees | recompense | medaille | medailles | podium | jury | jures | oscar | oscars
        | distinction | palme""",
    "convinces": """convaincu | seduit | impressionne | tape dans l oeil | craque | prefere | recompense | recompensent
        | remporte | remportent | recoit | recoivent | decroche | decrochent | souleve | monte sur | couronne | salue
        | distingue | decerne | decernee | decernes""",
    "rescues": """au secours | a la rescousse | coup de pouce | main a la poche | delie les cordons | delier les cordons
        | delie sa bourse | carnet de cheques""",
    "professionals": """decideurs | industriels | industrie | filiere | donneurs d ordre | exposants
        | entreprises | pme | fabricants | hydrogene | nucleaire | sous traitance | sous traitants
        | plasturgie | bois | export | start up | microtechnique | microtechniques | horlogerie
        | mecanique | metallurgie | robotique | acheteurs | acteurs de la filiere | plasturgistes
        | decolleteurs | tonneliers | fromagers | scieurs | lunetiers | medtech | textile | dirigeants
        | professionnels | aeronautique | defense | plastique""",
    "visitors": """visiteurs | exposants | exposant | allees | emplacement | emplacements""",
    "fair context": """exposants | exposant | stand | stands | visiteurs professionnels | industriels
        | entreprises | pavillon | sous traitants | fabricants | decideurs | presente | expose | exposent
        | pme | start up | decolleteurs | lunetiers | plasturgistes | moulistes | horlogers | bilan
        | edition | visiteurs | stand commun | medtech | societes | dispositifs medicaux | horlogerie
        | textile | aeronautique | lunetterie | machines outils""",
}

#: Regular verbs, of which every form that news writes joins the class; folded, so that « rachète » is « rachete ».
_VERBS: Final[dict[str, str]] = {
    "spends": "depenser debourser consacrer injecter engager debloquer allouer",
    "cut": "supprimer sacrifier",
    "takeover": "racheter",
    "absorbs": "absorber avaler croquer",
    "hires": "recruter embaucher reembaucher",
    "gathers": "recolter collecter mobiliser apporter securiser",
    "grants": "accorder verser attribuer allouer debloquer cofinancer subventionner",
    "founds": "creer edifier",
    "inaugurates": "inaugurer",
    "installs": "installer",
    "sacked": "licencier congedier",
    "offers": "proposer",
}
_ENDINGS: Final = (
    "e",
    "ent",
    "er",
    "era",
    "eront",
    "erait",
    "eraient",
    "es",
    "ee",
    "ees",
    "ant",
    "ait",
    "aient",
)


def _conjugated(infinitives: str) -> tuple[str, ...]:
    """The third persons, participles and infinitives of verbs in -er."""
    return tuple(verb.removesuffix("er") + ending for verb in infinitives.split() for ending in _ENDINGS)


#: Verbs with which idioms begin: regular ones, and the others by the form in which these are written above.
_REGULAR: Final = """absorber adosser ajouter baisser boucler ceder changer chercher confier couper creer decrocher
    deposer doubler entrer etoffer fermer gonfler implanter installer integrer lancer lever monter muscler nommer
    passer planter porter poser pousser quitter racheter remporter renforcer repousser separer tailler tirer tomber
    tripler trouver"""
_IRREGULAR: Final[dict[str, str]] = {
    "acquiert": "acquierent acquerra acquerront acquerir acquis",
    "agrandit": "agrandissent agrandira agrandiront agrandirait agrandir agrandi",
    "choisit": "choisissent choisira choisiront choisir choisi",
    "convainc": "convainquent convaincra convaincre convaincu",
    "detient": "detiennent detiendra detiendrait detenir",
    "devient": "deviennent deviendra deviendrait devenir devenu devenue",
    "etend": "etendent etendra etendront etendrait etendre etendu",
    "met": "mettent mettra mettront mettrait mettraient mettre mis",
    "obtient": "obtiennent obtiendra obtiendront obtenir obtenu",
    "offre": "offrent offrira offriront offrirait offrir offert",
    "ouvre": "ouvrent ouvrira ouvriront ouvrirait ouvrir ouvert",
    "perd": "perdent perdra perdront perdrait perdre perdu",
    "prend": "prennent prendra prendront prendrait prendre pris",
    "recoit": "recoivent recevra recevront recevoir recu",
    "reduit": "reduisent reduira reduiront reduirait reduire",
    "rejoint": "rejoignent rejoindra rejoindront rejoindrait rejoindre",
    "remet": "remettent remettra remettre remis",
    "reprend": "reprennent reprendra reprendront reprendrait reprendre repris",
    "seduit": "seduisent seduira seduire",
    "transmet": "transmettent transmettra transmettre transmis",
}
_FORMS: Final[dict[str, tuple[str, ...]]] = {
    **{present: tuple(forms.split()) for present, forms in _IRREGULAR.items()},
    **{verb.removesuffix("r"): _conjugated(verb)[1:7] for verb in _REGULAR.split()},
}


def _idioms(phrase: str) -> tuple[str, ...]:
    """An idiom in the other forms of its verb: « met la main sur », « mettra la main sur », « s'offrira la »."""
    first, _, rest = phrase.partition(" ")
    reflexive = ""
    if first in ("s", "se"):
        reflexive = f"{first} "
        first, _, rest = rest.partition(" ")
    return tuple(f"{reflexive}{form} {rest}" for form in _FORMS.get(first, ())) if rest else ()


#: « 60 % du capital »: the sign of percent is folded away.
_SHARES: Final = tuple(
    f"{share} {of}" for share in range(10, 101) for of in ("du capital", "des parts", "des actions")
)


def _phrases(name: str, text: str) -> tuple[str, ...]:
    """The phrases of a class, each once."""
    written = [" ".join(phrase.split()) for phrase in text.split("|")]
    others = [form for phrase in written for form in _idioms(phrase)]
    return tuple(dict.fromkeys((*written, *others, *_conjugated(_VERBS.get(name, "")))))


#: The phrases of each class.
CLASSES: Final[dict[str, tuple[str, ...]]] = {
    name: _phrases(name, text) for name, text in _CLASSES.items()
} | {"share": _SHARES}

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
    "appointed": (
        "commissaire est nomme",
        "administrateur est nomme",
        "liquidateur est nomme",
        "mandataire est nomme",
        "administrateur judiciaire est nomme",
        "a la barre du tribunal",
        "a la barre a",
    ),
    "spends": (
        "injecte des",
        "injecte du",
        "injecte les",
        "injectent des",
        "injecter des",
        "investisseur",
        "investisseurs",
    ),
    "grants": ("aide a domicile", "aide sociale", "a l aide de"),
    "wins": ("a l aide de",),
    "a new site": (
        "un atelier d ecriture",
        "un atelier de peinture",
        "un atelier de cuisine",
        "un atelier theatre",
    ),
    "new site": ("atelier d ecriture", "atelier de peinture", "atelier de cuisine", "atelier theatre"),
    "site": (
        "atelier d ecriture",
        "atelier de peinture",
        "atelier de cuisine",
        "ligne de bus",
        "ligne de train",
        "site internet",
        "site web",
        "site touristique",
        "etablissement scolaire",
        "ligne aerienne",
    ),
    "patent": (
        "brevet des colleges",
        "brevet de pilote",
        "brevet de pilotage",
        "brevet de secourisme",
        "brevet de natation",
        "diplome national du brevet",
    ),
    "condemned": ("condamne a payer", "condamnee a payer", "condamne a verser", "condamnee a verser"),
    "sought": (
        "recherche et developpement",
        "centre de recherche",
        "projet de recherche",
        "recherche d emploi",
    ),
    "pse": ("plan social et environnemental",),
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
        "reprend la direction",
        "reprend les renes",
        "reprend la presidence",
        "reprend la tete",
        "reprend des couleurs",
        "reprend espoir",
        "reprend du service",
        "reprend la route",
        "reprise des negociations",
        "reprend le chemin",
    ),
    "insolvency": (
        "azote liquide",
        "hydrogene liquide",
        "argent liquide",
        "gaz liquide",
        "cristal liquide",
        "du liquide",
        "le liquide",
        "un liquide",
        "liquide avant fermeture",
        "oxygene liquide",
        "savon liquide",
        "lait liquide",
        "liquide de refroidissement",
        "tout liquider",
        "liquide tout",
        "liquide le stock",
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
        "a l etroit dans son costume",
        "manque de place en creche",
        "famille s agrandit",
        "equipe s agrandit",
        "equipe va s agrandir",
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
        "sacre coeur",
        "bois sacre",
        "feu sacre",
        "sacre de",
        "sacre champion",
        "sacree championne",
        "sacre coup",
        "sacree soiree",
        "union sacree",
        "concours de beaute",
        "palmares sportif",
        "concours agricole",
        "concours de petanque",
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
        "l acquisition d une nouvelle",
        "l acquisition d un nouveau",
        "l acquisition d une machine",
        "acquerir une machine",
        "acquerir une presse",
        "acquerir un four",
        "l acquisition d une presse",
        "l acquisition d un four",
        "l acquisition d une ligne",
        "l acquisition d un robot",
    ),
    "trains": ("formation politique", "formation d un gouvernement", "formations politiques"),
    "invents": (
        "decouverte du corps",
        "decouverte de la region",
        "decouverte du patrimoine",
        "a la decouverte",
        "visite decouverte",
        "decouverte macabre",
        "brevet des colleges",
        "brevet de pilote",
        "brevet de secourisme",
        "diplome national du brevet",
    ),
    "close": (
        "quitte son atelier",
        "quitte l atelier",
        "cessez le feu",
        "ne cesse de",
        "ne cessent de",
        "n a cesse de",
        "n ont cesse de",
        "ne cessera de",
        "sans cesse",
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
    "hires": (
        "pompiers recrutent",
        "gendarmerie recrute",
        "armee recrute",
        "police recrute",
        "recrutent des volontaires",
        "recrute des volontaires",
        "recrute des figurants",
        "recrute des attaquants",
        "club recrute",
        "chorale recrute",
        "recrute trois attaquants",
        "recrutement de benevoles",
        "recrute des benevoles",
        "recrutement de sapeurs pompiers",
    ),
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
    Rule("suppression-emplois", ("pse", "site"), 0.6, 12),
    Rule("suppression-emplois", ("unrest", "site"), 0.55, 10),
    Rule("suppression-emplois", ("walkout", "site"), 0.6, 4),
    Rule("suppression-emplois", ("last day", "site"), 0.55, 10),
    Rule("suppression-emplois", ("last day", "workers"), 0.55, 10),
    Rule("suppression-emplois", ("unrest", COMPANY), 0.55, 10),
    Rule("suppression-emplois", ("dismissed", "workers"), 0.6, 4),
    Rule("suppression-emplois", ("condemned", "site"), 0.55, 4),
    Rule("suppression-emplois", ("pse", "firm"), 0.6, 12),
    Rule("suppression-emplois", ("pse", "jobs"), 0.6, 12),
    Rule("suppression-emplois", ("pse", COMPANY), 0.6, 12),
    Rule("suppression-emplois", ("idle",), 0.35),
    # courts
    Rule("procedure-collective", ("insolvency",), 0.7),
    Rule("procedure-collective", ("insolvency", "court"), 1.0, 20),
    Rule("procedure-collective", ("insolvency", "firm"), 0.9, 20),
    Rule("procedure-collective", ("insolvency", COMPANY), 1.0, 20),
    Rule("procedure-collective", ("business court",), 0.8),
    Rule("procedure-collective", ("court", "creditors"), 0.6, 16),
    Rule("procedure-collective", ("court", "reprieve", "site"), 0.55, 20),
    Rule("procedure-collective", ("court", "reprieve", "firm"), 0.55, 20),
    Rule("procedure-collective", ("court", "reprieve", COMPANY), 0.55, 20),
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
    Rule("cession-acquisition", ("sells", "own site"), 0.65, 4),
    Rule("cession-acquisition", ("treats itself", "site"), 0.55, 2),
    Rule("cession-acquisition", ("treats itself one", "firm"), 0.6, 1),
    Rule("cession-acquisition", ("treats itself", "firm"), 0.6, 1),
    Rule("cession-acquisition", ("sale of", "site"), 0.6, 1),
    Rule("cession-acquisition", ("sale of", "unit"), 0.6, 1),
    Rule("cession-acquisition", ("offer", "chosen", "site"), 0.6, 12),
    Rule("cession-acquisition", ("offer", "chosen", "firm"), 0.6, 12),
    Rule("cession-acquisition", ("offer", "chosen", COMPANY), 0.6, 12),
    Rule("cession-acquisition", ("sold", "firm"), 0.55, 5),
    Rule("cession-acquisition", ("sold", "site"), 0.55, 5),
    Rule("cession-acquisition", ("marries", "firm"), 0.55, 6),
    Rule("cession-acquisition", ("marries", COMPANY), 0.6, 8),
    Rule("cession-acquisition", ("bids", "resume"), 0.6, 14),
    Rule("cession-acquisition", ("absorbs", "firm"), 0.6, 5),
    Rule("cession-acquisition", ("absorbs", COMPANY), 0.6, 5),
    Rule("cession-acquisition", ("holds", "share"), 0.6, 5),
    Rule("cession-acquisition", ("majority", "firm"), 0.65, 12),
    Rule("cession-acquisition", ("majority", COMPANY), 0.65, 12),
    # money in
    Rule("investissement", ("invests", MONEY), 1.0, 20),
    Rule("investissement", ("invests", "site"), 0.7, 10),
    Rule("investissement", ("invests", "firm"), 0.6, 8),
    Rule("investissement", ("invests", COMPANY), 0.7, 8),
    Rule("investissement", ("spends", MONEY), 0.7, 8),
    Rule("investissement", ("build", MONEY), 0.75, 12),
    Rule("investissement", ("equips",), 0.5),
    Rule("investissement", ("equips", MONEY), 1.0, 20),
    Rule("investissement", ("buys machine",), 0.55),
    Rule("investissement", ("buys machine", "sum"), 0.8, 20),
    Rule("levee-de-fonds", ("raises",), 0.8),
    Rule("levee-de-fonds", ("raises", MONEY_RAISED), 1.0, 20),
    Rule("levee-de-fonds", ("raise verb", MONEY_RAISED), 0.95, 8),
    Rule("levee-de-fonds", ("seeks", "firm"), 0.5, 20),
    Rule("levee-de-fonds", ("gathers", "investors", "sum"), 0.75, 16),
    Rule("levee-de-fonds", ("gathers", MONEY_RAISED, "startup"), 0.6, 14),
    Rule("levee-de-fonds", ("stake", "fund"), 0.55, 8),
    Rule("levee-de-fonds", ("gathers", "fund", "startup"), 0.6, 14),
    Rule("levee-de-fonds", ("gathers", "fund", "sum"), 0.55, 14),
    Rule("aide-publique", ("aid",), 0.4),
    Rule("aide-publique", ("aid", MONEY_GIVEN), 0.75, 14),
    Rule("aide-publique", ("aid", "granted"), 0.48, 12),
    Rule("aide-publique", ("public body", "grants", "sum"), 0.7, 16),
    Rule("aide-publique", ("from public", "sum", "site"), 0.55, 10),
    Rule("aide-publique", ("from public", "sum", "firm"), 0.55, 10),
    Rule("aide-publique", ("public body", "grants", "site"), 0.52, 16),
    Rule("aide-publique", ("rescues", "public body"), 0.55, 8),
    Rule("aide-publique", ("rescues", "from public"), 0.55, 10),
    Rule("aide-publique", ("rescues", "sum"), 0.5, 8),
    Rule("aide-publique", ("public body", "grants", "firm"), 0.52, 14),
    Rule("aide-publique", ("public buyer", "public orders", "sum"), 0.52, 10),
    Rule("aide-publique", ("cofinanced", "public body"), 0.6, 14),
    Rule("aide-publique", ("programme", "wins"), 0.65, 12),
    Rule("aide-publique", ("public buyer", "public orders", "firm"), 0.55, 10),
    Rule("aide-publique", ("public buyer", "public orders", COMPANY), 0.55, 10),
    # employment up
    Rule("recrutement", ("hires", PEOPLE_HIRED), 0.9),
    Rule("recrutement", ("hires",), 0.5),
    Rule("recrutement", ("hired",), 0.7),
    Rule("recrutement", ("hires", PEOPLE), 1.0, 12),
    Rule("recrutement", ("hires", "firm"), 0.8, 12),
    Rule("recrutement", ("creates", PEOPLE), 0.65, 10),
    Rule("recrutement", ("joins", "workers"), 0.55, 5),
    Rule("recrutement", ("lacks", "workers"), 0.55, 3),
    Rule("recrutement", ("offers", "contracts"), 0.55, 2),
    Rule("recrutement", ("sought", "workers"), 0.55, 3),
    Rule("recrutement", ("will employ", "people"), 0.52, 4),
    Rule("recrutement", ("engages", "workers"), 0.55, 3),
    # places of work up
    Rule("implantation", ("settles",), 0.75),
    Rule("implantation", ("relocates",), 0.5),
    Rule("implantation", ("chooses", "to settle", "site"), 0.65, 16),
    Rule("implantation", ("chooses", "to settle", "firm"), 0.65, 16),
    Rule("implantation", ("arrival", "firm"), 0.55, 2),
    Rule("implantation", ("arrives", "jobs"), 0.55, 10),
    Rule("implantation", ("future site",), 0.55),
    Rule("implantation", ("first stone", "new site"), 0.55, 5),
    Rule("implantation", ("sets on", "site"), 0.55, 10),
    Rule("implantation", ("will host", "firm"), 0.55, 3),
    Rule("implantation", ("will host", "site"), 0.55, 2),
    Rule("implantation", ("will host", "a factory"), 0.55, 1),
    Rule("implantation", ("is built", "a new site"), 0.6, 10),
    Rule("implantation", ("founds", "a factory"), 0.6, 4),
    Rule("implantation", ("installs", "a factory"), 0.55, 4),
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
    Rule("innovation-brevet", ("patent", "filed"), 0.65, 8),
    Rule("innovation-brevet", ("has designed", "novelty"), 0.52, 6),
    Rule("innovation-brevet", ("has designed", "research"), 0.55, 12),
    Rule("innovation-brevet", ("invents",), 0.6),
    Rule("innovation-brevet", ("invents", "firm"), 0.85),
    Rule("innovation-brevet", ("invents weak", "research"), 0.45, 10),
    Rule("prix-distinction", ("prize", "receives", "firm"), 0.7, 16),
    Rule("prix-distinction", ("prize", "receives", COMPANY), 0.7, 16),
    Rule("prix-distinction", ("prize", "receives", "site"), 0.65, 16),
    Rule("prix-distinction", ("trophy", "convinces"), 0.52, 10),
    Rule("prix-distinction", ("awarded",), 0.55),
    Rule("prix-distinction", ("awarded", "firm"), 0.85, 16),
    Rule("prix-distinction", ("awarded", COMPANY), 0.9, 16),
    Rule("nomination", ("appointed",), 0.7),
    Rule("nomination", ("appointed", "firm"), 0.85, 16),
    Rule("nomination", ("appointed", "pole"), 0.9, 16),
    Rule("nomination", ("presides", "pole"), 0.5, 6),
    Rule("nomination", ("presides", "site"), 0.55, 4),
    Rule("nomination", ("presides", "firm"), 0.55, 4),
    Rule("nomination", ("takes", "head"), 0.6, 8),
    Rule("nomination", ("leaves", "head"), 0.6, 8),
    Rule("nomination", ("nomination", "board"), 0.6, 10),
    Rule("nomination", ("replaces", "board"), 0.55, 10),
    Rule("formation", ("trains",), 0.45),
    Rule("formation", ("trains", "starts"), 0.6, 10),
    Rule("formation", ("trains", "learners"), 0.8, 16),
    Rule("formation", ("trains", "firm"), 0.6, 16),
    Rule("salon", ("fair",), 0.4),
    Rule("salon", ("named fair",), 0.46),
    Rule("salon", ("named fair", "takes part"), 0.65, 12),
    Rule("salon", ("gathering", "professionals"), 0.55, 6),
    Rule("salon", ("visitors", "firm"), 0.5, 16),
    Rule("salon", ("fair", "fair context"), 0.8, 14),
)
