"""The command line of a generated file, as source."""

from __future__ import annotations

from ._fragment import Fragment
from ._literals import call

_CODE = '''def main() -> None:
    """Train and evaluate, or predict."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default=DATA, help="CSV file to train on")
{target}
    parser.add_argument("--predict", metavar="FILE", help="CSV file to predict for")
    arguments = parser.parse_args()
    if arguments.predict:
        X = pick_features(read_table(arguments.predict), arguments.target)
{predicted}
        print(predicted.to_csv(index=False), end="")
        return
    X, y = load_data(arguments.data, arguments.target)
{split}
    trained = train(X_train, y_train)
    for name, value in evaluate(trained, X_test, y_test).items():
        print(f"{{name:18}} {{value:.4f}}")
    save(trained)


if __name__ == "__main__":
    main()'''


def main_source(n_outputs: int, *, stratifies: bool) -> Fragment:
    """Write ``main``, and its call.

    Parameters
    ----------
    n_outputs : int
        How many columns are the target.
    stratifies : bool
        Whether the rows that are held out keep the shares of the classes.

    Returns
    -------
    source : Fragment
    """
    target = ['"--target"', "default=TARGET", 'help="column to predict"']
    columns = "[arguments.target]"
    if n_outputs > 1:
        target = ['"--target"', 'nargs="+"', "default=TARGET"]
        target.append('help="columns to predict"')
        columns = "arguments.target"
    split = ["X", "y", "test_size=TEST_SHARE", "random_state=SEED"]
    if stratifies:
        split.append("stratify=y")
    code = _CODE.format(
        target=call("parser.add_argument(", target),
        predicted=call(
            "predicted = pd.DataFrame(",
            ["predict(load(), X)", f"columns={columns}"],
            indent=8,
        ),
        split=call("X_train, X_test, y_train, y_test = train_test_split(", split),
    )
    return Fragment.of(
        code,
        "import argparse",
        "import pandas as pd",
        "from sklearn.model_selection import train_test_split",
    )
