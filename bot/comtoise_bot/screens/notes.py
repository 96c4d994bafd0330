"""Short answers: help, toasts, apologies."""

from comtoise.i18n import _, chosen_language, translations
from comtoise_bot.message import Message, block
from comtoise_bot.screens.parts import title
from comtoise_bot.words import say


def commands(*, in_group: bool = False, language: str | None = None) -> dict[str, str]:
    """Command → what its line in the menu and in /aide says, in the order of the menu.

    *language* is that of who reads it; None: of this program.
    """
    _ = translations(language or chosen_language()).gettext
    always = {
        "digest": _("Les nouvelles, tout de suite"),
        "sujets": _("Choisir les filières et le territoire"),
        "alertes": _("Choisir le rythme et les heures de silence"),
        "mots": _("Vos mots à vous : guetter ou écarter"),
        "recherche": _("Chercher dans les nouvelles"),
        "pause": _("Suspendre ou reprendre les envois"),
        "sources": _("Les sources que je lis"),
        "aide": _("Ce que je sais faire"),
        "mesdonnees": _("Voir ce que je garde sur vous"),
        "oubliez_moi": _("Effacer toutes vos données"),
        "confidentialite": _("Vos données et vos droits"),
    }
    return always | ({"ici": _("Écrire dans ce sujet de discussion")} if in_group else {})


def desk_commands() -> dict[str, str]:
    """What administrators can ask besides, in the language of this program."""
    return {
        "etat": _("L’état de Comtoise"),
        "source": _("Une source : santé, relève, pause"),
        "motcle": _("Essayer un mot, l’ajouter ou le retirer"),
        "valider": _("Accepter une configuration qui attend"),
    }


def help_(*, in_group: bool, desk: bool = False) -> Message:
    """/aide; *desk*: to an administrator."""
    known = commands(in_group=in_group) | (desk_commands() if desk else {})
    return Message(
        blocks=(
            title(say(_("Ce que je sais faire"))),
            block(*(f"/{name} · {say(words)}" for name, words in known.items())),
            block(
                say(
                    _(
                        "Sous chaque alerte, 👍 et « Hors sujet » m’apprennent ce qui vous est utile. La ligne "
                        "« Pourquoi » dit quels mots de l’article ont compté."
                    )
                )
            ),
        )
    )


def as_message(text: str) -> Message:
    """A short answer as a message of its own."""
    return Message(blocks=(block(text),))


def nothing_new() -> Message:
    """/digest when there is nothing to tell."""
    return Message(
        blocks=(
            block(
                say(_("Rien de neuf cette semaine dans ce que vous suivez.")),
                say(_("Pour élargir : /sujets")),
            ),
        )
    )


def start_first() -> str:
    """A command or button that needs choices, from somebody who made none."""
    return say(_("Nous ne nous connaissons pas encore. Commençons : /start"))


def no_reader_yet() -> Message:
    """The same as a message of its own."""
    return as_message(start_first())


def here(*, known: bool) -> Message:
    """/ici."""
    told = (
        _("C’est noté : j’écrirai ici.") if known else _("J’écrirai ici. Choisissons d’abord quoi : /start")
    )
    return Message(blocks=(block(say(told)),))


def here_is_for_groups() -> Message:
    """/ici in a private chat."""
    return Message(
        blocks=(
            block(
                say(
                    _(
                        "Cette commande sert dans un groupe : écrivez-la dans le sujet de discussion où "
                        "je dois publier."
                    )
                )
            ),
        )
    )


def lost() -> Message:
    """A message that is no command."""
    return Message(
        blocks=(block(say(_("Je ne comprends que les commandes. Voici celles que je connais : /aide"))),)
    )


def admins_only() -> str:
    """Somebody who is no administrator wants to change a group's choices."""
    return say(_("Dans un groupe, seuls ses administrateurs peuvent changer ces choix."))


def incident(code: str) -> str:
    """Something broke: an apology, and a code that finds the trace in the log."""
    return say(
        _(
            "Un incident m’a empêché de répondre. Réessayez dans un instant ; s’il dure, signalez le "
            "code {code}."
        ),
        code=code,
    )


def noted() -> str:
    """Toast after a choice."""
    return say(_("C’est noté."))


def thanks() -> str:
    """Toast after a verdict."""
    return say(_("Merci, c’est noté."))


def story_gone() -> str:
    """Toast for a verdict that cannot be kept."""
    return say(_("Cette nouvelle n’est plus conservée."))


def digest_gone() -> str:
    """Toast for a page that cannot be shown."""
    return say(_("Ce résumé n’est plus conservé. Pour les nouvelles du jour : /digest"))


def outdated() -> str:
    """Toast for a button nobody knows any more."""
    return say(_("Ce bouton n’a plus cours. Pour recommencer : /aide"))


def one_rhythm_stays() -> str:
    """Toast when the last rhythm is touched."""
    return say(_("Gardez au moins un rythme. Pour tout suspendre : /pause"))
