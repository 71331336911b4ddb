# SPDX-License-Identifier: MIT
"""keras.optimizers, one call of apply() for each gradient; formulas in reference/optimizers/.

State is read from the optimizer's variables. Keras's weight_decay is decoupled everywhere.
"""
import keras
import tensorflow as tf
from keras import optimizers

from assay_adapter import Declined
from conventions import demand, demand_number, draws_itself, whole


def _state(optimizer, name):
    """The optimizer's variable of this kind, of its only parameter."""
    return next(v for v in optimizer.variables if v.name.endswith("_" + name)).value


def _decay(case):
    """Keras's argument weight_decay."""
    decay = case.number("weight_decay", 0)
    form = case.choice("decay_form", "coupled", "decoupled")
    if decay == 0:
        return None
    if form == "coupled":
        raise Declined("decay_form = coupled is not offered by the library")
    return decay


def _run(case, optimizer, states, warm=0):
    """Takes all steps; w and the states {input of the case: (the optimizer's name, output)} after
    each of them. Before, `warm` steps without a gradient bring the optimizer's own counters to
    where a run that is resumed has them."""
    demand(case, "maximize", "no", "no")
    w = keras.Variable(case["w"])
    optimizer.build([w])
    for _ in range(warm):
        optimizer.apply([tf.zeros_like(w.value)], [w])
    w.assign(case["w"])
    for name, (kind, _) in states.items():
        if name in case:
            _state(optimizer, kind).assign(case[name])
    after = {"w_after": [], **{output: [] for _, output in states.values()}}
    for gradient, rate in zip(case["g"], case["rate"]):
        optimizer.learning_rate = rate
        optimizer.apply([gradient], [w])
        after["w_after"].append(tf.identity(w.value))
        for kind, output in states.values():
            after[output].append(tf.identity(_state(optimizer, kind)))
    return {name: tf.stack(rows) for name, rows in after.items()}


def _resume(case, optimizer):
    """Counts the steps of the case from its first_step on."""
    optimizer.iterations.assign(whole(case, "first_step", 1) - 1)
    return optimizer


def adadelta(case):
    optimizer = optimizers.Adadelta(1.0, rho=case.number("rho"), epsilon=case.number("epsilon"),
                                    weight_decay=_decay(case))
    return _run(case, optimizer, {"v": ("accumulated_grad", "v_after"),
                                  "u": ("accumulated_delta_var", "u_after")})


def adagrad(case):
    demand(case, "epsilon_placement", "inside_root", "inside_root")
    demand_number(case, "rate_decay", 0, 0)
    case.choice("rate_decay_from", "zero", "one")
    optimizer = optimizers.Adagrad(
        1.0, initial_accumulator_value=case.number("initial_accumulator", 0),
        epsilon=case.number("epsilon"), weight_decay=_decay(case))
    return _run(case, _resume(case, optimizer),
                {"accumulator": ("accumulator", "accumulator_after")})


def adam(case):
    demand(case, "epsilon_placement", "after_correction", "before_correction")
    demand(case, "bias_correction", "yes", "yes")
    amsgrad = case.choice("amsgrad", "no", "max_of_v", "max_of_corrected_v") != "no"
    optimizer = optimizers.Adam(
        1.0, beta_1=case.number("beta1"), beta_2=case.number("beta2"),
        epsilon=case.number("epsilon"), amsgrad=amsgrad, weight_decay=_decay(case))
    return _run(case, _resume(case, optimizer),
                {"m": ("momentum", "m_after"), "v": ("velocity", "v_after")})


def adamax(case):
    demand(case, "epsilon_placement", "in_maximum", "in_denominator")
    demand(case, "bias_correction", "yes", "yes")
    optimizer = optimizers.Adamax(
        1.0, beta_1=case.number("beta1"), beta_2=case.number("beta2"),
        epsilon=case.number("epsilon"), weight_decay=_decay(case))
    return _run(case, _resume(case, optimizer),
                {"m": ("momentum", "m_after"), "u": ("norm", "u_after")})


