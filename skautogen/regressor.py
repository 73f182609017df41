"""The regressor."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from sklearn.base import RegressorMixin
from sklearn.utils import Tags

from ._estimator import BaseAutoGen
from ._reporting_numbers import ReportingOfNumbers


class AutoGenRegressor(RegressorMixin, ReportingOfNumbers, BaseAutoGen):
    """A regressor whose neural network designs and tunes itself.

    Choose it where you would try a dozen networks by hand: it searches structure,
    training strategy and optimizer by cross-validation, and trains the best on all
    rows. Data need no preparation. One target or several.

    Parameters
    ----------
    architecture : str, callable or list of these, default="auto"
        The structure of the network: ``"realmlp"``, a perceptron over waves of each
        number; ``"resnet"``, residual blocks over the same; ``"tabm"``, members that
        share nearly all weights; ``"mlp"``, a plain perceptron. ``"auto"`` chooses
        by the kind of input: ``"realmlp"``. A function
        ``build(meta, **hyperparameters) -> keras.Model`` is a structure of your own,
        compiled or not, searched over its own keywords; ``meta`` is the dict
        that SciKeras gives to builders, with ``n_features_in_``, ``target_type_``,
        ``n_outputs_`` and more. Of a list, each is searched.
    search : str or object with a method ``propose``, default="random"
        How candidates are chosen. ``"random"``, ``"grid"`` and ``"halving"`` are
        ``RandomizedSearchCV``, ``GridSearchCV`` and ``HalvingRandomSearchCV`` of
        scikit-learn. ``"halving"`` drops the worst two
        thirds of the candidates in rounds of ever more rows, ``"halving_epochs"`` in
        rounds of ever more epochs, in which trainings go on where they were.
        ``"evolution"`` breeds candidates, with ``architecture="auto"`` the structure
        of the network itself (Real et al., AAAI 2019); ``"tpe"`` is Optuna's, and needs
        the extra ``tpe``. An object is a strategy of your own
        (:class:`skautogen.search.Proposer`).
    param_space : dict or list of dict, default=None
        What is searched over, as scikit-learn's searches take it: lists of values, or
        for all but ``"grid"`` also scipy distributions. Flat names:
        ``optimizer``, ``learning_rate``, ``weight_decay``, ``schedule``,
        ``batch_size``, ``epochs``, ``epoch_share`` (of these epochs),
        ``architecture``, ``feature_selection``, ``n_features``, ``score_func``, and
        those of the architecture: for ``"realmlp"``
        ``hidden_layer_sizes``, ``activation``, ``dropout``, ``batch_normalization``,
        ``n_frequencies``, ``sigma`` and more.
        ``None`` is the architecture's own: first a portfolio of candidates that do well
        on many tables, then what is drawn from its space. A
        :class:`skautogen.search.NarrowedSpace` says something of a few of these, and
        leaves the others as they are there.
    n_iter : int, default=None
        Number of candidates. ``None`` is as many as suit the number of rows, and the
        time limit if there is one. ``search="grid"`` ignores it.
    feature_selection : {"kbest", "rfe"} or transformer, default=None
        Selects features before the network, inside each fold. How many are kept is
        searched under the name ``n_features``; a ``param_space`` of your own says how
        many, or half are.
    cv : int, cross-validation splitter or iterable, default=None
        As in scikit-learn. ``None`` is five folds.
    scoring : str, callable, list, tuple or dict, default=None
        As in scikit-learn. Of several metrics the first chooses the best candidate.
        ``None`` is R2.
    epochs : int, default=None
        Most passes over the training rows, unless ``epochs`` is searched. ``None`` is
        150 on up to a thousand rows, and fewer on more.
    early_stopping : bool, default=True
        Keep networks from training too long. Where ``epoch_share`` is searched, as the
        default space does, the folds tell which length is good. Otherwise a part of
        the training rows is held out, a training ends when the loss on them has
        stopped falling, and its best epoch is kept; under 80 rows all are trained on.
    ensemble_size : int, default=5
        Most candidates whose networks answer together: those of each fold, and the one
        that is trained on all rows. They are chosen greedily (Caruana et al., ICML
        2004) by ``scoring`` on rows that their networks did not see. 0 lets
        ``best_estimator_`` answer alone. A prediction costs so many times
        ``cv`` networks at most.
    time_limit : float, default=None
        Seconds for the whole of ``fit``. It decides how many candidates are tried, and
        trainings that would take longer go through their schedule in fewer epochs.
        One candidate on all folds, and the final training on all rows, are always
        carried out. ``None`` is about a minute on 10,000 rows.
    engine : {"auto", "stacked", "sequential"}, default="auto"
        ``"stacked"`` trains candidates x folds together, as one program, and raises
        where it cannot; ``"sequential"`` trains one after another through SciKeras;
        ``"auto"`` stacks what can be stacked.
    input_kind : {"auto", "table", "image", "sequence", "audio", "text"}, \
            default="auto"
        What X is. ``"auto"`` looks at it; ``input_kind_`` says what it took X for.
    sampling_rate : int, default=None
        Samples a second, in Hz, of sounds that are given as arrays; ``None`` is 16,000.
        Files are resampled to it; with ``None``, to the rate that most of them have.
    callbacks : list of keras.callbacks.Callback, default=None
        Each training gets copies of its own, and is sequential.
    n_jobs : int, default=None
        Processes of the sequential engine, as in scikit-learn. One if there is a GPU.
    random_state : int, RandomState instance or None, default=None
        The same value gives the same ``cv_results_`` and predictions.
    verbose : int, default=0
        1 shows one progress bar; 0 prints nothing.

    Attributes
    ----------
    search_ : GridSearchCV, RandomizedSearchCV or HalvingRandomSearchCV
        The fitted search.
    cv_results_ : dict of ndarray
        As in scikit-learn, one row a candidate.
    best_params_ : dict
        Hyper-parameters of the best candidate, by flat names.
    best_score_ : float
        Its mean score over the folds.
    best_index_ : int
        Its row in ``cv_results_``.
    best_estimator_ : Pipeline
        Trained on all rows: prepare -> select -> network, the last a SciKeras wrapper.
    ensemble_ : NetworkEnsemble or None
        What answers, unless ``ensemble_size=0``.
    ensemble_weights_ : dict of int -> float
        Shares of candidates, by their rows in ``cv_results_``, among the networks of
        the folds in it.
    oof_predictions_ : ndarray of shape (n_samples,) or \
            (n_samples, n_outputs)
        To each training row, by networks of the ensemble that were not trained on it:
        numbers. NaN for a row that no fold holds out.
    oof_score_ : float
        Of these predictions, by the first metric of ``scoring``: what to expect of new
        rows. Optimistic by a little, since the candidates were chosen by them.
    feature_importances_ : ndarray of shape (n_features_in_,)
        Of tables. Permutation importance: how much the squared error rises when a
        column is shuffled among rows that the networks were not trained on.
    model_ : keras.Model
        The network of ``best_estimator_``.
    history_ : dict of list of float
        Its losses by epoch: ``"loss"``, and ``"val_loss"`` where rows were held out.
    n_iter_ : int
        Number of epochs it was trained for.
    n_features_in_ : int
        Of tables. Number of columns of X.
    feature_names_in_ : ndarray of shape (n_features_in_,)
        Their names, where all are strings.
    support_ : ndarray of bool of shape (n_features_in_,)
        Of tables. Which columns of X reach the network.
    input_kind_ : str
        What X was taken for.
    target_name_ : str or None
        The name of y, where it is a Series that has one.

    See Also
    --------
    AutoGenClassifier : The same for class labels.

    Notes
    -----
    Numbers are scaled robustly and clipped smoothly, categories encoded, and missing
    values imputed, all fitted inside each fold. Targets are standardised for the
    training.

    Examples
    --------
    >>> from sklearn.datasets import load_diabetes
    >>> from skautogen import AutoGenRegressor
    >>> X, y = load_diabetes(return_X_y=True)
    >>> model = AutoGenRegressor(n_iter=2, cv=2, random_state=0).fit(X, y)
    >>> model.predict(X[:2]).shape
    (2,)
    >>> model.score(X, y) > 0.3
    True
    """

    _default_scoring: ClassVar[str] = "r2"

    def __init__(
        self,
        *,
        architecture: Any = "auto",
        search: str = "random",
        param_space: Any = None,
        n_iter: int | None = None,
        feature_selection: Any = None,
        cv: Any = None,
        scoring: Any = None,
        epochs: int | None = None,
        early_stopping: bool = True,
        ensemble_size: int = 5,
        time_limit: float | None = None,
        engine: str = "auto",
        input_kind: str = "auto",
        sampling_rate: int | None = None,
        callbacks: Any = None,
        n_jobs: int | None = None,
        random_state: Any = None,
        verbose: int = 0,
    ) -> None:
        self.architecture = architecture
        self.search = search
        self.param_space = param_space
        self.n_iter = n_iter
        self.feature_selection = feature_selection
        self.cv = cv
        self.scoring = scoring
        self.epochs = epochs
        self.early_stopping = early_stopping
        self.ensemble_size = ensemble_size
        self.time_limit = time_limit
        self.engine = engine
        self.input_kind = input_kind
        self.sampling_rate = sampling_rate
        self.callbacks = callbacks
        self.n_jobs = n_jobs
        self.random_state = random_state
        self.verbose = verbose

    def _check_target(self, y: Any) -> np.ndarray:
        from .inputs import check_regression_target

        return check_regression_target(y)

    def _labels(self, answer: np.ndarray) -> np.ndarray:
        return answer

    def _make_network(self, **settings: Any) -> Any:
        from .training._network_regressor import NetworkRegressor

        return NetworkRegressor(**settings)

    def _evaluate(
        self, X: Any, y: np.ndarray, sample_weight: np.ndarray | None
    ) -> dict[str, float]:
        from .report import regression_metrics

        return regression_metrics(y, self.predict(X), sample_weight)

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags
