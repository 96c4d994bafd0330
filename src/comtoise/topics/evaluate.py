"""Measure verdicts against labels: precision, recall, F1 per field and topic, noise let through, news lost.

A label in ``<field>_optional`` counts neither way: given or not, it is right. An article is noise when its `worth`
is 0, and worthwhile above.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from comtoise.i18n import _, ngettext
from comtoise.topics.usage import WHYS, KeywordCount, Keywords, Use, count_keywords, dead

FIELDS = ("sectors", "clusters", "departements", "communes", "signals", "companies")


@dataclass(slots=True)
class Count:
    """Right, wrong and missed answers."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    precision: float = 0.0  #: 0..1; 1 when nothing was answered
    recall: float = 0.0  #: 0..1; 1 when nothing was to be found
    f1: float = 0.0

    def settle(self) -> None:
        """Compute the three figures, to four places."""
        self.precision = round(self.right / (self.right + self.wrong), 4) if self.right + self.wrong else 1.0
        self.recall = round(self.right / (self.right + self.missed), 4) if self.right + self.missed else 1.0
        both = self.precision + self.recall
        self.f1 = round(2 * self.precision * self.recall / both, 4) if both else 0.0


@dataclass(slots=True)
class Report:
    """The measures of a run; fields without one label and one answer are left out."""

    articles: int = 0
    fields: dict[str, Count] = field(default_factory=dict)  #: micro-averaged over the topics of the field
    topics: dict[str, dict[str, Count]] = field(default_factory=dict)
    noise: int = 0  #: articles of worth 0
    noise_let_through: int = 0  #: of them, those that were given a sector
    worthwhile: int = 0
    lost: int = 0  #: of them, those that were given none
    noise_rate: float = 0.0
    loss_rate: float = 0.0
    worth_exact: float = 0.0  #: share of articles whose worth is the label's
    keywords: list[KeywordCount] = field(default_factory=list)  #: most hits first
    dead: dict[str, tuple[str, ...]] = field(default_factory=dict)  #: by sector, when the words are known
    missing: list[str] = field(default_factory=list)  #: ids labelled and not predicted


def evaluate(
    labelled: Iterable[Mapping[str, Any]],
    predictions: Iterable[Mapping[str, Any]],
    *,
    words: Keywords | None = None,
) -> Report:
    """Compare lines by id. Fields that a labelled line does not have are not judged.

    Args:
        labelled: Lines with ``id`` and any of `FIELDS`, each with an optional ``<field>_optional``, and ``worth``.
        predictions: Lines as `comtoise classify` writes them; order does not matter.
        words: The keywords that made the predictions: what they did is then counted by keyword, not by the words
            quoted, and those that did nothing are named.
    """
    by_id = {str(line["id"]): line for line in predictions}
    report = Report()
    uses: list[Use] = []
    worths = exact = 0
    for row in labelled:
        answer = by_id.get(str(row["id"]))
        if answer is None:
            report.missing.append(str(row["id"]))
            continue
        report.articles += 1
        for name in FIELDS:
            if row.get(name) is not None:
                _judge(report, name, row, answer)
        if row.get("worth") is not None:
            worths += 1
            exact += int(row["worth"]) == int(answer.get("worth", 0))
            _judge_worth(report, int(row["worth"]), bool(answer.get("sectors")))
        if row.get("sectors") is not None:
            uses.extend(_uses(row, answer, words))
    for name, count in report.fields.items():
        count.settle()
        for topic in report.topics[name].values():
            topic.settle()
        report.topics[name] = dict(sorted(report.topics[name].items()))
    report.noise_rate = round(report.noise_let_through / report.noise, 4) if report.noise else 0.0
    report.loss_rate = round(report.lost / report.worthwhile, 4) if report.worthwhile else 0.0
    report.worth_exact = round(exact / worths, 4) if worths else 0.0
    report.keywords = count_keywords(uses)
    report.dead = dead(words, report.keywords) if words is not None else {}
    return report


