# SPDX-License-Identifier: MIT
"""optax.losses; formulas in reference/losses/. What is done here is the reduction that a case asks
for, of one loss an element or one a sample."""
import jax
import jax.numpy as jnp
import optax
from assay_adapter import Declined

from autograd import differentiate, inputs_of

# optax.cosine_similarity raises both squared norms to its epsilon.
FOLLOWS = {"cosine_similarity": {"epsilon_place": "each"}}


def adversarial_loss(case):
    """optax.sigmoid_binary_cross_entropy of both batches, with the case's targets."""
    loss = optax.sigmoid_binary_cross_entropy
    generator = case.choice("player", "discriminator", "generator") == "generator"
    mean = case.choice("reduction", "mean", "sum") == "mean"
    reduce = jnp.mean if mean else jnp.sum
    upstream = case.get("dloss")
    if generator:
        case.choice("goal", "non_saturating")
        case.number("smoothing", 0.0)
        operation = lambda fake: reduce(loss(fake, jnp.ones_like(fake)))
        return _scalar(case, operation, ["fake"], upstream)
    smoothing = case.number("smoothing", 0.0)
    two = case.choice("sides", "one", "two") == "two"
    half = case.choice("combine", "sum", "half") == "half"

    def parts(real, fake):
        return (reduce(loss(real, jnp.full_like(real, 1 - smoothing))),
                reduce(loss(fake, jnp.full_like(fake, smoothing if two else 0.0))))

    def operation(real, fake):
        total = sum(parts(real, fake))
        return total / 2 if half else total

    outputs = _scalar(case, operation, ["real", "fake"], upstream)
    real_loss, fake_loss = jax.jit(parts)(case["real"], case["fake"])
    return outputs | {"real_loss": real_loss, "fake_loss": fake_loss}


def binary_cross_entropy(case):
    case.choice("form", "logits")
    if "pos_weight" in case:
        raise Declined("optax.sigmoid_binary_cross_entropy has no weight of the positive term")
    return _reduced(case, lambda z, t: optax.sigmoid_binary_cross_entropy(z, t), ["z"], ["t"])


def cosine_similarity(case):
    if "t" in case:
        raise Declined("optax.cosine_distance is of pairs that are alike")
    # The case raises norms to its epsilon, optax their squares.
    epsilon = case.number("epsilon", 1e-8) ** 2
    case.number("margin", 0.0)  # of pairs that are not alike
    if case.choice("form", "one_minus", "negative") == "negative":
        value = lambda a, b: -optax.cosine_similarity(a, b, epsilon=epsilon)
    else:
        value = lambda a, b: optax.cosine_distance(a, b, epsilon=epsilon)
    return _reduced(case, value, ["a", "b"], [], elements=False)


def cross_entropy(case):
    reduction = case.choice("reduction", "mean", "sum", "none")
    by_weights = case.choice("normalizer", "weights", "samples") == "weights"
    case.choice("smoothing", "all_classes")
    smoothing = case.number("label_smoothing", 0.0)
    inputs = inputs_of(case, ["z", "labels"], ["class_weight"])

    def operation(z, labels, class_weight=None):
        counts = labels >= 0
        known = jnp.where(counts, labels, 0)
        if smoothing == 0:
            value = optax.softmax_cross_entropy_with_integer_labels(z, known)
            value = value if class_weight is None else value * class_weight[known]
        else:
            targets = jax.nn.one_hot(known, z.shape[1], dtype=z.dtype)
            targets = optax.smooth_labels(targets, smoothing)
            targets = targets if class_weight is None else targets * class_weight
            value = optax.softmax_cross_entropy(z, targets)
        value = jnp.where(counts, value, 0)
        if reduction == "none":
            return value
        weights = class_weight[known] if class_weight is not None and by_weights else 1.0
        total = jnp.sum(jnp.where(counts, weights, 0.0).astype(z.dtype))
        return value.sum() if reduction == "sum" else value.sum() / total

    return _outputs(case, operation, inputs, ["z"])


def dice_loss(case):
    """optax.dice_loss of two classes, the prediction and its complement, without the latter's own
    loss: it takes probabilities only if they add to 1."""
    tversky = case.choice("form", "dice", "tversky") == "tversky"
    if case.choice("smooth_place", "denominator", "both") == "denominator":
        raise Declined("optax.dice_loss smoothes numerator and denominator")
    case.choice("power", "one")
    reduction = case.choice("reduction", "mean", "sum")
    axis = (0, 1) if case.choice("over", "samples", "batch") == "batch" else (1,)
    smooth = case.number("smooth", 1e-7)
    numbers = {"smooth": smooth if tversky else smooth / 2}
    if tversky:
        numbers |= {"alpha": case.number("alpha", 0.5), "beta": case.number("beta", 0.5)}
    t = case["t"]

    def operation(y):
        value = optax.losses.dice_loss(
            jnp.stack([1 - y, y], axis=-1), jnp.stack([1 - t, t], axis=-1), apply_softmax=False,
            ignore_background=True, axis=axis, **numbers)
        return value.mean() if reduction == "mean" else value.sum()

    # Not compiled: optax looks at the sums of the probabilities with an `if`.
    y = case["y"]
    value, pull = jax.vjp(operation, y)
    gradient, = pull(case["dloss"] if "dloss" in case else jnp.ones_like(value))
    return {"loss": value, "dy": gradient}


