"""Run in a process of its own: what generated files answer without this package.

Takes a folder of cases and the names of those that are to be trained again, and writes
``answers.json`` into the folder.
"""

import importlib.util
import json
import sys
from argparse import Namespace
from contextlib import redirect_stdout
from importlib.abc import MetaPathFinder
from io import StringIO
from pathlib import Path

import numpy as np


class _Blocked(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "skautogen":
            raise ImportError("a generated file asked for skautogen")
        return None


def answer(folder: Path, *, trains: bool) -> dict:
    spec = importlib.util.spec_from_file_location("model", folder / "model.py")
    model = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(model)
    data = next(folder.glob("data*"))
    # A table says which column is the target.
    target = [model.TARGET] if hasattr(model, "TARGET") else []
    X, y = model.load_data(str(data), *target)
    loaded = model.load()
    predict = getattr(model, "predict_proba", model.predict)
    np.save(folder / "answers.npy", predict(loaded, X))
    found, again = {}, None
    is_ensemble = hasattr(model, "NETWORKS")
    if trains:
        trained = model.train(X, y)
        found["n_networks"] = len(trained) if is_ensemble else 1
        found["metrics"] = model.evaluate(trained, X, y)
        again = getattr(trained, "preprocessing", None)
        found["printed"] = _predict_by_command(model, data)
    elif hasattr(model, "make_preprocessing") and not is_ensemble:
        again = model.make_preprocessing().fit(X, y)
    if again is not None:
        found["preparation_differs_by"] = _distance(loaded.preprocessing, again, X)
    return found


def _predict_by_command(model, data: Path) -> list[str]:
    """The lines that the command line prints."""
    arguments = Namespace(predict=str(data), data=None, target=None)
    with redirect_stdout(StringIO()) as printed:
        model.main(arguments)
    return printed.getvalue().splitlines()


def _distance(one, other, X) -> float:
    made, again = one.transform(X), other.transform(X)
    if made.shape != again.shape:  # weights of terms: padded, and cut, elsewhere
        made, again = (
            -np.sort(-np.abs(each[:, 1]), axis=1)[:, :100] for each in (made, again)
        )
    return float(np.abs(made - again).max())


def main() -> None:
    sys.meta_path.insert(0, _Blocked())
    folder, trained = Path(sys.argv[1]), sys.argv[2:]
    answers = {}
    for case in sorted(folder.iterdir()):
        answers[case.name] = answer(case, trains=case.name in trained)
    assert "skautogen" not in sys.modules
    (folder / "answers.json").write_text(json.dumps(answers))


if __name__ == "__main__":
    main()
