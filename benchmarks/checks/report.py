"""The report of how good the checks are: its tables, its targets, and its place in docs/checks.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.checks.looked_at import Verdict, digest, verdict
from benchmarks.checks.measuring import SEED, WEIGHTY, Score, Untouched
from benchmarks.checks.texts import NEWS, OFFICIAL, TARGETS, Sample
from service.domain.checks import CHECKS, DOCUMENT_CHECKS, Finding, Severity

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "checks.md"
FIRST, LAST = "<!-- make checks-report writes from here -->", "<!-- to here -->"

MOST = {
    (OFFICIAL, Severity.ERROR): 0.01,
    (NEWS, Severity.ERROR): 0.03,
    (OFFICIAL, Severity.WARNING): 0.06,
    (NEWS, Severity.WARNING): 0.06,
}


def report(judged: Sequence[Untouched], scores: Sequence[Score]) -> tuple[str, list[str]]:
    """Return the report as Markdown, and what misses its target, a line each."""
    missed: list[str] = []
    lines = [f"Seed {SEED}. Dutch into each language.", ""]
    lines += ["### Alarms in texts that nobody touched", "", *_alarms(judged, missed)]
    lines += ["", "Alarms by check, in segments:", "", *_alarms_by_check(judged)]
    lines += ["", "What they are, each looked at:", "", *_kinds_of_alarm(judged)]
    for locale in TARGETS:
        lines += ["", f"### Planted errors: {locale}", "", *_planted(scores, locale, missed)]
    return "\n".join(lines), missed


def write(text: str, document: Path = DOCUMENT) -> None:
    """Put the report between its marks in the document."""
    before, _, rest = document.read_text("utf-8").partition(FIRST)
    _, _, after = rest.partition(LAST)
    document.write_text(f"{before}{FIRST}\n\n{text}\n\n{LAST}{after}", "utf-8")


def _alarms(judged: Sequence[Untouched], missed: list[str]) -> Iterator[str]:
    yield "| text | language | segments | with an error | without true differences | with a warning | kept |"
    yield "|---|---|---|---|---|---|---|"
    for corpus in (OFFICIAL, NEWS):
        for locale in TARGETS:
            mine = [one for one in judged if (one.sample.corpus, one.sample.locale) == (corpus, locale)]
            errors = sum(one.has(Severity.ERROR) for one in mine)
            false = sum(_has_false_error(one) for one in mine)
            warnings = sum(one.has(Severity.WARNING) for one in mine)
            cells, kept = [f"{errors}, {_percent(errors / len(mine))}"], True
            for number, severity in ((false, Severity.ERROR), (warnings, Severity.WARNING)):
                share, most = number / len(mine), MOST[corpus, severity]
                cells.append(f"{number}, {_percent(share)} (≤ {_percent(most)})")
                if share > most:
                    kept = False
                    missed.append(f"{corpus}, {locale}: {severity.value} in {_percent(share)} of segments")
            yield f"| {corpus} | {locale} | {len(mine)} | {' | '.join(cells)} | {_kept(kept=kept)} |"


def _has_false_error(one: Untouched) -> bool:
    """Tell whether an error is reported that is none; what nobody has looked at counts as that."""
    errors = {finding.code for finding in one.findings if finding.severity is Severity.ERROR}
    seen = [verdict(one.sample, code) for code in errors]
    return not all(each is not None and each.value.is_right for each in seen)


def _kinds_of_alarm(judged: Sequence[Untouched]) -> Iterator[str]:
    counts: Counter[tuple[Verdict | None, Severity]] = Counter()
    for one in judged:
        weights = {(finding.code, finding.severity) for finding in one.findings if finding.severity in WEIGHTY}
        counts.update((verdict(one.sample, code), severity) for code, severity in weights)
    yield "| what it is | rightly reported | errors | warnings |"
    yield "|---|---|---|---|"
    for each in (*Verdict, None):
        errors, warnings = (counts[each, severity] for severity in WEIGHTY)
        if errors or warnings:
            about, right = (
                (each.value.about, "yes" if each.value.is_right else "no") if each else ("Not looked at.", "?")
            )
            yield f"| {about} | {right} | {errors or ''} | {warnings or ''} |"


def _alarms_by_check(judged: Sequence[Untouched]) -> Iterator[str]:
    columns = [(corpus, locale) for corpus in (OFFICIAL, NEWS) for locale in TARGETS]
    counts: dict[tuple[str, str], Counter[tuple[str, str]]] = {column: Counter() for column in columns}
    for one in judged:
        found = {(finding.code, finding.severity.value) for finding in one.findings}
        counts[one.sample.corpus, one.sample.locale].update(found)
    yield f"| check | weight | {' | '.join(f'{corpus} {locale}' for corpus, locale in columns)} |"
    yield f"|---|---|{'---|' * len(columns)}"
    codes = [*(check.code for check in CHECKS), *(check.code for check in DOCUMENT_CHECKS)]
    rows = {row for count in counts.values() for row in count}
    for code, severity in sorted(rows, key=lambda row: (codes.index(row[0]), row[1])):
        numbers = " | ".join(str(counts[column][code, severity] or "") for column in columns)
        yield f"| `{code}` | {severity} | {numbers} |"


def _planted(scores: Sequence[Score], locale: str, missed: list[str]) -> Iterator[str]:
    yield "| error | checks | planted | found | by any check | precision | wanted | kept |"
    yield "|---|---|---|---|---|---|---|---|"
    known = {check.code for check in CHECKS}
    for score in (score for score in scores if score.locale == locale):
        kind = score.kind
        codes = ", ".join(f"`{code}`" for code in sorted(kind.codes & known))
        wanted = "" if kind.recall is None else f"≥ {_percent(kind.recall)}"
        kept = "" if kind.recall is None else _kept(kept=score.is_met)
        yield (
            f"| {kind.name} | {codes} | {score.planted} | {_percent(score.recall)} |"
            f" {_percent(score.found_by_any / score.planted)} | {_percent(score.precision)} | {wanted} | {kept} |"
        )
        if not score.is_met:
            missed.append(f"{kind.name}, {locale}: {_percent(score.recall)} found")


def list_alarms(judged: Iterable[Untouched]) -> str:
    """Return each alarm with what it was found to be and both texts, for a person to look at."""
    return "\n".join(
        f"{' '.join(_facts(one.sample, finding))}: {finding}\n  {one.sample.source.text}\n  {one.sample.target}"
        for one in judged
        for finding in one.findings
    )


def _facts(sample: Sample, finding: Finding) -> tuple[str, ...]:
    seen = verdict(sample, finding.code)
    name = digest(sample, finding.code)
    return (
        sample.corpus,
        sample.locale,
        str(sample.place),
        finding.severity.value,
        finding.code,
        name,
        seen.name if seen else "?",
    )


def list_misses(scores: Iterable[Score]) -> str:
    """Return each planted error that was not found, with the source, what stood there and what stands there."""
    return "\n".join(
        f"{score.locale} {score.kind.name}\n  {plant.source.text}\n  {plant.whole}\n  {plant.damaged}"
        for score in scores
        for plant in score.missed
    )


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %".replace(".0 %", " %")


def _kept(*, kept: bool) -> str:
    return "yes" if kept else "NO"
