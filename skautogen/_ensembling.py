"""What follows a search: networks that answer together, and columns that matter."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.metrics import check_scoring
from sklearn.utils import _safe_indexing

from ._compat import accepts_weights
from ._scoring import first_of

if TYPE_CHECKING:
    from .ensemble import Score
    from .search import SearchRun


class Ensembling:
    """Mixin of the estimators: networks answer together, and columns are ranked."""

    # Of the estimator that this is mixed into, when its search is done.
    ensemble_size: int
    scoring: Any
    n_features_in_: int
    search_: Any
    cv_results_: dict[str, Any]
    best_index_: int
    best_estimator_: Any
    _kind: Any
    _refit_metric: Any

    def _combine(
        self, run: SearchRun, X: Any, y: np.ndarray, sample_weight: np.ndarray | None
    ) -> None:
        """Let the networks of the folds answer together."""
        from .ensemble import combine
        from .search import MOST_NETWORKS_KEPT

        names = ("ensemble_weights_", "oof_predictions_", "oof_score_", "_first_fold")
        for name in names:
            self.__dict__.pop(name, None)
        self.ensemble_ = None
        test_rows, candidates = run.last_round
        scores = self.cv_results_[f"mean_test_{self._refit_metric()}"]
        scored = [row for row in candidates if np.isfinite(scores[row])]
        if not self.ensemble_size or not scored:
            return
        best = sorted(scored, key=lambda row: -scores[row])
        try:
            combination = combine(
                {row: candidates[row] for row in best[:MOST_NETWORKS_KEPT]},
                test_rows,
                X,
                len(y),
                lambda rows: self._make_score(rows, X, y, sample_weight),
                most_candidates=self.ensemble_size,
            )
        except Exception as error:  # of a scorer that asks for more than answers
            warnings.warn(
                f"{type(self).__name__}.fit: best_estimator_ answers alone, since "
                f"scoring={self.scoring!r} cannot score what several networks answer "
                f"({type(error).__name__}: {error}). ensemble_size=0 does not ask it.",
                stacklevel=3,
            )
            return
        # The network that is trained on all rows counts as much as that of a fold.
        share = 1 / (len(test_rows) + 1)
        self.ensemble_ = combination.ensemble.joined_by(self.best_estimator_, share)
        self.ensemble_weights_ = combination.weights
        self.oof_predictions_ = combination.predictions
        self.oof_score_ = combination.score
        # Some rows, and networks that have not seen them: what compress judges by.
        self._first_fold = np.asarray(test_rows[0], dtype=np.int32)

    def _rank_features(
        self, run: SearchRun, X: Any, y: np.ndarray, sample_weight: np.ndarray | None
    ) -> None:
        """Measure how much each column of X matters to the networks of the folds."""
        from .ensemble import permutation_importances

        if not self._kind.has_columns:
            return
        test_rows, candidates = run.last_round
        weights = self.ensemble_weights_ if self.ensemble_ else {self.best_index_: 1.0}
        foremost = max(weights, key=weights.__getitem__)
        if foremost not in candidates:  # its folds were not all trained
            self.feature_importances_ = np.full(self.n_features_in_, np.nan)
            return
        self.feature_importances_ = permutation_importances(
            candidates[foremost],
            test_rows,
            X,
            y,
            sample_weight,
            getattr(self, "classes_", None),
            self.n_features_in_,
            seed=self.best_estimator_.named_steps["network"].seed,
        )

    def _make_score(
        self, rows: np.ndarray, X: Any, y: np.ndarray, sample_weight: np.ndarray | None
    ) -> Score:
        """What scores answers to some rows by the metric that chooses the best."""
        from .ensemble import Score

        scorer = check_scoring(
            self.best_estimator_, scoring=first_of(self.search_.scoring)
        )
        return Score(
            scorer=scorer,
            X=_safe_indexing(X, rows),
            y=y[rows],
            sample_weight=None if sample_weight is None else sample_weight[rows],
            is_weighted=sample_weight is not None and accepts_weights(scorer),
            classes=getattr(self, "classes_", None),
        )
