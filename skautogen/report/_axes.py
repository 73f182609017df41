"""What all pictures share: colours, where they are drawn, and their frame."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ._naming import printable, short_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# From the palette of Okabe and Ito (2008), told apart with any kind of colour vision.
BLUE, ORANGE, VERMILION, BLACK = "#0072B2", "#E69F00", "#D55E00", "#000000"
GREY = "#777777"
CURVE_COLORS = (BLUE, VERMILION, "#009E73", ORANGE, "#CC79A7", "#56B4E9", BLACK)

# 800 x 450 pixels at matplotlib's default resolution, in inches.
_WIDTH, _HEIGHT = 8.0, 4.5


def load_pyplot() -> Any:
    """Import matplotlib.

    Returns
    -------
    pyplot : module

    Raises
    ------
    ImportError
        If it is not installed.
    """
    try:
        import matplotlib.pyplot as plt
    except ImportError as error:
        raise ImportError(
            "Pictures need matplotlib, which could not be imported: "
            'pip install "skautogen[plots]"'
        ) from error
    return plt


def check_axes(
    ax: Axes | None, *, width: float = _WIDTH, height: float = _HEIGHT
) -> Axes:
    """Give the axes to draw on: those given, or those of a new figure of pyplot's.

    Parameters
    ----------
    ax : matplotlib.axes.Axes or None
    width, height : float, default=8, 4.5
        Of a new figure, in inches.

    Returns
    -------
    ax : matplotlib.axes.Axes

    Raises
    ------
    ImportError
        If matplotlib is not installed.
    TypeError
        If `ax` is something else.
    """
    plt = load_pyplot()
    if ax is not None and not hasattr(ax, "plot"):
        raise TypeError(
            f"ax must be matplotlib Axes, or None for a new figure; got {ax!r}. Other "
            "arguments are given by name, such as x='params'."
        )
    if ax is None:
        _, ax = plt.subplots(figsize=(width, height), layout="constrained")
    return ax


def split_axes(
    ax: Axes | None,
    n_panels: int,
    *,
    n_columns: int,
    panel: tuple[float, float],
    share_y: bool = False,
) -> np.ndarray:
    """Divide the place of one pair of axes among panels.

    Parameters
    ----------
    ax : matplotlib.axes.Axes or None
        Made by ``subplots``, and empty from now on; None makes a new figure.
    n_panels : int
    n_columns : int
        Most panels side by side.
    panel : tuple of float
        Width and height of a panel of a new figure, in inches.
    share_y : bool, default=False
        Whether all have the same scale upwards.

    Returns
    -------
    axes : ndarray of Axes of shape (n_panels,)

    Raises
    ------
    ImportError
        If matplotlib is not installed.
    ValueError
        If `ax` has a place of its own that cannot be divided.
    """
    n_columns = min(n_columns, n_panels)
    n_rows = -(-n_panels // n_columns)
    ax = check_axes(ax, width=panel[0] * n_columns, height=panel[1] * n_rows)
    place = ax.get_subplotspec()
    if place is None:
        raise ValueError(
            "ax must be one of a grid, as plt.subplots() gives, for several panels to "
            "share its place; got axes that were put at a place of their own."
        )
    figure = ax.figure
    ax.remove()
    grid = place.subgridspec(n_rows, n_columns)
    panels: list[Axes] = []
    for number in range(n_panels):
        first = panels[0] if share_y and panels else None
        panels.append(figure.add_subplot(grid[divmod(number, n_columns)], sharey=first))
    return np.array(panels, dtype=object)


def finish(ax: Axes, *, x: str, y: str, whole_x: bool = False) -> None:
    """Label the axes and put a grid behind what is drawn.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    x, y : str
        Labels.
    whole_x : bool, default=False
        Whether only whole numbers are marked along x.
    """
    from matplotlib.ticker import MaxNLocator

    ax.set_xlabel(plain(x))
    ax.set_ylabel(plain(y))
    if whole_x:
        ax.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    ax.grid(alpha=0.3)
    ax.set_axisbelow(True)


def tell(ax: Axes, sentence: str) -> None:
    """Say in the place of a picture why there is none."""
    lines = "\n".join(textwrap.wrap(plain(sentence), 60))
    ax.text(
        0.5, 0.5, lines, transform=ax.transAxes, ha="center", va="center", color=GREY
    )
    ax.set_axis_off()


def plain(text: str) -> str:
    """A text that matplotlib can write, and does not read as a formula."""
    return printable(text).replace("$", r"\$")


def shorten(name: object, most: int) -> str:
    """A name for a picture: not too long, and not read as a formula."""
    return plain(short_name(name, most))


def text_is_long(names: Sequence[str], *, most: int) -> bool:
    """Whether names would run into each other side by side."""
    return sum(map(len, names)) > most
