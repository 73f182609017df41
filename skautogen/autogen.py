"""The short facade."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .classifier import AutoGenClassifier
    from .data import Task
    from .regressor import AutoGenRegressor


class AutoGen:
    """Data in, network out: generate a model for the data, train it, evaluate it.

    Choose it where you do not want to decide even between classification and
    regression. What it gives back are the estimators of this package, with all that
    they can do.

    Parameters
    ----------
    target : str, default=None
        The column to predict, where data is a DataFrame or the file of a table.
    task : {"auto", "classification", "regression"}, default="auto"
        ``"auto"`` goes by the target: strings, booleans, and whole numbers of few
        different values are classes (:func:`skautogen.data.infer_task`).
    **settings
        Parameters of the estimator, such as ``time_limit=60``.

    Attributes
    ----------
    task_ : Task
        After ``generate_model``: ``task_.name``, and ``task_.reason``, why.

    See Also
    --------
    AutoGenClassifier, AutoGenRegressor : What is generated.

    Notes
    -----
    ``data`` is always one of: a tuple ``(X, y)``; a DataFrame that has the target as a
    column; the path of a file or folder (:func:`skautogen.data.read_data`). Tables may
    have their columns in another order when they are evaluated, and further ones.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from skautogen import AutoGen
    >>> iris = load_iris(as_frame=True).frame
    >>> ag = AutoGen("target", n_iter=1, cv=2, random_state=0)
    >>> model = ag.generate_model(iris)
    >>> ag.task_.name
    'classification'
    >>> ag.train(model, iris).score(iris.drop(columns="target"), iris["target"]) > 0.9
    True
    >>> ag.evaluate(model, iris)["accuracy"] > 0.9
    True
    """

    task_: Task

    def __init__(
        self, target: str | None = None, *, task: str = "auto", **settings: Any
    ) -> None:
        self.target = target
        self.task = task
        self.settings = settings

    def generate_model(self, data: Any) -> AutoGenClassifier | AutoGenRegressor:
        """Look at the data, and make the estimator for them.

        Parameters
        ----------
        data : tuple (X, y), DataFrame, str or path
            Rows to learn from, with their targets.

        Returns
        -------
        model : AutoGenClassifier or AutoGenRegressor
            Not fitted.

        Raises
        ------
        ValueError
            If the data, or the target's name, are not as they should be.
        TypeError
            If a setting is no parameter of the estimator.

        Warns
        -----
        TaskGuessedWarning
            If the target holds whole numbers that may be classes or amounts.
        """
        from ._spelling import unknown_name
        from .classifier import AutoGenClassifier
        from .data import TaskGuessedWarning, find_other_task, infer_task, take_data
        from .regressor import AutoGenRegressor

        y = take_data(data, self.target).y
        self.task_ = infer_task(y, self.task)
        asked = find_other_task(y, self.task_.name)
        if asked is not None:
            raise ValueError(
                f"task={self.task!r}: the target has {asked.reason}, which ask for "
                f"task={asked.name!r}."
            )
        if self.task_.is_guess:
            warnings.warn(
                f"The target is taken for classes: it has {self.task_.reason}. "
                'task="regression" takes it for numbers, and task="classification" '
                "ends this warning.",
                TaskGuessedWarning,
                stacklevel=2,
            )
        is_classes = self.task_.name == "classification"
        estimator = AutoGenClassifier if is_classes else AutoGenRegressor
        known = estimator._get_param_names()
        for name in self.settings:
            if name not in known:
                role = f"parameter of {estimator.__name__}"
                raise TypeError(unknown_name(role, name, known))
        return estimator(**self.settings)

    def train(self, model: Any, data: Any) -> Any:
        """Fit the estimator: search, and train the best network on all rows.

        Parameters
        ----------
        model : AutoGenClassifier or AutoGenRegressor
            As ``generate_model`` gave it, or any other.
        data : tuple (X, y), DataFrame, str or path

        Returns
        -------
        model : AutoGenClassifier or AutoGenRegressor
            The same, fitted.
        """
        from .data import take_data

        X, y = take_data(data, self.target)
        return model.fit(X, y)

    def evaluate(self, model: Any, data: Any) -> dict[str, float]:
        """Compute the usual metrics on rows that training did not see.

        Parameters
        ----------
        model : AutoGenClassifier or AutoGenRegressor
            Fitted.
        data : tuple (X, y), DataFrame, str or path
            Of an ``.npz`` that has both parts, ``x_test`` and ``y_test`` are taken.

        Returns
        -------
        metrics : dict of str -> float
            As the estimator's ``evaluate``: accuracy, balanced accuracy, precision,
            recall, F1, ROC AUC and log loss; or RMSE, MAE and R2.
        """
        from .data import align_columns, take_data

        X, y = take_data(data, self.target, part="test")
        if not isinstance(data, tuple):
            X = align_columns(model, X, "data")
        metrics: dict[str, float] = model.evaluate(X, y)
        return metrics
