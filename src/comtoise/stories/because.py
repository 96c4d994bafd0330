"""Say in French why an article joined a story."""

from comtoise.i18n import _
from comtoise.stories.evidence import Comparison
from comtoise.stories.features import Features
from comtoise.text.typography import NARROW


def explain(found: Comparison, article: Features, member: Features) -> str:
    """One sentence: the reasons that weighed, the strongest first."""
    labels = dict(article.labels) | dict(member.labels)
    reasons: list[str] = []
    if found.copy:
        reasons.append(_("même texte à {share}\u00a0%").format(share=round(100 * found.copy)))
    if found.same_title:
        reasons.append(_("même titre"))
    if found.subject:
        reasons.append(
            _("même entreprise ou pôle ({name})").format(name=labels.get(found.subject, found.subject))
        )
    elif found.name:
        reasons.append(
            _("même nom rare ({name})").format(name=labels.get(f"name:{found.name}", found.name.capitalize()))
        )
    if found.signals:
        kind = labels.get(f"signal:{found.signals[0]}", found.signals[0])
        reasons.append(_("même genre d’événement ({kind})").format(kind=kind.lower()))
    if found.figures:
        reasons.append(
            _("chiffres communs ({figures})").format(figures=", ".join(map(_figure, found.figures[:3])))
        )
    if found.places and not found.copy:
        reasons.append(_("même lieu"))
    if not reasons:
        reasons.append(_("mêmes mots peu courants"))
    sentence = f"{NARROW}; ".join(reasons)
    return sentence[0].upper() + sentence[1:] + "."


def _figure(figure: str) -> str:
    unit, colon, value = figure.partition(":")
    if not colon:
        return unit
    if unit.isdigit():
        return unit
    number = f"{float(value):,.0f}".replace(",", NARROW)
    return f"{number}\u00a0€" if unit == "eur" else number
