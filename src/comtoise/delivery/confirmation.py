"""The mail that asks a mailbox whether it wants to receive: nothing else is sent before it says so."""

from dataclasses import dataclass
from datetime import timedelta

from comtoise.delivery.html import render
from comtoise.delivery.letter import Footer
from comtoise.delivery.text import paragraphs
from comtoise.i18n import _, ngettext
from comtoise.text.typography import typo


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """The question, in words."""

    url: str  #: the page where one button confirms
    within: timedelta  #: of the question
    days: int  #: after which an inscription without confirmation is erased
    identity: str = ""

    @property
    def subject(self) -> str:
        """Short, and it says what is asked."""
        return typo(_("Confirmez votre inscription à Comtoise"))

    @property
    def lines(self) -> tuple[str, ...]:
        """The body."""
        return (
            typo(
                _("Cette adresse a été inscrite pour recevoir les nouvelles de l’industrie de votre région.")
            ),
            typo(_("Rien ne vous sera envoyé avant que vous l’ayez confirmé.")),
            typo(
                _("Le lien ne sert qu’une fois, dans les {hours} heures qui suivent la demande.").format(
                    hours=self.within // timedelta(hours=1)
                )
            ),
            typo(
                ngettext(
                    "Vous n’avez rien demandé ? Ne faites rien : l’inscription s’efface d’elle-même au bout d’un "
                    "jour.",
                    "Vous n’avez rien demandé ? Ne faites rien : l’inscription s’efface d’elle-même au bout de "
                    "{days} jours.",
                    self.days,
                ).format(days=self.days)
            ),
        )

    def text(self) -> str:
        """As plain text."""
        first, *others = self.lines
        asked = (first, typo(_("Pour confirmer :")), self.url, *others)
        return paragraphs(asked, Footer(identity=self.identity))

    def html(self) -> str:
        """As an HTML document."""
        return render(
            "confirm.html",
            subject=self.subject,
            lines=self.lines,
            url=self.url,
            footer=Footer(identity=self.identity),
        )
