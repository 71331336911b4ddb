# SPDX-License-Identifier: MIT
"""Images changed by stored draws; definitions in reference/augmentation/."""
import numpy as np

GREY = (0.299, 0.587, 0.114)


def _clipped(case, v, back):
    """v between bounds, and the gradient of what was not clipped, taken back."""
    low, high = case.number("low", 0), case.number("high", 1)
    clip = case.choice("clip", "yes", "no") == "yes"
    answer = {"y": np.clip(v, low, high) if clip else v}
    if "dy" in case:
        passes = (v > low) & (v < high) if clip else np.ones(v.shape, bool)
        answer["dx"] = back(np.where(passes, case["dy"], 0))
    return answer


def _each(factor):
    return factor[:, None, None, None]


def _grey(x):
    if x.shape[1] != 3:
        raise ValueError("three channels")
    return np.tensordot(np.array(GREY, x.dtype), x, axes=(0, 1))[:, None]


def brightness(case):
    x, factor = case["x"], _each(case["factor"])
    if case.choice("method", "add", "multiply") == "add":
        return _clipped(case, x + factor, lambda d: d)
    return _clipped(case, factor * x, lambda d: factor * d)


def contrast(case):
    x, factor = case["x"], _each(case["factor"])
    kind = case.choice("mean", "image", "channel", "grey")
    axes = (2, 3) if kind == "channel" else (1, 2, 3)
    mean = (_grey(x) if kind == "grey" else x).mean(axis=axes, keepdims=True)

    def back(d):
        share = 1 / np.prod([x.shape[axis] for axis in axes])
        if kind == "grey":
            share = np.array(GREY, x.dtype)[:, None, None] / (x.shape[2] * x.shape[3])
        return factor * d + (1 - factor) * share * d.sum(axis=axes, keepdims=True)

    return _clipped(case, mean + factor * (x - mean), back)


def saturation(case):
    x, factor = case["x"], _each(case["factor"])
    if case.choice("method", "blend", "yiq") == "blend":
        grey = _grey(x)

        def back(d):
            weights = np.array(GREY, x.dtype)[:, None, None]
            return factor * d + (1 - factor) * weights * d.sum(axis=1, keepdims=True)

        return _clipped(case, grey + factor * (x - grey), back)
    to = np.array([GREY, (0.5959, -0.2746, -0.3213), (0.2115, -0.5227, 0.3112)])
    fro = np.array([(1, 0.956, 0.619), (1, -0.272, -0.647), (1, -1.106, 1.703)])
    turn = 2 * np.pi * case.array("hue")
    k, s, f = np.cos(turn), np.sin(turn), case.array("factor")
    matrices = np.zeros((len(x), 3, 3))
    matrices[:, 0, 0] = 1
    matrices[:, 1, 1], matrices[:, 1, 2] = f * k, -f * s
    matrices[:, 2, 1], matrices[:, 2, 2] = f * s, f * k
    whole = (fro @ matrices @ to).astype(x.dtype)
    return _clipped(case, np.einsum("nij,njhw->nihw", whole, x),
                    lambda d: np.einsum("nij,nihw->njhw", whole, d))


def image_flip(case):
    last = case.choice("channels", "first", "last") == "last"
    axes = {"flip_horizontal": 2 if last else 3, "flip_vertical": 1 if last else 2}

    def flip(v):
        for name, axis in axes.items():
            if name in flips:
                which = flips[name].reshape(-1, 1, 1, 1) == 1
                v = np.where(which, np.flip(v, axis), v)
        return v

    flips = {name: case[name] for name in axes if name in case}
    answer = {"y": flip(case["x"])}
    return {**answer, "dx": flip(case["dy"])} if "dy" in case else answer


def _places(where, size, border):
    """From which of `size` pixels these places are taken; -1: from beyond."""
    if border == "edge":
        return np.clip(where, 0, size - 1)
    if border == "wrap":
        return where % size
    if border == "symmetric":
        folded = where % (2 * size)
        return np.where(folded < size, folded, 2 * size - 1 - folded)
    if border == "reflect":
        if size == 1:
            return np.zeros_like(where)
        folded = where % (2 * size - 2)
        return np.where(folded < size, folded, 2 * size - 2 - folded)
    return np.where((where >= 0) & (where < size), where, -1)


def _window(case, top, left, height, width):
    """A window of every image, at rows `top` and columns `left`; and back."""
    x, fill = case["x"], case.number("fill", 0)
    border = case.choice("border", "fill", "edge", "reflect", "symmetric", "wrap")
    y, dx = np.empty((*x.shape[:2], height, width), x.dtype), np.zeros_like(x)
    for n in range(len(x)):
        rows = _places(np.arange(height) + top[n], x.shape[2], border)
        columns = _places(np.arange(width) + left[n], x.shape[3], border)
        inside = (rows >= 0)[:, None] & (columns >= 0)
        taken = x[n][:, rows][:, :, columns]
        y[n] = np.where(inside, taken, fill)
        if "dy" in case:
            for c in range(x.shape[1]):
                np.add.at(dx[n, c], (rows[:, None], columns[None]),
                          np.where(inside, case["dy"][n, c], 0))
    return {"y": y, "dx": dx} if "dy" in case else {"y": y}


