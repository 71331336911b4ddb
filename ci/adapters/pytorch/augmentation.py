# SPDX-License-Identifier: MIT
"""PyTorch's operations that move and resample pixels; formulas in reference/augmentation/.

What is drawn for each image is applied to that image. (torchvision is another library.)
"""
import torch
import torch.nn.functional as F

from assay_adapter import Declined
from conventions import demand_whole

# PyTorch's names of the borders; it has none for "symmetric".
BORDERS = {"fill": "constant", "edge": "replicate", "reflect": "reflect", "wrap": "circular"}


def _with_slope(case, y, x, upstream="dy"):
    if upstream not in case:
        return {"y": y}
    return {"y": y, "dx": torch.autograd.grad(y, x, case[upstream])[0]}


def _whole(case, name, images):
    value = case.array(name)
    if value.shape != (images,):
        raise Declined(f"'{name}' has another size than there are images, which the library never "
                       "sees")
    return value.tolist()


def _border(case):
    border = case.choice("border", *BORDERS)
    return BORDERS[border], case.number("fill", 0) if border == "fill" else 0


def _pad(image, sizes, mode, fill):
    """F.pad of one image (C,H,W) by left, right, top, bottom."""
    _, height, width = image.shape
    if mode == "reflect" and (max(sizes[:2]) >= width or max(sizes[2:]) >= height):
        raise Declined("the library reflects an image only once")
    if mode == "circular" and (max(sizes[:2]) > width or max(sizes[2:]) > height):
        raise Declined("the library repeats an image only once")
    return F.pad(image[None], sizes, mode, fill if mode == "constant" else None)[0]


def image_flip(case):
    x = case["x"].requires_grad_()
    rows, columns = (2, 3) if case.choice("channels", "first", "last") == "first" else (1, 2)
    y = list(x)
    for name, axis in (("flip_horizontal", columns), ("flip_vertical", rows)):
        if name in case:
            flips = _whole(case, name, len(x))
            if not set(flips) <= {0, 1}:
                raise Declined(f"'{name}' is no choice that the library could see")
            y = [image.flip(axis - 1) if flip else image for image, flip in zip(y, flips)]
    return _with_slope(case, torch.stack(y), x)


def image_translation(case):
    x = case["x"].requires_grad_()
    sign = 1 if case.choice("sign", "contents", "window") == "contents" else -1
    down, right = (_whole(case, name, len(x)) for name in ("down", "right"))
    mode, fill = _border(case)
    _, _, height, width = x.shape
    y = []
    for image, d, r in zip(x, down, right):
        d, r = sign * int(d), sign * int(r)
        if mode == "circular":
            y.append(image.roll((d, r), (1, 2)))
            continue
        sizes = [max(r, 0), max(-r, 0), max(d, 0), max(-d, 0)]
        padded = _pad(image, sizes, mode, fill)
        y.append(padded.narrow(1, sizes[3], height).narrow(2, sizes[1], width))
    return _with_slope(case, torch.stack(y), x)


def image_crop(case):
    x = case["x"].requires_grad_()
    row, column = (_whole(case, name, len(x)) for name in ("row", "column"))
    height, width = demand_whole(case, "height"), demand_whole(case, "width")
    padding = demand_whole(case, "padding", 0)
    mode, fill = _border(case)
    y = [(_pad(image, [padding] * 4, mode, fill) if padding else image)
         .narrow(1, int(r), height).narrow(2, int(c), width)
         for image, r, c in zip(x, row, column)]
    return _with_slope(case, torch.stack(y), x)


def image_zoom(case):
    coordinates = case.choice("coordinates", "half_pixel", "align_corners")
    options = {"size": (demand_whole(case, "height"), demand_whole(case, "width"))}
    if case.choice("interpolation", "bilinear", "nearest") == "bilinear":
        options |= {"mode": "bilinear", "align_corners": coordinates == "align_corners"}
    elif coordinates == "half_pixel":
        options["mode"] = "nearest-exact"
    else:
        raise Declined("the library aligns corners for no nearest pixel")
    x = case["x"].requires_grad_()
    return _with_slope(case, F.interpolate(x, **options), x)


def mixup(case):
    """torch.lerp from the partner to the sample."""
    case.choice("keep_larger", "no")
    shares = {"batch": 1, "sample": len(case.array("x"))}[case.choice("scope", "batch", "sample")]
    share, partner = case["lambda"], case["partner"]
    if share.shape != (shares,):
        raise Declined("shares that the library never sees")
    x, t = case["x"], case["t"]
    return {"x_mixed": torch.lerp(x[partner], x, share[:, None]),
            "t_mixed": torch.lerp(t[partner], t, share[:, None])}
