"""What turns a search of scikit-learn's into one whose trainings go to an engine.

``BaseSearchCV.fit`` hands ``_run_search`` a function that fits and scores one
(candidate, fold) after another. It cannot be replaced, but it can be fed: the plan of
all of its trainings goes to the engine first, and the ``fit`` of each clone then takes
its result (see :mod:`._run`). scikit-learn still splits, scores, ranks and refits.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any, ClassVar

import numpy as np
from sklearn import config_context
from sklearn.base import is_classifier
from sklearn.model_selection import check_cv

from ._run import SearchRun, SearchStoppedError

# Candidates of a plan: for each that is planned scikit-learn clones, fits and scores,
# though the time may be up.
_MOST_AT_ONCE = 128


class DrawnFolds:
    """A splitter that gives the folds that have already been drawn.

    Drawing anew would give other folds where a splitter shuffles without a seed.
    """

    def __init__(self, folds: list[tuple[np.ndarray, np.ndarray]]) -> None:
        self._folds = folds

    def split(self, X: Any = None, y: Any = None, groups: Any = None) -> Iterator[Any]:
        """Yield the folds."""
        return iter(self._folds)


class PlannedSearch:
    """Mixin in front of a search of scikit-learn's; see the module's text."""

    # Of the search that this is mixed into.
    estimator: Any
    scoring: Any
    cv: Any
    cv_results_: dict[str, Any]
    best_index_: int

    # Whether all candidates are known before the first is trained.
    plans_at_once: ClassVar[bool] = True
    # Whether the candidates of all batches compete, on folds that are drawn once.
    batches_compete: ClassVar[bool] = False

    # What is tried before that which is drawn.
    _first: Sequence[dict[str, Any]] = ()

    def try_first(self, candidates: Sequence[dict[str, Any]]) -> None:
        """Put candidates before those that are drawn; they count among them."""
        self._first = candidates

    def fit_with(
        self, run: SearchRun, X: Any, y: np.ndarray, groups: Any, **params: Any
    ) -> Any:
        """Fit the search, with the trainings that ``run`` has made for it.

        Parameters
        ----------
        run : SearchRun
        X, y, groups : as in ``fit`` of scikit-learn's searches
        **params : object
            Further parameters of the pipeline's ``fit``.

        Returns
        -------
        self : object
        """
        self._run, self._split_data = run, (X, y, groups)
        estimator = self.estimator
        self.estimator = estimator.with_trainer(run)
        rows = np.arange(len(y))
        try:
            # With routing on, scikit-learn would want ``rows`` to be requested.
            with (
                config_context(enable_metadata_routing=False),
                warnings.catch_warnings(),
                run.interrupts.taken_over(),
            ):
                # Said once, with the reasons, by the run.
                warnings.filterwarnings("ignore", "Scoring failed")
                warnings.filterwarnings(
                    "ignore", "One or more of the (test|train) scores"
                )
                self.fit(X, y, groups=groups, rows=rows, **params)  # type: ignore[attr-defined]
        finally:
            # No data, and nobody to ask, in what is kept and pickled.
            vars(self.estimator).pop("_trainer", None)
            del self._run, self._split_data
        kept = np.flatnonzero(~np.array(run.untried))
        self._keep(kept)
        n_epochs = [np.mean(run.n_epochs[k] or np.nan) for k in kept]
        self.cv_results_["n_epochs"] = np.array(n_epochs)
        cut_short = np.array(run.cut_short)[kept]
        if cut_short.any():
            self.cv_results_["cut_short"] = cut_short
        return self

    def _keep(self, candidates: np.ndarray) -> None:
        """Take out of the results what was never trained.

        Its scores are NaN, so that it is ranked last and no other rank changes.
        """
        self.cv_results_ = {
            name: [values[k] for k in candidates]
            if isinstance(values, list)
            else values[candidates]
            for name, values in self.cv_results_.items()
        }
        self.best_index_ = int(np.searchsorted(candidates, self.best_index_))

    def _run_search(
        self, evaluate_candidates: Callable[..., Any], callback_ctx: Any = None
    ) -> None:
        # scikit-learn 1.9 hands a context to those who declare the parameter.
        context = {} if callback_ctx is None else {"callback_ctx": callback_ctx}
        drawn: list[Any] = []

        def evaluate(
            candidate_params: Iterable[dict[str, Any]],
            cv: Any = None,
            more_results: Any = None,
            **evaluate_context: Any,
        ) -> Any:
            candidates = list(candidate_params)
            first, self._first = self._first[: len(candidates)], ()
            pairs = zip(first, candidates, strict=False)
            candidates[: len(first)] = [self._in_place_of(*each) for each in pairs]
            X, y, groups = self._split_data
            cv = cv or check_cv(self.cv, y, classifier=is_classifier(self.estimator))
            if not drawn or not self.batches_compete:
                drawn[:] = cv.split(X, y, groups=groups)
            folds = list(drawn)
            results = None
            for first_of_part in range(0, len(candidates), _MOST_AT_ONCE):
                part = slice(first_of_part, first_of_part + _MOST_AT_ONCE)
                self._run.start(
                    self._to_train(candidates[part]),
                    folds,
                    is_all=self.plans_at_once and len(candidates) <= _MOST_AT_ONCE,
                    competes=self.batches_compete or first_of_part > 0,
                    n_to_come=len(candidates[part.stop :]),
                )
                results = evaluate_candidates(
                    self._to_show(candidates[part]),
                    DrawnFolds(folds),
                    more_results
                    and {name: each[part] for name, each in more_results.items()},
                    **evaluate_context,
                )
            if not self.batches_compete:
                self._run.failures.raise_if_all_failed()
            return results

        # Stopped between two batches of candidates: what there is is ranked.
        with suppress(SearchStoppedError):
            super()._run_search(evaluate, **context)  # type: ignore[misc]
        self._run.failures.raise_if_all_failed()

    def _in_place_of(
        self, first: dict[str, Any], drawn: dict[str, Any]
    ) -> dict[str, Any]:
        """A candidate that is tried first, in the place of one that was drawn."""
        return first

    def _to_train(self, candidates: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The candidates as they are trained."""
        return candidates

    def _to_show(self, candidates: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The candidates as they are in the results, and refitted."""
        return candidates

    def _format_results(
        self, candidate_params: Any, n_splits: int, out: Any, more_results: Any = None
    ) -> dict[str, Any]:
        """Put in what each training cost: scikit-learn timed only its handing over."""
        for each, seconds in zip(out, self._run.seconds, strict=True):
            each["fit_time"] = seconds
        return super()._format_results(candidate_params, n_splits, out, more_results)  # type: ignore[misc]

    def _get_routed_params_for_fit(self, params: dict[str, Any]) -> Any:
        """Weigh the scores as the losses; from 1.7 on scikit-learn does so itself."""
        routed = super()._get_routed_params_for_fit(params)  # type: ignore[misc]
        weight = params.get("sample_weight")
        by_name = isinstance(self.scoring, str)
        if weight is not None and by_name and not routed.scorer.score:
            routed.scorer.score = {"sample_weight": weight}
        return routed
