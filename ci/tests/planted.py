#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Plants mistakes in copies of the NumPy adapter, one at a time: each must fail the check, and be
named by it.

    python3 ci/tests/planted.py BUILD

A mistake is a piece of the adapter's source and what stands in its place. Prints one line a mistake
that goes wrong, and the closing line of the test scripts.
"""
import concurrent.futures
import json
import os
import shutil
import subprocess
import sys
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ADAPTERS = os.path.join(TOP, "ci", "adapters")

# technique, file, what is there, what is planted, what the diagnosis must contain
MISTAKES = (
    ("adam", "optimizers.py", "if corrected else (1, 1)\n        second = v\n        if amsgrad",
     "if False else (1, 1)\n        second = v\n        if amsgrad", "adam/no_bias_correction"),
    ("adam", "optimizers.py", "else np.sqrt(second) + epsilon)\n            step = m / c1 / below",
     "else np.sqrt(second + epsilon))\n            step = m / c1 / below",
     "adam/epsilon_inside_root"),
    ("adam", "optimizers.py", "beta1, beta2 = _Run(case), case.number(\"beta1\"), case.number(\"beta2\")\n"
     "    epsilon, t = case", "beta2, beta1 = _Run(case), case.number(\"beta1\"), case.number(\"beta2\")\n"
     "    epsilon, t = case", "adam/betas_exchanged"),
    ("adam", "optimizers.py", "run.w = run.w - rate * step\n        run.record(w_after=run.w, m_after",
     "run.w = run.w + rate * step\n        run.record(w_after=run.w, m_after", "adam/step_added"),
    ("momentum", "optimizers.py", "run.w = run.w - rate * (h + mu * v if nesterov else v)",
     "run.w = run.w - rate * v", "nesterov"),
    ("rmsprop", "optimizers.py", "else np.sqrt(s) + epsilon\n        b = mu * b",
     "else np.sqrt(s + epsilon)\n        b = mu * b", "epsilon"),
    ("adagrad", "optimizers.py", "a = a + h**2", "a = h**2", "adagrad/"),
    ("batch_normalization", "normalization.py", "of_batch = variance.ravel() * (count / (count - 1) "
     "if kind == \"unbiased\" else 1)", "of_batch = variance.ravel()", "biased"),
    ("batch_normalization", "normalization.py", "{\"new\": momentum, \"old\": 1 - momentum}[",
     "{\"old\": momentum, \"new\": 1 - momentum}[", "momentum"),
    ("layer_normalization", "normalization.py", "(dx_hat - dx_hat.mean(axis=axes, keepdims=True) - "
     "of_slope * along) / s", "dx_hat / s", "layer_normalization/"),
    ("dense_layer", "foundations.py", "\"db\": dy.sum(axis=0)}", "\"db\": dy.mean(axis=0)}",
     "dense_layer/"),
    ("dense_layer", "foundations.py", "y = x @ w + (case[\"b\"] if \"b\" in case else 0)\n    if \"dy\"",
     "y = x @ w + (0 * case[\"b\"] if \"b\" in case else 0)\n    if \"dy\"",
     "dense_layer/bias_forgotten"),
    ("dense_layer", "foundations.py", "\"dw\": x.T @ dy", "\"dw\": (x.T @ dy).T.reshape(w.shape)",
     "transposed"),
    ("sigmoid", "activations.py", "return _answer(case, y, y * (1 - y))",
     "return _answer(case, y, y)", "sigmoid/"),
    ("tanh", "activations.py", "return _answer(case, y, 1 - y**2)",
     "return _answer(case, -y, 1 - y**2)", "sign"),
    ("gelu", "activations.py", "density = np.exp(-x**2 / 2) / math.sqrt(2 * math.pi)",
     "density = 0", "gelu/"),
    ("softmax", "activations.py", "y = softmax_of(x)\n    else:", "y = softmax_of(x.T).T\n    else:",
     "softmax/"),
    ("cross_entropy", "losses.py", "return {\"loss\": loss.sum() / w, \"dz\"",
     "return {\"loss\": loss.sum(), \"dz\"", "cross_entropy/"),
    ("cross_entropy", "losses.py", "t = (1 - e) * hot + e / classes",
     "t = np.where(hot == 1, 1 - e, e / max(classes - 1, 1)).astype(z.dtype)",
     "cross_entropy/smoothing_other_classes"),
    ("huber", "losses.py", "delta * (a - delta / 2)),\n                        {\"dy\": np.where(a <= delta",
     "delta * a),\n                        {\"dy\": np.where(a <= delta", "huber/"),
    ("dropout", "regularization.py", "scale, factor = (1 / keep if keep else 0), 1",
     "scale, factor = 1, 1", "dropout/"),
    ("gradient_clipping_by_norm", "gradients.py", "norm = norms[min(k, len(norms) - 1)] + epsilon",
     "norm = norms[min(k, len(norms) - 1)]", "gradient_clipping_by_norm/"),
    ("gelu", "activations.py", "return _answer(case, x * p, p + x * density)",
     "return _answer(case, (x * p).astype(np.float32), p + x * density)", "single precision"),
    ("log_sum_exp", "gradients.py", "\"dx\": case[\"dy\"][:, None] * e / total[:, None]}",
     "\"dx\": (0 * case[\"dy\"] + 1)[:, None] * e / total[:, None]}", "log_sum_exp/upstream_ignored"),
)


def run(mistake, build, folder):
    """A sentence about what is wrong, or nothing."""
    technique, file, there, planted, expected = mistake
    place = os.path.join(folder, f"{technique}_{MISTAKES.index(mistake)}")
    shutil.copytree(os.path.join(ADAPTERS, "numpy_formulas"),
                    os.path.join(place, "numpy_formulas"))
    shutil.copy(os.path.join(ADAPTERS, "assay_adapter.py"), place)
    source = os.path.join(place, "numpy_formulas", file)
    with open(source, encoding="utf-8") as stream:
        text = stream.read()
    if text.count(there) != 1:
        return f"{technique}: '{there}' is {text.count(there)} times in {file}, not once"
    with open(source, "w", encoding="utf-8") as stream:
        stream.write(text.replace(there, planted))
    result = os.path.join(place, "result.h5")
    cases = [os.path.join(root, f"{technique}.h5") for root, _, names in
             os.walk(os.path.join(TOP, "data")) if f"{technique}.h5" in names]
    answered = subprocess.run([sys.executable, os.path.join(place, "numpy_formulas"), "run", *cases,
                               "--only", technique, "-o", result], capture_output=True, text=True,
                              check=False)
    if answered.returncode != 0:
        return f"{technique}: the adapter ends with {answered.returncode}: {answered.stderr[-300:]}"
    checked = subprocess.run([os.path.join(build, "assay"), "check", result, "--case", technique,
                              "--json"], capture_output=True, text=True, check=False)
    if checked.returncode != 1:
        return f"{technique}: '{planted}' ends with {checked.returncode} instead of 1"
    failing = [case for case in json.loads(checked.stdout)["cases"]
               if case["status"] == "FAIL" and case["tier"] != "refused"]
    if not any(expected in case["diagnosis"] for case in failing):
        said = {case["diagnosis"] for case in failing}
        return f"{technique}: '{planted}' is not diagnosed as '{expected}', but as {said}"
    return None


def main():
    build = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder, \
            concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        wrong = [text for text in pool.map(lambda m: run(m, build, folder), MISTAKES) if text]
    for text in wrong:
        print(f"FAIL: {text}")
    print(f"planted: {len(MISTAKES) - len(wrong)} passed, {len(wrong)} failed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
