# SPDX-License-Identifier: MIT
"""optax's optimizers, stepped once for each gradient; formulas in reference/optimizers/.

Rows are taken apart and put together by NumPy: for that too JAX compiles a program a shape.
"""
import jax
import jax.numpy as jnp
import numpy as np
import optax
from assay_adapter import Declined


def adabelief(case):
    _follows(case, bias_correction="yes", root_placement="in_state")
    numbers = _numbers(case, b1="beta1", b2="beta2", eps="epsilon", eps_root="epsilon_root")
    return _moments(case, lambda: optax.scale_by_belief(**numbers), "s")


def adadelta(case):
    numbers = _numbers(case, rho="rho", eps="epsilon")
    return _run(case, _decayed(case, lambda: optax.scale_by_adadelta(**numbers)),
                start={"e_g": "v", "e_x": "u"}, after={"v_after": "e_g", "u_after": "e_x"})


def adagrad(case):
    _follows(case, epsilon_placement="inside_root", rate_decay_from="zero")
    _without(case, "rate_decay")
    case.number("first_step", 1)  # of the decay of the rate alone
    epsilon, initial = case.number("epsilon"), case.number("initial_accumulator", 0.0)
    return _run(case, _decayed(case, lambda: optax.scale_by_rss(initial, epsilon)),
                start={"sum_of_squares": "accumulator"},
                after={"accumulator_after": "sum_of_squares"})


def adam(case):
    numbers = _numbers(case, b1="beta1", b2="beta2")
    place = case.choice("epsilon_placement", "after_correction", "inside_root")
    inside = place == "inside_root"
    numbers["eps_root" if inside else "eps"] = case.number("epsilon")
    numbers["eps" if inside else "eps_root"] = 0.0
    if case.choice("amsgrad", "no", "max_of_corrected_v") == "no":
        _follows(case, bias_correction="yes")
        return _moments(case, lambda: optax.scale_by_adam(**numbers), "v")
    corrected = case.choice("bias_correction", "yes", "no") == "yes"
    return _moments(case, lambda: optax.scale_by_amsgrad(
        **numbers, bias_correction_mu=corrected, bias_correction_nu=corrected), "v")


def adamax(case):
    _follows(case, bias_correction="yes", epsilon_placement="in_maximum")
    numbers = _numbers(case, b1="beta1", b2="beta2", eps="epsilon")
    return _moments(case, lambda: optax.scale_by_adamax(**numbers), "u")


def distance_over_gradients(case):
    _follows(case, form="dog")
    kind = {"relative": "heuristic", "absolute": "distance"}[
        case.choice("first_form", "relative", "absolute")]
    first, epsilon = case.number("first_distance"), case.number("epsilon")
    for resumed in ("distance", "squares"):
        if case.has_number(resumed):
            raise Declined("a resumed run is not asked of optax")
    decay = case.number("weight_decay", 0.0)

    def stages(rate):
        return [optax.add_decayed_weights(decay),
                optax.contrib.dog(1.0, (kind, first), epsilon), optax.scale(rate)]

    def seen(stage):
        return {"distance": _field(stage["state"], "max_dist"),
                "step": -_ratio(stage["output"], stage["input"])}

    return _visible("step", _run(case, stages, start={}, after={}, seen=seen))


def gradient_descent(case):
    return _run(case, _decayed(case, optax.identity, coupled_only=True), start={}, after={})


def gradient_accumulation(case):
    average = case.choice("average", "samples", "equal", "sum_of_means", "sum")
    if average == "samples":
        raise Declined("optax.MultiSteps averages micro-batches, not samples")
    _follows(case, count="stated")
    every, decay = case.whole("every"), case.number("weight_decay", 0.0)
    g, w, rate = case["g"], case["w"], case["rate"]
    sizes = case.array("size")
    if case.choice("last", "step", "drop") == "step" and len(sizes) % every:
        raise Declined("optax.MultiSteps makes no update of a group that is not full")
    bounds = [0, *sizes.cumsum().tolist()]
    reduce = jnp.sum if average == "sum" else jnp.mean
    batches = [reduce(g[a:b], axis=0) for a, b in zip(bounds, bounds[1:])]
    inner = optax.chain(optax.add_decayed_weights(decay),
                        optax.scale_by_learning_rate(lambda count: rate[count]))
    # The accumulator is binary32 unless told otherwise.
    settings = {"use_grad_mean": average == "equal", "accumulator_dtype": w.dtype}
    steps = optax.MultiSteps(inner, every, **settings)
    shown = optax.MultiSteps(optax.identity(), every, **settings)
    state, shown_state, after, gradients = steps.init(w), shown.init(w), [], []

    @jax.jit
    def step(batch, w, state, shown_state):
        updates, state = steps.update(batch, state, w)
        gradient, shown_state = shown.update(batch, shown_state, w)
        return gradient, optax.apply_updates(w, updates), state, shown_state

    for batch in batches:
        gradient, w, state, shown_state = step(batch, w, state, shown_state)
        if steps.has_updated(state):
            after.append(w)
            gradients.append(gradient)
    return {"w_after": _stacked(after), "gradient": _stacked(gradients)}


