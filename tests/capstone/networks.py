"""Networks for the capstone, and archives made by hand to deceive its reader."""

import io
import json
import zipfile

import keras
import numpy as np
from keras import layers

PICTURES = np.random.default_rng(7).random((4, 32, 32, 3), np.float32)
MEGABYTE = 1024 * 1024


def plain_network():
    return keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            layers.RandomFlip("horizontal"),
            layers.Conv2D(8, 3, padding="same", activation="relu"),
            layers.MaxPool2D(),
            layers.Flatten(),
            layers.Dropout(0.3),
            layers.Dense(1, activation="sigmoid"),
        ]
    )


def nested():
    block = [layers.Conv2D(4, (3, 5), use_bias=False), layers.BatchNormalization(), layers.ReLU()]
    return keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            layers.Rescaling(2.0, offset=-1),
            layers.ZeroPadding2D(((1, 0), (2, 1))),
            keras.Sequential(block),
            layers.GlobalAveragePooling2D(),
            layers.Dense(1),
            layers.Activation("sigmoid"),
        ]
    )


def with_a_skip():
    pictures = keras.Input((32, 32, 3))
    x = layers.Conv2D(4, 3, padding="same", strides=2)(pictures)
    y = layers.SeparableConv2D(4, 3, padding="same", activation="silu")(x)
    z = layers.DepthwiseConv2D(3, padding="same", depth_multiplier=2)(layers.Add()([x, y]))
    z = layers.LayerNormalization()(layers.Concatenate()([z, x]))
    z = layers.LeakyReLU(negative_slope=0.1)(layers.AveragePooling2D(3, strides=2)(z))
    return keras.Model(pictures, layers.Dense(1, "sigmoid")(layers.GlobalMaxPooling2D()(z)))


def functional_with_a_model_inside():
    pictures = keras.Input((32, 32, 3))
    inner = keras.Input((32, 32, 3))
    features = keras.Model(inner, layers.Conv2D(2, 3, activation="relu")(inner))
    return keras.Model(pictures, layers.Dense(1)(layers.Flatten()(features(pictures))))


GOOD = [plain_network, nested, with_a_skip, functional_with_a_model_inside]


def trained_looking(model):
    """Give a network weights as training would: no zeros, variances above zero."""
    dice = np.random.default_rng(3)
    model.set_weights([np.abs(dice.normal(0.1, 0.3, w.shape)) for w in model.get_weights()])
    return model


def node(layer, inputs=(0,), **arguments):
    return {"layer": layer, "arguments": arguments, "inputs": list(inputs)}


DENSE = {"units": 1, "activation": "sigmoid", "use_bias": True}


def recipe_of(*nodes, **more):
    return json.dumps({"version": 1, "tag": "t", "nodes": list(nodes)} | more).encode()


def archive(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return path


def npy(array, **more):
    stream = io.BytesIO()
    np.save(stream, array, **more)
    return stream.getvalue()


def recipe_npy(*nodes, **more):
    return npy(np.frombuffer(recipe_of(*nodes, **more), np.uint8))


def claiming(shape, dtype="<f4"):
    """Give an array's header that claims a shape, with sixteen bytes behind it."""
    stream = io.BytesIO()
    header = {"shape": shape, "fortran_order": False, "descr": dtype}
    np.lib.format.write_array_header_1_0(stream, header)
    return stream.getvalue() + bytes(16)


FLAT = node("Flatten")
END = node("Dense", inputs=(1,), **DENSE)
GOOD_END = {
    "layer_2_0.npy": npy(np.zeros((3072, 1), "<f4")),
    "layer_2_1.npy": npy(np.zeros(1, "<f4")),
}


def conv(source, filters, kernel, **more):
    arguments = {
        "filters": filters,
        "kernel_size": [kernel, kernel],
        "strides": [1, 1],
        "padding": "same",
        "dilation_rate": [1, 1],
        "activation": "relu",
        "use_bias": False,
    }
    return node("Conv2D", inputs=(source,), **(arguments | more))


def zeros(place, *shapes):
    return {f"layer_{place}_{n}.npy": npy(np.zeros(s, "<f4")) for n, s in enumerate(shapes)}


def pad(source):
    return node("ZeroPadding2D", inputs=(source,), padding=[[32, 32], [32, 32]])
