"""What a search found, and the sources that are watched."""

from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo

from comtoise.i18n import _, ngettext
from comtoise.model import Source
from comtoise.store.search import Hit, Page
from comtoise.store.sources import PollState
from comtoise.text.typography import day, number, shorten, wide
from comtoise_bot.callbacks import Found, Watched, callback
from comtoise_bot.catalogue import Catalogue
from comtoise_bot.message import Block, Button, Line, Message, Row, Span, block, in_rows, line, one_line
from comtoise_bot.screens.parts import title
from comtoise_bot.words import say

TITLE_MAX = 160
SOURCES_PER_PAGE = 15
NO_PLACE = "0"  #: for `Watched.departement`: sources of the whole country
MOST_BUTTONS = 90


def how() -> Message:
    """/recherche without a question."""
    return Message(
        blocks=(
            block(
                say(_("Écrivez ce que vous cherchez après la commande :")),
                line(Span("/recherche décolletage", "code")),
                line(Span("/recherche « presse à injecter » Jura", "code")),
            ),
            block(
                say(_("Je cherche dans les titres et les extraits. Entre guillemets, les mots se suivent.")),
            ),
        )
    )


def found(question: str, given: Page, page: int, per_page: int, *, zone: tzinfo) -> Message:
    """One page of what was found; the question stands in it, and is kept nowhere else."""
    asked = line(say(_("Recherche : ")), Span(question, "code"))
    if not given.total:
        return Message(
            blocks=(
                Block((asked,)),
                block(
                    say(_("Je n’ai rien trouvé avec ces mots.")),
                    say(_("Essayez avec moins de mots, ou un début de mot : décollet*")),
                ),
            )
        )
    counted = ngettext(
        "{count} nouvelle, la plus récente d’abord.",
        "{count} nouvelles, la plus récente d’abord.",
        given.total,
    )
    hits = Block(tuple(_hit(hit, zone) for hit in given.hits))
    pages = -(-given.total // per_page)
    rows = (turning(page, pages, lambda to: callback(Found(to))),) if pages > 1 else ()
    return Message(
        blocks=(Block((asked, line(say(counted, count=wide(number(given.total)))))), hits), rows=rows
    )


def _hit(hit: Hit, zone: tzinfo) -> Line:
    source = shorten(one_line(hit.source_name), 40)
    if hit.paywalled:
        source = say(_("{source} (abonnés)"), source=source)
    when = wide(day(hit.at.astimezone(zone), weekday=False))
    tail = f" — {source} · {when}"
    if hit.others:
        others = ngettext("{count} autre article", "{count} autres articles", hit.others)
        tail += f" · {say(others, count=hit.others)}"
    return line("• ", Span(shorten(one_line(hit.title), TITLE_MAX), url=hit.url), tail)


def turning(page: int, pages: int, to: Callable[[int], str]) -> Row:
    """‹ 1/3 ›; the ends lead round, so that every button does something."""
    return (
        Button("‹", data=to(page - 1 or pages)),
        Button(f"{page}/{pages}", data=to(page)),
        Button("›", data=to(page % pages + 1)),
    )


def watched(catalogue: Catalogue, cards: Mapping[str, Source]) -> Message:
    """/sources: how many there are, and where."""
    counted = say(ngettext("{count} source suivie", "{count} sources suivies", len(cards)), count=len(cards))
    buttons = []
    for place in catalogue.departements[:MOST_BUTTONS]:
        if n := len(of_place(cards, place.id)):
            buttons.append(Button(f"{place.label} ({n})", data=callback(Watched(place.id, 1))))
    rows = list(in_rows(buttons, 2))
    if everywhere := len(of_place(cards, NO_PLACE)):
        label = say(_("France entière ({count})"), count=everywhere)
        rows.append((Button(label, data=callback(Watched(NO_PLACE, 1))),))
    return Message(
        blocks=(
            title(counted),
            block(say(_("Touchez un département pour voir qui je lis, et comment ces sources se portent."))),
        ),
        rows=tuple(rows),
    )


def of_place(cards: Mapping[str, Source], departement: str) -> list[Source]:
    """The sources that cover a département, those of few départements first."""
    wanted = [
        card
        for card in cards.values()
        if (departement in card.departements if departement != NO_PLACE else not card.departements)
    ]
    return sorted(wanted, key=lambda card: (len(card.departements), card.name.casefold()))


def of_departement(
    catalogue: Catalogue,
    cards: Mapping[str, Source],
    states: Mapping[str, PollState],
    wanted: Watched,
    *,
    zone: tzinfo,
) -> Message:
    """The sources of one département, a page of them."""
    here = of_place(cards, wanted.departement)
    pages = max(1, -(-len(here) // SOURCES_PER_PAGE))
    page = min(max(wanted.page, 1), pages)
    shown = here[(page - 1) * SOURCES_PER_PAGE : page * SOURCES_PER_PAGE]
    names = {each.id: each.label for each in catalogue.departements}
    name = names.get(wanted.departement, say(_("France entière")))
    rows: list[Row] = []
    if pages > 1:
        rows.append(turning(page, pages, lambda to: callback(Watched(wanted.departement, to))))
    rows.append((Button(say(_("‹ Départements")), data=callback(Watched("", 1))),))
    counted = say(ngettext("{count} source", "{count} sources", len(here)), count=len(here))
    lines = [_source(card, states.get(card.id), zone) for card in shown]
    return Message(blocks=(title(f"{name} · {counted}"), Block(tuple(lines))), rows=tuple(rows))


def _source(card: Source, state: PollState | None, zone: tzinfo) -> Line:
    url = card.homepage or card.url
    link = url if url.startswith(("https://", "http://")) else None
    return line("• ", Span(shorten(one_line(card.name), 60), url=link), f" — {health(state, zone)}")


def health(state: PollState | None, zone: tzinfo) -> str:
    """How a source is doing, for readers."""
    if state is None or state.last_polled_at is None:
        return say(_("pas encore lue"))
    if state.address.gone_at is not None:
        return say(_("ne paraît plus depuis le {day}"), day=_day(state.address.gone_at, zone))
    if state.episode is None:
        if state.last_new_at is None:
            return say(_("rien de nouveau pour l’instant"))
        return say(_("dernière nouvelle le {day}"), day=_day(state.last_new_at, zone))
    if state.episode.trouble.kind == "silent":
        since = state.last_new_at or state.episode.since
        return say(_("plus de nouvelle depuis le {day}"), day=_day(since, zone))
    return say(_("ne répond pas bien depuis le {day}"), day=_day(state.episode.since, zone))


def _day(when: datetime, zone: tzinfo) -> str:
    return wide(day(when.astimezone(zone), weekday=False, year=False))