def lamb(case):
    _follows(case, bias_correction="yes")
    _without(case, "trust_lower")
    if case.has_number("trust_upper"):
        raise Declined("optax.lamb has no bounds of the ratio")
    numbers = _numbers(case, b1="beta1", b2="beta2", eps="epsilon")
    decay = case.number("weight_decay", 0.0)
    return _visible("ratio", _run(case, lambda rate: [
        optax.scale_by_adam(**numbers), optax.add_decayed_weights(decay),
        optax.scale_by_trust_ratio(), optax.scale_by_learning_rate(rate)],
        start={"mu": "m", "nu": "v"}, after={"m_after": "mu", "v_after": "nu"},
        seen=lambda stage: {"ratio": _ratio(stage["output"], stage["input"])}, watched=2))


def lion(case):
    numbers = _numbers(case, b1="beta1", b2="beta2")
    decay = case.number("weight_decay", 0.0)
    return _run(case, lambda rate: [
        optax.scale_by_lion(**numbers), optax.add_decayed_weights(decay),
        optax.scale_by_learning_rate(rate)], start={"mu": "m"}, after={"m_after": "mu"})


def lookahead_optimizer(case):
    _follows(case, maximize="no")
    reset = case.choice("velocity", "keep", "reset") == "reset"
    mu, alpha, every = case.number("momentum"), case.number("alpha"), case.whole("every")
    decay = case.number("weight_decay", 0.0)
    first = case.whole("first_step", 1)
    w, gradients, rates = case["w"], case["g"], case["rate"]
    slow = case["slow"] if "slow" in case else w

    def optimizer(rate):
        fast = optax.chain(optax.add_decayed_weights(decay), optax.trace(mu),
                           optax.scale_by_learning_rate(rate))
        return optax.lookahead(fast, every, alpha, reset_state=reset)

    @jax.jit
    def step(params, state, g, rate):
        updates, state = optimizer(rate).update(g, state, params)
        return optax.apply_updates(params, updates), state

    params = optax.LookaheadParams(fast=w, slow=slow)
    state = optimizer(0.0).init(params)
    velocity = case["velocity_before"] if "velocity_before" in case else jnp.zeros_like(w)
    state = state._replace(fast_state=_replaced(state.fast_state, trace=velocity),
                           steps_since_sync=jnp.int32((first - 1) % every))
    outputs = {"w_after": [], "slow_after": [], "v_after": []}
    for g, rate in zip(_rows(gradients), _rows(rates)):
        params, state = step(params, state, g, rate)
        outputs["w_after"].append(params.fast)
        outputs["slow_after"].append(params.slow)
        outputs["v_after"].append(_field(state.fast_state, "trace"))
    return {name: _stacked(rows) for name, rows in outputs.items()}


def momentum(case):
    form = case.choice("form", "rate_outside", "rate_inside")
    _follows(case, first_step="undampened")
    _without(case, "dampening")
    nesterov = case.choice("nesterov", "no", "yes") == "yes"
    mu, decay = case.number("momentum"), case.number("weight_decay", 0.0)
    trace = lambda: optax.trace(mu, nesterov)

    def stages(rate):
        last = optax.scale_by_learning_rate(rate)
        pair = [trace(), last] if form == "rate_outside" else [last, trace()]
        return [optax.add_decayed_weights(decay), *pair]

    return _run(case, stages, start={"trace": "velocity"}, after={"v_after": "trace"})