def _judge(report: Report, name: str, row: Mapping[str, Any], answer: Mapping[str, Any]) -> None:
    given = set(answer.get(name) or ())
    wanted = set(row[name])
    optional = set(row.get(f"{name}_optional") or ())
    total = report.fields.setdefault(name, Count())
    topics = report.topics.setdefault(name, defaultdict(Count))
    for topic in given | wanted:
        if topic in optional and topic not in wanted:
            continue
        for count in (total, topics[topic]):
            if topic in given and topic in wanted:
                count.right += 1
            elif topic in given:
                count.wrong += 1
            elif topic not in optional:
                count.missed += 1


def _judge_worth(report: Report, worth: int, kept: bool) -> None:
    if worth == 0:
        report.noise += 1
        report.noise_let_through += kept
    else:
        report.worthwhile += 1
        report.lost += not kept


def _uses(row: Mapping[str, Any], answer: Mapping[str, Any], words: Keywords | None) -> Iterator[Use]:
    """The sectors given, each with the keywords that spoke for it and whether it is right."""
    right = set(row["sectors"]) | set(row.get("sectors_optional") or ())
    for detail in answer.get("sectors_detail") or ():
        sector = str(detail["id"])
        spoken = {
            words.named(sector, str(evidence["words"])) if words else str(evidence["words"]).casefold()
            for evidence in detail.get("evidence") or ()
            if evidence.get("why", "strong") in WHYS
        }
        yield Use(sector, frozenset(spoken), judged=1, right=int(sector in right))


_NAMES = {
    "sectors": "Filières",
    "clusters": "Pôles",
    "departements": "Départements",
    "communes": "Communes",
    "signals": "Signaux",
    "companies": "Entreprises",
}


def render_report(report: Report, *, keywords: int = 0) -> str:
    """The report as French text: one line per field, then per sector, then the *keywords* most active words."""
    lines = [_("Articles jugés : {articles}").format(articles=report.articles)]
    for name, count in report.fields.items():
        lines.append(_line(_NAMES[name], count))
    if report.noise or report.worthwhile:
        lines.append(
            _(
                "Bruit passé : {let} sur {noise} ({rate}) ; articles utiles perdus : {lost} sur {useful} ({loss})"
            ).format(
                let=report.noise_let_through,
                noise=report.noise,
                rate=_percent(report.noise_rate),
                lost=report.lost,
                useful=report.worthwhile,
                loss=_percent(report.loss_rate),
            )
        )
    for topic, count in report.topics.get("sectors", {}).items():
        lines.append("  " + _line(topic, count))
    lines.extend(f"  {keyword_line(keyword)}" for keyword in report.keywords[:keywords])
    if keywords and report.dead:
        lines.append(_("Mots-clés qui n’ont rien trouvé :"))
        lines.extend(f"  {sector} : {', '.join(silent)}" for sector, silent in report.dead.items())
    if report.missing:
        lines.append(_("Sans réponse : {ids}").format(ids=", ".join(report.missing)))
    return "\n".join(lines)


def keyword_line(count: KeywordCount, *, hits: str = "") -> str:
    """What a keyword did, in one line of French. *hits* says its hits when they are not articles."""
    line = _("« {words} » ({sector}) : {hits}, {precision}, seul {alone} fois").format(
        words=count.words,
        sector=count.sector,
        hits=hits or ngettext("{n} article", "{n} articles", count.hits).format(n=count.hits),
        precision=_("jamais jugé")
        if count.precision is None
        else _("précision {precision} (entre {low} et {high}, jugé {judged} fois)").format(
            precision=_percent(count.precision),
            low=_percent(count.low),
            high=_percent(count.high),
            judged=count.judged,
        ),
        alone=count.alone,
    )
    if count.always_with:
        others = ", ".join(f"« {word} »" for word in count.always_with[:3])
        line += _(" ; toujours avec {others}").format(others=others)
    return line


def _line(name: str, count: Count) -> str:
    return _(
        "{name} : précision {precision}, rappel {recall}, F1 {f1} "
        "(justes : {right}, faux : {wrong}, manqués : {missed})"
    ).format(
        name=_(name),
        precision=_percent(count.precision),
        recall=_percent(count.recall),
        f1=f"{count.f1:.3f}".replace(".", ","),
        right=count.right,
        wrong=count.wrong,
        missed=count.missed,
    )


def _percent(share: float) -> str:
    return f"{100 * share:.1f}\u202f%".replace(".", ",")
