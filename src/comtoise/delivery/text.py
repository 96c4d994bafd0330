"""A digest or an alert as plain text of 72 columns: the text part of a mail, the console, `digest preview`.

Written by hand, not stripped from HTML: same stories, same links, in the same order.
"""

import textwrap
from collections.abc import Iterable, Iterator
from datetime import tzinfo

from comtoise.delivery.letter import Footer, Item, Letter, SignalRow, item, letter
from comtoise.digests.composition import PARIS
from comtoise.digests.facts import fact_line
from comtoise.i18n import _
from comtoise.model import Digest, Rhythm, Story
from comtoise.text.typography import typo, wide

WIDTH = 72


def digest_text(
    digest: Digest, *, tz: tzinfo = PARIS, footer: Footer | None = None, picture: str = ""
) -> str:
    """Return *digest* as text; ends with a newline. An address is never broken, whatever its length."""
    return letter_text(letter(digest, tz=tz, footer=footer, picture=picture))


def alert_text(story: Story, *, tz: tzinfo = PARIS, footer: Footer | None = None) -> str:
    """Return one story as text."""
    shown = item(story, tz, Rhythm.INSTANT, kicker=True)
    lines = [*_item(shown, indent=""), *_footer(footer or Footer())]
    fact = fact_line(story)
    return _join([*(_wrap(fact) if fact else ()), *([""] if fact else ()), *lines])


def paragraphs(texts: Iterable[str], footer: Footer) -> str:
    """Return *texts* one below the other, each wrapped, with the foot of a mail."""
    body = [line for text in texts for line in ("", *_wrap(text))]
    return _join([*body[1:], *_footer(footer)])


def letter_text(shown: Letter) -> str:
    """Return *shown* as text; ends with a newline."""
    lines = [
        f"COMTOISE · {shown.kind}",
        f"{shown.zone} · {shown.count}" if shown.zone else shown.count,
        shown.period,
    ]
    if shown.note:
        lines += ["", *_wrap(shown.note)]
    lines += ["", *_heading(shown.essentials.title)]
    for n, point in enumerate(shown.essentials.items, 1):
        lines += ["", *_item(point, indent="   ", mark=f"{n}. ")]
    if shown.tiles:
        lines += ["", *_heading(_("Les chiffres de la semaine"))]
        for tile in shown.tiles:
            before = f" ({tile.before})" if tile.before else ""
            lines += _wrap(f"{tile.value} {tile.label}{before}", first="  ", rest="    ")
    for chapter in shown.chapters:
        lines += ["", *_heading(chapter.title)]
        for entry in chapter.items:
            lines += ["", *_item(entry, indent="  ", mark="* ")]
    if shown.signals:
        lines += ["", *_heading(_("Les signaux de la semaine")), ""]
        lines += [line for row in shown.signals for line in _signal(row)]
    if shown.agenda:
        lines += ["", *_heading(_("À venir"))]
        for date in shown.agenda:
            lines += [
                "",
                *_wrap(f"{date.day} : {date.title} ({date.label})", first="  ", rest="  "),
                f"  {date.url}",
            ]
    if shown.picture:
        lines += ["", *_wrap(shown.picture)]
    if shown.filtered:
        lines += ["", *_wrap(shown.filtered)]
    return _join([*lines, *_footer(shown.footer)])


def _heading(title: str) -> list[str]:
    return [title.upper(), "-" * len(title)]


def _item(shown: Item, *, indent: str, mark: str = "") -> Iterator[str]:
    if shown.kicker:
        yield from _wrap(shown.kicker.upper(), first=mark or indent, rest=indent)
        mark = ""
    yield from _wrap(shown.title, first=mark or indent, rest=indent)
    if shown.figures:
        yield from _wrap(", ".join(shown.figures), first=indent, rest=indent)
    yield from _wrap(shown.byline, first=indent, rest=indent)
    if shown.extract:
        yield from _wrap(f"« {shown.extract} »", first=indent, rest=indent)
    if shown.also:
        yield from _wrap(shown.also, first=indent, rest=indent)
    yield indent + shown.url


def _signal(row: SignalRow) -> Iterator[str]:
    where = f"{row.company} ({row.place})" if row.place else row.company
    yield from _wrap(
        " · ".join(part for part in (where, row.label, row.figures, row.source) if part), rest="  "
    )


def _footer(shown: Footer) -> Iterator[str]:
    if shown == Footer():
        return
    # « -- » then a space: mail programs fold what follows (RFC 3676, 4.3).
    yield from ("", "-- ", *_wrap(shown.reason))
    for label, url in (
        (_("Changer de rythme ou de sujets :"), shown.settings_url),
        (_("Se désabonner en un clic :"), shown.unsubscribe_url),
        (_("Vos données :"), shown.privacy_url),
    ):
        if url:
            yield from (typo(label), url)
    yield from _wrap(shown.identity)


def _wrap(text: str, *, first: str = "", rest: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _join(lines: Iterable[str]) -> str:
    return wide("\n".join(lines)) + "\n"
