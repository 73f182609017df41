"""What a fitted estimator shows of its search and its network."""

from __future__ import annotations

from collections.abc import Callable
from os import PathLike
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from sklearn.utils.validation import check_consistent_length, check_is_fitted

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd


class Answers(NamedTuple):
    """The truth of some rows, and what is answered to them.

    Attributes
    ----------
    truth : ndarray of shape (n_rows,) or (n_rows, n_outputs)
    answers : ndarray of shape (n_rows, n_classes), (n_rows,) or (n_rows, n_outputs)
        Probabilities of classes, or numbers.
    sample_weight : ndarray of shape (n_rows,) or None
    """

    truth: np.ndarray
    answers: np.ndarray
    sample_weight: np.ndarray | None


class Reporting:
    """Mixin of the estimators: leaderboard, pictures, and the page with all of it."""

    # Of the estimator that this is mixed into.
    cv_results_: dict[str, Any]
    history_: dict[str, list[float]]
    search_: Any
    model_: Any
    ensemble_: Any
    ensemble_weights_: dict[int, float]
    oof_predictions_: np.ndarray
    _answer: Callable[[Any], np.ndarray]

    def leaderboard(self) -> pd.DataFrame:
        """List the candidates of the search, the best first.

        Returns
        -------
        leaderboard : pandas.DataFrame
            One row a candidate, its index the row of ``cv_results_``. Columns:
            ``rank``, ``score`` and ``score_std`` (mean and standard deviation over the
            folds of the first metric of ``scoring``), further metrics, one column a
            searched hyper-parameter, ``n_epochs``, ``fit_seconds`` and
            ``predict_seconds`` (means of a fold), ``ensemble_weight`` where there is an
            ensemble, ``failed_folds`` and, where ``time_limit`` has ended trainings
            before their last epoch, ``cut_short``.
        """
        from .report import leaderboard

        check_is_fitted(self)
        weights = self.ensemble_weights_ if self.ensemble_ else None
        return leaderboard(self.cv_results_, self._refit_metric(), weights)

    def plot_search(self, ax: Any = None, *, x: str = "order") -> Any:
        """Draw the score of each candidate.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, default=None
            Where to draw; a new figure if not given.
        x : str, default="order"
            What scores are drawn against: ``"order"``, the order tried, with the best
            so far; ``"time"``, the seconds of training; ``"params"``, each
            hyper-parameter in which candidates differ, in a panel of its own; or the
            name of one hyper-parameter (``"param_time"`` for one that is called time).

        Returns
        -------
        ax : matplotlib.axes.Axes, or ndarray of them for ``x="params"``

        See Also
        --------
        skautogen.report.plot_search : What the marks mean.
        """
        from .report import plot_search

        check_is_fitted(self)
        return plot_search(
            self.cv_results_, x=x, ax=ax, refit_metric=self._refit_metric()
        )

    def plot_param_importances(self, ax: Any = None) -> Any:
        """Draw how much each hyper-parameter mattered to the score.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, default=None
            Where to draw; a new figure if not given.

        Returns
        -------
        ax : matplotlib.axes.Axes
            With a sentence where there is too little to tell from, such as fewer than
            ten candidates.

        See Also
        --------
        skautogen.report.param_importances : The numbers, and how they are found.
        """
        from .report import plot_param_importances

        check_is_fitted(self)
        return plot_param_importances(
            self.cv_results_, ax=ax, refit_metric=self._refit_metric()
        )

    def plot_history(self, ax: Any = None) -> Any:
        """Draw the training and validation loss of the best network by epoch.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, default=None
            Where to draw; a new figure if not given.

        Returns
        -------
        ax : matplotlib.axes.Axes
        """
        from .report import plot_history

        check_is_fitted(self)
        return plot_history(self.history_, ax=ax)

    def plot_structure(self, ax: Any = None) -> Any:
        """Draw the layers of the best network, from its inputs to its outputs.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, default=None
            Where to draw; a new figure, as large as the network, if not given.

        Returns
        -------
        ax : matplotlib.axes.Axes

        See Also
        --------
        skautogen.report.plot_structure : The same for any Keras model.
        """
        from .report import plot_structure

        return plot_structure(self.model_, ax=ax)

    def report(
        self,
        path: str | PathLike[str],
        X: Any = None,
        y: Any = None,
        sample_weight: Any = None,
    ) -> Path:
        """Write a page with all there is to know of the search and the best network.

        Choose it to hand results to somebody, or to keep them. It is one HTML file
        without scripts, with its pictures in it: it opens in any browser, without a
        network, in light and dark, on a phone, and on paper. It needs matplotlib
        (``pip install "skautogen[plots]"``).

        Parameters
        ----------
        path : str or path-like
            The file; one that is there is replaced.
        X : array-like or DataFrame of shape (n_samples, n_features), or other input, \
                default=None
            Rows to judge the estimator by, that ``fit`` did not see. ``None`` judges
            it by ``oof_predictions_``, if y is given.
        y : array-like of shape (n_samples,) or (n_samples, n_outputs), default=None
            The truth of these rows; of those that ``fit`` saw, in their order, if X is
            ``None``. Without it there are scores of the search only.
        sample_weight : array-like of shape (n_samples,), default=None
            Weight of each row in the metrics and in the pictures of classes.

        Returns
        -------
        path : pathlib.Path
            The file written.

        Raises
        ------
        NotFittedError
            If ``fit`` has not been called.
        FileNotFoundError
            If the folder of ``path`` does not exist.
        ImportError
            If matplotlib is not installed.
        ValueError
            If X is given without y, or y does not suit.
        """
        from .report import write_report

        check_is_fitted(self)
        return write_report(self, path, X, y, sample_weight)

    def _refit_metric(self) -> str:
        refit = self.search_.refit
        return (
            refit if self.search_.multimetric_ and isinstance(refit, str) else "score"
        )

    def _answers_to(self, X: Any, y: Any, sample_weight: Any = None) -> Answers:
        """What is answered to some rows, or was out of fold if X is None."""
        check_is_fitted(self)
        if y is None:
            raise ValueError(
                "y is None: the truth of the rows of X is needed, or, with X=None, "
                "that of the rows that fit saw."
            )
        truth = np.asarray(y)
        if truth.ndim == 2 and truth.shape[1] == 1:
            truth = truth.ravel()
        weight = None if sample_weight is None else np.asarray(sample_weight)
        # Before what may take minutes.
        check_consistent_length(
            *(each for each in (X, truth, weight) if each is not None)
        )
        if X is not None:
            return Answers(truth, self._answer(X), weight)
        if not hasattr(self, "oof_predictions_"):
            raise ValueError(
                "X=None asks for the answers out of fold, and there are none without "
                "an ensemble. Pass rows that fit did not see, or fit with "
                "ensemble_size=1 or more."
            )
        answers = self.oof_predictions_
        if len(truth) != len(answers):
            raise ValueError(
                f"y has {len(truth)} rows, and fit saw {len(answers)}. With X=None, y "
                "must be the y that was given to fit."
            )
        covered = np.isfinite(answers.reshape(len(answers), -1)).all(axis=1)
        return Answers(
            truth[covered],
            answers[covered],
            None if weight is None else weight[covered],
        )
