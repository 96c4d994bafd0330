"""The words that reading an article for comparison needs to know. All folded."""

_STOP = """
    le la les l un une des d de du au aux a et ou en dans sur sous par pour avec sans chez vers contre
    entre ce cet cette ces cela ca c son sa ses leur leurs notre nos votre vos mon ma mes il elle ils
    elles on nous vous je tu se s me m te t ne n pas plus moins que qu qui quoi quel quelle quels
    quelles dont est sont ete etre etait etaient serait sera seront fut soit avait avaient aurait auront
    ont as ai eu ayant fait faire faut peut peuvent comme mais si y deux trois quatre cinq six sept huit
    neuf dix apres avant depuis lors pendant durant jusque jusqu alors aussi ainsi tres trop peu tout
    tous toute toutes encore deja ici meme memes autre autres an ans annee annees jour jours mois
    semaine semaines heure heures fois hier aujourd hui demain selon afin car donc puis or ni tandis
    lorsque parce chaque plusieurs quelque quelques celui celle ceux celles ci non oui rien sauf outre
    environ the of and to in for with by from that this these is are was were has have had its at it be
    been not but than their they them who which while after before over more most der die das den dem
    ein eine einer eines einem und oder von zu mit im am auf bei nach aus fur ist sind war wurde wird
    werden nicht auch sich durch uber zum zur noch
"""
_COMMON = """
    entrepris group societ usin sit salari emploi post personn million milliard euro franc directeur
    direction president general patron dirigeant industri industriel activit production fabricant
    fabrication march client region regional departement vill commun pay francais europeen national
    local territoir maire prefet annonc expliqu indiqu precis assur estim confirm declar affirm rappel
    souhait compt devrait doit veut pourrait nouveau nouvell premier dernier grand petit fin debut cours
    milieu plan projet produit servic chiffr affair vent hauss baiss taux part travail travaux equip
    cadr responsabl secteur filier lundi mard mercredi jeudi vendredi samedi dimanch janvier fevrier mar
    avril mai juin juillet aout septembr octobr novembr decembr actualit information communiqu presse
    afp redaction photo vide direct suivr lir article partag voir savoir company plant worker job year
    new said says industry
"""
_MONTHS = (
    "janvier janv january jan januar",
    "fevrier fevr fev february feb februar",
    "mars march marz maerz",
    "avril avr april apr",
    "mai may",
    "juin june juni",
    "juillet juil july juli",
    "aout august aug",
    "septembre sept september",
    "octobre oct october oktober",
    "novembre nov november",
    "decembre dec december dezember",
)
_WEEKDAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche monday tuesday wednesday thursday friday"
_COURT = (
    "tribunal tribunaux audience jugement juges juge justice cour delibere court gericht insolvenz parquet"
)

STOP = frozenset(_STOP.split())
#: Stems of the words of every business page: their presence in two articles says little.
COMMON = frozenset(_COMMON.split())
MONTHS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
WEEKDAYS = frozenset(_WEEKDAYS.split())
COURT = frozenset(_COURT.split())
#: Stages of a court procedure, by the words a title tells them with (regular expressions on folded text).
STAGES = {
    "sauvegarde": r"\bsauvegarde\b",
    "redressement": r"\bredressement\b|\bdepot de bilan\b|\bcessation de paiements?\b",
    "offres": r"\boffres?\b|\bcandidats?\b|\brepreneurs? potentiels?\b|\bmarques? d interet\b",
    "delai": r"\bsursis\b|\bdelai\b|\brepousse\w*\b|\breport\w*\b|\bprolong\w*\b|\bobservation\b",
    "cession": r"\brepri[st]e?s? par\b|\bplan de cession\b|\battribue\w*\b|\bsauve\w* par\b",
    "liquidation": r"\bliquid\w+\b",
}
