"""A digest or an alert as one HTML document: the HTML part of a mail, and `digest preview`.

Every style is inline, because SFR and La Poste webmail drop ``<style>``; layout is tables of one column of at
most 600 px, because Outlook knows little else; nothing is fetched, so that opening tells nobody anything. The
one ``<style>`` block only darkens, where it is understood.
"""

from dataclasses import replace
from datetime import tzinfo

from jinja2 import Environment, PackageLoader, StrictUndefined

from comtoise.delivery.letter import Chapter, Footer, Letter, item, letter, one_line
from comtoise.digests.composition import PARIS
from comtoise.digests.facts import fact_line, subject
from comtoise.i18n import _, ngettext
from comtoise.model import Digest, Rhythm, Story
from comtoise.text.typography import typo, wide

SIZE_MAX = 80_000  #: bytes; Gmail hides what comes after about 102 000, and the way to unsubscribe with it

_SANS = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
_SERIF = "font-family:Georgia,'Times New Roman',serif"
_INK, _MUTED, _BRASS, _BLUE, _RULE = "#1f2430", "#5d6068", "#8a5414", "#1b4b72", "#e4dccb"
#: Inline styles by their part in the page. Contrast on the card is at least 4.5:1 for each text colour.
STYLES = {
    "body": "margin:0;padding:0;background-color:#f3efe6",
    "page": "background-color:#f3efe6",
    "card": "background-color:#fffcf6",
    "brand": f"margin:0;{_SERIF};font-size:30px;line-height:34px;font-weight:bold;color:{_INK}",
    "kind": f"margin:0;{_SANS};font-size:12px;line-height:18px;letter-spacing:1px;font-weight:bold;"
    f"color:{_BRASS}",
    "meta": f"margin:0;{_SANS};font-size:14px;line-height:21px;color:{_MUTED}",
    "h2": f"margin:0;{_SERIF};font-size:21px;line-height:26px;font-weight:bold;color:{_INK}",
    "rule": f"border-top:1px solid {_RULE};font-size:0;line-height:0",
    "brass": f"border-top:3px solid {_BRASS};font-size:0;line-height:0",
    "numeral": f"{_SERIF};font-size:30px;line-height:30px;color:{_BRASS}",
    "kicker": f"margin:0;{_SANS};font-size:12px;line-height:18px;letter-spacing:.5px;font-weight:bold;"
    f"color:{_BRASS}",
    "title": f"margin:0;{_SERIF};font-size:18px;line-height:24px;font-weight:bold",
    "small_title": f"margin:0;{_SANS};font-size:16px;line-height:22px;font-weight:bold",
    "link": f"color:{_BLUE};text-decoration:none",
    "figures": f"margin:3px 0 0;{_SANS};font-size:15px;line-height:21px;font-weight:bold;color:{_INK}",
    "byline": f"margin:3px 0 0;{_SANS};font-size:13px;line-height:19px;color:{_MUTED}",
    "extract": f"margin:6px 0 0;{_SERIF};font-size:15px;line-height:22px;font-style:italic;color:{_INK}",
    "tile": f"background-color:#f7f1e3;{_SANS};padding:12px 14px",
    "aside": f"color:{_MUTED}",
    "value": f"margin:0;{_SERIF};font-size:24px;line-height:30px;font-weight:bold;color:{_BRASS}",
    "label": f"margin:0;{_SANS};font-size:13px;line-height:18px;color:{_INK}",
    "th": f"{_SANS};font-size:12px;line-height:17px;color:{_MUTED};text-align:left;font-weight:bold;"
    f"border-bottom:2px solid {_BRASS};padding:6px 8px 6px 0;vertical-align:bottom",
    "td": f"{_SANS};font-size:13px;line-height:19px;color:{_INK};text-align:left;"
    f"border-bottom:1px solid {_RULE};padding:8px 8px 8px 0;vertical-align:top",
    "note": f"margin:0;{_SERIF};font-size:17px;line-height:25px;color:{_INK}",
    "picture": f"display:block;width:100%;max-width:552px;height:auto;border:0;{_SANS};font-size:14px;"
    f"line-height:21px;color:{_MUTED}",
    "foot": f"margin:0 0 8px;{_SANS};font-size:13px;line-height:20px;color:{_MUTED}",
    "foot_link": f"color:{_BLUE};text-decoration:underline",
    "button": f"display:inline-block;background-color:{_BLUE};color:#ffffff;{_SANS};font-size:15px;"
    "line-height:20px;font-weight:bold;text-decoration:none;padding:12px 20px",
}  # fmt: skip

_environment = Environment(
    loader=PackageLoader("comtoise.delivery"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.globals.update(s=STYLES, _=_, ngettext=ngettext)
_environment.filters["typo"] = typo


def digest_html(
    digest: Digest, *, tz: tzinfo = PARIS, footer: Footer | None = None, picture: str = "", source: str = ""
) -> str:
    """Return *digest* as an HTML document.

    Args:
        picture: What the picture of the week says.
        source: Where the document finds it: ``cid:…`` in a mail; without one no picture is shown.
    """
    return letter_html(letter(digest, tz=tz, footer=footer, picture=picture), source)


def letter_html(shown: Letter, source: str = "") -> str:
    """Return *shown* as HTML of at most `SIZE_MAX` bytes: the last stories are dropped, and it says so."""
    html = render("digest.html", shown=shown, source=source, dropped=0)
    dropped = 0
    while len(html.encode()) > SIZE_MAX and shown.chapters:
        shown = _without_last(shown)
        dropped += 1
        html = render("digest.html", shown=shown, source=source, dropped=dropped)
    return html


def alert_html(story: Story, *, tz: tzinfo = PARIS, footer: Footer | None = None) -> str:
    """Return one story as an HTML document."""
    return render(
        "alert.html",
        subject=one_line(subject(story)),
        fact=fact_line(story),
        item=item(story, tz, Rhythm.INSTANT, kicker=True),
        footer=footer or Footer(),
    )


def render(name: str, **values: object) -> str:
    """Fill a template with the house's styles; narrow spaces become ones that every mail font has."""
    return wide(_environment.get_template(name).render(values))


def _without_last(shown: Letter) -> Letter:
    *chapters, last = shown.chapters
    if len(last.items) > 1:
        chapters.append(Chapter(title=last.title, items=last.items[:-1]))
    return replace(shown, chapters=tuple(chapters))