def nadam(case):
    _follows(case, first_moment="beta1")
    if case.choice("momentum_schedule", "warming", "constant") == "warming":
        raise Declined("optax.nadam has a constant momentum")
    case.number("momentum_decay")  # of the warming schedule alone
    numbers = _numbers(case, b1="beta1", b2="beta2", eps="epsilon")
    return _moments(case, lambda: optax.scale_by_adam(**numbers, nesterov=True), "v")


def radam(case):
    _follows(case, bias_correction="yes", unrectified="momentum",
             epsilon_placement="after_correction")
    numbers = _numbers(case, b1="beta1", b2="beta2", eps="epsilon")
    numbers["threshold"] = case.number("threshold", 5.0)
    outputs = _moments(case, lambda: optax.scale_by_radam(**numbers), "v")
    skipped = case.whole("first_step", 1) - 1
    shown = _rectification(numbers, skipped + len(outputs["w_after"]), case["w"].dtype)
    return outputs | {"rectification": shown[skipped:]}


def rmsprop(case):
    centered = case.choice("centered", "no", "yes") == "yes"
    inside = case.choice("epsilon_placement", "outside_root", "inside_root") == "inside_root"
    form = case.choice("momentum_form", "rate_outside", "rate_inside")
    mu = case.number("momentum", 0.0)
    scale = optax.scale_by_stddev if centered else optax.scale_by_rms
    rho, epsilon = case.number("rho"), case.number("epsilon")
    initial = case.number("initial_v", 0.0)
    scaled = lambda: scale(rho, epsilon, initial, eps_in_sqrt=inside)

    def middle(rate):
        last = optax.scale_by_learning_rate(rate)
        if mu == 0:
            return [scaled(), last]
        trace = optax.trace(mu)
        return [scaled(), trace, last] if form == "rate_outside" else [scaled(), last, trace]

    start = {"nu": "v"} | ({"mu": "mean"} if centered else {}) | ({"trace": "buffer"} if mu else {})
    after = {"v_after": "nu"} | ({"mean_after": "mu"} if centered else {})
    after |= {"buffer_after": "trace"} if mu else {}
    negated = {"trace"} if form == "rate_inside" else set()  # optax's is a step to be added
    return _run(case, _decayed_stages(case, middle), start, after, negated)


def rprop(case):
    _follows(case, form="minus_reset", maximize="no")
    if "g_before" in case:
        raise Declined("the state of optax.rprop holds steps, not gradients")
    step = case.number("step")
    numbers = _numbers(case, eta_minus="down", eta_plus="up", min_step_size="shortest",
                       max_step_size="longest")
    return _run(case, lambda rate: [optax.scale_by_rprop(step, **numbers), optax.scale(-1.0)],
                start={"step_sizes": "step_size"},
                after={"step_after": "step_sizes"}, rates=False)


def weight_averaging(case):
    _follows(case, form="exponential", decay_form="constant")
    if case.has_number("every") or case.has_number("begin") or case.has_number("first_step"):
        raise Declined("optax averages the weights of every step")
    _without(case, "entered")
    debias = case.choice("bias_correction", "no", "yes") == "yes"
    begin = case.choice("start", "first_copy", "zero")
    case.choice("before", "copy", "keep")  # every step enters
    weights, decay = case["w"], case.number("decay")
    average = optax.ema(decay, debias=debias)
    state = average.init(weights[0])
    if "e" in case:
        state = state._replace(ema=case["e"])
    elif begin == "first_copy":
        state = state._replace(ema=weights[0])
    update, rows = jax.jit(lambda w, state: average.update(w, state)), []
    for w in _rows(weights):
        row, state = update(w, state)
        rows.append(row)
    return {"average": _stacked(rows)}


def yogi(case):
    _follows(case, bias_correction="yes")
    numbers = _numbers(case, b1="beta1", b2="beta2", eps="epsilon")
    initial = case.number("initial", 0.0)
    return _moments(case, lambda: optax.scale_by_yogi(
        **numbers, initial_accumulator_value=initial), "v")


def _follows(case, **conventions):
    for name, value in conventions.items():
        stated = case.choice(name, value)
        assert stated == value


def _without(case, name):
    """Declines a number that optax does not have, unless it is 0."""
    if case.number(name, 0.0) != 0:
        raise Declined(f"optax has no {name}")


def _numbers(case, **names):
    return {argument: case.number(name) for argument, name in names.items()}


