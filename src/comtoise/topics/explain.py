"""Say in French why an article got, or did not get, each topic: one line for each."""

from collections.abc import Iterable

from comtoise.i18n import _
from comtoise.model import Evidence, Match, Part, SignalSlots, TopicKind, Understanding
from comtoise.topics.refused import Refusal, Refused

_MOST = 4  #: words quoted for one topic

_KINDS = {
    TopicKind.CLUSTER: "pôle",
    TopicKind.DEPARTEMENT: "département",
    TopicKind.COMMUNE: "commune",
    TopicKind.SIGNAL: "signal",
    TopicKind.COMPANY: "entreprise",
}
_WHY = {
    "company": "entreprise connue",
    "frame": "annoncée par le texte",
    "made": "produit fabriqué",
    "occupation": "métier",
    "trade": "métier de l’entreprise",
    "coined": "nom d’entreprise",
    "product": "produit, près d’un autre mot de la filière",
    "cluster": "pôle",
    "weak": "mot faible, en contexte",
    "alone": "mot faible, isolé",
    "negation": "nié",
    "dateline": "en tête de ligne",
    "brackets": "entre parenthèses",
    "site": "site nommé",
    "demonym": "ses habitants",
    "number": "numéro du département",
    "court": "tribunal ou administration",
    "elsewhere": "cité pour un autre lieu",
}
_WORTH = ("bruit", "à lire", "à ne pas manquer")
_REASONS = {
    "no-sector": "aucune filière",
    "signal": "événement d’entreprise",
    "no-signal": "aucun événement d’entreprise",
    "weak-evidence": "des mots faibles seulement, et aucun événement",
    "elsewhere": "hors de la zone suivie",
    "hard-news": "travail arrêté ou commandes en recul",
}


_REFUSALS = {
    "ordinary-word": "mot ordinaire",
    "first-name": "prénom",
    "no-place": "nom de rue, de personne, d’entreprise ou de produit",
    "shared": "plusieurs communes de ce nom, rien ne dit laquelle",
    "court": "tribunal ou administration, pas le lieu de l’événement",
    "elsewhere": "comparaison, siège ou provenance",
    "passing": "cité en passant",
}


def why(match: Match) -> str:
    """Why a topic was given, in one line: « Microtechniques : *décolletage* (titre), *Micronora* »."""
    return f"{_kind(match)}{_label(match)} : {quote(_telling(match))}{_facts(match.slots)}"


def _telling(match: Match) -> tuple[Evidence, ...]:
    """Of an event, its words alone: its date, company and place are facts of it."""
    if match.kind is not TopicKind.SIGNAL:
        return match.evidence
    return tuple(item for item in match.evidence if item.why in ("signal", "negation"))


def in_one_line(matches: Iterable[Match]) -> str:
    """Why an article is there, in one line: its sectors and clusters, what happened, then where.

    « Microtechniques : *décolletage* (titre) ; signal Recrutement : *embauche* ; lieu : Besançon (25) ».
    """
    given = tuple(matches)
    topics = [why(match) for match in given if match.kind in (TopicKind.SECTOR, TopicKind.CLUSTER)]
    events = [
        _("signal {label} : {words}").format(label=_label(match), words=quote(_telling(match), most=2))
        for match in given
        if match.kind is TopicKind.SIGNAL
    ]
    place = _place(given)
    return " ; ".join([*topics, *events, *([place] if place else [])]) or _("aucun sujet")


def _place(matches: tuple[Match, ...]) -> str:
    """The first commune with its département, else the first département."""
    departement = next((match for match in matches if match.kind is TopicKind.DEPARTEMENT), None)
    communes = [match for match in matches if match.kind is TopicKind.COMMUNE]
    if departement is None:
        return ""
    commune = next((match for match in communes if match.topic.startswith(departement.topic)), None)
    name = f"{commune.label} ({departement.topic})" if commune is not None else _label(departement)
    best = max((commune or departement).evidence, key=lambda item: item.weight, default=None)
    if best is None:
        return _("lieu : {name}").format(name=name)
    return _("lieu : {name}, {why}").format(name=name, why=", ".join(_notes(best)) or f"*{best.words}*")


