"""By what a finding and a text are known again, so that what a person put aside stays aside, and nothing else does."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence

from service.domain.checks.base import Finding

KEY_CHARACTERS = 32


def finding_keys(findings: Sequence[Finding]) -> tuple[str, ...]:
    """Return a key for each finding about one segment: the same whenever a check says the same of the same text.

    Two that say the same of two places differ by which comes first.
    """
    seen: Counter[str] = Counter()
    keys = []
    for finding in findings:
        told = json.dumps([finding.code, finding.template, dict(finding.facts)], sort_keys=True, ensure_ascii=False)
        keys.append(hashlib.sha256(f"{told} {seen[told]}".encode()).hexdigest()[:KEY_CHARACTERS])
        seen[told] += 1
    return tuple(keys)


def pair_digest(source: str, target: str) -> str:
    """Return the digest of a segment's source and target, by which a person's word about them is kept."""
    return hashlib.sha256(json.dumps([source, target], ensure_ascii=False).encode()).hexdigest()
