"""Networks for inputs that are no tables, of which source is generated."""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from skautogen.inputs import AudioPreparer, ImagePreparer, TextPreparer
from skautogen.inputs.sequence import SequencePreparer
from skautogen.selection import KeepAll
from skautogen.structures import Block, Structure
from skautogen.training._network_classifier import NetworkClassifier
from skautogen.training._network_regressor import NetworkRegressor
from skautogen.training._pipeline import NetworkPipeline, make_network_pipeline

from ._source_estimators import Made, draw_weights, estimator_of

N_ROWS = 60
RATE = 2_000


class Case(NamedTuple):
    """A kind of input, and a network for it, which is trained or has random weights."""

    kind: str
    architecture: str
    hyperparameters: dict[str, Any] = {}  # noqa: RUF012
    task: str = "classes"
    is_trained: bool = False
    saves_files: bool = False


_RECURRENT = Structure(
    Block.of("steps", filters=16, kernel_size=3),
    (
        Block.of("recurrent", cell="lstm", units=16, skip=True),
        Block.of("attention", units=16),
    ),
)
_CONVOLUTIONS = Structure(
    Block.of("pixels", n_orientations=0),
    (
        Block.of("separable", filters=16, kernel_size=3, skip=True),
        Block.of("convolution", filters=16, kernel_size=5, halves=True, skip=True),
    ),
)
_FAST = {"learning_rate": 0.01, "epochs": 15, "batch_size": 16}
_SOUND = {"filters": (8, 16), "masking": 0.0, "pitch_shift": 0.0}

CASES = {
    "cnn": Case(
        "image", "cnn", {**_FAST, "filters": 8}, is_trained=True, saves_files=True
    ),
    "cnn-number": Case("image", "cnn", {"shift": 0.0}, "number"),
    "residual_cnn": Case("image", "residual_cnn", {"filters": 8, "mirror": True}),
    "backbone": Case("image", "backbone", {"backbone": "mobilenet_v3_small"}),
    "image_blocks": Case("image", "image_blocks", {"structure": _CONVOLUTIONS}),
    "ngrams": Case(
        "text",
        "ngrams",
        {**_FAST, "optimizer": "momentum", "learning_rate": 0.3},
        is_trained=True,
    ),
    "ngrams-number": Case("text", "ngrams", {"hidden_layer_sizes": (8,)}, "number"),
    "ngrams-numbers": Case("text", "ngrams", {}, "numbers"),
    "text_blocks": Case("text", "text_blocks"),
    "text_cnn": Case("text", "text_cnn", {"dimension": 8, "filters": 8}),
    "text_gru": Case("text", "text_gru"),
    "rocket": Case("sequence", "rocket"),
    "rnn": Case("sequence", "rnn", {"units": 8, "n_layers": 2}),
    "temporal_cnn": Case(
        "sequence", "temporal_cnn", {**_FAST, "filters": 16}, is_trained=True
    ),
    "transformer": Case("sequence", "transformer", {"units": 8}, "numbers"),
    "sequence_blocks": Case("sequence", "sequence_blocks", {"structure": _RECURRENT}),
    "spectrogram_cnn": Case(
        "audio", "spectrogram_cnn", {**_FAST, "filters": (8, 16)}, is_trained=True
    ),
    "crnn": Case("audio", "crnn", {**_SOUND, "loudness": True}, saves_files=True),
    "audio_blocks": Case("audio", "audio_blocks", {}, "number"),
}


def _targets(codes, task):
    if task == "classes":
        return np.array(["high", "low", "mid"])[codes]
    return codes + 0.5 if task == "number" else np.column_stack([codes, -2.0 * codes])


def _images(rng, codes):
    X = rng.integers(0, 120, (len(codes), 12, 15, 1), dtype=np.uint8)
    for image, code in zip(X, codes, strict=True):
        image[:, 5 * code : 5 * code + 5] += 100
    return X


