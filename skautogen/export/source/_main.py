"""The docstring and the command line of a generated file, as source."""

from __future__ import annotations

import textwrap

from ._fragment import Fragment
from ._literals import call
from .preparers import Command

_DOCSTRING = '''"""{description}.

{train}

    python {file}{to_train}

{predict}

    python {file}{to_predict}
"""'''

_CODE = '''def main() -> None:
    """Train and evaluate, or predict."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
{arguments}
    arguments = parser.parse_args()
    if arguments.predict:
{read}
{predicted}
        print(predicted.to_csv(index=False), end="")
        return
    X, y = load_data({load})
{split}
    trained = train(X_train, y_train)
    for name, value in evaluate(trained, X_test, y_test).items():
        print(f"{{name:18}} {{value:.4f}}")
    save(trained)


if __name__ == "__main__":
    main()'''


def docstring_source(command: Command, description: str, file: str) -> str:
    """Write the docstring of a file.

    Parameters
    ----------
    command : Command
    description : str
        Of the network.
    file : str
        Its name.

    Returns
    -------
    source : str
    """
    train = (
        f"Train on a {command.data}, print how well {command.unit} that were held out "
        "are predicted, and keep the network beside this file:"
    )
    to_train, to_predict = (f" {each}".rstrip() for each in command.examples)
    return _DOCSTRING.format(
        description=description,
        train=textwrap.fill(train, 88),
        predict=f"Then predict for {command.to_predict}:",
        file=file,
        to_train=to_train,
        to_predict=to_predict,
    )


def main_source(command: Command, *, stratifies: bool) -> Fragment:
    """Write ``main``, and its call.

    Parameters
    ----------
    command : Command
    stratifies : bool
        Whether what is held out keeps the shares of the classes.

    Returns
    -------
    source : Fragment
    """
    taken = [
        ('"--data"', "default=DATA", f'help="{command.data} to train on"'),
        *command.arguments,
        ('"--predict"', 'metavar="FILE"', f'help="{command.data} to predict for"'),
    ]
    split = ["X", "y", "test_size=TEST_SHARE", "random_state=SEED"]
    if stratifies:
        split.append("stratify=y")
    code = _CODE.format(
        arguments="\n".join(call("parser.add_argument(", each) for each in taken),
        read="\n".join(f"        {line}" for line in command.read),
        predicted=call("predicted = pd.DataFrame(", command.table, indent=8),
        load=command.load,
        split=call("X_train, X_test, y_train, y_test = train_test_split(", split),
    )
    return Fragment.of(
        code,
        "import argparse",
        "import pandas as pd",
        "from sklearn.model_selection import train_test_split",
    )
