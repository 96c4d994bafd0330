"""Say in French why an article got, or did not get, each topic: one line for each."""

from comtoise.i18n import _
from comtoise.model import Evidence, Match, Part, SignalSlots, TopicKind, Understanding

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
    "cluster": "pôle",
    "weak": "mot faible, en contexte",
    "alone": "mot faible, isolé",
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


def explain(understanding: Understanding) -> list[str]:
    """The lines, in reading order: topics given, places, signals, worth, near misses, words set aside."""
    lines = [
        f"{_kind(match)}{_label(match)} : {quote(match.evidence)}{_facts(match.slots)}"
        for match in understanding.matches
    ]
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
    if understanding.masked:
        words = ", ".join(dict.fromkeys(f"« {evidence.words} »" for evidence in understanding.masked))
        lines.append(_("mis de côté, faux amis : {words}").format(words=words))
    return lines


def quote(evidence: tuple[Evidence, ...]) -> str:
    """The words that speak for a topic, the heaviest first: « *décolletage* (titre), *Micronora* »."""
    quoted: dict[str, str] = {}
    for item in sorted(evidence, key=lambda e: -e.weight):
        if item.part is Part.SOURCE:
            quoted.setdefault(item.words, _("source {words}").format(words=item.words))
            continue
        words = " ".join(item.words.split())
        notes = [_("titre")] if item.part is Part.TITLE else []
        if item.why in _WHY:
            notes.append(_(_WHY[item.why]))
        quoted.setdefault(words.casefold(), f"*{words}*" + (f" ({', '.join(notes)})" if notes else ""))
    return ", ".join(list(quoted.values())[:_MOST])


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
