# SPDX-License-Identifier: MIT
"""What PyTorch itself has of metrics; formulas in reference/metrics/. (TorchMetrics is another
library.)"""
import torch
import torch.nn.functional as F

from assay_adapter import Declined
from conventions import demand_number, demand_whole


def accuracy(case):
    case.choice("ties", "first")  # what argmax and a stable sort promise
    scores, labels, top = case["scores"], case["labels"], demand_whole(case, "top", 1)
    if not 1 <= top <= scores.shape[-1] or labels.shape != scores.shape[:1]:
        raise Declined("a request that the library never sees")
    ranking = scores.sort(dim=1, descending=True, stable=True).indices
    hits = (ranking[:, :top] == labels[:, None]).any(dim=1)
    return {"predicted": scores.argmax(dim=1), "correct": hits.sum(),
            "accuracy": hits.to(scores.dtype).mean()}


def log_loss(case):
    """F.binary_cross_entropy, or F.nll_loss of the logarithms of several probabilities; of each
    sample, and then what the case asks of them all."""
    if case.choice("clip", "none", "logarithm") == "logarithm":
        demand_number(case, "least", -100, -100)
    case.choice("rows", "as_given")
    reduction = case.choice("reduction", "mean", "sum")
    if "targets" in case:
        raise Declined("targets are not offered for probabilities by the library")
    p, labels = case["probabilities"].to(torch.get_default_dtype()), case["labels"]
    if p.dim() == 1:
        losses = F.binary_cross_entropy(p, labels.to(p.dtype), reduction="none")
    else:
        losses = F.nll_loss(p.log(), labels, reduction="none")
    if "weight" not in case:
        return {"log_loss": losses.mean() if reduction == "mean" else losses.sum()}
    weight = case["weight"]
    total = torch.dot(weight, losses)
    return {"log_loss": total / weight.sum() if reduction == "mean" else total}


def top_loss_samples(case):
    case.choice("value", "loss")
    case.choice("ties", "first")
    top, loss = demand_whole(case, "top"), case["loss"]
    if "labels" in case or not 1 <= top <= len(loss):
        raise Declined("the library sorts losses, and knows nothing of classes")
    ranking = loss.sort(descending=True, stable=True)
    value = ranking.values[:top]
    return {"index": ranking.indices[:top], "value": value, "share": value.sum() / loss.sum()}