def image_translation(case):
    sign = {"contents": 1, "window": -1}[case.choice("sign", "contents", "window")]
    return _window(case, -sign * case["down"], -sign * case["right"], *case["x"].shape[2:])


def image_crop(case):
    height, width, padding = case.whole("height"), case.whole("width"), case.whole("padding", 0)
    row, column = case["row"], case["column"]
    h, w = case["x"].shape[2:]
    if (row + height > h + 2 * padding).any() or (column + width > w + 2 * padding).any():
        raise ValueError("the window does not fit")
    return _window(case, row - padding, column - padding, height, width)


def gaussian_blur(case):
    x, border = case["x"], case.choice("border", "fill", "edge", "reflect", "symmetric", "wrap")
    fill = case.number("fill", 0)
    sizes = case.whole("height"), case.whole("width")
    if min(sizes) < 1 or any(size % 2 == 0 for size in sizes):
        raise ValueError("odd sizes")
    sigma = case.array("sigma") if "sigma" in case else None

    def along(v, axis, n, transposed=False):
        size = sizes[axis - 1]
        r = (size - 1) // 2
        deviation = sigma[n] if sigma is not None else 0.3 * (r - 1) + 0.8
        e = np.exp(-(np.arange(size) - r)**2 / (2 * deviation**2))
        e = (e / e.sum()).astype(x.dtype)
        length = v.shape[axis]
        matrix, beyond = np.zeros((length, length), x.dtype), np.zeros(length, x.dtype)
        for k in range(size):
            where = _places(np.arange(length) + k - r, length, border)
            inside = where >= 0
            np.add.at(matrix, (np.arange(length)[inside], where[inside]), e[k])
            beyond += np.where(inside, 0, e[k])
        if transposed:
            return np.moveaxis(np.tensordot(matrix.T, v, axes=(1, axis)), 0, axis)
        shape = [1, 1, 1]
        shape[axis] = length
        out = np.moveaxis(np.tensordot(matrix, v, axes=(1, axis)), 0, axis)
        return out + fill * beyond.reshape(shape)

    answer = {"y": np.stack([along(along(v, 2, n), 1, n) for n, v in enumerate(x)])}
    if "dy" in case:
        answer["dx"] = np.stack([along(along(d, 1, n, True), 2, n, True)
                                 for n, d in enumerate(case["dy"])])
    return answer


def mixup(case):
    x, t, partner, share = case["x"], case["t"], case["partner"], case["lambda"]
    case.choice("scope", "batch", "sample")
    if case.choice("keep_larger", "no", "yes") == "yes":
        share = np.maximum(share, 1 - share)
    share = share[:, None]
    return {"x_mixed": share * x + (1 - share) * x[partner],
            "t_mixed": share * t + (1 - share) * t[partner]}


def _box(shape, top, left, bottom, right):
    """(N,1,H,W): what lies in the box of each image, cut at the borders; and its pixels."""
    h, w = np.arange(shape[2])[:, None], np.arange(shape[3])
    top, left, bottom, right = (np.broadcast_to(v, shape[0])[:, None, None]
                                for v in (top, left, bottom, right))
    inside = (h >= top) & (h < bottom) & (w >= left) & (w < right)
    return inside[:, None], inside.sum(axis=(1, 2))


def random_erasing(case):
    x, row, column = case["x"], case["row"], case["column"]
    height, width = case["height"], case["width"]
    if case.choice("anchor", "corner", "centre") == "centre":
        row, column = row - height // 2, column - width // 2
    box, area = _box(x.shape, row, column, row + height, column + width)
    answer = {"y": np.where(box, case.number("fill", 0), x), "area": area}
    return {**answer, "dx": np.where(box, 0, case["dy"])} if "dy" in case else answer


def cutmix(case):
    x, t, partner = case["x"], case["t"], case["partner"]
    row, column = case["row"], case["column"]
    h, w = x.shape[2:]
    given = case.choice("box", "lambda", "given") == "given"
    case.choice("scope", "batch", "sample")
    by_lambda = case.choice("labels", "area", "lambda") == "lambda"
    if given:
        top, left, height, width = row, column, case["height"], case["width"]
    else:
        side = np.sqrt(1 - case.array("lambda"))
        height, width = np.floor(h * side).astype(int) // 2, np.floor(w * side).astype(int) // 2
        top, left = row - height, column - width
        height, width = 2 * height, 2 * width
    box, area = _box(x.shape, top, left, top + height, left + width)
    share = 1 - case["lambda"] if by_lambda else (area / (h * w)).astype(x.dtype)
    share = np.broadcast_to(share, len(x))[:, None]
    answer = {"x_mixed": np.where(box, x[partner], x), "area": area,
              "t_mixed": (1 - share) * t + share * t[partner]}
    if "dx_mixed" in case:
        d = case["dx_mixed"]
        answer["dx"] = np.where(box, 0, d)
        np.add.at(answer["dx"], partner, np.where(box, d, 0))
    return answer
