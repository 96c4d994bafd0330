"""Alerts and digests as Telegram messages. Pure: values in, a `Message` out.

Publishers' words are shown as they are or cut at a word, never altered; links go straight to the
publisher. Sizes: an alert is at most 600 characters, a page of a digest 3,500 UTF-16 units and
90 entities, under what Telegram accepts (4,096 and 100), so that nothing is ever dropped in silence.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from comtoise.digests.followups import announcement
from comtoise.i18n import _, ngettext
from comtoise.model import Digest, Match, Part, Rhythm, Section, Story, StoryArticle, TopicKind
from comtoise.text import typography
from comtoise.text.fold import fold
from comtoise_bot.callbacks import SETTINGS, Feedback, Less, Pages, Setting, callback
from comtoise_bot.headline import headline, place
from comtoise_bot.message import Block, Button, Line, Message, Row, Span, block, line, one_line
from comtoise_bot.words import say

ALERT_LIMIT = 600  #: characters, as read
EXTRACT_LIMIT = 200
TITLE_LIMIT = 220  #: characters of a title in an alert
ITEM_LIMIT = 160  #: characters of a headline in a digest
PAGE_UNITS = 3500
PAGE_ENTITIES = 90
PAGE_ITEMS = 12
OPEN_ITEMS = 5  #: of a section; the following ones are folded
PARIS = ZoneInfo("Europe/Paris")


# --- alert ---


def alert(
    story: Story,
    why: str | None = None,
    *,
    zone: tzinfo = PARIS,
    maybe_repeat: bool = False,
    given: str = "",
    news: Iterable[str] = (),
) -> Message:
    """The alert for *story*.

    Args:
        why: what follows « Pourquoi : »; by default, the reasons read in the story itself.
        maybe_repeat: an earlier try may have arrived, and the message says so.
        given: the verdict already given (« u » useful, « o » off topic), ticked on its button.
        news: what a follow-up adds to the alert that it answers, as codes of `Delivery.news`.
    """
    head = headline(story)
    lead = story.lead
    top = [line(f"{head.emoji} ", Span(_cut(head.text, TITLE_LIMIT), "b"))]
    if added := announcement(news):
        top.insert(0, line(Span(typography.wide(added), "i")))
    if head.is_fact:
        top.append(line(_cut(one_line(lead.title), TITLE_LIMIT)))
    about = [line(byline(story, zone))]
    if story.others:
        about.append(line(say(_("Aussi chez {names}"), names=_names(story.others, 3))))
    reason = reasons(story) if why is None else one_line(why)
    notes = [line(Span(say(_("Pourquoi : {reason}"), reason=_cut(reason, 150)), "i"))] if reason else []
    if maybe_repeat:
        notes.append(line(Span(say(_("Envoi répété : vous l’avez peut-être déjà reçu.")), "i")))
    message = Message(blocks=(Block(tuple(top)), Block((*about, *notes))), rows=alert_buttons(story, given))
    room = ALERT_LIMIT - len(message.plain) - 6
    extract = typography.extract(one_line(lead.extract), min(EXTRACT_LIMIT, room)) if room > 60 else ""
    if extract and not _says_the_same(extract, lead.title):
        quoted = block(f"«\u00a0{extract}\u00a0»")
        message = replace(message, blocks=(message.blocks[0], quoted, message.blocks[1]))
    return message


def alert_buttons(story: Story, given: str = "") -> tuple[Row, ...]:
    """Lire, 👍, Hors sujet, Moins de ça…"""
    useful, off = say(_("👍 Utile")), say(_("Hors sujet"))
    verdicts = (
        Button(f"✓ {useful}" if given == "u" else useful, data=callback(Feedback("u", story.id))),
        Button(f"✓ {off}" if given == "o" else off, data=callback(Feedback("o", story.id))),
    )
    less = (Button(say(_("Moins de ça…")), data=callback(Less(story.id))),)
    if not _is_address(story.lead.url):
        return verdicts, less
    return (Button(say(_("Lire l’article")), url=story.lead.url),), verdicts, less


def byline(story: Story, zone: tzinfo) -> str:
    """« L’Est Républicain · 25 novembre, 9 h 05 · Besançon (25) »."""
    lead = story.lead
    source = _cut(one_line(lead.source_name), 60)
    if lead.paywalled:
        source = say(_("{source} (abonnés)"), source=source)
    parts = [source, moment(lead.published or lead.first_seen, zone), place(story)]
    return " · ".join(part for part in parts if part)


def moment(when: datetime, zone: tzinfo) -> str:
    """« 25 novembre, 9 h 05 »; the day alone when the source gave no hour (midnight)."""
    local = when.astimezone(zone)
    day = typography.day(local, weekday=False, year=False)
    clock = typography.clock(local.timetz().replace(tzinfo=None))
    return typography.wide(day if (local.hour, local.minute) == (0, 0) else f"{day}, {clock}")


def reasons(story: Story) -> str:
    """The topics of a story and the words that spoke for them, the surest first: at most three topics."""
    followed = [
        match
        for match in story.matches
        if match.kind in (TopicKind.SECTOR, TopicKind.CLUSTER, TopicKind.COMPANY) and match.label
    ]
    followed.sort(key=lambda match: -match.score)
    own = [
        say(_("votre mot « {word} »"), word=_cut(match.topic, 40))
        for match in story.matches
        if match.kind is TopicKind.WORD
    ]
    return " ; ".join([*own[:2], *map(_reason, followed[:3])][:3]).replace(" ;", "\u00a0;")


def _reason(match: Match) -> str:
    words: dict[str, str] = {}
    for evidence in sorted(match.evidence, key=lambda e: -e.weight):
        if evidence.part is not Part.SOURCE:
            words.setdefault(fold(evidence.words), one_line(evidence.words))
    quoted = [f"«\u00a0{_cut(word, 30)}\u00a0»" for word in list(words.values())[:2]]
    if match.kind is TopicKind.COMPANY or not quoted:
        return match.label
    return say(_("{topic} ({words})"), topic=match.label, words=", ".join(quoted))


# --- digest ---


def digest(
    content: Digest, page: int = 1, *, digest_id: int | None = None, maybe_repeat: bool = False
) -> Message:
    """One page of a digest; *page* counts from 1 and is brought back within bounds.

    *digest_id* is what the page buttons name; without it (a preview) there are no buttons.
    """
    pages = digest_pages(content)
    number = min(max(page, 1), len(pages))
    blocks = pages[number - 1]
    if maybe_repeat and number == 1:
        blocks += (block(line(Span(say(_("Envoi répété : vous l’avez peut-être déjà reçu.")), "i"))),)
    rows: tuple[Row, ...] = ()
    if digest_id is not None:
        turning = (page_buttons(digest_id, number, len(pages)),) if len(pages) > 1 else ()
        rows = (*turning, (Button(say(_("Réglages")), data=callback(Setting(SETTINGS, "open"))),))
    return Message(blocks=blocks, rows=rows)


def page_buttons(digest_id: int, number: int, count: int) -> Row:
    """‹ 1/3 ›; the ends lead round, so that every button does something."""
    before, after = number - 1 or count, number % count + 1
    return (
        Button("‹", data=callback(Pages(digest_id, before))),
        Button(f"{number}/{count}", data=callback(Pages(digest_id, number))),
        Button("›", data=callback(Pages(digest_id, after))),
    )


def digest_pages(content: Digest) -> tuple[tuple[Block, ...], ...]:
    """All pages; each opens with the head of the digest and fits the limits with its last lines."""
    head = _digest_head(content)
    foot = _digest_foot(content)
    room = PAGE_UNITS - head.units - foot.units - 120
    pages: list[list[_Piece]] = [[]]
    for piece in _pieces(content):
        if not _fits([*pages[-1], piece], room):
            pages.append([])
        pages[-1].append(piece)
    nothing = block(say(_("Rien à signaler dans ce que vous suivez.")))
    bodies = [tuple(_body(page)) for page in pages] if content.stories else [(nothing,)]
    return tuple(
        (head, *body, *((foot,) if index == len(bodies) - 1 and foot.lines else ()))
        for index, body in enumerate(bodies)
    )


class _Piece:
    """One story of a digest, under its heading."""

    __slots__ = ("folded", "heading", "line")

    def __init__(self, heading: str, line: Line, *, folded: bool) -> None:
        self.heading = heading
        self.line = line
        self.folded = folded


def _pieces(content: Digest) -> Iterator[_Piece]:
    told = say(_("À retenir"))
    for story in content.highlights:
        yield _Piece(told, item(story), folded=False)
    for section in content.sections:
        yield from _section_pieces(section)


def _section_pieces(section: Section) -> Iterator[_Piece]:
    for rank, story in enumerate(section.stories):
        yield _Piece(section.label, item(story), folded=rank >= OPEN_ITEMS)


def _fits(pieces: list[_Piece], room: int) -> bool:
    blocks = list(_body(pieces))
    return (
        len(pieces) == 1
        or (len(pieces) <= PAGE_ITEMS
            and sum(each.units + 1 for each in blocks) <= room
            and sum(each.entities for each in blocks) <= PAGE_ENTITIES - 4)
    )  # fmt: skip


def _body(pieces: Iterable[_Piece]) -> Iterator[Block]:
    heading, lines, folded = "", list[Line](), False
    for piece in pieces:
        if piece.heading != heading or piece.folded != folded:
            if lines:
                yield Block(tuple(lines), folded=folded)
            lines = [line(Span(piece.heading, "b"))] if piece.heading != heading else []
            # A folded tail that opens a page keeps its heading above the quote.
            if piece.folded and lines:
                yield Block(tuple(lines))
                lines = []
            heading, folded = piece.heading, piece.folded
        lines.append(piece.line)
    if lines:
        yield Block(tuple(lines), folded=folded)


def item(story: Story) -> Line:
    """One story on one line: headline linked to its publisher, source, « aussi chez »."""
    head = headline(story)
    url = story.lead.url if _is_address(story.lead.url) else None
    source = _cut(one_line(story.lead.source_name), 40)
    if story.lead.paywalled:
        source = say(_("{source} (abonnés)"), source=source)
    where = "" if head.is_fact else place(story)
    tail = f" — {source}" + (f", {where}" if where else "")
    if story.others:
        tail += say(_(", aussi chez {names}"), names=_names(story.others, 2))
    return line(f"{head.emoji} ", Span(_cut(head.text, ITEM_LIMIT), url=url), tail)


def _digest_head(content: Digest) -> Block:
    count = len(content.stories)
    name = _("La semaine") if content.slot.rhythm is Rhythm.WEEKLY else _("Comtoise")
    counted = say(ngettext("{count} sujet", "{count} sujets", count), count=count)
    title = line(Span(say(name), "b"), f" · {typography.wide(content.period)}")
    return Block((title, line(f"{content.zone} · {counted}" if content.zone else counted)))


def _digest_foot(content: Digest) -> Block:
    said: list[Line] = []
    if content.cut:
        told = ngettext(
            "{count} autre sujet n’a pas trouvé place ici.",
            "{count} autres sujets n’ont pas trouvé place ici.",
            content.cut,
        )
        said.append(line(Span(say(told, count=content.cut), "i")))
    if content.filtered:
        told = ngettext("{count} article lu et écarté.", "{count} articles lus et écartés.", content.filtered)
        said.append(line(Span(say(told, count=content.filtered), "i")))
    return Block(tuple(said))


# --- shared ---


def _names(articles: Iterable[StoryArticle], most: int) -> str:
    """« A et B », « A, B et 3 autres »: each source once."""
    names = list(dict.fromkeys(_cut(one_line(each.source_name), 40) for each in articles))
    if len(names) <= most:
        return typography.listed(names)
    left = len(names) - most
    others = say(ngettext("{count} autre", "{count} autres", left), count=left)
    return typography.listed([*names[:most], others])


def _cut(text: str, limit: int) -> str:
    """*text* as it is when it fits: only a cut may touch its spaces."""
    return text if len(text) <= limit else typography.shorten(text, limit)


def _is_address(url: str) -> bool:
    return url.startswith(("https://", "http://"))


def _says_the_same(extract: str, title: str) -> bool:
    return fold(extract).startswith(fold(one_line(title))[:80]) and len(extract) <= len(title) + 20
