"""What the checks find in human translations as they are, and in the same with one error planted.

*Recall* of a kind of error is the share of the planted errors for which one of the checks that should see it reports an
error or a warning. Only those count where the same checks were silent before the damage.
*Precision* is found ÷ (found + alarms), with as many alarms of the same checks as there are in as many untouched
segments of the language as errors were planted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from benchmarks.checks.kinds import Kind
from benchmarks.checks.planting.base import Plant
from benchmarks.checks.planting.words import term_bases
from benchmarks.checks.texts import Sample
from service.domain.checks import Finding, Pair, Rules, Severity, run_checks, run_document_checks
from service.domain.text import CodedText

SEED = 20_260_401
SOURCE = "nl"
WEIGHTY = (Severity.ERROR, Severity.WARNING)


@dataclass(frozen=True, slots=True)
class Untouched:
    """A sample and what was found in it."""

    sample: Sample
    findings: tuple[Finding, ...]

    def has(self, severity: Severity) -> bool:
        return any(finding.severity is severity for finding in self.findings)


@dataclass(slots=True)
class Score:
    """How one kind of error was found in one language."""

    kind: Kind
    locale: str
    alarm_rate: float
    planted: int = 0
    found: int = 0
    found_by_any: int = 0
    missed: list[Plant] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.planted

    @property
    def precision(self) -> float:
        alarms = self.alarm_rate * self.planted
        return self.found / (self.found + alarms) if self.found else 0.0

    @property
    def is_met(self) -> bool:
        return self.kind.recall is None or self.recall >= self.kind.recall


def untouched(samples: Sequence[Sample]) -> list[Untouched]:
    """Run every check over every sample, and those of whole versions over its document."""
    documents: dict[tuple[str, str, str], list[Sample]] = defaultdict(list)
    for sample in samples:
        documents[sample.corpus, sample.locale, sample.document].append(sample)
    return [judged for document in documents.values() for judged in _document(document)]


def _document(samples: Sequence[Sample]) -> Iterable[Untouched]:
    pairs = [Pair(sample.source, sample.target, SOURCE, sample.locale) for sample in samples]
    of_document: dict[int, list[Finding]] = defaultdict(list)
    for place, finding in run_document_checks(pairs):
        of_document[place].append(finding)
    for place, sample in enumerate(samples):
        yield Untouched(sample, (*findings_in(sample.source, sample.target, sample.locale), *of_document[place]))


def findings_in(
    source: CodedText, target: str, locale: str, rules: Mapping[str, Rules] | None = None
) -> tuple[Finding, ...]:
    """Return what the checks of a segment find."""
    mine = rules[locale] if rules else Rules()
    return run_checks(source, target, source_locale=SOURCE, target_locale=locale, rules=mine)


def scores(kinds: Sequence[Kind], judged: Sequence[Untouched], *, seed: int = SEED) -> list[Score]:
    """Plant each kind of error in each language and count what is found; kinds without a place for one are left out."""
    rules = {locale: Rules(terms=base) for locale, base in term_bases().items()}
    by_locale: dict[str, list[Untouched]] = defaultdict(list)
    for one in judged:
        by_locale[one.sample.locale].append(one)
    counted = (_score(kind, locale, mine, rules, seed=seed) for locale, mine in by_locale.items() for kind in kinds)
    return [score for score in counted if score.planted]


def _score(kind: Kind, locale: str, judged: Sequence[Untouched], rules: Mapping[str, Rules], *, seed: int) -> Score:
    alarms = sum(_reported(one.findings, kind) for one in judged)
    score = Score(kind, locale, alarms / len(judged))
    chance = Random(f"{seed} {kind.name} {locale}")  # noqa: S311 - a sample
    for one in chance.sample(judged, len(judged)):
        if score.planted == kind.most:
            break
        plant = kind.planter(one.sample, chance)
        if plant is not None:
            _count(score, plant, rules)
    return score


def _count(score: Score, plant: Plant, rules: Mapping[str, Rules]) -> None:
    before = findings_in(plant.source, plant.whole, score.locale, rules)
    if _reported(before, score.kind):
        return
    after = findings_in(plant.source, plant.damaged, score.locale, rules)
    score.planted += 1
    score.found_by_any += bool(_tally(after) - _tally(before))
    if _reported(after, score.kind):
        score.found += 1
    else:
        score.missed.append(plant)


def _reported(findings: Iterable[Finding], kind: Kind) -> bool:
    return any(finding.code in kind.codes and (kind.told or finding.severity in WEIGHTY) for finding in findings)


def _tally(findings: Iterable[Finding]) -> Counter[str]:
    return Counter(finding.code for finding in findings if finding.severity in WEIGHTY)
