# SPDX-License-Identifier: MIT
"""Attacks along gradients; definitions in reference/adversarial/."""
import eagerpy as ep
import foolbox.attacks as fa
import torch
from foolbox.gradient_estimators import es_gradient_estimator
from foolbox.models import ExpectationOverTransformationWrapper

from assay_adapter import Declined
from attacked_network import radius
from victim import Victim, drawn, norm_of, watched

DIRECTION = {"zero_sign": "zero", "floor": "norm", "l1_step": "whole"}
STEPS = DIRECTION | {"order": "ball_box", "l1_projection": "rescaled"}
FOLLOWS = {
    "fast_gradient_sign": DIRECTION,
    "projected_gradient_descent": STEPS | {"stop": "never"},
    "momentum_iterative_attack": STEPS | {"lookahead": "none"},
    "random_noise_attack": DIRECTION,
    "robust_accuracy": STEPS | {"wrong": "attacked", "across": "each"},
    "expectation_over_transformation": STEPS | {"average": "logits"},
    "attack_with_batch_normalization": STEPS,
    "simultaneous_perturbation_attack": {"update": "sign", "estimate": "times"},
}

FAST = {"linf": fa.LinfFastGradientAttack, "l2": fa.L2FastGradientAttack,
        "l1": fa.L1FastGradientAttack}
ITERATIVE = {"linf": fa.LinfBasicIterativeAttack, "l2": fa.L2BasicIterativeAttack,
             "l1": fa.L1BasicIterativeAttack}
DESCENT = {"linf": fa.LinfProjectedGradientDescentAttack,
           "l2": fa.L2ProjectedGradientDescentAttack, "l1": fa.L1ProjectedGradientDescentAttack}
MOMENTUM = {"linf": fa.LinfMomentumIterativeFastGradientMethod,
            "l2": fa.L2MomentumIterativeFastGradientMethod,
            "l1": fa.L1MomentumIterativeFastGradientMethod}


def _fast(victim, norm):
    """The fast gradient method. It takes no targets: for these, one step of the iterative one."""
    if victim.targeted:
        return victim.attacking(ITERATIVE[norm])(steps=1, rel_stepsize=1.0)
    return victim.attacking(FAST[norm])()


def fast_gradient_sign(case):
    victim, norm, epsilon = Victim(case), norm_of(case), radius(case)
    attack = _fast(victim, norm)
    adversarial = attack.run(victim.model, victim.x, victim.criterion, epsilon=epsilon)
    before, after = victim.model(victim.x), victim.model(adversarial)
    outputs = {"loss": victim.share(victim.losses(before)), "dx": attack.slopes[0],
               "adversarial": adversarial, "loss_after": victim.losses(after),
               "logits": victim.logits(adversarial),
               "predicted": torch.stack([z.argmax(dim=1) for z in (before, after)])}
    if victim.objective != "logit_margin":
        outputs["confidence"] = torch.stack([z.softmax(dim=1).amax(dim=1)
                                             for z in (before, after)])
    return outputs


def _settings(case):
    """Radius, and what the classes of descent are made with."""
    return radius(case), {"abs_stepsize": radius(case, "alpha"), "steps": case.whole("steps")}


def projected_gradient_descent(case):
    if "start" in case.draws:
        return _own_start(case)
    victim, norm, (epsilon, settings) = Victim(case), norm_of(case), _settings(case)
    starts = list(case["start"]) if "start" in case else [None]
    if case.choice("keep", "loss", "fooled") == "loss" and len(starts) > 1:
        raise Declined("of several starts the library keeps the first that succeeds")
    iterates, ends = [], []
    for start in starts:
        attack = victim.attacking(DESCENT[norm], start)(random_start=start is not None, **settings)
        ends.append(attack.run(victim.model, victim.x, victim.criterion, epsilon=epsilon))
        iterates.append(torch.stack([*attack.points[1:], ends[-1]]))
    kept = _kept(victim, norm, epsilon, settings, starts)
    same = torch.stack([(end == kept).all(dim=1) for end in ends])
    return {"iterates": torch.stack(iterates),
            "losses": torch.stack([victim.losses_at(end) for end in ends]), "adversarial": kept,
            "restart": same.to(torch.int64).argmax(dim=0), "success": victim.reached(kept)}


def _kept(victim, norm, epsilon, settings, starts):
    """What the library's repetition of the attack keeps, one start after the other."""
    class Starts(DESCENT[norm]):
        waiting = iter(starts)

        def get_random_start(self, x0, epsilon):
            return self.project(x0 + ep.astensor(next(self.waiting)), x0, epsilon)

    attack = watched(Starts, victim)(random_start=starts[0] is not None, **settings)
    return attack.repeat(len(starts))(victim.model, victim.x, victim.criterion,
                                      epsilons=epsilon)[0]


def _own_start(case):
    victim, norm, (epsilon, settings) = Victim(case), norm_of(case), _settings(case)
    case.drawn_by_library("start")
    torch.manual_seed(1)
    attack = victim.attacking(DESCENT[norm])(random_start=True, **settings)
    return {"adversarial": attack.run(victim.model, victim.x, victim.criterion, epsilon=epsilon)}


