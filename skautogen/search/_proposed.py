"""A search of scikit-learn's whose candidates a strategy proposes, batch by batch."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

import numpy as np
from sklearn.model_selection._search import BaseSearchCV
from sklearn.utils import check_random_state

from .._spelling import unknown_name
from ._candidates import Candidate, CandidateSpace
from ._planned import PlannedSearch
from ._proposer import Proposer, Trial
from ._space import clip_n_iter

# Candidates whose networks are kept while a search goes on: the best.
MOST_NETWORKS_KEPT = 12


class ProposedSearchCV(BaseSearchCV):
    """Search over the candidates that a strategy proposes, given the results so far.

    Parameters
    ----------
    estimator : estimator
    proposer : Proposer
    param_distributions : sequence of mappings
        As ``RandomizedSearchCV`` takes them.
    n_iter : int, default=10
        Candidates that are tried.
    scoring, refit, cv, error_score : as in ``RandomizedSearchCV``
    random_state : int, RandomState or None, default=None
    """

    def __init__(
        self,
        estimator: Any,
        proposer: Proposer,
        param_distributions: Sequence[Mapping[str, Any]],
        *,
        n_iter: int = 10,
        scoring: Any = None,
        refit: Any = True,
        cv: Any = None,
        error_score: Any = np.nan,
        random_state: Any = None,
    ) -> None:
        super().__init__(
            estimator,
            scoring=scoring,
            refit=refit,
            cv=cv,
            error_score=error_score,
            return_train_score=False,
        )
        self.proposer = proposer
        self.param_distributions = param_distributions
        self.n_iter = n_iter
        self.random_state = random_state

    # What is tried before the strategy is asked.
    _known: Sequence[Candidate] = ()

    def _run_search(
        self, evaluate_candidates: Callable[..., Any], callback_ctx: Any = None
    ) -> None:
        random_state = check_random_state(self.random_state)
        space = CandidateSpace(self.param_distributions)
        trials: list[Trial] = []
        batch = list(self._known)
        while len(trials) < self.n_iter:
            n_left = self.n_iter - len(trials)
            if not batch:
                batch = self._propose(space, trials, n_left, random_state)
            if not batch and not trials:
                raise ValueError(
                    f"search={self.proposer!r} proposed no candidate at all. Its "
                    "method propose must return some while there are no trials."
                )
            if not batch:
                return
            trials = self._trials(evaluate_candidates(batch[:n_left]))
            batch = []

    def _propose(
        self,
        space: CandidateSpace,
        trials: Sequence[Trial],
        n_left: int,
        random_state: np.random.RandomState,
    ) -> list[Candidate]:
        """Ask the strategy."""
        batch = list(self.proposer.propose(space, trials, n_left, random_state))
        self._check(batch)
        return batch

    def _check(self, proposed: Sequence[Candidate]) -> None:
        """Refuse candidates with names that are not searched: they would do nothing."""
        searched = {name for space in self.param_distributions for name in space}
        known = sorted(searched.union(*self._known))
        for candidate in proposed:
            if not isinstance(candidate, Mapping):
                raise TypeError(
                    f"search={self.proposer!r} proposed {candidate!r}. Its method "
                    "propose must return a sequence of dicts, of hyper-parameters by "
                    "their names in param_space."
                )
            for name in candidate:
                if name not in known:
                    what = f"hyper-parameter proposed by search={self.proposer!r}:"
                    raise ValueError(unknown_name(what, name, known))

    def _trials(self, results: Mapping[str, Any]) -> list[Trial]:
        metric = self.refit if isinstance(self.refit, str) else "score"
        columns = ("params", f"mean_test_{metric}", "mean_fit_time")
        rows = zip(*(results[name] for name in columns), strict=True)
        return [
            Trial(dict(candidate), float(score), float(seconds))
            for candidate, score, seconds in rows
        ]


class PlannedProposedSearchCV(PlannedSearch, ProposedSearchCV):
    """The same, trained by an engine."""

    plans_at_once: ClassVar[bool] = False
    batches_compete: ClassVar[bool] = True

    def try_first(self, candidates: Sequence[Candidate]) -> None:
        """Try candidates before the strategy is asked; they count among all."""
        self._known = candidates

    def _propose(self, *arguments: Any) -> list[Candidate]:
        """Ask the strategy; if it fails, what was found before is not lost."""
        try:
            return super()._propose(*arguments)
        except Exception as error:
            if not self._run.untried:
                raise
            reason = f"{type(error).__name__} in search={self.proposer!r}: {error}"
            self._run.stop_reason = reason
            return []

    def _trials(self, results: Mapping[str, Any]) -> list[Trial]:
        trials = super()._trials(results)
        # A search of hours has thousands of networks; few of them will answer.
        scores = np.array([each.score for each in trials])
        best = np.argsort(np.where(np.isnan(scores), np.inf, -scores), kind="stable")
        self._run.keep_networks_of(best[:MOST_NETWORKS_KEPT].tolist())
        return trials


def make_proposed_search(
    proposer: Proposer, pipeline: Any, space: Any, **settings: Any
) -> PlannedProposedSearchCV:
    """Try what ``proposer`` proposes: ``n_iter`` candidates, or all there are."""
    settings["n_iter"] = clip_n_iter(settings["n_iter"], space)
    return PlannedProposedSearchCV(pipeline, proposer, space, **settings)
