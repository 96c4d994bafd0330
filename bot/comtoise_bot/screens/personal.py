"""What is kept about a reader, and how it is erased."""

from collections.abc import Mapping
from typing import Any

from comtoise.digests.slots import Schedule
from comtoise.i18n import _, ngettext
from comtoise.store.readers import Subscriber
from comtoise_bot.catalogue import Catalogue
from comtoise_bot.message import Block, Button, Message, Row, block, line
from comtoise_bot.screens.parts import (
    ERASE,
    button,
    summary,
    title,
)
from comtoise_bot.words import say


def my_data(
    data: Mapping[str, Any], catalogue: Catalogue, subscriber: Subscriber, schedule: Schedule
) -> Message:
    """/mesdonnees: all that is kept, in words; the file says the same to machines."""
    opinions = ngettext("{count} avis sur une nouvelle", "{count} avis sur des nouvelles", len(data["avis"]))
    number = line(say(_("Numéro de cette discussion : {number}"), number=data["telegram"]))
    given = line(say(opinions, count=len(data["avis"])))
    sent = ngettext("{count} envoi, fait ou à faire", "{count} envois, faits ou à faire", len(data["envois"]))
    silent = ngettext("{count} sujet mis en silence", "{count} sujets mis en silence", len(data["moins_de"]))
    own = ngettext("{count} mot à vous", "{count} mots à vous", len(data["mots"]) + len(data["mots_exclus"]))
    counted = (
        line(say(own, count=len(data["mots"]) + len(data["mots_exclus"]))),
        line(say(silent, count=len(data["moins_de"]))),
        line(say(sent, count=len(data["envois"]))),
    )
    return Message(
        blocks=(
            title(say(_("Ce que je garde sur vous"))),
            Block((number, *summary(catalogue, subscriber, schedule).lines, *counted, given)),
            block(
                say(_("Ni votre nom, ni vos messages. Le fichier joint contient les mêmes données.")),
                say(_("Pour tout effacer : /oubliez_moi")),
            ),
        )
    )


def erase_first() -> Message:
    """/oubliez_moi: what it means, before anything happens."""
    return Message(
        blocks=(
            title(say(_("Tout effacer ?"))),
            block(
                say(_("Vos choix, vos résumés et vos avis seront effacés tout de suite et pour de bon.")),
                say(_("Pour arrêter seulement les envois, préférez /pause.")),
            ),
        ),
        rows=(
            (button(say(_("Effacer mes données")), ERASE, "sure"),),
            (button(say(_("Ne rien effacer")), ERASE, "keep"),),
        ),
    )


def erase_sure() -> Message:
    """The second tap."""
    return Message(
        blocks=(title(say(_("Vraiment tout effacer ?"))), block(say(_("Rien ne pourra être retrouvé.")))),
        rows=(
            (button(say(_("Oui, tout effacer")), ERASE, "yes"),),
            (button(say(_("Ne rien effacer")), ERASE, "keep"),),
        ),
    )


def erased() -> Message:
    """Nothing is left but an unreadable trace."""
    return Message(
        blocks=(
            title(say(_("C’est effacé."))),
            block(
                say(
                    _(
                        "Il ne reste de vous qu’une empreinte illisible, qui prouve que votre demande a été "
                        "suivie. Pour revenir un jour : /start"
                    )
                )
            ),
        )
    )


def kept() -> Message:
    """Nothing was erased."""
    return Message(blocks=(block(say(_("Rien n’a été effacé."))),))


def privacy(operator: str, url: str) -> Message:
    """/confidentialite."""
    lines = [
        say(_("Je garde le numéro de cette discussion, vos choix, ce qui vous a été envoyé et vos avis.")),
        say(_("Je ne garde ni votre nom, ni votre numéro de téléphone, ni vos messages.")),
        say(_("Ces données servent à vous envoyer ce que vous avez demandé, et à rien d’autre.")),
        say(_("Si vous me bloquez, elles sont effacées au bout de 30 jours.")),
    ]
    about = [say(_("Tout voir : /mesdonnees. Tout effacer : /oubliez_moi."))]
    if operator:
        about.append(say(_("Responsable : {operator}"), operator=operator))
    rows: tuple[Row, ...] = ((Button(say(_("Lire la politique complète")), url=url),),) if url else ()
    return Message(blocks=(title(say(_("Vos données"))), block(*lines), block(*about)), rows=rows)