def momentum_iterative_attack(case):
    victim, norm, (epsilon, settings) = Victim(case), norm_of(case), _settings(case)
    case.choice("size", "sum")
    optimizers, momentum = [], []

    class Remembering(MOMENTUM[norm]):
        def get_optimizer(self, x, stepsize):
            optimizers.append(super().get_optimizer(x, stepsize))
            return optimizers[-1]

        def project(self, x, x0, epsilon):
            momentum.append(optimizers[-1].accumulation_grad.raw)
            return super().project(x, x0, epsilon)

    attack = watched(Remembering, victim)(momentum=case.number("decay"), **settings)
    end = attack.run(victim.model, victim.x, victim.criterion, epsilon=epsilon)
    iterates = [*attack.points[1:], end]
    return {"iterates": torch.stack(iterates), "momentum": torch.stack(momentum),
            "losses": torch.stack([victim.losses_at(x) for x in iterates]),
            "success": victim.reached(end)}


def random_noise_attack(case):
    victim, norm, epsilon = Victim(case), norm_of(case), radius(case)
    where = case.choice("drawn", "ball", "surface", "box")
    if (norm, where) == ("linf", "ball"):
        kind, draws = "uniform", case["uniform"]
        attack = fa.LinfProjectedGradientDescentAttack(steps=0, random_start=True)
    elif (norm, where) == ("l2", "surface"):
        kind, draws = "normal", case["normal"]
        attack = fa.L2AdditiveGaussianNoiseAttack()
    else:
        raise Declined(f"noise of {norm} in the {where} is made of other draws by the library")
    with drawn(kind, draws):
        noisy = [attack.run(victim.model, victim.x, victim.criterion, epsilon=epsilon)
                 for _ in draws]
    crafted = _fast(victim, norm).run(victim.model, victim.x, victim.criterion, epsilon=epsilon)
    fooled = torch.stack([victim.reached(x) for x in noisy])
    crafted_fooled = victim.reached(crafted)
    return {"noisy": torch.stack(noisy), "fooled": fooled, "crafted": crafted,
            "noisy_loss": torch.stack([victim.losses_at(x) for x in noisy]),
            "crafted_loss": victim.losses_at(crafted), "crafted_fooled": crafted_fooled,
            "fooled_share": torch.stack([fooled.double().mean(), crafted_fooled.double().mean()])}


def robust_accuracy(case):
    victim, norm = Victim(case, goals=("labels",)), norm_of(case)
    which = case.choice("attacks", "descent", "one_step", "both")
    attacks = []
    if which != "one_step":
        attacks.append(victim.attacking(DESCENT[norm])(
            rel_stepsize=case.number("step"), steps=case.whole("steps"), random_start=False))
    if which != "descent":
        attacks.append(_fast(victim, norm))
    # A case without a descent names its steps all the same: both are understood.
    case.number("step"), case.whole("steps")
    epsilons = case.array("epsilons").tolist()
    broken, margins = [], []
    for attack in attacks:
        _, clipped, success = attack(victim.model, victim.x, victim.criterion, epsilons=epsilons)
        broken.append(success)
        margins.append(torch.stack([_margin(victim, x) for x in clipped]))
    robust = ~torch.stack(broken).any(dim=0)
    first = torch.cat([robust, torch.zeros(1, len(victim.x), dtype=torch.bool)])
    return {"robust": robust, "accuracy": robust.double().mean(dim=1),
            "smallest": first.to(torch.int64).argmin(dim=0),
            "margin": torch.stack(margins).amin(dim=0)}


def _margin(victim, x):
    """How far the logit of the label leads."""
    z = victim.model(x)
    own = torch.nn.functional.one_hot(victim.answer, z.shape[1]).bool()
    return z[own] - z.masked_fill(own, -torch.inf).amax(dim=1)


class _Transforming(torch.nn.Module):
    """Gives the next of the case's transformations to the inputs, in turn."""

    def __init__(self, parts):
        super().__init__()
        self.parts, self.next = parts, 0

    def forward(self, x):
        part = self.parts[self.next % len(self.parts)]
        self.next += 1
        if "index" in part:
            x = x[:, part["index"]]
        x = x * part["mask"] if "mask" in part else x
        return x + part["noise"] if "noise" in part else x


def _transformations(case, steps):
    """All of them in the order of use, and how many a step has."""
    given = {name: case[name] for name in ("index", "mask", "noise") if name in case}
    own = {name: len(value.shape) == (4 if name == "noise" else 3)
           for name, value in given.items()}
    given = {name: value if own[name] else value.expand(steps, *value.shape)
             for name, value in given.items()}
    if not given:
        raise Declined("a model that transforms nothing")
    draws = len(next(iter(given.values()))[0])
    if draws == 0:
        raise Declined("a mean of no draws never reaches the library")
    return [{name: value[s][r] for name, value in given.items()}
            for s in range(steps) for r in range(draws)], draws


