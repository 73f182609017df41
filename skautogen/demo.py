"""The main job on real data, from loading them to a score on rows never seen."""

from __future__ import annotations

import time
import warnings

from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split

from .classifier import AutoGenClassifier
from .search import SearchStoppedWarning


def run_demo(n_iter: int, time_limit: float, picture: str) -> AutoGenClassifier:
    """Search a network that tells malignant from benign tumours, and show what came.

    The data are scikit-learn's breast cancer set: 569 biopsies, 30 measurements each.

    Parameters
    ----------
    n_iter : int
        Candidates.
    time_limit : float
        Seconds for the search.
    picture : str
        File that the picture of the search is written to.

    Returns
    -------
    model : AutoGenClassifier
        Fitted.
    """
    X, y = load_breast_cancer(return_X_y=True, as_frame=True)
    y = y.map({0: "malignant", 1: "benign"})
    X_train, X_test, y_train, y_test = train_test_split(
        X, y, test_size=0.25, stratify=y, random_state=0
    )
    print(
        f"Breast cancer: {len(X_train)} biopsies to learn from, {X.shape[1]} columns."
    )
    print(
        f"Searching {n_iter} networks by 5-fold cross-validation, for at most "
        f"{time_limit:g} s ...",
        flush=True,
    )
    start = time.perf_counter()
    model = AutoGenClassifier(
        n_iter=n_iter, time_limit=time_limit, random_state=0, verbose=1
    )
    with warnings.catch_warnings():
        # Said below, in the demo's own words.
        warnings.simplefilter("ignore", SearchStoppedWarning)
        model.fit(X_train, y_train)
    seconds = time.perf_counter() - start
    n_tried = len(model.cv_results_["params"])
    if n_tried < n_iter:
        print(f"The time limit of {time_limit:g} s let {n_tried} of {n_iter} be tried.")

    print("\nLeaderboard (the five best):")
    shown = ["rank", "score", "score_std", "dropout", "learning_rate", "epoch_share"]
    print(model.leaderboard()[[*shown, "ensemble_weight"]].head().round(4).to_string())
    n_networks = len(model.ensemble_ or ())
    print(
        f"\n{n_networks} networks answer together: those of the folds of candidates "
        "with a weight, and the winner trained on all rows."
    )
    print(f"They, on the {len(X_test)} biopsies they have never seen:")
    for name, value in model.evaluate(X_test, y_test).items():
        print(f"  {name:<18} {value:.4f}")
    print(f"\nSearched and trained in {seconds:.1f} s.", _draw(model, picture))
    return model


def _draw(model: AutoGenClassifier, picture: str) -> str:
    """Save the picture of the search, where matplotlib is installed."""
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError:
        return 'No picture: pip install "skautogen[plots]" brings matplotlib.'
    figure = Figure(figsize=(8, 4.5), layout="constrained")
    FigureCanvasAgg(figure)
    model.plot_search(ax=figure.subplots())
    figure.savefig(picture, dpi=100)
    return f"Picture of the search: {picture}"
