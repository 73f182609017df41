"""How estimators are kept in files."""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING

from sklearn.utils.validation import check_is_fitted

if TYPE_CHECKING:
    from pathlib import Path


class Persistence:
    """Mixin of the estimators: a file beside pickle."""

    def save(self, path: str | PathLike[str]) -> Path:
        """Write the estimator into one file, which runs no code when it is loaded.

        Choose it over pickle for a file that goes to others, or comes from them. The
        estimator that :func:`skautogen.load` gives back predicts the same to the last
        bit, knows its search, and can be fitted again.

        Parameters
        ----------
        path : str or path
            Any name; what is there is replaced, once the new file is whole.

        Returns
        -------
        path : pathlib.Path
            The file written: a zip of JSON and NumPy arrays.

        Raises
        ------
        NotSavableError
            If the estimator holds code of yours, such as a builder, a scorer, a
            splitter, a strategy or callbacks, or a fitted transformer that is compiled,
            such as trees. The message says which, and what to do.

        See Also
        --------
        skautogen.load : Reads the file.

        Examples
        --------
        >>> from skautogen import AutoGenClassifier
        >>> AutoGenClassifier(n_iter=3).save("model.skautogen")  # doctest: +SKIP
        """
        from .persistence import save

        return save(self, path)

    def export(
        self, path: str | PathLike[str], format: str | None = None
    ) -> tuple[Path, Path]:
        """Write the best network in a format that runs without scikit-learn.

        It is the network of ``best_estimator_``, and not the ensemble, whose answers
        differ from it. Its outputs are probabilities in the order of ``classes_``, or
        values on the scale of y. Of tables of numbers and categories the preparation
        is part of it: it takes the columns, categories as codes and NaN for what is
        missing. Where columns hold dates or texts, and of other kinds of input, it
        takes what ``best_estimator_[:-1].transform(X)`` gives.

        Parameters
        ----------
        path : str or path
            Ends with ``.keras``, ``.onnx`` or ``.tflite``; for ``"saved_model"`` the
            name of a folder.
        format : {"keras", "saved_model", "onnx", "litert"}, default=None
            ``None`` goes by the ending of the path. ``"keras"`` is loaded by
            ``keras.saving.load_model``, after
            ``import skautogen.export.formats.layers``; ``"saved_model"`` by TensorFlow;
            ``"onnx"`` by any runtime of ONNX, and is written with the extra ``onnx``;
            ``"litert"`` by LiteRT, once TensorFlow Lite.

        Returns
        -------
        path : pathlib.Path
            The file or folder written.
        sidecar : pathlib.Path
            Beside it, a JSON file that says what to feed: columns in their order,
            categories by code, and what the outputs mean.

        Raises
        ------
        NotFittedError
            If ``fit`` has not been called.
        ValueError
            If there is no such format, or the path does not end as its files do.
        ImportError
            If an extra is missing.

        Warns
        -----
        PreparationLeftOutWarning
            If the preparation is not part of the file: which columns are why.

        See Also
        --------
        save : Keeps the whole estimator.

        Examples
        --------
        >>> from sklearn.datasets import load_iris
        >>> from skautogen import AutoGenClassifier
        >>> X, y = load_iris(return_X_y=True)
        >>> model = AutoGenClassifier(n_iter=1, cv=2).fit(X, y)  # doctest: +SKIP
        >>> model.export("iris.onnx")  # doctest: +SKIP
        """
        from .export.formats import export_network

        check_is_fitted(self)
        return export_network(self, path, format)
