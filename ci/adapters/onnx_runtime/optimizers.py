# SPDX-License-Identifier: MIT
"""Optimizers of the runtime's training package, in binary32; formulas in reference/optimizers/."""
import numpy as np
from onnx import TensorProto, helper

from assay_adapter import Declined
from session import MICROSOFT, OPSET, kind, run_model, whole

_STATES = ("parameters", "gradients", "m", "v")


def _optimizer(name, states, **attributes):
    """A model of one step of one optimizer, on sequences of tensors."""
    if kind() != TensorProto.FLOAT:
        raise Declined("the runtime's optimizers know binary32 alone")
    order = states if name == "AdamWOptimizer" else ["parameters", "gradients"]
    sequences = [helper.make_tensor_sequence_value_info(x, TensorProto.FLOAT, None) for x in order]
    numbers = [helper.make_tensor_value_info("rate", TensorProto.FLOAT, [])]
    if name == "AdamWOptimizer":
        numbers.append(helper.make_tensor_value_info("step", TensorProto.INT64, []))
    after = [x + "_after" for x in order if x != "gradients"]
    node = helper.make_node(name, [*(n.name for n in numbers), *order], ["done", *after],
                            domain=MICROSOFT, **attributes)
    outputs = [helper.make_tensor_sequence_value_info(x, TensorProto.FLOAT, None) for x in after]
    graph = helper.make_graph([node], "step", numbers + sequences, outputs)
    return helper.make_model(graph, ir_version=10, opset_imports=[
        helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)])


def gradient_descent(case):
    case.choice("maximize", "no")
    if case.number("weight_decay", 0) != 0:
        raise Declined("the library's optimizer has no weight decay")
    step = run_model(_optimizer("SGDOptimizerV2", _STATES[:2]))
    w, after = case["w"].copy(), []
    for gradient, rate in zip(case["g"], case["rate"]):
        (w,), = step({"parameters": [w], "gradients": [gradient], "rate": np.asarray(rate)})
        after.append(w.copy())  # the next step may change it in place
    return {"w_after": np.stack(after)}


def adam(case):
    case.choice("maximize", "no")
    case.choice("amsgrad", "no")
    decay = case.number("weight_decay", 0)
    place = case.choice("epsilon_placement", "after_correction", "before_correction")
    if decay == 0:
        case.choice("decay_form", "coupled", "decoupled", "decoupled_without_rate")
    else:
        case.choice("decay_form", "coupled", "decoupled")
        if case.choice("decay_form", "coupled", "decoupled") != "decoupled":
            raise Declined("decay_form = coupled is not offered by the library")
        if place == "before_correction":
            raise Declined("with this placement the library's decay follows the step")
    if place == "after_correction" and case.choice("bias_correction", "yes", "no") == "no":
        raise Declined("with this placement the library always corrects")
    step = run_model(_optimizer(
        "AdamWOptimizer", _STATES, alpha=case.number("beta1"), beta=case.number("beta2"),
        epsilon=case.number("epsilon"), weight_decay=float(decay),
        correct_bias=int(case.choice("bias_correction", "yes", "no") == "yes"),
        adam_mode=int(place == "before_correction")))
    w = case["w"]
    m, v = (case[name] if name in case else np.zeros_like(w) for name in ("m", "v"))
    first, after = whole(case, "first_step", 1), []
    for t, (gradient, rate) in enumerate(zip(case["g"], case["rate"]), first):
        (w,), (m,), (v,) = step({"parameters": [w], "gradients": [gradient], "m": [m], "v": [v],
                                 "rate": np.asarray(rate), "step": np.asarray(t, np.int64)})
        after.append([x.copy() for x in (w, m, v)])  # the next step may change them in place
    return {name: np.stack(x) for name, x in zip(("w_after", "m_after", "v_after"), zip(*after))}
