# SPDX-License-Identifier: MIT
"""The workloads: sizes, how the engine does each, what its limit is, and when results agree."""
import os

import h5py
import numpy as np

from . import Workload

LEARNT = {"pytorch": ("eager", "compiled"), "jax": ("step", "loop"), "tensorflow": ("loop", "xla")}
PLAIN = {"pytorch": ("eager", "compiled"), "jax": ("jit",), "tensorflow": ("function", "xla")}
BATCHES = 8  # of a training set


def write_case(folder, technique, inputs, **settings):
    """A case file with one case; returns its path."""
    path = os.path.join(folder, technique + ".h5")
    with h5py.File(path, "w") as file:
        file.attrs.update(format=np.bytes_("assay-cases"), format_version=np.int32(2))
        group = file.create_group(f"{technique}/speed/inputs")
        for name, value in settings.items():
            group.attrs[name] = np.bytes_(value) if isinstance(value, str) else float(value)
        for name, value in inputs.items():
            group[name] = value
    return ["run", path]


def random(seed):
    return np.random.default_rng(seed)


def normal(generator, *shape):
    return generator.standard_normal(shape).astype(np.float32)


def layers(generator, sizes, prefix=""):
    """Weights of a perceptron, as He et al. draw them."""
    made = {}
    for l, (i, o) in enumerate(zip(sizes, sizes[1:]), 1):
        made[f"{prefix}w{l}"] = normal(generator, i, o) * np.float32(np.sqrt(2 / i))
        made[f"{prefix}b{l}"] = np.zeros(o, np.float32)
    return made


def products(sizes, rows, weights=True, inputs=False, forward=True):
    """The matrix products of a perceptron: forward, of the gradients of weights, and of layers'
    inputs, that of the first layer included if `inputs`."""
    made = []
    for l, (i, o) in enumerate(zip(sizes, sizes[1:])):
        made += [f"{rows}x{o}x{i}"] * forward + [f"{i}x{o}x{rows}"] * weights
        made += [f"{rows}x{i}x{o}"] if l > 0 or inputs else []
    return made


# --- perceptrons ----------------------------------------------------------------------------------

