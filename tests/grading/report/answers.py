"""Answers to 2.6 and 4.4 as different people may write them, and one answer in disguise."""

CONVS = {
    "plain": """
def my_conv(image, kernel):
    h, w = image.shape
    kh, kw = kernel.shape
    out = np.zeros((h - kh + 1, w - kw + 1))
    for i in range(h - kh + 1):
        for j in range(w - kw + 1):
            out[i, j] = np.sum(image[i:i + kh, j:j + kw] * kernel)
    return out
""",
    "named sizes": """
def my_conv(image, kernel):
    rows = image.shape[0] - kernel.shape[0] + 1
    cols = image.shape[1] - kernel.shape[1] + 1
    result = np.zeros((rows, cols))
    for r in range(rows):
        for c in range(cols):
            window = image[r:r + kernel.shape[0], c:c + kernel.shape[1]]
            result[r, c] = (window * kernel).sum()
    return result
""",
    "lists": """
def my_conv(image, kernel):
    kh, kw = len(kernel), len(kernel[0])
    result = []
    for y in range(len(image) - kh + 1):
        line = []
        for x in range(len(image[0]) - kw + 1):
            total = 0
            for a in range(kh):
                for b in range(kw):
                    total += image[y + a][x + b] * kernel[a][b]
            line.append(total)
        result.append(line)
    return np.array(result)
""",
    "comprehension": """
def my_conv(image, kernel):
    kh, kw = kernel.shape
    return np.array([
        [np.vdot(image[i:i + kh, j:j + kw], kernel) for j in range(image.shape[1] - kw + 1)]
        for i in range(image.shape[0] - kh + 1)
    ])
""",
    "shifted pictures": """
def my_conv(image, kernel):
    out_h = image.shape[0] - kernel.shape[0] + 1
    out_w = image.shape[1] - kernel.shape[1] + 1
    total = np.zeros((out_h, out_w))
    for (di, dj), weight in np.ndenumerate(kernel):
        total += weight * image[di:di + out_h, dj:dj + out_w]
    return total
""",
    "views": """
def my_conv(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.einsum("ijkl,kl->ij", windows, kernel)
""",
    "careful": """
def my_conv(image, kernel):
    image = np.asarray(image, dtype=float)
    kernel = np.asarray(kernel, dtype=float)
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("two axes, please")
    height = image.shape[0] - kernel.shape[0] + 1
    width = image.shape[1] - kernel.shape[1] + 1
    answer = np.empty((height, width))
    for top in range(height):
        bottom = top + kernel.shape[0]
        for left in range(width):
            right = left + kernel.shape[1]
            patch = image[top:bottom, left:right]
            answer[top, left] = np.sum(np.multiply(patch, kernel))
    return answer
""",
    "while": """
def my_conv(image, kernel):
    def at(i, j):
        s = 0.0
        for a, row in enumerate(kernel):
            for b, weight in enumerate(row):
                s = s + weight * image[i + a, j + b]
        return s
    i, found = 0, []
    while i + kernel.shape[0] <= image.shape[0]:
        found.append([at(i, j) for j in range(image.shape[1] - kernel.shape[1] + 1)])
        i += 1
    return np.stack([np.asarray(f) for f in found])
""",
}

DISGUISED = '''
def my_conv(picture, weights):
    """This is my own work."""
    picture = np.asarray(picture, dtype=float)     # to numbers
    weights = np.asarray(weights, dtype=float)

    if picture.ndim != 2 or weights.ndim != 2:
        raise ValueError('Wrong input!')
    # the size of the map
    n_rows = picture.shape[0] - weights.shape[0] + 1
    n_cols = picture.shape[1] - weights.shape[1] + 1
    res = np.empty(
        (n_rows, n_cols)
    )
    for y0 in range(n_rows):
        y1 = y0 + weights.shape[0]
        for x0 in range(n_cols):
            x1 = x0 + weights.shape[1]
            part = picture[y0:y1, x0:x1]
            res[y0, x0] = np.sum(np.multiply(part, weights))
    return res
'''
"""The answer "careful" with other names, comments and line breaks."""

FIELDS = {
    "forwards": """
def receptive_field(layers):
    width, jump = 1, 1
    for kernel, stride in layers:
        width, jump = width + (kernel - 1) * jump, jump * stride
    return width
""",
    "backwards": """
def receptive_field(layers):
    width = 1
    for kernel, stride in reversed(layers):
        width = (width - 1) * stride + kernel
    return width
""",
    "the same by somebody else": """
def receptive_field(layers):
    r = 1
    for k, s in reversed(layers):
        r = (r - 1) * s + k
    return r
""",
}