def gradient_accumulation(case):
    """Keras adds the gradients of micro-batches and divides by how many it was told to expect. The
    gradient of an update is what a second optimizer with rate 1 takes off a parameter of 0."""
    every, sizes = whole(case, "every", 1), case.array("size")
    if case.choice("average", "samples", "equal") == "samples" and len(set(sizes)) > 1:
        raise Declined("average = samples is not offered by the library")
    case.choice("count", "stated")
    if case.choice("last", "step", "drop") == "step" and len(sizes) % every:
        raise Declined("last = step is not offered by the library")
    demand_number(case, "weight_decay", 0, 0)
    w, probe = keras.Variable(case["w"]), keras.Variable(tf.zeros_like(case["w"]))
    steps = every if every > 1 else None
    training = optimizers.SGD(1.0, gradient_accumulation_steps=steps)
    probing = optimizers.SGD(1.0, gradient_accumulation_steps=steps)
    after, gradients, rates = [], [], case["rate"]
    for k, batch in enumerate(tf.split(case["g"], sizes)):
        mean = tf.reduce_mean(batch, axis=0)
        if k // every < len(rates):
            training.learning_rate = rates[k // every]
        training.apply([mean], [w])
        probing.apply([mean], [probe])
        if (k + 1) % every == 0:
            after.append(tf.identity(w.value))
            gradients.append(-tf.identity(probe.value))
            probe.assign(tf.zeros_like(probe.value))
    return {"w_after": tf.stack(after), "gradient": tf.stack(gradients)}


def gradient_descent(case):
    """Without momentum, decoupled decay is the same update as a penalty's gradient."""
    decay = case.number("weight_decay", 0)
    return _run(case, optimizers.SGD(1.0, weight_decay=decay or None), {})


def lion(case):
    optimizer = optimizers.Lion(1.0, beta_1=case.number("beta1"), beta_2=case.number("beta2"),
                                weight_decay=case.number("weight_decay", 0) or None)
    return _run(case, optimizer, {"m": ("momentum", "m_after")})


def momentum(case):
    mu = case.number("momentum")
    demand(case, "form", "rate_outside", "rate_inside")
    demand_number(case, "dampening", 0, 0)
    case.choice("first_step", "undampened", "dampened")
    demand_number(case, "weight_decay", 0, 0)
    if mu == 0:
        raise Declined("Keras keeps no velocity where momentum is 0")
    nesterov = case.choice("nesterov", "no", "yes") == "yes"
    optimizer = optimizers.SGD(1.0, momentum=mu, nesterov=nesterov)
    return _run(case, optimizer, {"velocity": ("momentum", "v_after")})


def muon(case):
    """The direction is what a second optimizer with rate 1 and no scale takes off weights of 0."""
    demand(case, "form", "sum", "sum")
    demand(case, "epsilon_form", "added", "added")
    scale = demand(case, "scale", "rows", "match_rms", "none")
    epsilon = case.number("epsilon")
    if abs(epsilon - 1e-7) > 1e-13:
        raise Declined("Keras has epsilon = 1e-7 in Newton and Schulz's iterations")
    settings = {
        "momentum": case.number("momentum"), "ns_steps": whole(case, "iterations"),
        "nesterov": case.choice("nesterov", "yes", "no") == "yes",
        "muon_a": case.number("a", 3.4445),
        "muon_b": case.number("b", -4.775), "muon_c": case.number("c", 2.0315)}
    decay = case.number("weight_decay", 0) or None
    start = {"momentum_buffer": ("momentum", "buffer_after")}
    outputs = _run(case, optimizers.Muon(
        1.0, weight_decay=decay, rms_rate=0.2 if scale == "match_rms" else None, **settings), start)
    probe = optimizers.Muon(1.0, weight_decay=None, rms_rate=None, **settings)
    directions = []
    w = keras.Variable(tf.zeros_like(case["w"]))
    probe.build([w])
    if "momentum_buffer" in case:
        _state(probe, "momentum").assign(case["momentum_buffer"])
    for gradient in case["g"]:
        w.assign(tf.zeros_like(w.value))
        probe.apply([gradient], [w])
        directions.append(-tf.identity(w.value))
    return {**outputs, "direction": tf.stack(directions)}


def nadam(case):
    demand(case, "momentum_schedule", "warming", "warming")
    demand(case, "first_moment", "beta1", "beta1")
    demand_number(case, "momentum_decay", 0.004, 1)
    optimizer = optimizers.Nadam(
        1.0, beta_1=case.number("beta1"), beta_2=case.number("beta2"),
        epsilon=case.number("epsilon"), weight_decay=_decay(case))
    return _run(case, optimizer, {"m": ("momentum", "m_after"), "v": ("velocity", "v_after")},
                warm=whole(case, "first_step", 1) - 1)


def rmsprop(case):
    demand(case, "epsilon_placement", "outside_root", "inside_root")
    centered = case.choice("centered", "no", "yes") == "yes"
    mu = case.number("momentum", 0)
    form = case.choice("momentum_form", "rate_outside", "rate_inside")
    if mu != 0 and form == "rate_outside":
        raise Declined("momentum_form = rate_outside is not offered by the library")
    optimizer = optimizers.RMSprop(
        1.0, rho=case.number("rho"), momentum=mu, epsilon=case.number("epsilon"),
        centered=centered, weight_decay=_decay(case))
    states = {"v": ("velocity", "v_after")}
    if centered:
        states["mean"] = ("average_gradient", "mean_after")
    if mu != 0:
        states["buffer"] = ("momentum", "buffer_after")
    if case.number("initial_v", 0) != 0:
        raise Declined("Keras starts with v = 0")
    return _run(case, optimizer, states)


def shuffling(case):
    """TensorFlow draws by itself."""
    case.choice("start", "identity")
    case.choice("direction", "down", "up")
    epochs, places = draws_itself(case, "u")
    tf.random.set_seed(1)
    return {"order": tf.stack([tf.random.shuffle(tf.range(places + 1)) for _ in range(epochs)])}


def weight_averaging(case):
    """The moving average that every optimizer of Keras keeps with use_ema. Its steps have a
    gradient of 0, so that the weights are those of the case; steps that do not enter are left
    out."""
    demand(case, "form", "exponential", "exponential")
    demand(case, "start", "first_copy", "first_copy")
    demand(case, "bias_correction", "no", "no")
    demand(case, "decay_form", "constant", "constant")
    first, begin = whole(case, "first_step", 1), whole(case, "begin", 1)
    every = whole(case, "every", 1)
    optimizer = optimizers.SGD(0.0, use_ema=True, ema_momentum=case.number("decay"))
    weights = case["w"]
    w = keras.Variable(weights[0])
    optimizer.build([w])
    started = "e" in case
    if started:
        _state(optimizer, "average").assign(case["e"])
        optimizer.iterations.assign(whole(case, "entered", 0))
    keep = case.choice("before", "copy", "keep") == "keep"
    averages = []
    for t, row in enumerate(weights, start=first):
        w.assign(row)
        if t >= begin and (t - begin) % every == 0:
            optimizer.apply([tf.zeros_like(w.value)], [w])
            started = True
        averages.append(tf.identity(_state(optimizer, "average") if started or keep else w))
    return {"average": tf.stack(averages)}
