"""A fitted estimator as a file of Python."""

from __future__ import annotations

import importlib.util
from os import PathLike
from pathlib import Path
from typing import Any

from ._file import join_file
from ._main import main_source
from ._network import network_source
from ._refusal import CannotGenerateError
from ._training import training_source
from .preparers import preparation_source
from .preparers._source import Code, PreparationSource

_DOCSTRING = '''"""{description}.

Train on a CSV file, print how well rows that were held out are predicted, and keep
the network beside this file:

    python {file} --data {data} --target {target}

Then predict for the rows of another file:

    python {file} --predict new.csv
"""'''


def write_source(
    estimator: Any, path: str | PathLike[str], *, weights: bool = False
) -> Path:
    """Write the best single network of an estimator as source.

    Parameters
    ----------
    estimator : AutoGenClassifier or AutoGenRegressor
        Fitted.
    path : str or path-like
        Of the file, which ends in ``.py``. It is replaced.
    weights : bool, default=False
        Write beside it what its own training would: the network in a ``.keras`` file,
        and what the preparation has learned in a ``.joblib`` file.

    Returns
    -------
    path : Path

    Raises
    ------
    CannotGenerateError
        If something of the estimator cannot be written without changing it.
    """
    path = Path(path)
    if path.suffix != ".py" or not path.stem.isidentifier():
        raise ValueError(
            "path must name a Python module, such as 'model.py', so that it can be "
            f"imported; got {str(path)!r}."
        )
    prepare, select, network = (step for _, step in estimator.best_estimator_.steps)
    is_classifier = hasattr(estimator, "classes_")
    preparation = preparation_source(
        estimator.input_kind_, prepare, select, is_classifier=is_classifier
    )
    path.write_text(_source(estimator, preparation, network, path.name), "utf-8")
    if weights:
        _write_weights(path, preparation, network)
    return path


def _source(
    estimator: Any, preparation: PreparationSource, network: Any, file: str
) -> str:
    classes = getattr(estimator, "classes_", None)
    n_outputs = 1 if classes is not None else network.n_outputs_
    stratifies = classes is not None and _can_be_stratified(estimator)
    if callable(network.architecture) and network.build_model().compiled:
        raise CannotGenerateError(
            "The architecture compiles its model itself, and what it is compiled with "
            "cannot be written as source. Return it without compiling it."
        )
    name = _architecture_name(network)
    task = _task(classes, n_outputs)
    built = network_source(network.model_, f"{name} for {task}")
    training = training_source(
        network, getattr(estimator, "class_weight", None), stratifies=stratifies
    )
    target: Any = "target"
    if n_outputs > 1:
        target = [f"target_{number}" for number in range(n_outputs)]
    settings: dict[str, Any] = {
        "DATA": "data.csv",
        "TARGET": target,
        **({} if classes is None else {"CLASSES": classes.tolist()}),
        **preparation.settings,
        "TEST_SHARE": 0.2,
        **training.settings,
        "MODEL": Code('Path(__file__).with_suffix(".keras")'),
        "LEARNED": Code('Path(__file__).with_suffix(".joblib")'),
    }
    description = f"A neural network, {name}, for {task}"
    answers, keep = _answer_parts(classes, n_outputs)
    return join_file(
        _DOCSTRING.format(
            description=description,
            file=file,
            data="data.csv",
            target=" ".join(target) if n_outputs > 1 else target,
        ),
        settings,
        [
            [*built.parts, *preparation.parts, *training.parts],
            preparation.definitions,
            preparation.load,
            built.build,
            training.functions,
            [*answers, keep],
            main_source(n_outputs, stratifies=stratifies),
        ],
    )


def _can_be_stratified(estimator: Any) -> bool:
    """Whether rows can be held out in the shares of the classes, as trainings do it."""
    record = estimator._record
    counts = [count for _, count in record.classes]
    # The record lists no more than a hundred.
    are_all = len(counts) == len(estimator.classes_)
    return are_all and min(counts) >= 2 and len(counts) <= 0.15 * record.n_rows


def _architecture_name(network: Any) -> str:
    architecture = network._architecture
    return str(architecture.name)


def _task(classes: Any, n_outputs: int) -> str:
    if classes is not None:
        return f"{len(classes)} classes"
    return "a number" if n_outputs == 1 else f"{n_outputs} numbers"


def _answer_parts(classes: Any, n_outputs: int) -> tuple[list[str], str]:
    """Files of :mod:`.parts` that predict and evaluate, and that save and load."""
    if classes is not None:
        kind = "two_classes" if len(classes) == 2 else "classes"
        return [f"predict_{kind}", f"evaluate_{kind}"], "keep_classifier"
    kind = "number" if n_outputs == 1 else "numbers"
    return [f"predict_{kind}", f"evaluate_{kind}"], "keep_regressor"


def _write_weights(path: Path, preparation: PreparationSource, network: Any) -> None:
    """Let the file itself save the network, with the weights of the estimator's."""
    from ...training._seeded import seeded

    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with seeded(network.seed):  # the weights that are replaced are drawn
        model = module.build_model(network.X_shape_[1])
    model.set_weights(network.weights_)
    preprocessing = module.make_preprocessing()
    vars(preprocessing).update(preparation.learned)
    if hasattr(network, "classes_"):
        module.save(module.Trained(preprocessing, model))
        return
    module.save(module.Trained(preprocessing, _target_scaler(module, network), model))


def _target_scaler(module: Any, network: Any) -> Any:
    """The scaler of a generated file, as the network's has learned."""
    from sklearn.preprocessing import StandardScaler

    learned = network._target_scaler
    scaler = StandardScaler()
    scaler.mean_ = learned.mean_
    scaler.scale_ = learned.scale_
    scaler.var_ = learned.scale_**2
    scaler.n_features_in_ = len(learned.mean_)
    target = module.TargetScaler()
    target.scaler = scaler
    target.low, target.high = network._target_range
    return target
