"""What the administrators see: how things stand, a source, a word tried, a configuration that waits."""

from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo

from comtoise.i18n import _, ngettext
from comtoise.model import DeliveryState, Source
from comtoise.store.health import Health
from comtoise.store.sources import PollState
from comtoise.text.typography import clock, day, listed, number, shorten, wide
from comtoise_bot.bureau import Standing, Waiting, WordTrial
from comtoise_bot.callbacks import brief
from comtoise_bot.message import Block, Line, Message, Row, Span, block, line, one_line
from comtoise_bot.screens.parts import DESK, button, title
from comtoise_bot.words import say

ID_MAX = 40  #: bytes of an id that fit in a button
NEEDING_MAX = 8
REST_DAYS = (1, 7)


def not_yours() -> str:
    """Somebody who is no administrator asks for what is theirs."""
    return say(_("Cette commande est réservée à la rédaction. Ce que je sais faire pour vous : /aide"))


def in_private() -> str:
    """An administrator asks in a group."""
    return say(_("Posez-moi cette question en privé : la réponse n’est que pour la rédaction."))


def standing(given: Standing, versions: Iterable[str], zone: tzinfo, now: datetime) -> Message:
    """/etat."""
    figures = given.figures
    read = say(
        ngettext("{count} source lue", "{count} sources lues", figures.sources), count=_n(figures.sources)
    )
    if figures.last_poll is not None:
        read += say(_(", dernière relève {when}"), when=_when(figures.last_poll, zone))
    if figures.late:
        late = ngettext("{count} en retard", "{count} en retard", figures.late)
        read += ", " + say(late, count=_n(figures.late))
    today = ngettext(
        "{count} article en 24 h, {waiting} à comprendre",
        "{count} articles en 24 h, {waiting} à comprendre",
        figures.articles_today,
    )
    due = figures.deliveries.get(DeliveryState.WAITING, 0)
    sending = say(
        _("Envois en attente : {waiting} ; incertains : {unknown} ; échoués : {failed}"),
        waiting=_n(due),
        unknown=_n(figures.deliveries.get(DeliveryState.UNKNOWN, 0)),
        failed=_n(figures.deliveries.get(DeliveryState.FAILED, 0)),
    )
    if figures.oldest_waiting is not None and now - figures.oldest_waiting > timedelta(minutes=5):
        sending += say(_(". Le plus ancien devait partir {when}"), when=_when(figures.oldest_waiting, zone))
    room = say(_("Base de données : {size}"), size=_size(figures.database_bytes))
    if given.free_bytes is not None:
        room += say(_(", {size} libres sur le disque"), size=_size(given.free_bytes))
    blocks = [
        title(say(_("L’état de Comtoise"))),
        block(
            read,
            say(today, count=_n(figures.articles_today), waiting=_n(figures.to_understand)),
            say(
                ngettext("{count} lecteur actif", "{count} lecteurs actifs", figures.readers),
                count=_n(figures.readers),
            ),
            sending,
            room,
            " · ".join(versions),
        ),
        needing(given.needing),
    ]
    if given.deeds:
        lines: list[Line] = [line(Span(say(_("Derniers changements")), "b"))]
        lines += [
            line(f"{_when(deed.at, zone)} · {deed.who} · {shorten(one_line(deed.what), 120)}")
            for deed in given.deeds
        ]
        blocks.append(Block(tuple(lines)))
    return Message(blocks=tuple(blocks), rows=_attention_rows(given.needing))


def needing(states: tuple[PollState, ...]) -> Block:
    """The sources that need a person."""
    if not states:
        return block(say(_("Aucune source ne demande que quelqu’un regarde.")))
    told = ngettext(
        "{count} source demande que quelqu’un regarde :",
        "{count} sources demandent que quelqu’un regarde :",
        len(states),
    )
    lines = [line(Span(say(told, count=len(states)), "b"))]
    for state in states[:NEEDING_MAX]:
        why = state.episode.trouble.text if state.episode else state.error_text or ""
        lines.append(line(f"• {state.source_id} — {shorten(one_line(why), 160)}"))
    if len(states) > NEEDING_MAX:
        others = len(states) - NEEDING_MAX
        lines.append(line(say(ngettext("… et {count} autre", "… et {count} autres", others), count=others)))
    return Block(tuple(lines))


def _attention_rows(states: tuple[PollState, ...]) -> tuple[Row, ...]:
    return tuple((button(shorten(s.source_id, 40), DESK, "source", short(s.source_id)),) for s in states[:3])


def short(source_id: str) -> str:
    """What a button calls a source."""
    return source_id if len(source_id.encode()) <= ID_MAX else brief(source_id)


def which_source(near: list[str]) -> Message:
    """/source with an id that is not one."""
    lines = [say(_("Écrivez l’identifiant d’une source : /source est-republicain"))]
    if near:
        lines.append(say(_("Vous vouliez peut-être dire {names}."), names=listed(near)))
    return Message(
        blocks=(block(*lines),), rows=tuple((button(each, DESK, "source", short(each)),) for each in near)
    )