def perceptron(sizes, batch, dropout=0, l2=0, normalized=False):
    """Dropout is left out of the steps that are compared: no two programs draw alike. So are the
    biases before a normalisation, whose gradients are 0: Adam makes steps of their rounding."""
    hidden, binary = ",".join(map(str, sizes[1:-1])), sizes[-1] == 1

    def engine(folder, dropout=dropout):
        words = ["bench", "--data",
                 f"synthetic:{2 * BATCHES * batch},{sizes[0]},{2 if binary else sizes[-1]}",
                 "--hidden", hidden, "--optimizer", "adam", "--rate", "0.001", "--epsilon", "1e-7",
                 "--batch", str(batch), "--block", str(batch // 2)]
        words += ["--loss", "binary_cross_entropy"] if binary else []
        words += ["--dropout", str(dropout)] if dropout else []
        words += ["--normalization", "batch"] if normalized else []
        return words + (["--weight-decay", str(2 * l2), "--decayed", "hidden_weights"] if l2 else [])

    def data(engine):
        """The engine's own batches and initial weights."""
        start = weights(engine)
        batches = [np.array(engine.ask(f"batch {i + 1}")).reshape(batch, -1)
                   for i in range(BATCHES)]
        made = {"x": np.array([b[:, :-1] for b in batches], np.float32),
                "y": np.array([b[:, -1] for b in batches], np.float32 if binary else np.int32)}
        return made | start

    def weights(engine):
        flat, made, at = np.array(engine.ask("weights 1"), np.float32), {}, 0
        for shape in shapes():
            count = int(np.prod(shape))
            made[f"p{len(made)}"] = flat[at:at + count].reshape(shape)
            at += count
        return made

    def shapes():
        """w, b and, of normalised layers, gamma and beta; then their running statistics."""
        hidden_units = sizes[1:-1] if normalized else ()
        made = [shape for i, o in zip(sizes, sizes[1:-1])
                for shape in ((i, o), (o,)) + ((o,), (o,)) * normalized]
        return (made + [sizes[-2:], sizes[-1:]]
                + [(units,) for units in hidden_units for _ in ("mean", "variance")])

    def answer(engine):
        engine.ask("step 3")
        made = weights(engine)
        if normalized:
            for layer in range(len(sizes) - 2):
                del made[f"p{4 * layer + 1}"]
        return made

    name = "-".join(map(str, sizes)) + f", batch {batch}"
    extra = [word for word, there in (("dropout", dropout), ("L2", l2),
                                      ("batch normalization", normalized)) if there]
    return Workload(
        name=name + "".join(", " + e for e in extra), module="perceptron", variants=LEARNT,
        what="a training step of a perceptron by Adam"
             + (f" with {' and '.join(extra)}" if extra else ""),
        engine=engine, check_engine=lambda folder: engine(folder, 0), data=data, answer=answer,
        check_rounds=3, order="step",
        tolerance={"moved": 0.02},
        settings={"rate": 0.001, "l2": l2, "dropout": dropout, "normalized": normalized},
        limit_what="its matrix products alone", goal=5 if max(sizes) <= 128 else 1)


# --- the others -----------------------------------------------------------------------------------

def case(inputs, settings, technique, outputs):
    """What the workloads that the engine answers as a case have in common."""
    kept = {}

    def made():
        if not kept:
            kept.update(inputs())
        return kept

    return {"engine": lambda folder: write_case(folder, technique, made(), **settings),
            "data": lambda engine: made(),
            "answer": lambda engine: {theirs: engine.output(f"{technique}/speed/{ours}")
                                      for theirs, ours in outputs.items()}}


def gan(rounds=50, units=128):
    sizes = {"generator": [2, units, units, 2], "discriminator": [2, units, units, 1]}

    def inputs():
        generator = random(1)
        made = {k: v for who, s in sizes.items() for k, v in layers(generator, s, who + "_").items()}
        return made | {"real": normal(generator, rounds, 32, 2),
                       "fake_noise": normal(generator, rounds, 32, 2),
                       "noise": normal(generator, rounds, 64, 2)}

    outputs = {f"{who[0]}{i}": f"{who}_{kind}{1 + i // 2}_after"
               for who in sizes for i, kind in enumerate("wbwbwb")}
    g, d = sizes.values()
    bare = (products(d, 32) * 2 + products(g, 32, weights=False, inputs=False)
            + products(g, 64) + products(d, 64, weights=False, inputs=True))
    return Workload(
        name=f"GAN, 2-{units}-{units}-2 against 2-{units}-{units}-1", module="gan", variants=LEARNT,
        what="an iteration: two updates of the discriminator, batch 32, one of the generator, "
             "batch 64, by Adam",
        **case(inputs, {"generator_rate": 1e-4, "discriminator_rate": 1e-4, "beta1": 0.9,
                        "beta2": 0.999, "epsilon": 1e-7, "record": "last", "block": 16},
               "gan_training", outputs),
        check_rounds=rounds, rounds=rounds, tolerance={"moved": 0.05},
        limit=["--products", counted(bare)], limit_what="its matrix products alone", goal=5)


def counted(shapes):
    return ",".join(f"{shape}*{shapes.count(shape)}" for shape in dict.fromkeys(shapes))


def attack(samples=128, steps=20, sizes=(784, 512, 512, 10)):
    def inputs():
        generator = random(2)
        made = layers(generator, sizes)
        x = generator.random((samples, sizes[0])).astype(np.float32)
        h = np.maximum(x @ made["w1"], 0)
        z = np.maximum(h @ made["w2"], 0) @ made["w3"]
        return made | {"x": x, "labels": z.argmax(1).astype(np.int32)}

    bare = products(sizes, samples, weights=False, inputs=True) * steps
    return Workload(
        name=f"PGD-{steps} on {'-'.join(map(str, sizes))}, batch {samples}", module="attack", variants=PLAIN,
        what=f"an attack of {steps} steps in the largest norm",
        **case(inputs, {"epsilon": 0.1, "alpha": 0.01, "steps": steps},
               "projected_gradient_descent", {"adversarial": "adversarial"}),
        check_rounds=1, tolerance={"share": 0.999, "within": 1e-4},
        settings={"steps": steps, "epsilon": 0.1, "alpha": 0.01},
        limit=["--products", counted(bare)], limit_what="its matrix products alone")


def smote(samples=20000, features=30, minority=2000, k=5, seed=1):
    def inputs():
        generator, state = random(minority), np.random.RandomState(seed)
        label = np.zeros(samples, np.int32)
        label[generator.permutation(samples)[:minority]] = 1
        x = normal(generator, samples, features)
        x[label == 1] += np.float32(0.25)
        new = samples - 2 * minority  # what imbalanced-learn draws with this seed
        return {"x": x, "label": label,
                "draw": state.randint(0, minority * k, size=new).astype(np.int32),
                "gap": state.uniform(size=new).astype(np.float32)}

    return Workload(
        name=f"SMOTE, {samples:,} × {features}, {minority:,} of the small class", module="smote",
        what="new samples of a class until it is as large as the other; 5 neighbours",
        variants=PLAIN | {"scikit_learn": ("imbalanced-learn",)},
        **case(inputs, {"classes": 2, "neighbours": k, "draw": "flat"}, "smote",
               {"synthetic": "synthetic"}),
        check_rounds=1, tolerance={"share": 0.999, "within": 1e-4},
        settings={"k": k, "seed": seed},
        limit=["--products", f"{minority}x{minority}x{features}"],
        limit_what="the product of all pairs")


def neighbours(samples=10000, features=30, k=5):
    def inputs():
        generator = random(4)
        label = (generator.random(samples) < 0.3).astype(np.int32)
        x = normal(generator, samples, features)
        x[label == 1] += np.float32(0.5)
        return {"x": x, "label": label}

    return Workload(
        name=f"{k} nearest neighbours, {samples:,} × {features}", module="neighbours",
        what="the neighbours of every sample among the others, and their votes (edited nearest "
             "neighbours)",
        variants=PLAIN | {"scikit_learn": ("brute", "kd_tree")},
        **case(inputs, {"classes": 2, "neighbours": k, "clean": "all"},
               "edited_nearest_neighbours", {"removed": "removed"}),
        check_rounds=1, tolerance={"share": 0.999, "within": 0}, settings={"k": k},
        limit=["--products", f"{samples}x{samples}x{features}"],
        limit_what="the product of all pairs")


def auc(samples=1000000):
    def inputs():
        generator = random(5)
        label = (generator.random(samples) < 0.2).astype(np.int32)
        score = 1 / (1 + np.exp(1 - label - generator.standard_normal(samples)))
        return {"scores": score.astype(np.float32), "labels": label}

    return Workload(
        name=f"AUC of {samples:,} scores", module="auc",
        what="the area under the ROC curve, exactly, with ties",
        variants={"pytorch": ("eager", "compiled"), "jax": ("jit",), "tensorflow": ("function",),
                  "scikit_learn": ("scikit-learn",)},
        **case(inputs, {}, "roc_auc", {"auc": "auc"}), check_rounds=1,
        tolerance={"share": 1, "within": 2e-6}, limit=["--bytes", str(8 * samples)],
        limit_what="moving scores and labels once")


def adam(parameters=10000000):
    def inputs():
        generator = random(6)
        return {"w": normal(generator, parameters), "g": normal(generator, 1, parameters),
                "rate": np.full(1, 1e-3, np.float32)}

    settings = {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-7}
    made = case(inputs, settings, "adam", {"w": "w_after", "m": "m_after", "v": "v_after"})
    made["answer"] = (lambda answer: lambda engine: {k: v[0] for k, v in answer(engine).items()})(
        made["answer"])
    made["data"] = (lambda data: lambda engine: {k: v.ravel() for k, v in data(engine).items()})(
        made["data"])
    return Workload(
        name=f"Adam, {parameters:,} parameters", module="adam",
        what="one update from a gradient",
        variants={"pytorch": ("fused", "compiled"), "jax": ("jit",),
                  "tensorflow": ("function", "xla")}, **made,
        check_rounds=1, tolerance={"share": 1, "within": 1e-6},
        settings=settings | {"rate": 1e-3}, limit=["--bytes", str(28 * parameters)],
        limit_what="reading w, m, v, g and writing w, m, v once")


def all_workloads():
    return [perceptron((64, 128, 64, 10), 32), perceptron((20, 32, 16, 1), 32),
            perceptron((2, 512, 512, 1), 32, dropout=0.2, l2=0.001),
            perceptron((784, 512, 512, 10), 128),
            perceptron((784, 256, 128, 10), 128, normalized=True),
            gan(), attack(), smote(), neighbours(), auc(), adam()]


def tiny_workloads():
    """The same work at sizes that tests can afford."""
    return [perceptron((6, 8, 4, 3), 8), perceptron((6, 8, 4, 3), 8, normalized=True), gan(2, 8), attack(16, 3, (12, 8, 8, 3)),
            smote(400, 5, 60), neighbours(400, 5), auc(1000), adam(1000)]