def _texts(rng, codes):
    said = ["GREAT film 10 😀", "terrible, awful!", "so so 50"]
    words = ["the", "a", "this", "was", "on", "in", "we", "they", "saw", "movie"]
    return [
        " ".join([*rng.choice(words, 6), said[code], *rng.choice(words, code + 2)])
        for code in codes
    ]


def _sequences(rng, codes):
    sequences = []
    for code in codes:
        steps = np.arange(rng.integers(16, 25))
        waves = np.sin(steps * (code + 1) / 3)
        sequence = np.column_stack([waves, rng.normal(size=len(steps))])
        sequence[rng.integers(0, 12, 2), 0] = np.nan
        sequences.append(sequence.astype("float32"))
    return sequences


def _sounds(rng, codes):
    time = np.arange(RATE // 2) / RATE
    waves = np.sin(2 * np.pi * (150 + 200 * codes[:, None]) * time)
    return (8_000 * (waves + 0.1 * rng.normal(size=waves.shape))).astype(np.int16)


MAKE = {
    "image": _images,
    "text": _texts,
    "sequence": _sequences,
    "audio": _sounds,
}
PREPARE = {
    "image": lambda X: ImagePreparer(),
    "text": lambda X: TextPreparer(),
    "sequence": lambda X: SequencePreparer(n_steps=max(map(len, X))),
    "audio": lambda X: AudioPreparer(sampling_rate=RATE),
}


def make_data(case: Case):
    """X and y, with a missing text in training."""
    rng = np.random.default_rng(0)
    codes = np.arange(N_ROWS) % 3
    return MAKE[case.kind](rng, codes), _targets(codes, case.task)


def make_pipeline(case: Case, X: Any) -> NetworkPipeline:
    """The pipeline of a case, which is not fitted."""
    settings = {"epochs": 2, **case.hyperparameters}
    network = (NetworkClassifier if case.task == "classes" else NetworkRegressor)(
        case.architecture, hyperparameters=settings, early_stopping=False, seed=1
    )
    pipeline = make_network_pipeline(PREPARE[case.kind](X), KeepAll(), network)
    return pipeline.set_params(architecture=case.architecture)


def make(case: Case) -> Made:
    """Make the estimator of a case, trained or with random weights."""
    X, y = make_data(case)
    pipeline = make_pipeline(case, X)
    if case.is_trained:
        pipeline.fit(X, y)
    else:
        draw_weights(pipeline, X, y)
    return Made(
        estimator_of(case.kind, pipeline, y),
        X,
        y,
        lambda folder: write_data(case, X, y, folder),
        case.saves_files,
    )


def write_data(case: Case, X: Any, y: np.ndarray, folder: Any) -> None:
    """Write X and y into a folder, as the file that is generated reads them."""
    if case.saves_files:
        _write_files(case, X, y, folder / "data")
    elif case.kind == "text":
        y = y.reshape(len(y), -1)
        names = [f"target_{k}" for k in range(y.shape[1])] if y.shape[1] > 1 else None
        frame = pd.DataFrame(y, columns=names or ["target"])
        frame.assign(text=X).to_csv(folder / "data.csv", index=False)
    else:
        if case.kind == "sequence":
            padded = np.full((len(X), max(map(len, X)), 2), np.nan, "float32")
            for row, sequence in zip(padded, X, strict=True):
                row[: len(sequence)] = sequence
            X = padded
        np.savez(folder / "data.npz", X=X, y=y)


def _write_files(case: Case, X: Any, y: np.ndarray, folder: Any) -> None:
    """One file a row, in a folder for each class, in the order of X."""
    from PIL import Image
    from scipy.io import wavfile

    for number, (each, label) in enumerate(zip(X, y, strict=True)):
        path = folder / label / f"{number:03}"
        path.parent.mkdir(parents=True, exist_ok=True)
        if case.kind == "image":
            Image.fromarray(each[..., 0]).save(path.with_suffix(".png"))
        else:
            wavfile.write(path.with_suffix(".wav"), RATE, each)
