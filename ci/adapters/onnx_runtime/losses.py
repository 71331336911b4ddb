# SPDX-License-Identifier: MIT
"""The standard's loss, and those that the runtime's training package composes of operators;
formulas in reference/losses/."""
import numpy as np
import onnx
from onnx import helper
from onnxruntime.training import onnxblock

from assay_adapter import Declined
from session import OPSET, kind, run


def cross_entropy(case):
    if case.number("label_smoothing", 0) != 0:
        raise Declined("the standard's loss does not smooth")
    case.choice("smoothing", "all_classes", "other_classes")
    if "class_weight" in case:
        case.choice("normalizer", "weights")
    else:
        case.choice("normalizer", "weights", "samples")
    inputs = {"z": case["z"], "labels": case["labels"]}
    if "class_weight" in case:
        inputs["class_weight"] = case["class_weight"]
    node = helper.make_node("SoftmaxCrossEntropyLoss", list(inputs), ["loss", "log_probability"],
                            reduction=case.choice("reduction", "mean", "sum", "none"),
                            ignore_index=-1)
    return _with_gradient(case, [node], inputs, "z", "loss")


def _with_gradient(case, nodes, inputs, of, loss):
    """The loss, and its gradient times dloss, which is 1 where the case has none."""
    weighted = loss
    if "dloss" in case:
        inputs, weighted = {**inputs, "dloss": case["dloss"]}, "weighted"
        nodes = [*nodes, helper.make_node("Mul", [loss, "dloss"], ["weighted"])]
    nodes = [*nodes, helper.make_node("ReduceSum", [weighted], ["total"], keepdims=0),
             helper.make_node("Cast", ["total"], ["loss_of_case"], to=onnx.TensorProto.FLOAT)]
    values = run(nodes, inputs, [loss], [of], "loss_of_case")
    return {"loss": values[loss], "d" + of: values[of + "_grad"]}


def _block(case, kind_of_loss):
    """A loss of the training package. What it raises while it is made is its refusal."""
    try:
        return kind_of_loss(reduction=case.choice("reduction", *_REDUCTIONS))
    except TypeError as error:
        raise ValueError(str(error)) from error


def _composed(case, block, of, inputs):
    """The loss of a block of the training package, whose nodes are taken over as they are."""
    start = helper.make_node("Identity", [of], ["prediction"])
    graph = helper.make_graph([start], "loss", [
        helper.make_tensor_value_info(of, kind(), inputs[of].shape)], [
        helper.make_tensor_value_info("prediction", kind(), inputs[of].shape)])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
    with onnxblock.base(model) as holder:
        try:
            name = block("prediction", "t")
        except onnx.shape_inference.InferenceError as error:
            if kind() == onnx.TensorProto.FLOAT:
                raise ValueError(str(error)) from error
            raise Declined("the constants of this loss are of binary32 alone") from error
        graph = holder.model.graph
    constants = [helper.make_node("Constant", [], [x.name], value=x) for x in graph.initializer]
    values = _with_gradient(case, [*constants, *graph.node], inputs, of, name)
    if values["loss"].size == 1 and case.choice("reduction", *_REDUCTIONS) != "none":
        values["loss"] = np.reshape(values["loss"], ())
    return values


_REDUCTIONS = ("mean", "sum", "none")


def mean_squared_error(case):
    case.choice("half", "no")
    block = _block(case, onnxblock.loss.MSELoss)
    return _composed(case, block, "y", {"y": case["y"], "t": case["t"]})


def mean_absolute_error(case):
    if "sample_weight" in case:
        raise Declined("the library's loss has no weights")
    case.choice("normalizer", "count", "weights")
    block = _block(case, onnxblock.loss.L1Loss)
    return _composed(case, block, "y", {"y": case["y"], "t": case["t"]})


def binary_cross_entropy(case):
    case.choice("form", "logits")
    case.choice("clip", "none")
    if "sample_weight" in case or "pos_weight" in case:
        raise Declined("the library's weights are part of the model")
    case.choice("normalizer", "count", "weights")
    block = _block(case, onnxblock.loss.BCEWithLogitsLoss)
    return _composed(case, block, "z", {"z": case["z"], "t": case["t"]})