def source(card: Source, health: Health, zone: tzinfo, now: datetime) -> Message:
    """/source."""
    lines: list[Line] = [line(Span(one_line(card.name), "b"), f" · {card.id}")]
    lines.append(line(Span(shorten(health.url, 80), url=health.url)))
    told = []
    if health.error_kind is None:
        told.append(say(_("Tout va bien.")) if health.last_success_at else say(_("Pas encore lue.")))
    elif health.error_text:
        told.append(one_line(health.error_text))
    if health.trouble_since is not None:
        told.append(say(_("Depuis {when}."), when=_when(health.trouble_since, zone)))
    if health.last_new_at is not None:
        told.append(say(_("Dernière nouvelle : {when}."), when=_when(health.last_new_at, zone)))
    if health.last_polled_at is not None:
        told.append(say(_("Dernière relève : {when}."), when=_when(health.last_polled_at, zone)))
    told.append(
        say(_("Prochaine relève : {when}."), when=_when(health.next_due_at, zone))
        if health.next_due_at > now
        else say(_("Prochaine relève : tout de suite."))
    )
    if health.tdm_reserved:
        told.append(say(_("Textes réservés : titres et liens seulement.")))
    rest = {
        days: say(ngettext("Suspendre {count} jour", "Suspendre {count} jours", days), count=days)
        for days in REST_DAYS
    }
    return Message(
        blocks=(Block(tuple(lines)), block(*told)),
        rows=(
            (button(say(_("Relever maintenant")), DESK, "poll", short(card.id)),),
            tuple(button(label, DESK, f"rest{days}", short(card.id)) for days, label in rest.items()),
        ),
    )


def how_word(sectors: Iterable[str]) -> Message:
    """/motcle without its words."""
    return Message(
        blocks=(
            block(
                say(_("Écrivez la filière, puis le mot :")),
                line(Span("/motcle plasturgie presse à injecter", "code")),
                say(_("Je montre d’abord ce que le mot changerait. Un mot qui y est déjà peut être retiré.")),
            ),
            block(say(_("Filières : {names}"), names=", ".join(sectors))),
        )
    )


def trial(given: WordTrial) -> Message:
    """What a word would change, before it is written."""
    word = Span(given.word, "code")
    head = (
        line(say(_("Retirer ")), word, say(_(" de la filière {sector} :"), sector=given.sector))
        if given.removing
        else line(
            say(_("Ajouter ")),
            word,
            say(
                _(" à la filière {sector}, comme mot {place} :"),
                sector=given.sector,
                place=_STRENGTH[given.place](),
            ),
        )
    )
    gained = ngettext("{count} article de plus", "{count} articles de plus", given.gained)
    lost = ngettext("{count} article de moins", "{count} articles de moins", given.lost)
    effect = say(
        ngettext("{gained}, {lost} sur {days} jour.", "{gained}, {lost} sur {days} jours.", given.days),
        gained=say(gained, count=_n(given.gained)),
        lost=say(lost, count=_n(given.lost)),
        days=given.days,
    )
    lines: list[Line] = [head, line(effect)]
    if given.too_wide:
        lines.append(line(say(_("Attention, trop large : plus de 20 articles par jour."))))
    titles = Block(tuple(line(f"• {shorten(one_line(each), 120)}") for each in given.titles))
    if given.removing:
        rows: list[Row] = [(button(say(_("Retirer ce mot")), DESK, "del", given.sector),)]
    else:
        other = "faible" if given.place == "fort" else "fort"
        rows = [
            (button(say(_("Enregistrer")), DESK, f"add-{given.place}", given.sector),),
            (
                button(
                    say(_("Essayer comme mot {place}"), place=_STRENGTH[other]()),
                    DESK,
                    f"try-{other}",
                    given.sector,
                ),
            ),
        ]
    rows.append((button(say(_("Annuler")), DESK, "no"),))
    return Message(blocks=(Block(tuple(lines)), *((titles,) if titles.lines else ())), rows=tuple(rows))


_STRENGTH = {"fort": lambda: say(_("fort")), "faible": lambda: say(_("à confirmer"))}


def word_done(*, removing: bool) -> Message:
    """The file says so now."""
    told = (
        _("Le mot est retiré. Le service en tient compte dans les secondes qui viennent.")
        if removing
        else _("Le mot est enregistré. Le service en tient compte dans les secondes qui viennent.")
    )
    return Message(blocks=(block(say(told), say(_("Revenir en arrière : « comtoise config undo »."))),))


def refused(reason: str) -> Message:
    """What was asked cannot be done, and why, in French."""
    return Message(blocks=(block(*(one_line(each) for each in reason.split("\n") if each.strip())),))


def unchanged() -> Message:
    """Given up."""
    return Message(blocks=(block(say(_("Rien n’a été changé."))),))


def waiting(given: Waiting | None) -> Message:
    """/valider."""
    if given is None:
        return Message(blocks=(block(say(_("Rien n’attend votre accord."))),))
    lines = say(
        _("Lignes ajoutées : {added} ; retirées : {removed}."), added=given.added, removed=given.removed
    )
    return Message(
        blocks=(
            title(say(_("La nouvelle configuration attend votre accord."))),
            block(say(_("Elle retire {loss}."), loss=given.loss), lines),
        ),
        rows=(
            (button(say(_("Accepter")), DESK, "accept", given.sha[:40]),),
            (button(say(_("Annuler")), DESK, "no"),),
        ),
    )


def accepted(*, done: bool) -> Message:
    """After /valider."""
    told = (
        _("C’est accepté : le service prend cette version dans les secondes qui viennent.")
        if done
        else _("Le fichier a changé depuis : relisez avec /valider.")
    )
    return Message(blocks=(block(say(told)),))


def no_newsroom() -> Message:
    """The service runs without its file at hand."""
    return Message(blocks=(block(say(_("La configuration n’est pas accessible d’ici."))),))


def _when(moment: datetime, zone: tzinfo) -> str:
    local = moment.astimezone(zone)
    return wide(f"le {day(local, weekday=False, year=False)} à {clock(local.timetz().replace(tzinfo=None))}")


def _n(value: int) -> str:
    return wide(number(value))


def _size(size: int) -> str:
    for unit, factor in ((_("{n} Go"), 10**9), (_("{n} Mo"), 10**6)):
        if size >= factor:
            return say(unit, n=wide(number(size / factor, 1)))
    return say(_("{n} ko"), n=_n(round(size / 1000)))
