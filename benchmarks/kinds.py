"""Scores of the defaults on what is no table, beside the classic method of each kind.

    python benchmarks/kinds.py
    python benchmarks/kinds.py --sets fashion_mnist sms_spam

Each data set has a process of its own. The sets are those of ``shared/data`` beside the
checkout; without that folder nothing is measured. What is wanted is said in README.md.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from _tables import FOLDER, load_folder
from scipy.signal import stft
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, LogisticRegressionCV
from sklearn.pipeline import make_pipeline, make_union
from sklearn.preprocessing import FunctionTransformer, StandardScaler
from sklearn.svm import SVC


@dataclass(frozen=True)
class Task:
    """A data set, what is scored, and who stands beside ours."""

    wanted: float
    classics: Callable[[], dict[str, Any]]
    scoring: str = "accuracy"
    settings: dict[str, Any] = field(default_factory=dict)


def flat() -> Any:
    """Every value of a row as a feature."""
    return FunctionTransformer(lambda X: X.reshape(len(X), -1).astype("float32"))


def of_pictures() -> dict[str, Any]:
    return {
        "logistic regression": make_pipeline(
            flat(), StandardScaler(), LogisticRegression(C=0.01, max_iter=300)
        ),
        "HistGradientBoosting": make_pipeline(
            flat(), HistGradientBoostingClassifier(max_iter=100)
        ),
        "SVC": make_pipeline(flat(), StandardScaler(), SVC(C=10)),
    }


def of_sequences() -> dict[str, Any]:
    from skautogen.inputs import SequencePreparer

    kernels = SequencePreparer(n_steps=1, representation="kernels")
    return {
        "logistic regression": make_pipeline(
            flat(), StandardScaler(), LogisticRegression(max_iter=1000)
        ),
        "HistGradientBoosting": make_pipeline(flat(), HistGradientBoostingClassifier()),
        "random kernels, logistic": make_pipeline(
            kernels, LogisticRegressionCV(Cs=np.logspace(-5, 0, 6), l1_ratios=(0,))
        ),
    }


def of_sounds() -> dict[str, Any]:
    def coarse(X: np.ndarray) -> np.ndarray:
        power = np.abs(stft(X / 32768.0, nperseg=256)[2]) ** 2
        bands = power[:, :128].reshape(len(X), 32, 4, -1).mean(axis=2)
        return np.log(bands + 1e-8).reshape(len(X), -1)

    return {
        "spectrogram, logistic": make_pipeline(
            FunctionTransformer(coarse),
            StandardScaler(),
            LogisticRegression(C=0.01, max_iter=500),
        ),
        "spectrogram, SVC": make_pipeline(
            FunctionTransformer(coarse), StandardScaler(), SVC(C=10)
        ),
    }


def of_texts() -> dict[str, Any]:
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    characters = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 5), lowercase=False, sublinear_tf=True
    )
    return {
        "TF-IDF of words, logistic": make_pipeline(words, LogisticRegression(C=30)),
        "words and characters": make_pipeline(
            make_union(words, characters), LogisticRegression(C=30)
        ),
    }


TASKS = {
    "fashion_mnist": Task(0.88, of_pictures),
    "japanese_vowels": Task(0.985, of_sequences),
    "spoken_digits": Task(
        0.97,
        of_sounds,
        settings={"input_kind": "audio", "sampling_rate": 8_000},
    ),
    "sms_spam": Task(0.995, of_texts, scoring="roc_auc"),
}


def score(model: Any, X: Any, y: np.ndarray, scoring: str) -> float:
    from sklearn.metrics import get_scorer

    return float(get_scorer(scoring)(model, X, y))


def measure(name: str, seed: int) -> None:
    """Print a line for ours and for each classic method."""
    from skautogen import AutoGenClassifier

    task = TASKS[name]
    X_train, X_test, y_train, y_test = load_folder().load_split(name, seed)
    ours = AutoGenClassifier(random_state=seed, **task.settings)
    for way, model in {"skautogen": ours, **task.classics()}.items():
        start = time.perf_counter()
        model.fit(X_train, y_train)
        seconds = time.perf_counter() - start
        reached = score(model, X_test, y_test, task.scoring)
        wanted = f"  wanted {task.wanted}" if model is ours else ""
        print(
            f"{name:16} {way:26} {task.scoring} {reached:.4f} {seconds:6.0f} s{wanted}",
            flush=True,
        )


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sets", nargs="+", choices=TASKS, default=list(TASKS))
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args(arguments)
    if load_folder() is None:
        print(f"skipped: there is no {FOLDER.name} folder with these sets")
        return
    if len(given.sets) == 1:
        measure(given.sets[0], given.seed)
        return
    for name in given.sets:  # what one leaves behind must not slow the next
        own = [sys.executable, __file__, "--sets", name, "--seed", str(given.seed)]
        subprocess.run(own, check=True)


if __name__ == "__main__":
    main()
