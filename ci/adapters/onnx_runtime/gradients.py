# SPDX-License-Identifier: MIT
"""Operators of the standard whose gradients go astray elsewhere; formulas in
reference/gradients/."""
import numpy as np
from onnx import helper

from assay_adapter import Declined
from session import answer, constant, operator


def log_sum_exp(case):
    if "mask" in case and not case.array("mask").all():
        raise Declined("the standard's ReduceLogSumExp has no mask")
    case.number("empty", 0)
    nodes = [constant("axes", [1]),
             helper.make_node("ReduceLogSumExp", ["x", "axes"], ["y"], keepdims=0)]
    return answer(case, nodes, {"x": case["x"]})


def euclidean_norm(case):
    if case.number("epsilon", 0) != 0:
        raise Declined("the standard's ReduceL2 has no epsilon")
    nodes = [constant("axes", [1]), helper.make_node("ReduceL2", ["x", "axes"], ["y"], keepdims=0)]
    return answer(case, nodes, {"x": case["x"]})


def product(case):
    nodes = [constant("axes", [1]),
             helper.make_node("ReduceProd", ["x", "axes"], ["y"], keepdims=0)]
    return answer(case, nodes, {"x": case["x"]})


def concatenation(case):
    without = case.choice("without", "none", "first", "second", "third")
    values = operator(case, "Concat", {name: case[name] for name in ("x1", "x2", "x3")}, axis=1)
    values.pop({"none": "", "first": "dx1", "second": "dx2", "third": "dx3"}[without], None)
    return values


def broadcast_addition(case):
    return operator(case, "Add", {"a": case["a"], "b": case["b"]})


def power(case):
    return operator(case, "Pow", {"x": case["x"], "p": case["p"]})


def embedding_lookup(case):
    case.choice("frequency", "ignored")
    if case.has_number("padding"):
        raise Declined("the standard's Gather has no padding row")
    values = operator(case, "Gather", {"w": case["w"], "index": case["index"]}, axis=0)
    return {"y": values["y"], "gradient_w": values["dw"]}


def gather_scatter(case):
    operation = case.choice("operation", "gather", "add", "set", "largest")
    x, index = case["x"], case["index"]
    if operation == "gather":
        return operator(case, "GatherElements", {"x": x, "index": index}, axis=0)
    if operation == "largest" and case.number("self", 0) != 1:
        raise Declined("the standard's ScatterElements starts from what is there")
    case.number("self", 0)
    if operation == "set" and any(len(set(column)) < len(column) for column in index.T):
        raise Declined("the standard leaves open what places get that are named twice")
    reduction = {"add": "add", "set": "none", "largest": "max"}[operation]
    return operator(case, "ScatterElements",
                    {"start": case["start"], "index": index, "x": x}, axis=0, reduction=reduction)


def sort(case):
    largest = case.choice("order", "descending", "ascending") == "descending"
    x = case["x"]
    wanted = case.array("dy").shape[1] if "dy" in case else x.shape[1]
    nodes = [constant("wanted", [wanted]),
             helper.make_node("TopK", ["x", "wanted"], ["y", "index"], axis=1,
                              largest=int(largest))]
    return answer(case, nodes, {"x": x}, counts=["index"])


def argmax(case):
    name = {"largest": "ArgMax", "smallest": "ArgMin"}[
        case.choice("extremum", "largest", "smallest")]
    axis = {"features": 1, "samples": 0}[case.choice("axis", "features", "samples")]
    last = case.choice("ties", "first", "last") == "last"
    nodes = [helper.make_node(name, ["x"], ["place"], axis=axis, select_last_index=int(last)),
             helper.make_node("GatherElements", ["x", "place"], ["value"], axis=axis),
             constant("axes", [axis]),
             helper.make_node("Squeeze", ["value", "axes"], ["y"]),
             helper.make_node("Squeeze", ["place", "axes"], ["index"])]
    return answer(case, nodes, {"x": case["x"]}, counts=["index"])


def gradient_clipping_by_value(case):
    if case.has_number("limit"):
        high = case.number("limit")
        low = -high
    else:
        low, high = case.number("low"), case.number("high")
    g = case["g"]
    inputs = {"g": g, "low": np.asarray(low, g.dtype), "high": np.asarray(high, g.dtype)}
    return operator(case, "Clip", inputs, output="clipped", upstream="dclipped")
