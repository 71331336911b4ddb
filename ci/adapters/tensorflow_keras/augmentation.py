# SPDX-License-Identifier: MIT
"""tf.image, image after image, because its factors are one number each; formulas in
reference/augmentation/. Its images have their channels last."""
import keras
import tensorflow as tf

from assay_adapter import Declined
from conventions import demand, demand_number, whole
from tape import with_gradients

BORDERS = {"fill": "CONSTANT", "reflect": "REFLECT", "symmetric": "SYMMETRIC"}


def _each(case, operation, *factors, first=True):
    """operation(image, a number of each factor) for every image."""
    numbers = list(zip(*(case.array(name) for name in factors)))
    if not factors:
        numbers = [()] * len(case.array("x"))

    def all_images(x):
        x = tf.transpose(x, [0, 2, 3, 1]) if first else x
        y = tf.stack([operation(image, *number) for image, number in zip(x, numbers)])
        return tf.transpose(y, [0, 3, 1, 2]) if first else y

    return with_gradients(case, all_images, ["x"])


def brightness(case):
    demand(case, "clip", "yes", "no")
    demand(case, "method", "add", "add")
    return _each(case, lambda image, d: tf.image.adjust_brightness(image, float(d)), "factor")


def gaussian_blur(case):
    """keras.ops.image.gaussian_blur."""
    demand(case, "border", "fill", "fill")
    demand_number(case, "fill", 0, 0)
    if "sigma" not in case:
        raise Declined("Keras has no sigma of its own for a kernel")
    size = (whole(case, "height"), whole(case, "width"))

    def blur(image, sigma):
        return keras.ops.image.gaussian_blur(image[None], size, (float(sigma), float(sigma)),
                                             data_format="channels_last")[0]

    return _each(case, blur, "sigma")


def image_crop(case):
    border = demand(case, "border", "fill", *BORDERS)
    height, width = whole(case, "height"), whole(case, "width")
    padding, fill = whole(case, "padding", 0), case.number("fill", 0)

    def crop(image, row, column):
        sides = [[padding] * 2, [padding] * 2, [0, 0]]
        padded = tf.pad(image, sides, BORDERS[border], constant_values=fill)
        return tf.image.crop_to_bounding_box(padded, int(row), int(column), height, width)

    return _each(case, crop, "row", "column")


def image_flip(case):
    flips = {"flip_horizontal": tf.image.flip_left_right, "flip_vertical": tf.image.flip_up_down}
    names = [name for name in flips if name in case]

    def flip(image, *drawn):
        for name, yes in zip(names, drawn):
            image = flips[name](image) if yes else image
        return image

    return _each(case, flip, *names, first=case.choice("channels", "first", "last") == "first")


def image_translation(case):
    demand(case, "border", "fill", "wrap")
    case.number("fill", 0)
    sign = -1 if case.choice("sign", "contents", "window") == "window" else 1
    return _each(case, lambda image, down, right: tf.roll(
        image, [sign * int(down), sign * int(right)], [0, 1]), "down", "right")


def image_zoom(case):
    """tf.image.resize, whose bilinear answer has 32 bits whatever the image has."""
    demand(case, "coordinates", "half_pixel", "half_pixel")
    method = case.choice("interpolation", "bilinear", "nearest")
    size = (whole(case, "height"), whole(case, "width"))

    def resize(x):
        y = tf.image.resize(tf.transpose(x, [0, 2, 3, 1]), size, method=method)
        return tf.cast(tf.transpose(y, [0, 3, 1, 2]), x.dtype)

    return with_gradients(case, resize, ["x"])