CAPSTONES = {
    "three blocks": """
train_x, train_y = ct.load_small("train")
val_x, val_y = ct.load_small("valid")
model = keras.Sequential([
    keras.Input(shape=(32, 32, 3)),
    layers.RandomFlip("horizontal"),
    layers.RandomContrast(0.2),
    layers.Conv2D(32, 3, activation="relu", padding="same"),
    layers.MaxPooling2D(),
    layers.Conv2D(64, 3, activation="relu", padding="same"),
    layers.MaxPooling2D(),
    layers.Conv2D(64, 3, activation="relu", padding="same"),
    layers.GlobalAveragePooling2D(),
    layers.Dropout(0.5),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
history = model.fit(train_x, train_y, epochs=12, validation_data=(val_x, val_y))
plt.plot(history.history["accuracy"])
plt.plot(history.history["val_accuracy"])
plt.legend(["train", "valid"])
capstone = model
capstone_note = "I tried."
""",
    "a function": """
def build(filters=(16, 32, 64), rate=0.4):
    inputs = keras.Input((32, 32, 3))
    x = layers.RandomFlip("horizontal")(inputs)
    for f in filters:
        x = layers.Conv2D(f, kernel_size=3, padding="same")(x)
        x = layers.BatchNormalization()(x)
        x = layers.ReLU()(x)
        x = layers.MaxPool2D(pool_size=2)(x)
    x = layers.Flatten()(x)
    x = layers.Dropout(rate)(x)
    outputs = layers.Dense(1, activation="sigmoid")(x)
    return keras.Model(inputs, outputs)

capstone = build()
capstone.compile(
    optimizer=keras.optimizers.Adam(learning_rate=1e-3),
    loss=keras.losses.BinaryCrossentropy(),
    metrics=["binary_accuracy"],
)
stop = keras.callbacks.EarlyStopping(patience=3, restore_best_weights=True)
images, labels = ct.load_small("train")
log = capstone.fit(
    images, labels, batch_size=32, epochs=20, callbacks=[stop],
    validation_data=ct.load_small("valid"),
)
print(max(log.history["val_binary_accuracy"]))
capstone_note = "Early stopping chose the epoch."
""",
    "added one by one": """
x, y = ct.load_small("train")
valid = ct.load_small("valid")
keras.utils.set_random_seed(42)
net = keras.Sequential()
net.add(keras.Input((32, 32, 3)))
net.add(layers.RandomTranslation(0.1, 0.1))
net.add(layers.Conv2D(24, 5, strides=2, padding="same", activation="relu"))
net.add(layers.Conv2D(48, 3, padding="same", activation="relu"))
net.add(layers.MaxPool2D())
net.add(layers.Conv2D(96, 3, padding="same", activation="relu"))
net.add(layers.GlobalMaxPool2D())
net.add(layers.Dense(32, activation="relu"))
net.add(layers.Dense(1, activation="sigmoid"))
net.compile("adam", "binary_crossentropy", metrics=["binary_accuracy"])
net.summary()
scores = []
for trial in range(3):
    h = net.fit(x, y, epochs=4, batch_size=16, validation_data=valid, verbose=0)
    scores.append(h.history["val_binary_accuracy"][-1])
print(scores)
capstone = net
capstone_note = "Three times four epochs."
""",
    "three blocks by somebody else": """
X, Y = ct.load_small("train")
Xv, Yv = ct.load_small("valid")
capstone = keras.Sequential([
    layers.Input(shape=(32, 32, 3)),
    layers.RandomFlip("horizontal"),
    layers.RandomRotation(0.05),
    layers.Conv2D(16, (3, 3), activation="relu", padding="same"),
    layers.Conv2D(16, (3, 3), activation="relu", padding="same"),
    layers.MaxPooling2D((2, 2)),
    layers.Conv2D(32, (3, 3), activation="relu", padding="same"),
    layers.Conv2D(32, (3, 3), activation="relu", padding="same"),
    layers.MaxPooling2D((2, 2)),
    layers.Flatten(),
    layers.Dense(64, activation="relu"),
    layers.Dropout(0.5),
    layers.Dense(1, activation="sigmoid"),
])
capstone.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
h = capstone.fit(X, Y, epochs=10, batch_size=32, validation_data=(Xv, Yv))
capstone_note = "Two blocks did."
""",
}
"""Answers to 5.9, as far as they are code."""