def _decayed(case, scaled, coupled_only=False):
    """rate -> the stages of an optimizer with its weight decay where the case wants it."""
    return _decayed_stages(case, lambda rate: [scaled(), optax.scale_by_learning_rate(rate)],
                           coupled_only)


def _decayed_stages(case, middle, coupled_only=False):
    decay = case.number("weight_decay", 0.0)
    form = "coupled" if coupled_only else case.choice("decay_form", "coupled", "decoupled")

    def stages(rate):
        if form == "coupled":
            return [optax.add_decayed_weights(decay), *middle(rate)]
        if len(middle(rate)) > 2 and decay != 0:
            raise Declined("decoupled decay beside momentum is not asked of optax")
        scaled, last = middle(rate)
        return [scaled, optax.add_decayed_weights(decay), last]

    return stages


def _moments(case, scaled, second):
    """The kin of Adam: moments mu and nu, called m and `second` in the case."""
    return _run(case, _decayed(case, scaled), start={"mu": "m", "nu": second},
                after={"m_after": "mu", second + "_after": "nu"})


def _run(case, stages, start, after, negated=(), seen=None, watched=1, rates=True):
    """Steps the chain stages(rate) once for each gradient.

    start: {field of the state: input}; after: {output: field}; negated: fields whose sign is not
    the case's; seen(stage): outputs from what stage number `watched` was given and returned.
    """
    _follows(case, maximize="no")
    w, gradients = case["w"], case["g"]
    rate = case["rate"] if rates else np.zeros(len(gradients), w.dtype)

    @jax.jit
    def step(w, states, g, rate):
        updates, new, stage = g, [], {}
        for i, (transformation, state) in enumerate(zip(stages(rate), states)):
            given = updates
            updates, state = transformation.update(given, state, w)
            new.append(state)
            if seen and i == watched:
                stage = {"input": given, "output": updates, "state": state}
        shown = seen(stage) if seen else {}
        return optax.apply_updates(w, updates), tuple(new), shown

    states = tuple(transformation.init(w) for transformation in stages(0.0))
    given = {field: -case[name] if field in negated else case[name]
             for field, name in start.items() if name in case}
    if "nu" in start and _has(states, "count"):
        given["count"] = jnp.int32(case.whole("first_step", 1) - 1)
    states = _replaced(states, **given)
    rows = {name: [] for name in ["w_after", *after]}
    for g, r in zip(_rows(gradients), _rows(rate)):
        w, states, shown = step(w, states, g, r)
        rows["w_after"].append(w)
        for name, field in after.items():
            row = np.asarray(_field(states, field))
            rows[name].append(-row if field in negated else row)
        for name, value in shown.items():
            rows.setdefault(name, []).append(np.reshape(value, ()))
    return {name: _stacked(values) for name, values in rows.items()}


def _rows(x):
    x = np.asarray(x)
    return [x[i, ...] for i in range(len(x))]


def _stacked(rows):
    return np.stack([np.asarray(row) for row in rows])


def _has(states, field):
    return any(field in getattr(state, "_fields", ()) for state in states)


def _field(states, field):
    return next(getattr(state, field) for state in states
                if field in getattr(state, "_fields", ()))


def _replaced(states, **fields):
    return tuple(
        state._replace(**{name: value for name, value in fields.items() if name in state._fields})
        if hasattr(state, "_fields") else state for state in states)


def _ratio(output, given):
    """The factor by which a stage has multiplied everything, read off its largest element."""
    largest = jnp.argmax(jnp.abs(given))
    return output[largest] / given[largest]


def _visible(name, outputs):
    """Declines a case where that factor has multiplied nothing but zeros."""
    if np.isnan(outputs[name]).any() and np.isfinite(outputs["w_after"]).all():
        raise Declined(f"optax does not return the {name}, and a step of 0 does not show it")
    return outputs


def _rectification(numbers, steps, dtype):
    """optax's r of steps 1, 2, ..., which it does not return: a gradient that is always 1 has the
    update r / (1 + epsilon), or 1 where nothing is rectified; with epsilon 1 they differ."""
    probe = optax.scale_by_radam(**numbers | {"b1": 0.0, "eps": 1.0})
    one = jnp.ones((), dtype)
    update, state, rows = jax.jit(probe.update), probe.init(one), []
    for _ in range(steps):
        shown, state = update(one, state)
        rows.append(jnp.where(shown > 0.75, 0.0, 2 * shown))
    return _stacked(rows)