def expectation_over_transformation(case):
    norm, (epsilon, settings) = norm_of(case), _settings(case)
    parts, draws = _transformations(case, settings["steps"])
    front = _Transforming(parts)
    victim = Victim(case, front)
    front.next = 0
    model = ExpectationOverTransformationWrapper(victim.model, n_steps=draws)
    losses = []

    class Remembering(watched(ITERATIVE[norm], victim)):
        def get_loss_fn(self, model, labels):
            def watched_model(inputs):
                z = model(inputs)
                losses.append(victim.losses(z.raw.detach()))
                return z
            return super().get_loss_fn(watched_model, labels)

    attack = Remembering(**settings)
    end = attack.run(model, victim.x, victim.criterion, epsilon=epsilon)
    front.parts, front.next = parts[-draws:], 0
    return {"iterates": torch.stack([*attack.points[1:], end]),
            "gradients": torch.stack(attack.slopes), "losses": torch.stack(losses),
            "success": torch.stack([victim.reached(end) for _ in range(draws)])}


def attack_with_batch_normalization(case):
    norm, (epsilon, settings) = norm_of(case), _settings(case)
    layer = torch.nn.BatchNorm1d(len(case["gamma"]), eps=case.number("smoothing", 1e-5),
                                 momentum=case.number("momentum", 0.1))
    layer.load_state_dict({"weight": case["gamma"], "bias": case["beta"],
                           "running_mean": case["running_mean"],
                           "running_var": case["running_variance"],
                           "num_batches_tracked": torch.tensor(0)})
    victim = Victim(case, layer)
    victim.network.train(case.choice("statistics", "running", "batch") == "batch")
    attack = victim.attacking(ITERATIVE[norm])(**settings)
    end = attack.run(victim.model, victim.x, victim.criterion, epsilon=epsilon)
    victim.network.eval()
    return {"iterates": torch.stack([*attack.points[1:], end]), "logits": victim.logits(end),
            "success": victim.reached(end), "running_mean_after": layer.running_mean,
            "running_variance_after": layer.running_var}


def simultaneous_perturbation_attack(case):
    victim = Victim(case)
    directions = case["directions"]
    steps, samples = directions.shape[:2]
    if victim.mean:
        raise Declined("a mean over samples: the library has no estimate of single samples")
    estimator = es_gradient_estimator(
        fa.LinfBasicIterativeAttack, samples=2 * samples, sigma=case.number("delta", 0.01),
        bounds=victim.model.bounds, clip=False)
    settings = {"abs_stepsize": case.number("rate", 0.01), "steps": steps}
    epsilon = case.number("epsilon", 0.3)
    runs = []
    for n in range(len(victim.x)):  # the library's slopes are those of a sum over the batch
        one = one_sample(victim, n)
        attack = watched(estimator, one)(**settings)
        with drawn("normal", directions[:, :, n].reshape(steps * samples, -1)):
            end = attack.run(one.model, one.x, one.criterion, epsilon=epsilon)
        runs.append((torch.stack([*attack.points[1:], end]), torch.stack(attack.slopes),
                     torch.stack([one.losses_at(x) for x in attack.points])))
    iterates, estimates, losses = (torch.cat(parts, dim=1) for parts in zip(*runs))
    return {"iterates": iterates, "estimates": estimates, "losses": losses,
            "class": victim.model(iterates[-1]).argmax(dim=1)}


def one_sample(victim, n):
    """The same victim with sample n alone."""
    one = object.__new__(Victim)
    one.__dict__.update(victim.__dict__)
    one.x, one.answer = victim.x[n:n + 1], victim.answer[n:n + 1]
    one.criterion = type(victim.criterion)(one.answer)
    return one


def input_gradient_ascent(case):
    victim, rate, steps = Victim(case), case.number("rate", 0.1), case.whole("steps", 100)
    if case.choice("direction", "raw", "unit", "largest") != "unit" or case.number("penalty", 0):
        raise Declined("steps are unit directions of the loss alone")
    confidence = case.number("confidence", 0)
    step = victim.attacking(fa.L2BasicIterativeAttack)(steps=1, abs_stepsize=rate)
    x, iterates, losses = victim.x, [], []
    path, iterations = torch.zeros(len(x)), torch.zeros(len(x))
    for _ in range(steps):
        losses.append(victim.losses_at(x))
        crossed, _ = _crossed(victim, x, confidence)
        moved = step.run(victim.model, x, victim.criterion, epsilon=torch.inf)
        moved = torch.where(crossed[:, None], x, moved)
        path += ep.norms.l2(ep.astensor(moved - x), axis=-1).raw
        iterations += ~crossed
        x = moved
        iterates.append(x)
    return {"iterates": torch.stack(iterates), "losses": torch.stack(losses), "adversarial": x,
            "distance": fa.L2BasicIterativeAttack.distance(victim.x, x), "path": path,
            "probability": _crossed(victim, x, confidence)[1], "iterations": iterations,
            "class": victim.model(x).argmax(dim=1)}


def _crossed(victim, x, confidence):
    """Whether samples have reached the goal with so much confidence, and how much they have."""
    probability = victim.model(x).softmax(dim=1).amax(dim=1)
    return victim.reached(x) & (probability >= confidence), probability
