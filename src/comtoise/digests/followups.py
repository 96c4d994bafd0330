"""What a follow-up announces: the facts that a story has and had not when its alert was sent."""

from collections.abc import Iterable

from comtoise.i18n import _
from comtoise.text.typography import listed, typo


def announcement(news: Iterable[str]) -> str:
    """Return « Du nouveau : le montant et le nombre d’emplois »; empty without a fact that has a name.

    *news* are the codes of `comtoise.stories.news_of`, in its order.
    """
    names = {
        "amount": _("le montant"),
        "jobs": _("le nombre d’emplois"),
        "judgment": _("la décision de justice"),
    }
    told = [names[fact] for fact in news if fact in names]
    return typo(_("Du nouveau : {facts}").format(facts=listed(told))) if told else ""
