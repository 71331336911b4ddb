# SPDX-License-Identifier: MIT
"""Small models: built of nodes, differentiated by the runtime, run."""
import contextlib
import os

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper
from onnxruntime.capi import _pybind_state as runtime

from assay_adapter import Declined

OPSET, MICROSOFT = 21, "com.microsoft"
TYPES = {"f64": np.float64, "f32": np.float32, "f16": np.float16}
ELEMENTS = {np.dtype(np.float64): TensorProto.DOUBLE, np.dtype(np.float32): TensorProto.FLOAT,
            np.dtype(np.float16): TensorProto.FLOAT16, np.dtype(np.int64): TensorProto.INT64,
            np.dtype(np.bool_): TensorProto.BOOL}
REFUSALS = (RuntimeError, ValueError, runtime.Fail, runtime.InvalidArgument, runtime.InvalidGraph,
            runtime.RuntimeException, runtime.InvalidProtobuf, onnx.checker.ValidationError)
_precision = {"type": np.float64}


def convert(array, precision):
    _precision["type"] = TYPES[precision]
    with np.errstate(over="ignore"):
        return array if array.dtype.kind in "iu" else array.astype(TYPES[precision])


def back(value):
    return value


def floating(values):
    """Values in the type of the run, for inputs that the case leaves out."""
    return np.asarray(values, _precision["type"])


def kind():
    """The element type of the run."""
    return ELEMENTS[np.dtype(_precision["type"])]


def attribute(case, name, otherwise=None):
    """A number of the case as an attribute of a node, which the standard holds in binary32."""
    value = case.number(name, otherwise)
    if _precision["type"] is np.float64 and float(np.float32(value)) != value:
        raise Declined(f"an attribute is a number of 32 bits, which {name} = {value:.17g} is not")
    return float(value)


def whole(case, name, otherwise=None):
    """A count of the case."""
    value = case.whole(name, otherwise)
    if not isinstance(value, int):
        raise Declined(f"{name} = {value:g} never reaches the library")
    return value


def constant(name, values, element=TensorProto.INT64):
    """A node whose output `name` is a constant tensor."""
    values = np.asarray(values)
    tensor = helper.make_tensor(name, element, values.shape, values.flatten().tolist())
    return helper.make_node("Constant", [], [name], value=tensor)


def run(nodes, inputs, outputs, slopes=(), loss=None, counts=(), opset=OPSET):
    """The outputs of a model of these nodes, by name, those of `counts` whole numbers, and the
    derivative of `loss`, one of its values, by every input of `slopes`."""
    declared = [helper.make_tensor_value_info(name, ELEMENTS[x.dtype], x.shape)
                for name, x in inputs.items()]
    wanted = [helper.make_tensor_value_info(name, kind(), None) for name in outputs]
    wanted += [helper.make_tensor_value_info(name, TensorProto.INT64, None) for name in counts]
    if loss:
        wanted.append(helper.make_tensor_value_info(loss, TensorProto.FLOAT, []))
    graph = helper.make_graph(nodes, "case", declared, wanted)
    model = helper.make_model(graph, ir_version=10, opset_imports=[
        helper.make_opsetid("", opset), helper.make_opsetid(MICROSOFT, 1)])
    data = onnx.shape_inference.infer_shapes(model).SerializeToString()
    with _kernels():
        if loss:
            data = _differentiated(data, slopes, loss)
        session = _session(data)
        fed = {i.name: inputs[i.name] for i in session.get_inputs()}
        names = [*outputs, *counts, *(x + "_grad" for x in slopes)]
        had = {o.name for o in session.get_outputs()}
        values = dict(zip([n for n in names if n in had],
                          session.run([n for n in names if n in had], fed)))
    for x in slopes:  # without a path from it to the loss
        values.setdefault(x + "_grad", np.zeros_like(inputs[x]))
    return values


def run_model(model):
    """A function from inputs by name to all outputs of a model."""
    with _kernels():
        session = _session(model.SerializeToString())
    return lambda inputs: session.run(None, inputs)


def _session(data):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])


def _differentiated(data, slopes, loss):
    with _silence():
        builder = runtime.GradientGraphBuilder(data, {loss}, set(slopes), loss)
        builder.build()
        return builder.get_model()


@contextlib.contextmanager
def _silence():
    """The builder writes its steps to the standard streams whatever the logger's level is."""
    saved = [(stream, os.dup(stream)) for stream in (1, 2)]
    with open(os.devnull, "w") as nowhere:
        for stream, _ in saved:
            os.dup2(nowhere.fileno(), stream)
        try:
            yield
        finally:
            for stream, copy in saved:
                os.dup2(copy, stream)
                os.close(copy)


@contextlib.contextmanager
def _kernels():
    """Operators without a kernel for the type of the run, or without a gradient, are not there."""
    try:
        yield
    except runtime.NotImplemented as error:
        raise Declined(str(error)) from error
    except (RuntimeError, runtime.Fail, runtime.InvalidGraph) as error:
        text = str(error)
        if ("The gradient builder has not been registered" in text
                or "GradientBuilder is not implemented" in text
                or "Could not find an implementation" in text
                or "Type Error" in text or "inconsistent type" in text
                or _precision["type"] is not np.float32 and "type" in text and "mismatch" in text):
            raise Declined(text[-300:]) from error
        raise


def answer(case, nodes, inputs, output="y", upstream="dy", counts=(), opset=OPSET):
    """The value `output` of a model and, where the case has an upstream gradient, d<name> of every
    floating input: the derivative of the sum of the value times the upstream gradient, since the
    runtime differentiates one number of 32 bits."""
    if upstream not in case:
        return run(nodes, inputs, [output], counts=counts, opset=opset)
    nodes = [*nodes, helper.make_node("Mul", [output, "upstream"], ["weighted"]),
             helper.make_node("ReduceSum", ["weighted"], ["total"], keepdims=0),
             helper.make_node("Cast", ["total"], ["loss_of_case"], to=TensorProto.FLOAT)]
    slopes = [name for name, x in inputs.items() if x.dtype.kind == "f"]
    values = run(nodes, {**inputs, "upstream": case[upstream]}, [output], slopes, "loss_of_case",
                 counts, opset)
    return {"d" + key[:-5] if key.endswith("_grad") else key: x for key, x in values.items()}


def operator(case, name, inputs, output="y", upstream="dy", **attributes):
    """The same for a model of one operator."""
    node = helper.make_node(name, list(inputs), [output], **attributes)
    return answer(case, [node], inputs, output, upstream)
