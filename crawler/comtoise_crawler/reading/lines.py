"""Lines of an article's text that are no part of it, whatever box they stood in.

Share links, credits of pictures, « il vous reste 60 % », what a newsletter or a comment form says, labels, rights.
A line is judged alone and whole: a sentence that only holds such words stays.
"""

import re

_LINE_MAX = 300  #: characters beyond which a line is a paragraph
_NETWORK = (
    r"(?:facebook|twitter|x|linkedin|whatsapp|messenger|instagram|pinterest|bluesky|google news|e-?mail|mail)"
)
_ARTICLE = r"(?:cet article|l['’]article|cette page|ce contenu|cette actualité)"

#: Where else to read, and what to do with the page.
_ELSEWHERE = (
    r"(?:à|a) (?:lire|voir|écouter|découvrir|retrouver) (?:aussi|également)\b.*|"
    r"(?:lire|voir|écouter|relire) (?:aussi|également)\b.*|"
    r"(?:(?:à|a) )?(?:lire|relire|voir|revoir|écouter)\s*[:|>].*|"
    r"(?:read (?:more|also|next)|related(?: (?:articles?|stories|posts?))?|see also|also read|lesen sie auch|"
    r"mehr zum thema|lea también|leia também|ver también)\s*[:|>–-].*|(?:read more|read also|see also)|"
    r"lire (?:la suite|l['’]article|plus)\s*(?:…|\.\.\.|»)?|"
    r"(?:partager|partagez|imprimer|envoyer|tweeter|enregistrer|commenter|réagir|copier le lien|lien copié|offrir|"
    r"sauvegarder|signaler)(?: (?:sur|par|cet|l['’]|la page).{0,40})?|"
    rf"{_NETWORK}(?:[ ,|/·]+{_NETWORK})*|"
    rf"(?:ajouter|ajouté|retirer) (?:à|de) (?:mes|vos|ma|votre) .{{0,40}}|{_ARTICLE} a été ajouté .{{0,60}}|"
    r"(?:écouter|lire) (?:l['’]article|cet article)(?: .{0,40})?|"
    r"(?:article )?(?:précédent|suivant)(?:\s*[:»›→].{0,160})?|"
    r"retour(?: (?:à la liste|aux actualités|en haut).{0,40})?|haut de page|"
    r"télécharger (?:au format|en (?:pdf|epub)|cet article|l['’]article).{0,60}"
)
#: Who made the pictures, and who owns the words.
_CREDITS = (
    r"(?:crédits?(?: (?:photos?|images?|visuels?))?|credits?|photos?|photographies?|images?|illustrations?|visuels?|"
    r"fotos?|imagen|bild|légende)\s*(?:\(cc\)\s*)?[:©].{0,100}|"
    r"\(?(?:photos?|crédits? photos?|archives?) (?:d['’]archives?|d['’]illustration|archives?|by|©).{0,80}|"
    r"\((?:photo|crédit|credit|illustration)s?\b[^)]{0,100}\)|"
    r"(?:©|\(c\)|copyright\b).{0,160}|(?:tous droits réservés|all rights reserved|reproduction interdite)\b.{0,160}|"
    r"[\w()%@+ .-]{1,120}\.(?:jpe?g|png|gif|webp|svg|avif|tiff?|bmp)"
)
#: What a publisher wants of its readers: to subscribe, to register, to give, to follow, to accept.
_WANTED = (
    r"il vous reste [\d.,]+ ?% (?:de cet article|de l['’]article|à lire).*|"
    r".{0,80}\bla suite (?:de cet article |de l['’]article )?est réservée.{0,60}|"
    r"(?:cet |l['’])?(?:article|contenu) (?:est )?réservé (?:aux|à nos) abonnés.{0,80}|réservé aux abonnés.{0,40}|"
    r"pour lire la suite\b.{0,120}|déjà abonnée?\b.{0,80}|(?:je m['’]abonne|s['’]abonner|abonnez-vous)\b.{0,120}|"
    r"(?:se connecter|connectez-vous|je me connecte|créer un compte|créez votre compte|s['’]inscrire|je m['’]inscris)"
    r"(?: .{0,80})?|"
    r"inscrivez-vous (?:à|pour recevoir) (?:notre|la|nos|votre).{0,120}|"
    r"(?=.*\b(?:newsletters?|infolettre|inbox|lettre d['’]information)\b)"
    r"(?=.*\b(?:inscri\w*|abonn\w*|recev\w*|sign(?:ing)? up|subscribe|get the latest|jeden|every)\b).{0,220}|"
    r"newsletter(?:\s*:.{0,100})?|(?:sign up|subscribe|suscríbete|suscribite)(?: (?:for|to|now|our).{0,100})?|"
    r"(?:suivez|rejoignez|retrouvez)[ -]nous\b.{0,120}|follow (?:us|@).{0,120}|.{0,90}\bfollow us on .{0,100}|"
    r"(?:faites|faire|je fais) un don\b.{0,120}|soutenez[ -]nous\b.{0,120}|"
    r".{0,160}\b(?:affiliate[- ]links?|liens? d['’]affiliation|liens? affiliés?)\b.{0,160}|"
    r"hat (?:dir|ihnen) (?:dieser|der) artikel gefallen.{0,220}|"
    r"(?:si )?(?:vous avez aimé|cet article vous a plu|if you enjoyed) .{0,220}|"
    r".{0,120}\b(?:utilise|utilisons|uses?) (?:des |les )?cookies\b.{0,160}|"
    r"(?:accepter|refuser|gérer|paramétrer) (?:tous |tout )?(?:les |mes )?cookies.{0,40}"
)
#: Round a discussion.
_DISCUSSION = (
    r"(?:lu|vu) \d+ fois|\d+ (?:commentaires?|partages?|réactions?|vues?)|"
    r"(?:votre adresse e-?mail ne sera pas publiée|les champs obligatoires|your email address will not be|"
    r"notify me of|prévenez-moi|soyez le premier à|be the first to comment|connectez-vous pour commenter|"
    r"(?:laisser|ajouter|poster|écrire) un commentaire|laisser une réponse|leave a (?:comment|reply)|"
    r"aucun commentaire|pas de commentaire|no comments).{0,160}"
)
#: Labels of the page.
_LABELS = (
    r"(?:vent|pression|humidité|température)\s*:?\s*[-\d.,]+\s*(?:m/s|km/h|hpa|%|°c?)(?:.{0,80})|"
    r"temps de lecture\s*:?\s*.{1,20}|lecture\s*:?\s*\d+ ?min.{0,10}|\d+ min(?:utes?)? (?:de lecture|read)|"
    r"(?:publicité|advertisement|annonce|sponsorisé|contenu sponsorisé|la suite après (?:cette|la) publicité)|"
    r"(?:résultats? du sondage|voter|voir les résultats)|"
    r"(?:tags?|mots[- ]cl[ée]s?|étiquettes?|catégories?|filed under|posted in|tagged(?: with)?)\s*:.{0,200}|"
    r"\(?(?:cet |cette )?(?:article|contenu|page|actualité)\s+(?:initialement\s+)?"
    r"(?:mise? à jour|publiée?|modifiée?|actualisée?)\s+(?:le|à|il y a|hier)\b.{0,100}"
)
_LINE = re.compile(
    rf"^\s*(?:[-–•>»*]{{1,3}}\s*)?(?:{_ELSEWHERE}|{_CREDITS}|{_WANTED}|{_DISCUSSION}|{_LABELS})\s*$",
    re.IGNORECASE,
)


_ABOUT = re.compile(
    r"\b(?:est (?:une? |la |le )?(?:journaliste|correspondante?|rédact\w+|autrice|auteure?|chroniqueu\w+|reporter)|"
    r"is (?:an? |the )?(?:\w+ ){0,3}(?:writer|reporter|journalist|editor|author|correspondent|contributor)|"
    r"(?:journalist|korrespondent)(?:in)?\b|covers|writes)",
    re.IGNORECASE,
)
_ABOUT_NAME = 80  #: characters within which a line about its author names her


def is_about_author(line: str, authors: tuple[str, ...]) -> bool:
    """Whether one of the last lines presents who wrote the article."""
    opening = line[:_ABOUT_NAME]
    return len(line) <= 2 * _LINE_MAX and any(a in opening for a in authors) and bool(_ABOUT.search(line))


def is_furniture_line(line: str) -> bool:
    """Whether a line of extracted text is furniture: a share link, a file name, a weather reading …"""
    return len(line) <= _LINE_MAX and _LINE.match(line) is not None
