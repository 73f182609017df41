"""The training of a network as source: optimizer, schedule, and the fit itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ._fragment import Fragment
from ._literals import call, exploded
from ._refusal import CannotGenerateError
from ._schedules import SCHEDULE_SOURCES
from .preparers import PreparationSource

_OPTIMIZERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "sgd": ("SGD", ()),
    "momentum": ("SGD", ("momentum=0.9", "nesterov=True")),
    "rmsprop": ("RMSprop", ()),
    "adagrad": ("Adagrad", ()),
    "adam": ("Adam", ()),
    "adamw": ("AdamW", ()),
    "nadam": ("Nadam", ()),
    "lion": ("Lion", ()),
}


@dataclass(frozen=True)
class TrainingSource:
    """What trains a network.

    Attributes
    ----------
    parts : tuple of str
        Files of :mod:`.parts` that it needs.
    functions : Fragment
        ``make_optimizer`` and ``train``.
    settings : dict of str -> object
        Constants at the head of the file.
    """

    parts: tuple[str, ...]
    functions: Fragment
    settings: dict[str, Any]


def training_source(
    network: Any,
    class_weight: Any,
    preparation: PreparationSource,
    *,
    stratifies: bool,
) -> TrainingSource:
    """Write the functions that train a network as it was trained.

    Parameters
    ----------
    network : NetworkClassifier or NetworkRegressor
        Fitted.
    class_weight : dict, "balanced" or None
    preparation : PreparationSource
    stratifies : bool
        Whether rows are held out in the shares of the classes.

    Returns
    -------
    source : TrainingSource

    Raises
    ------
    CannotGenerateError
        If the training is not described by its hyper-parameters.
    """
    strategy = network.strategy
    _refuse_what_is_not_told(network, strategy)
    schedule = SCHEDULE_SOURCES[strategy.schedule]
    watches = "val_loss" in network.history_
    # Without a watch, a training that ends sooner was given less time.
    n_epochs = strategy.n_epochs if watches else len(network.history_["loss"])
    settings: dict[str, Any] = {
        "SEED": int(network.seed),
        "EPOCHS": n_epochs,
        "BATCH_SIZE": strategy.rows_per_step(network.X_shape_[0]),
        "LEARNING_RATE": float(strategy.learning_rate),
    }
    if strategy.weight_decay:
        settings["WEIGHT_DECAY"] = float(strategy.weight_decay)
    if strategy.label_smoothing:
        settings["LABEL_SMOOTHING"] = float(strategy.label_smoothing)
    if class_weight is not None:
        settings["CLASS_WEIGHT"] = _plain_weights(class_weight)
    if watches:
        settings |= {"PATIENCE": strategy.patience, "HOLD_OUT": 0.15}
    train = _Train(
        loss=_loss(network, strategy),
        is_classifier=hasattr(network, "classes_"),
        one_hot=_is_one_hot(network, strategy),
        weighs=class_weight is not None,
        repeats=preparation.counts_weights and _count_more_than_once(class_weight),
        watches=watches,
        stratifies=stratifies,
        is_scheduled=bool(schedule.lines),
        preparation=preparation,
    )
    optimizer = _make_optimizer(network, strategy, schedule.lines)
    functions = Fragment.of(f"{optimizer}\n\n\n{train.code}", *train.imports)
    target = "labels" if train.is_classifier else "target_scaler"
    return TrainingSource((*schedule.parts, target), functions, settings)


def _refuse_what_is_not_told(network: Any, strategy: Any) -> None:
    if network.callbacks:
        names = ", ".join(type(each).__name__ for each in network.callbacks)
        raise CannotGenerateError(
            f"callbacks ({names}) are code of yours that cannot be written as source. "
            "Fit with callbacks=None."
        )
    if strategy.last_epoch != strategy.n_epochs:
        raise CannotGenerateError(
            f"The network was left after {strategy.last_epoch} of {strategy.n_epochs} "
            "epochs, and a generated training goes through all of its schedule. Fit "
            "with another search."
        )


def _plain_weights(class_weight: Any) -> Any:
    if isinstance(class_weight, str):
        return class_weight
    plain = {_plain(label): _plain(weight) for label, weight in class_weight.items()}
    if not all(weight > 0 for weight in plain.values()):
        raise CannotGenerateError(
            f"class_weight={class_weight!r} leaves classes out, which a generated "
            "training does not. Remove their rows before fit."
        )
    return plain


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value


def _count_more_than_once(class_weight: Any) -> bool:
    """Whether rows are to the preparation as if repeated by their weights."""
    if not isinstance(class_weight, Mapping):
        return False
    weights = list(class_weight.values())
    return max(weights) > 1 and all(weight == int(weight) for weight in weights)


def _is_one_hot(network: Any, strategy: Any) -> bool:
    """Whether the loss wants one-hot labels: Keras smooths no others."""
    several = len(getattr(network, "classes_", ())) > 2
    return bool(strategy.label_smoothing) and several


def _loss(network: Any, strategy: Any) -> str:
    if not hasattr(network, "classes_"):
        return '"mean_squared_error"'
    kind = "Binary" if len(network.classes_) == 2 else "Categorical"
    if strategy.label_smoothing:
        name = f"keras.losses.{kind}Crossentropy"
        return f"{name}(label_smoothing=LABEL_SMOOTHING)"
    name = "binary" if kind == "Binary" else "sparse_categorical"
    return f'"{name}_crossentropy"'


def _make_optimizer(network: Any, strategy: Any, schedule: tuple[str, ...]) -> str:
    name, settings = _OPTIMIZERS[strategy.optimizer]
    rate = "rate" if schedule else "LEARNING_RATE"
    arguments = [f"learning_rate={rate}", *settings]
    if strategy.weight_decay:
        arguments.append("weight_decay=WEIGHT_DECAY")
    elif strategy.optimizer == "adamw":
        arguments.append("weight_decay=0.0")
    taken = "n_steps: int" if schedule else ""
    lines = [
        f"def make_optimizer({taken}) -> keras.optimizers.Optimizer:",
        f'    """Make the optimizer{", with its schedule" if schedule else ""}."""',
    ]
    if any("schedules." in line for line in schedule):
        lines.append("    schedules = keras.optimizers.schedules")
    lines += [f"    {line}" for line in schedule]
    made = f"keras.optimizers.{name}("
    if not strategy.weight_decay:
        return "\n".join([*lines, call(f"return {made}", arguments)])
    lines.append(call(f"optimizer = {made}", arguments))
    spared = _spared_names(network.model_)
    if spared:
        lines.append(
            call("optimizer.exclude_from_weight_decay(", [f"var_names={spared}"])
        )
    return "\n".join([*lines, "    return optimizer"])


def _spared_names(model: Any) -> str:
    """Names of the variables that do not decay, as source; those that there are."""
    from ...training._optimizers import _DO_NOT_DECAY
    from ._literals import literal

    names = [variable.name for variable in model.trainable_variables]
    spared = [part for part in _DO_NOT_DECAY if any(part in name for name in names)]
    return literal(spared) if spared else ""


@dataclass(frozen=True)
class _Train:
    """The function ``train``, by what it has to do."""

    loss: str
    is_classifier: bool
    one_hot: bool
    weighs: bool
    watches: bool
    stratifies: bool
    is_scheduled: bool
    repeats: bool
    preparation: PreparationSource

    @property
    def _inputs(self) -> str:
        """What the network is given."""
        return "X" if self.preparation.is_raw else "inputs"

    @property
    def imports(self) -> list[str]:
        found = ["import keras", "import numpy as np"]
        found += self.preparation.imports_of_inputs
        if self.is_scheduled:
            found.append("import math")
        if self.weighs:
            found.append("from sklearn.utils.class_weight import compute_sample_weight")
        if self.watches:
            found.append("from sklearn.model_selection import train_test_split")
        return found

    @property
    def code(self) -> str:
        lines = [
            "def train(X: Inputs, y: np.ndarray) -> Trained:",
            f'    """Fit the {self._fitted}."""',
            "    keras.utils.set_random_seed(SEED)",
        ]
        lines += self._prepare()
        lines += self._split()
        lines += self._fit()
        values = [] if self.preparation.is_raw else ["preprocessing"]
        values += ["model"] if self.is_classifier else ["target", "model"]
        made = f"Trained({', '.join(values)})" if len(values) > 1 else "model"
        return "\n".join([*lines, f"    return {made}"])

    @property
    def _fitted(self) -> str:
        """What is fitted, in words."""
        return "network" if self.preparation.is_raw else "preprocessing and the network"

    def _prepare(self) -> list[str]:
        lines = []
        if self.weighs:
            lines.append("    weights = compute_sample_weight(CLASS_WEIGHT, y)")
        if self.preparation.is_raw:
            return lines
        fitted = ["X"]
        if self.repeats:
            lines += [
                "    # The preprocessing counts a row of weight 2 twice.",
                "    counted = np.repeat(np.arange(len(X)), weights.astype(int))",
            ]
            fitted = ["X.iloc[counted]"]
        if self.preparation.fits_target:
            fitted.append("y")
        return [
            *lines,
            f"    preprocessing = make_preprocessing().fit({', '.join(fitted)})",
            "    inputs = preprocessing.transform(X)",
        ]

    def _split(self) -> list[str]:
        """The targets as the network wants them, and rows for early stopping."""
        lines = []
        if self.is_classifier:
            lines.append("    targets = encode_labels(y)")
        elif self.watches:
            lines.append("    y = y.reshape(len(y), -1)")
        if self.watches:
            arguments = [f"np.arange(len({self._inputs}))", "test_size=HOLD_OUT"]
            arguments.append("random_state=SEED")
            if self.stratifies:
                arguments.append("stratify=targets")
            lines.append(call("rows, watched = train_test_split(", arguments))
        if not self.is_classifier:
            given = "y" if self.watches else "y.reshape(len(y), -1)"
            fitted = "y[rows]" if self.watches else given
            lines += [
                f"    target = TargetScaler().fit({fitted})",
                f"    targets = target.transform({given})",
            ]
        if self.one_hot:
            one_hot = "keras.utils.to_categorical(targets, len(CLASSES))"
            lines.append(f"    targets = {one_hot}")
        return lines

    def _fit(self) -> list[str]:
        rows = "[rows]" if self.watches else ""
        size = self.preparation.size
        lines = [f"    model = build_model({size.made if size else ''})"]
        if self.is_scheduled:
            counted = "rows" if self.watches else self._inputs
            lines.append(
                f"    n_steps = EPOCHS * math.ceil(len({counted}) / BATCH_SIZE)"
            )
        steps = "n_steps" if self.is_scheduled else ""
        lines += [
            "    # XLA takes longer to compile a small network than it trains.",
            call(
                "model.compile(",
                [
                    f"optimizer=make_optimizer({steps})",
                    f"loss={self.loss}",
                    "jit_compile=False",
                ],
            ),
        ]
        arguments = [f"{self._inputs}{rows}", f"targets{rows}"]
        if self.weighs:
            mean = f"weights{rows} / weights{rows}.mean()"
            arguments.append(f"sample_weight={mean}")
        arguments += ["batch_size=BATCH_SIZE", "epochs=EPOCHS"]
        if self.watches:
            lines += self._watch()
            arguments += ["validation_data=validation", "callbacks=[stopping]"]
        return [*lines, call("model.fit(", [*arguments, "verbose=2"])]

    def _watch(self) -> list[str]:
        values = [f"{self._inputs}[watched]", "targets[watched]"]
        if self.weighs:
            values.append("weights[watched] / weights[watched].mean()")
        validation = f"    validation = ({', '.join(values)})"
        if len(validation) > 88:
            validation = exploded("    validation = (", values, "    )", 4)
        return [
            validation,
            "    stopping = keras.callbacks.EarlyStopping(",
            '        monitor="val_loss", patience=PATIENCE, restore_best_weights=True',
            "    )",
        ]
