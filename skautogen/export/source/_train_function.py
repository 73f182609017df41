"""The function that trains a network, as source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ._literals import call, exploded
from .preparers import PreparationSource


@dataclass(frozen=True)
class TrainFunction:
    """The function ``train``, by what it has to do.

    Attributes
    ----------
    loss : str
        As ``compile`` takes it.
    is_classifier : bool
    one_hot : bool
        Whether the loss wants one-hot labels.
    weighs, repeats : bool
        Whether classes have weights; whether these count as rows in the preparation.
    watches, stratifies : bool
        Whether early stopping watches rows; whether in the shares of the classes.
    is_scheduled : bool
        Whether the rate changes.
    preparation : PreparationSource
    of_many : bool, default=False
        Whether it trains one of several networks, by ``settings``.
    terms : mapping of str to str, default={}
        What stands for constants that differ from network to network.
    build : str, default="build_model"
        What builds the model.
    build_takes, optimizer_takes : tuple of str, default=()
        What is given to it, and to ``make_optimizer``, before anything else.
    """

    loss: str
    is_classifier: bool
    one_hot: bool
    weighs: bool
    watches: bool
    stratifies: bool
    is_scheduled: bool
    repeats: bool
    preparation: PreparationSource
    of_many: bool = False
    terms: Mapping[str, str] = field(default_factory=dict)
    build: str = "build_model"
    build_takes: tuple[str, ...] = ()
    optimizer_takes: tuple[str, ...] = ()

    def _term(self, name: str) -> str:
        """A constant, or what stands for it."""
        return self.terms.get(name, name)

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
        head = "def train(X: Inputs, y: np.ndarray) -> Trained:"
        if self.of_many:
            X = f"X: {self.preparation.inputs}"
            taken = "settings: Settings", X, "y: np.ndarray"
            head = call("def train_network(", taken, " -> Network:", 0)
        lines = [
            head,
            f'    """Fit the {self._fitted}."""',
            f"    keras.utils.set_random_seed({self._term('SEED')})",
        ]
        lines += self._prepare()
        lines += self._split()
        lines += self._fit()
        values = [] if self.preparation.is_raw else ["preprocessing"]
        values += ["model"] if self.is_classifier else ["target", "model"]
        if self.of_many:
            values.insert(0, "settings.weight")
        name = "Network" if self.of_many else "Trained"
        made = f"{name}({', '.join(values)})" if len(values) > 1 else "model"
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
        sizes = [size.made] if size else []
        lines = [f"    model = {self.build}({', '.join([*self.build_takes, *sizes])})"]
        epochs, batch_size = self._term("EPOCHS"), self._term("BATCH_SIZE")
        if self.is_scheduled:
            counted = "rows" if self.watches else self._inputs
            lines.append(
                f"    n_steps = {epochs} * math.ceil(len({counted}) / {batch_size})"
            )
        taken = [*self.optimizer_takes, *(["n_steps"] if self.is_scheduled else [])]
        lines += [
            "    # XLA takes longer to compile a small network than it trains.",
            call(
                "model.compile(",
                [
                    f"optimizer=make_optimizer({', '.join(taken)})",
                    f"loss={self.loss}",
                    "jit_compile=False",
                ],
            ),
        ]
        arguments = [f"{self._inputs}{rows}", f"targets{rows}"]
        if self.weighs:
            mean = f"weights{rows} / weights{rows}.mean()"
            arguments.append(f"sample_weight={mean}")
        arguments += [f"batch_size={batch_size}", f"epochs={epochs}"]
        callbacks = []
        if self.watches:
            lines += self._watch()
            callbacks.append("stopping")
            arguments.append("validation_data=validation")
        if not self.of_many:
            shown = "keras.callbacks.LambdaCallback(on_epoch_end=log_progress)"
            lines.append(f"    shown = {shown}")
            callbacks.append("shown")
        if callbacks:
            arguments.append(f"callbacks=[{', '.join(callbacks)}]")
        return [*lines, call("model.fit(", [*arguments, "verbose=0"])]

    def _watch(self) -> list[str]:
        values = [f"{self._inputs}[watched]", "targets[watched]"]
        if self.weighs:
            values.append("weights[watched] / weights[watched].mean()")
        patience, restores = self._term("PATIENCE"), "restore_best_weights=True"
        validation = f"    validation = ({', '.join(values)})"
        if len(validation) > 88:
            validation = exploded("    validation = (", values, "    )", 4)
        return [
            validation,
            "    stopping = keras.callbacks.EarlyStopping(",
            f'        monitor="val_loss", patience={patience}, {restores}',
            "    )",
        ]
