"""A rule in place of a learnt model that tells LibreTranslate where sentences end, so that it need not fetch one.

A sentence ends at `.`, `!` or `?` before a space or the end of the text.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

UNITS = ["<PAD>", "<UNK>", " ", ".", "!", "?"]
NOTHING, SENTENCE_END, KINDS = 0, 2, 5


def write(file: Path) -> None:
    """Write the rule as a graph: the numbers of characters in, a score for each kind of ending out."""
    constants = {
        name: numpy_helper.from_array(np.array(value, dtype=np.int64), name)
        for name, value in {
            "first": [1],
            "beyond": [2**31],
            "along": [1],
            "none_and_one": [0, 0, 0, 1],
            "mark": 2,
            "blank": UNITS.index(" "),
            "pad": UNITS.index("<PAD>"),
            "nothing": NOTHING,
            "end": SENTENCE_END,
            "kinds": KINDS,
        }.items()
    }
    constants["off_and_on"] = numpy_helper.from_array(np.array([0, 1], dtype=np.float32), "off_and_on")
    steps = [
        ("Slice", ["units", "first", "beyond", "along"], "rest"),
        ("Pad", ["rest", "none_and_one", "pad"], "next"),
        ("Greater", ["units", "mark"], "is_mark"),
        ("Equal", ["next", "blank"], "before_blank"),
        ("Equal", ["next", "pad"], "before_pad"),
        ("Or", ["before_blank", "before_pad"], "before_gap"),
        ("And", ["is_mark", "before_gap"], "is_end"),
        ("Where", ["is_end", "end", "nothing"], "kind"),
        ("OneHot", ["kind", "kinds", "off_and_on"], "scores"),
    ]
    graph = helper.make_graph(
        [helper.make_node(operation, taken, [given]) for operation, taken, given in steps],
        "sentence ends",
        [
            helper.make_tensor_value_info("units", TensorProto.INT64, ["texts", "length"]),
            helper.make_tensor_value_info("features", TensorProto.FLOAT, ["texts", "length", "features"]),
        ],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["texts", "length", KINDS])],
        list(constants.values()),
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    vocabulary = {"lang": "", "_unit2id": {unit: number for number, unit in enumerate(UNITS)}, "_id2unit": UNITS}
    helper.set_model_props(model, {"config": json.dumps({"feat_funcs": ["numeric"]}), "vocab": json.dumps(vocabulary)})
    file.parent.mkdir(parents=True)
    onnx.save(model, str(file))
