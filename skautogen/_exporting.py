"""What a fitted estimator becomes outside of this package."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path

from sklearn.utils.validation import check_is_fitted


class Exporting:
    """Mixin of the estimators: source code."""

    def generate_code(
        self,
        path: str | PathLike[str],
        *,
        data: str | None = None,
        target: str | Sequence[str] | None = None,
        text: str | None = None,
        weights: bool = False,
        ensemble: bool = False,
    ) -> Path:
        """Write what was found as a Python file that needs nothing of skautogen.

        Choose it to read what was found, to change it by hand, or to train it where
        this package is not. The file has the preparation of the data, the network and
        its training as one would write them with Keras, scikit-learn and pandas, and a
        command line: ``python model.py --data data.csv --target column`` trains,
        evaluates and saves, ``python model.py --predict new.csv`` predicts. Tables and
        texts are read from CSV files; images and sounds from folders of files, one
        folder a class, or from ``.npz`` files; sequences from ``.npz`` files.

        It is the network of ``best_estimator_`` alone: ``predict`` of this estimator
        averages several, unless ``ensemble_size=0``. With ``ensemble=True`` it is all
        of these; choose that for the last bit of quality, and the best alone to read,
        to change and to train it in a fraction of the time.

        Parameters
        ----------
        path : str or path-like
            Of the file, such as ``"model.py"``. It is replaced, if it exists.
        data : str, default=None
            Path of the data that ``python model.py`` trains on where ``--data`` is not
            given; ``None`` is a name for you to replace.
        target : str or sequence of str, default=None
            The same of ``--target``: the column, or columns, of a table.
        text : str, default=None
            The column of the texts, where texts are predicted from; ``None`` is
            ``"text"``. Ignored otherwise.
        weights : bool, default=False
            Write beside it what its own training would: ``model.keras``, the network
            with the weights of ``best_estimator_``, and ``model.joblib``, what the
            preparation has learned, if anything. ``load()`` of the file reads both, and
            so does ``--predict``. Of an ensemble each network has a file:
            ``model_1.keras`` and so on.
        ensemble : bool, default=False
            Write all networks that answer together, with their weights: a table of
            their settings, one function for each structure, and a training of each on
            its fold. Folds are drawn anew where the file trains by itself.

        Returns
        -------
        path : pathlib.Path

        Raises
        ------
        NotFittedError
            If ``fit`` has not been called.
        ValueError
            If ``path`` names no Python module; or if something cannot be written
            without changing it: features that a transformer has made, a selection among
            the topics of texts, callbacks, layers that are neither Keras' nor of this
            package; an ensemble whose networks select features or have several kinds of
            preparation, or ``ensemble=True`` where one network answers alone.

        Notes
        -----
        ``sample_weight`` of ``fit`` is data, and not in the file; ``class_weight`` is.

        Examples
        --------
        >>> import tempfile
        >>> from pathlib import Path
        >>> from sklearn.datasets import load_iris
        >>> from skautogen import AutoGenClassifier
        >>> X, y = load_iris(return_X_y=True, as_frame=True)
        >>> model = AutoGenClassifier(n_iter=1, cv=2, epochs=3, random_state=0)
        >>> folder = Path(tempfile.mkdtemp())
        >>> path = model.fit(X, y).generate_code(folder / "model.py")
        >>> "skautogen" in path.read_text()
        False
        """
        from .export import name_data, write_source

        check_is_fitted(self)
        written = write_source(self, path, weights=weights, ensemble=ensemble)
        source = written.read_text("utf-8")
        written.write_text(name_data(source, data, target, text), "utf-8")
        return written
