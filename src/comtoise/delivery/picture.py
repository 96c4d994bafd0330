"""The picture of a weekly mail: twelve weeks by sector, and where the week happened. A PNG, with its words.

The words say all that the picture does: many mail programs show no image before they are asked to.
"""

import base64
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from comtoise.i18n import _, ngettext
from comtoise.knowledge import load, outlines
from comtoise.model import Digest, TopicKind, Week
from comtoise.text.typography import listed, number, typo, wide

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BYTES_MAX = 40_000
SECTORS_MAX = 5  #: drawn apart; the rest is one grey
DEPARTEMENTS_SAID = 6
WIDTH_PX, HEIGHT_PX, SCALE = 600, 265, 2  #: as shown; drawn twice as fine
_PAPER, _INK, _MUTED, _RULE = "#fffcf6", "#1f2430", "#5d6068", "#e4dccb"
_COLOURS = ("#1b4b72", "#c07a2b", "#4f8a6d", "#8a4f7d", "#b9a13c")
_OTHERS = "#b8b2a6"
_GROUND, _PALE, _DEEP = "#efe8d9", (0.93, 0.83, 0.66), (0.54, 0.33, 0.08)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An image and what it says."""

    png: bytes
    alt: str

    @property
    def data_url(self) -> str:
        """The image as an address, for a page that stands alone; many mail programs refuse those."""
        return "data:image/png;base64," + base64.b64encode(self.png).decode()


def picture_of(digest: Digest) -> Picture | None:
    """The picture of a weekly digest; the same for the same digest."""
    labels = {section.topic: section.label for section in digest.sections}
    for story in digest.stories:
        labels |= {m.topic: m.label for m in story.matches if m.kind is TopicKind.SECTOR and m.label}
    return week_picture(digest.weeks, labels) if digest.weeks else None


def week_picture(weeks: Sequence[Week], labels: Mapping[str, str]) -> Picture | None:
    """Draw *weeks*, the oldest first; None while there are fewer than two with any story.

    Args:
        labels: Sector id to its name.
    """
    told = [week for week in weeks if week.stories]
    if len(told) < 2 or not weeks[-1].stories:
        return None
    shown = tuple(week for week in weeks if week.start >= told[0].start)
    return _made(_Drawing(shown, dict(labels)))


class _Drawing:
    """What is drawn, as a key: the readers of the same topics share their picture."""

    def __init__(self, weeks: tuple[Week, ...], labels: dict[str, str]) -> None:
        self.weeks, self.labels = weeks, labels
        self._key = repr((weeks, sorted(labels.items())))

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Drawing) and self._key == other._key


@lru_cache(maxsize=32)
def _made(drawing: _Drawing) -> Picture:
    return Picture(png=_drawn(drawing.weeks, drawing.labels), alt=words(drawing.weeks, drawing.labels))


def words(weeks: Sequence[Week], labels: Mapping[str, str]) -> str:
    """The alternative text: all that the picture says."""
    last = weeks[-1]
    by_week = ", ".join(number(week.stories) for week in weeks)
    sentences = [
        ngettext(
            "Sujets par semaine, la dernière à la fin : {counts}.",
            "Sujets par semaine depuis {n} semaines, la dernière à la fin : {counts}.",
            len(weeks),
        ).format(n=len(weeks), counts=by_week)
    ]
    sectors = [f"{labels.get(id_, id_)} {number(n)}" for id_, n in Counter(last.sectors).most_common()]
    if sectors:
        sentences.append(_("Cette semaine : {sectors}.").format(sectors=listed(sectors)))
    names = {each.code: each.name for each in load().places.departements}
    places = [
        f"{names[code]} {number(n)}"
        for code, n in Counter(last.departements).most_common(DEPARTEMENTS_SAID)
        if code in names
    ]
    if places:
        sentences.append(_("Où : {places}.").format(places=listed(places)))
    return wide(typo(" ".join(sentences)))


def _drawn(weeks: Sequence[Week], labels: Mapping[str, str]) -> bytes:
    # Slow to import, and needed once a week.
    from matplotlib.figure import Figure
    from PIL import Image

    figure = Figure(figsize=(WIDTH_PX / 100, HEIGHT_PX / 100), dpi=100 * SCALE, facecolor=_PAPER)
    _bars(figure.add_axes((0.05, 0.22, 0.52, 0.65)), weeks, labels)
    _map(figure.add_axes((0.6, 0.03, 0.39, 0.82)), weeks)
    style: dict[str, Any] = {"fontsize": 9, "fontweight": "bold", "color": _INK, "va": "top"}
    figure.text(0.02, 0.97, _("Sujets par semaine et par filière"), **style)
    figure.text(0.61, 0.97, _("Où, cette semaine"), **style)
    raw = io.BytesIO()
    figure.savefig(raw, format="png")
    # A few flat colours: a palette makes the file four times smaller.
    image = Image.open(raw).convert("RGB")
    for colours in (64, 32, 16):
        out = io.BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(out, format="PNG", optimize=True)
        if out.tell() <= BYTES_MAX:
            break
    return out.getvalue()


def _bars(axes: "Axes", weeks: Sequence[Week], labels: Mapping[str, str]) -> None:
    totals: Counter[str] = Counter()
    for week in weeks:
        totals.update(week.sectors)
    first = [id_ for id_, _n in totals.most_common(SECTORS_MAX)]
    places = range(len(weeks))
    below = [0] * len(weeks)
    drawn = [
        (labels.get(id_, id_), [week.sectors.get(id_, 0) for week in weeks], colour)
        for id_, colour in zip(first, _COLOURS, strict=False)
    ]
    rest = [sum(n for id_, n in week.sectors.items() if id_ not in first) for week in weeks]
    if any(rest):
        drawn.append((_("Autres"), rest, _OTHERS))
    for label, counts, colour in drawn:
        axes.bar(places, counts, bottom=below, color=colour, width=0.72, label=_short(label))
        below = [a + b for a, b in zip(below, counts, strict=True)]
    ends = [week.start + timedelta(days=6) for week in weeks]
    step = 1 if len(weeks) <= 4 else 3
    marks = [i for i in places if (len(weeks) - 1 - i) % step == 0]
    axes.set_xticks(marks, [f"{ends[i].day}/{ends[i].month:02d}" for i in marks])
    axes.tick_params(colors=_MUTED, labelsize=7, length=0)
    axes.locator_params(axis="y", integer=True, nbins=4)
    axes.set_facecolor(_PAPER)
    axes.grid(axis="y", color=_RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.set_ylim(top=max([*below, 1]) * 1.12)
    axes.legend(
        loc="upper center", bbox_to_anchor=(0.5, -0.09), ncols=3, fontsize=6.5, frameon=False, labelcolor=_INK,
        handlelength=0.9, handleheight=0.9, columnspacing=1.0, handletextpad=0.4, borderaxespad=0.2,
    )  # fmt: skip


def _map(axes: "Axes", weeks: Sequence[Week]) -> None:
    shapes = outlines()
    last = {code: n for code, n in weeks[-1].departements.items() if code in shapes and n}
    often: Counter[str] = Counter()
    for week in weeks:
        often.update({code: n for code, n in week.departements.items() if code in shapes})
    framed = {code for code, n in often.items() if n * 20 >= sum(often.values())} or set(last)
    xs = [x for code in framed for ring in shapes[code] for x, _y in ring]
    ys = [y for code in framed for ring in shapes[code] for _x, y in ring]
    most = max(last.values(), default=1)
    for code, rings in shapes.items():
        share = last.get(code, 0) / most
        colour = (
            _GROUND
            if code not in last
            else tuple(pale + (deep - pale) * share for pale, deep in zip(_PALE, _DEEP, strict=True))
        )
        for ring in rings:
            axes.fill(*zip(*ring, strict=True), facecolor=colour, edgecolor=_PAPER, linewidth=0.8)
        if code in last:
            (largest,) = sorted(rings, key=len)[-1:]
            x = (min(p[0] for p in largest) + max(p[0] for p in largest)) / 2
            y = (min(p[1] for p in largest) + max(p[1] for p in largest)) / 2
            axes.text(
                x,
                y,
                str(last[code]),
                ha="center",
                va="center",
                fontsize=8,
                fontweight="bold",
                color=_PAPER if share > 0.45 else _INK,
                clip_on=True,
            )
    if xs:
        pad = 6
        axes.set_xlim(min(xs) - pad, max(xs) + pad)
        axes.set_ylim(max(ys) + pad, min(ys) - pad)
    axes.set_aspect("equal")
    axes.axis("off")


def _short(label: str) -> str:
    """« Santé » for « Santé : dispositifs médicaux, pharmacie »."""
    for mark in (",", " :", "\u00a0:", " et "):
        label = label.partition(mark)[0]
    return label
