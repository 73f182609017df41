"""The docstring and the command line of a generated file, as source."""

from __future__ import annotations

import textwrap

from ._fragment import Fragment
from ._literals import call
from ._task import Task
from .preparers import Command

_DOCSTRING = '''"""{description}.

{train}

    python {file}{to_train}

{predict}

    python {file}{to_predict}
"""'''

_HEAD = """import argparse
import os

# What TensorFlow has to say as it works, errors of its own apart.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

if __name__ == "__main__":
    # Before Keras is imported, which takes seconds that --help need not wait for.
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
{arguments}
    arguments = parser.parse_args()"""

_CODE = '''def main(arguments: argparse.Namespace) -> None:
    """Train and evaluate, or predict."""
    path = arguments.predict or arguments.data or DATA
{target}    if arguments.predict and not {kept}.exists():
        sys.exit(f"{{{kept}}} is not there: train first, without --predict.")
    try:
        if arguments.predict:
{read}
        else:
            X, y = load_data({load})
    except (OSError, ValueError) as error:  # the data are not as they should be
        sys.exit(f"{{path}}: {{error}}")
    if arguments.predict:
{predicted}
        print(predicted.to_csv(index=False), end="")
        return
{split}
    trained = train(X_train, y_train)
{report}    for name, value in evaluate(trained, X_test, y_test).items():
        print(f"{{name:18}} {{value:.4f}}")
    save(trained)


if __name__ == "__main__":
    main(arguments)'''


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
        "are predicted, and keep what was learned beside this file:"
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


def head_source(command: Command) -> str:
    """Write what comes before Keras is imported: the command line.

    Parameters
    ----------
    command : Command

    Returns
    -------
    source : str
    """
    taken = [
        ('"--data"', f'help="{command.data} to train on"'),
        *command.arguments,
        ('"--predict"', 'metavar="FILE"', f'help="{command.data} to predict for"'),
    ]
    return _HEAD.format(
        arguments="\n".join(call("parser.add_argument(", each) for each in taken)
    )


def main_source(
    command: Command, task: Task, *, stratifies: bool, kept: str = "MODEL"
) -> Fragment:
    """Write ``main``, and its call.

    Parameters
    ----------
    command : Command
    task : Task
    stratifies : bool
        Whether what is held out keeps the shares of the classes.
    kept : str, default="MODEL"
        The file that is there after a training, as an expression.

    Returns
    -------
    source : Fragment
    """
    split = ["X", "y", "test_size=TEST_SHARE", "random_state=SEED"]
    if stratifies:
        split.append("stratify=y")
    target = "    target = arguments.target or TARGET\n" if command.arguments else ""
    report = "    print(report_classes(trained, X_test, y_test))\n"
    code = _CODE.format(
        target=target,
        kept=kept,
        read="\n".join(f"            {line}" for line in command.read),
        predicted=call("predicted = pd.DataFrame(", command.table, indent=8),
        load=command.load,
        split=call("X_train, X_test, y_train, y_test = train_test_split(", split),
        report=report if task.is_classifier else "",
    )
    return Fragment.of(
        code,
        "import sys",
        "import pandas as pd",
        "from sklearn.model_selection import train_test_split",
    )