def explain(understanding: Understanding, refused: Refused | None = None) -> list[str]:
    """The lines, in reading order: topics given, places, signals, worth, near misses, words set aside.

    *refused* adds the places and events that were not given, with the reason.
    """
    lines = [why(match) for match in understanding.matches]
    if not understanding.of(TopicKind.SECTOR):
        lines.insert(0, _("aucune filière"))
    reasons = ", ".join(_(_REASONS.get(reason, reason)) for reason in understanding.worth_reasons)
    worth = _(_WORTH[understanding.worth])
    lines.append(
        _("intérêt : {worth} ({reasons})").format(worth=worth, reasons=reasons)
        if reasons
        else _("intérêt : {worth}").format(worth=worth)
    )
    lines.extend(
        _("pas {topic} : indices trop faibles, {words} (score {score}, il faut 0,50)").format(
            topic=_label(match), words=quote(match.evidence), score=f"{match.score:.2f}".replace(".", ",")
        )
        for match in understanding.near_misses
    )
    if refused is not None:
        lines.extend(
            _("pas {topic} : indices trop faibles, {words} (score {score}, il faut 0,50)").format(
                topic=f"{_kind(match)}{_label(match)}",
                words=quote(_telling(match)),
                score=f"{match.score:.2f}".replace(".", ","),
            )
            for match in refused.signals
        )
        lines.extend(_refusal(refusal) for refusal in refused.places)
    if understanding.masked:
        words = ", ".join(dict.fromkeys(f"« {evidence.words} »" for evidence in understanding.masked))
        lines.append(_("mis de côté, faux amis : {words}").format(words=words))
    return lines


def _refusal(refusal: Refusal) -> str:
    return _("{name} ({departements}) écarté : {reason}").format(
        name=refusal.label,
        departements=", ".join(refusal.departements[:3]) + (", …" if len(refusal.departements) > 3 else ""),
        reason=_(_REFUSALS[refusal.why]),
    )


def quote(evidence: tuple[Evidence, ...], *, most: int = _MOST) -> str:
    """The words that speak for a topic, the heaviest first: « *décolletage* (titre), *Micronora* »."""
    quoted: dict[str, str] = {}
    for item in sorted(evidence, key=lambda e: -e.weight):
        if item.part is Part.SOURCE:
            quoted.setdefault(item.words, _("source {words}").format(words=item.words))
            continue
        words = " ".join(item.words.split())
        notes = _notes(item)
        quoted.setdefault(words.casefold(), f"*{words}*" + (f" ({', '.join(notes)})" if notes else ""))
    return ", ".join(list(quoted.values())[:most])


def _notes(evidence: Evidence) -> list[str]:
    """Where the words stand and what they are, when that is worth saying."""
    notes = [_("titre")] if evidence.part is Part.TITLE else []
    return [*notes, _(_WHY[evidence.why])] if evidence.why in _WHY else notes


def _kind(match: Match) -> str:
    return f"{_(_KINDS[match.kind])} " if match.kind in _KINDS else ""


def _label(match: Match) -> str:
    label = match.label or match.topic
    return f"{label} ({match.topic})" if match.kind is TopicKind.DEPARTEMENT else label


def _facts(slots: SignalSlots | None) -> str:
    """The facts of a signal worth reading: amount, jobs, refusal."""
    if slots is None:
        return ""
    facts = []
    if slots.negated:
        facts.append(_("démenti ou écarté"))
    if slots.amount is not None:
        value = f"{slots.amount.value:,.0f}".replace(",", "\u202f")
        facts.append(f"{value} {slots.amount.currency}")
    if slots.jobs is not None:
        facts.append(_("{count} emplois").format(count=slots.jobs.count))
    return f" ; {', '.join(facts)}" if facts else ""
