"""A tiny transformer in numpy that learns a handful of sentences by heart, and its weights as CTranslate2 takes them.

One layer each way, pre-normed, one batch of everything a step: it is over in seconds. The chance is seeded, so each
run of the tests has the same model.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import autograd.numpy as np
from autograd import grad
from ctranslate2.specs import TransformerSpec

SEED = 7
WIDTH, HEADS, INNER = 64, 4, 128
POSITIONS = 600
STEPS, RATE = 200, 0.005
# This share of the certainty goes to all pieces but the end mark: else what a search by beams tries besides the right
# answer ends early, and a search that has found enough ends stops before the right one.
DOUBT = 0.2
MASKED = -1e9

Weights = dict[str, Any]
Row = tuple[Sequence[int], Sequence[int]]  # the source's pieces; the target's, between its start and end marks


def learn(rows: Sequence[Row], vocabulary: int, *, end: int) -> Weights:
    """Return the weights of a model that knows the rows by heart."""
    weights = _fresh(vocabulary)
    source, source_mask = _padded([row[0] for row in rows])
    given, _ = _padded([row[1][:-1] for row in rows])
    wanted, mask = _padded([row[1][1:] for row in rows])
    aim = np.full((*wanted.shape, vocabulary), DOUBT / (vocabulary - 1))
    aim[..., end] = 0
    aim[(*np.indices(wanted.shape), wanted)] += 1 - DOUBT
    aim *= (mask / np.sum(mask))[..., None]

    def loss(weights: Weights) -> Any:
        scores = _scores(weights, source, source_mask, given)
        scores = scores - np.max(scores, axis=-1, keepdims=True)
        return -np.sum(aim * (scores - np.log(np.sum(np.exp(scores), axis=-1, keepdims=True))))

    slopes_of = grad(loss)
    first = {name: np.zeros_like(value) for name, value in weights.items()}
    second = {name: np.zeros_like(value) for name, value in weights.items()}
    for number in range(1, STEPS + 1):
        for name, slope in slopes_of(weights).items():
            first[name] = 0.9 * first[name] + 0.1 * slope
            second[name] = 0.98 * second[name] + 0.02 * slope**2
            mean, spread = first[name] / (1 - 0.9**number), second[name] / (1 - 0.98**number)
            weights[name] = weights[name] - RATE * mean / (np.sqrt(spread) + 1e-9)
    return weights


def write(weights: Weights, pieces: Sequence[str], folder: Path, *, add_source_eos: bool = False) -> None:
    """Write the model as a folder that CTranslate2 reads, in eight-bit numbers as real models have them."""
    spec = TransformerSpec.from_config((1, 1), HEADS)
    for half, part in ((spec.encoder, "encoder"), (spec.decoder, "decoder")):
        half.scale_embeddings = False
        embeddings = half.embeddings[0] if part == "encoder" else half.embeddings
        embeddings.weight = weights[f"{part}.embeddings"].astype(np.float32)
        half.position_encodings.encodings = _positions(POSITIONS).astype(np.float32)
        _norm(half.layer_norm, weights, f"{part}.end")
        layer = half.layer[0]
        _attention(layer.self_attention, weights, f"{part}.self", "qkv")
        if part == "decoder":
            _attention(layer.attention, weights, "decoder.cross", "q kv")
        _norm(layer.ffn.layer_norm, weights, f"{part}.inner")
        _linear(layer.ffn.linear_0, weights, f"{part}.inner.in")
        _linear(layer.ffn.linear_1, weights, f"{part}.inner.out")
    _linear(spec.decoder.projection, weights, "projection")
    spec.config.add_source_eos = add_source_eos
    spec.register_source_vocabulary(list(pieces))
    spec.register_target_vocabulary(list(pieces))
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True)
    spec.save(str(folder))


def _fresh(vocabulary: int) -> Weights:
    """Draw the weights that learning starts from."""
    chance = np.random.RandomState(SEED)
    weights: Weights = {}

    def linear(name: str, wide: int, deep: int) -> None:
        weights[f"{name}.weight"] = chance.randn(wide, deep) / np.sqrt(deep)
        weights[f"{name}.bias"] = np.zeros(wide)

    def norm(name: str) -> None:
        weights[f"{name}.gamma"], weights[f"{name}.beta"] = np.ones(WIDTH), np.zeros(WIDTH)

    for part in ("encoder", "decoder"):
        weights[f"{part}.embeddings"] = chance.randn(vocabulary, WIDTH)
        for attention in ("self", "cross")[: 1 if part == "encoder" else 2]:
            norm(f"{part}.{attention}")
            for letter in "qkvo":
                linear(f"{part}.{attention}.{letter}", WIDTH, WIDTH)
        norm(f"{part}.inner")
        linear(f"{part}.inner.in", INNER, WIDTH)
        linear(f"{part}.inner.out", WIDTH, INNER)
        norm(f"{part}.end")
    linear("projection", vocabulary, WIDTH)
    return weights


def _scores(weights: Weights, source: Any, source_mask: Any, given: Any) -> Any:
    """Return a score for each piece at each place of the target, from the places before it."""
    seen = (1 - source_mask[:, None, None, :]) * MASKED
    state = weights["encoder.embeddings"][source] + _positions(source.shape[1])
    state = _attend(weights, "encoder.self", state, None, seen)
    memory = _normed(weights, "encoder.end", _inner(weights, "encoder.inner", state))

    length = given.shape[1]
    ahead = np.triu(np.ones((length, length)), 1)[None, None] * MASKED
    state = weights["decoder.embeddings"][given] + _positions(length)
    state = _attend(weights, "decoder.self", state, None, ahead)
    state = _attend(weights, "decoder.cross", state, memory, seen)
    state = _normed(weights, "decoder.end", _inner(weights, "decoder.inner", state))
    return _through(weights, "projection", state)


def _attend(weights: Weights, name: str, state: Any, memory: Any, mask: Any) -> Any:
    normed = _normed(weights, name, state)
    looked_at = normed if memory is None else memory
    query, key, value = (
        _headed(_through(weights, f"{name}.{letter}", taken))
        for letter, taken in (("q", normed), ("k", looked_at), ("v", looked_at))
    )
    score = np.matmul(query, np.transpose(key, (0, 1, 3, 2))) / np.sqrt(WIDTH // HEADS) + mask
    score = np.exp(score - np.max(score, axis=-1, keepdims=True))
    share = score / np.sum(score, axis=-1, keepdims=True)
    joined = np.reshape(np.transpose(np.matmul(share, value), (0, 2, 1, 3)), state.shape)
    return state + _through(weights, f"{name}.o", joined)


def _headed(state: Any) -> Any:
    return np.transpose(np.reshape(state, (*state.shape[:2], HEADS, WIDTH // HEADS)), (0, 2, 1, 3))


def _inner(weights: Weights, name: str, state: Any) -> Any:
    inside = np.maximum(_through(weights, f"{name}.in", _normed(weights, name, state)), 0)
    return state + _through(weights, f"{name}.out", inside)


def _through(weights: Weights, name: str, state: Any) -> Any:
    return np.dot(state, weights[f"{name}.weight"].T) + weights[f"{name}.bias"]


def _normed(weights: Weights, name: str, state: Any) -> Any:
    centred = state - np.mean(state, axis=-1, keepdims=True)
    spread = np.sqrt(np.mean(centred**2, axis=-1, keepdims=True) + 1e-5)
    return centred / spread * weights[f"{name}.gamma"] + weights[f"{name}.beta"]


def _positions(length: int) -> Any:
    """Return the waves that tell each place from the others."""
    waves = np.arange(length)[:, None] * np.exp(np.arange(WIDTH // 2) * (-np.log(10_000) / (WIDTH // 2)))[None]
    return np.concatenate([np.sin(waves), np.cos(waves)], axis=1)


def _padded(rows: Sequence[Sequence[int]]) -> tuple[Any, Any]:
    """Return the rows as one table, and where it holds something."""
    table, mask = (np.zeros((len(rows), max(map(len, rows))), dtype=kind) for kind in (int, float))
    for number, row in enumerate(rows):
        table[number, : len(row)], mask[number, : len(row)] = row, 1
    return table, mask


def _attention(spec: Any, weights: Weights, name: str, joined: str) -> None:
    """Set an attention's projections; those that stand together in `joined` are one matrix to CTranslate2."""
    _norm(spec.layer_norm, weights, name)
    for linear, letters in zip(spec.linear, (*joined.split(), "o"), strict=True):
        for kind in ("weight", "bias"):
            parts = [weights[f"{name}.{letter}.{kind}"] for letter in letters]
            setattr(linear, kind, np.concatenate(parts).astype(np.float32))


def _linear(spec: Any, weights: Weights, name: str) -> None:
    spec.weight = weights[f"{name}.weight"].astype(np.float32)
    spec.bias = weights[f"{name}.bias"].astype(np.float32)


def _norm(spec: Any, weights: Weights, name: str) -> None:
    spec.gamma = weights[f"{name}.gamma"].astype(np.float32)
    spec.beta = weights[f"{name}.beta"].astype(np.float32)