def focal_loss(case):
    gamma = case.number("gamma", 2.0)
    balanced = case.choice("balance", "none", "alpha") == "alpha"
    alpha = case.number("alpha", 0.25) if balanced else None
    return _reduced(case, lambda z, t: optax.sigmoid_focal_loss(z, t, alpha=alpha, gamma=gamma),
                    ["z"], ["t"])


def hinge(case):
    case.choice("squared", "no")
    if case.number("margin", 1.0) != 1:
        raise Declined("optax.hinge_loss has the margin 1")
    signs = case.choice("labels", "signs", "zero_one") == "signs"

    def value(y, t):
        t = t if signs else 2 * t - 1
        return optax.hinge_loss(y, t.astype(y.dtype))

    return _reduced(case, value, ["y"], ["t"])


def huber(case):
    case.choice("form", "huber")
    delta = case.number("delta", 1.0)
    return _reduced(case, lambda y, t: optax.huber_loss(y, t, delta=delta), ["y"], ["t"])


def kullback_leibler_divergence(case):
    """optax's divergences, of one outcome each; jax.scipy.special.rel_entr of probabilities."""
    case.choice("clip", "no")
    logarithms = case.choice("input", "logarithms", "probabilities") == "logarithms"
    target = case.choice("target", "probabilities", "logarithms")
    if not logarithms and target == "logarithms":
        raise Declined("neither JAX nor optax has the divergence of these two forms")

    def value(y, t):
        if not logarithms:
            return jax.scipy.special.rel_entr(t, y)
        of = optax.kl_divergence if target == "probabilities" else \
            optax.losses.kl_divergence_with_log_targets
        return of(y[..., None], t[..., None])

    return _reduced(case, value, ["y"], ["t"])


def log_cosh(case):
    return _reduced(case, lambda y, t: optax.log_cosh(y, t), ["y"], ["t"])


def mean_squared_error(case):
    half = case.choice("half", "no", "yes") == "yes"
    value = optax.l2_loss if half else optax.squared_error
    return _reduced(case, lambda y, t: value(y, t), ["y"], ["t"])


def multi_margin(case):
    if case.choice("over", "sum", "largest") == "sum":
        raise Declined("optax.multiclass_hinge_loss is of the largest score")
    if case.choice("divisor", "classes", "none", "others") != "none":
        raise Declined("optax.multiclass_hinge_loss is not divided")
    case.choice("power", "one")
    if case.number("margin", 1.0) != 1 or "class_weight" in case:
        raise Declined("optax.multiclass_hinge_loss has the margin 1 and no weights of classes")
    of_samples = jax.vmap(optax.losses.multiclass_hinge_loss)
    return _reduced(case, of_samples, ["y"], ["labels"], elements=False)


def nt_xent(case):
    if case.has_number("epsilon"):
        raise Declined("optax.ntxent has an epsilon of its own")
    halves = case.choice("layout", "neighbours", "halves") == "halves"
    mean = case.choice("reduction", "mean", "sum") == "mean"
    temperature = case.number("temperature", 0.5)
    n = case["z"].shape[0]
    pair = jnp.arange(n) % (n // 2) if halves else jnp.arange(n) // 2

    def operation(z):
        value = optax.losses.ntxent(z, pair, temperature)
        return value if mean else value * n

    return _scalar(case, operation, ["z"], case.get("dloss"))


def triplet_loss(case):
    if case.choice("distance", "squared", "euclidean") == "squared":
        raise Declined("optax.triplet_margin_loss has the Euclidean distance")
    case.choice("form", "margin")
    place = case.choice("epsilon_place", "none", "sum")
    epsilon = case.number("epsilon", 1e-6) if place == "sum" else 0.0
    margin = case.number("margin", 0.2)
    return _reduced(case, lambda a, p, n: optax.losses.triplet_margin_loss(
        a, p, n, margin=margin, eps=epsilon), ["a", "p", "n"], [], elements=False)


def _scalar(case, operation, wanted, upstream):
    inputs = inputs_of(case, wanted)
    value, gradients = differentiate(operation, inputs, wanted, upstream)
    return {"loss": value} | gradients


def _reduced(case, value, wanted, others, elements=True):
    """A loss from value(...): one an element (N,K) or, without `elements`, one a sample (N)."""
    offered = ["mean", "sum", "mean_of_sums", "none"] if elements else ["mean", "sum", "none"]
    reduction = case.choice("reduction", *offered)
    by_weights = case.choice("normalizer", "count", "weights") == "weights"
    inputs = inputs_of(case, [*wanted, *others], ["sample_weight"])

    def operation(sample_weight=None, **inputs):
        each = value(*(inputs[name] for name in [*wanted, *others]))
        count = each.shape[0]
        if sample_weight is not None:
            count = sample_weight.sum() if by_weights else count
            each = each * (sample_weight[:, None] if elements else sample_weight)
        if reduction == "none":
            return each
        of_each = each.shape[1] if reduction == "mean" and elements else 1
        return each.sum() if reduction == "sum" else each.sum() / (count * of_each)

    return _outputs(case, operation, inputs, wanted)


def _outputs(case, operation, inputs, wanted):
    value, gradients = differentiate(operation, inputs, wanted, case.get("dloss"))
    return {"loss": value} | gradients
