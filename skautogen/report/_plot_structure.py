"""The picture of a network; needs the extra ``plots`` (matplotlib)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ._axes import check_axes, shorten
from ._layout import Layout, Point, arrange
from ._structure import Box, Diagram, Role, read_structure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Sizes of the letters, in points; and all that follows in inches.
_TITLE, _LINE = 9.0, 7.5
_LEADING, _PADDING, _LEAST_WIDTH, _MOST_LETTERS = 0.155, 0.09, 1.5, 44
_FRAME, _HEADLINE, _MARGIN = 0.16, 0.3, 0.1

_FILLS = {
    Role.INPUT: "#ECECEC",
    Role.DENSE: "#D6E8F5",
    Role.CONVOLUTION: "#D3EEE3",
    Role.SEQUENCE: "#FBE9C6",
    Role.OTHER: "#F6F6F6",
    Role.MODEL: "#FAFAFA",
    Role.OUTPUT: "#F8DDCB",
}
_EDGE, _PALE = "#555555", "#555555"


def plot_structure(model: Any, *, ax: Axes | None = None) -> Axes:
    """Draw what a network is made of, from its inputs to its outputs.

    Choose it to see at a glance how deep and wide a network is, where its branches
    meet, and which layers hold its parameters. ``model.summary()`` of Keras has the
    same as a table.

    Parameters
    ----------
    model : keras.Model
        Built: the ``model_`` of an estimator, or any other.
    ax : matplotlib.axes.Axes, default=None
        Where to draw, as large as there is room. None makes a new figure through
        pyplot, as large as the network.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ImportError
        If matplotlib is not installed.

    Notes
    -----
    A box is a layer: its class, its settings, and at the bottom the shape of what it
    gives for a row and the number of its parameters. An activation, dropout or
    normalisation right behind a layer stands in the box of that layer. A model inside
    the model is a frame around its layers, or one box if these are many. Layers of a
    subclassed model, which does not tell how they are connected, have no arrows.

    Examples
    --------
    >>> import keras
    >>> from skautogen.report import plot_structure
    >>> inputs = keras.Input((4,))
    >>> outputs = keras.layers.Dense(1)(keras.layers.Dense(8)(inputs))
    >>> ax = plot_structure(keras.Model(inputs, outputs))
    >>> ax.get_title()
    'Network of 49 parameters'
    """
    drawing = draft_structure(model)
    is_new = ax is None
    ax = check_axes(ax, width=max(drawing.width, 3.0), height=drawing.height + 0.4)
    ax.set_title(_title(model, drawing), fontsize=_TITLE + 1.5)
    draw_structure(drawing, ax, is_to_scale=is_new)
    return ax


def _title(model: Any, drawing: Drawing) -> str:
    title = f"Network of {model.count_params():,} parameters"
    if drawing.is_connected:
        return title
    return f"{title},\nconnected in an unknown way"


@dataclass(frozen=True)
class Drawing:
    """A structure with the sizes and places of its boxes, in inches."""

    structure: Diagram
    sizes: list[Point]
    inside: list[Drawing | None]
    layout: Layout

    @property
    def width(self) -> float:
        """Of the whole, with a margin."""
        return self.layout.width + 2 * _MARGIN

    @property
    def height(self) -> float:
        """Of the whole, with a margin."""
        return self.layout.height + 2 * _MARGIN

    @property
    def is_connected(self) -> bool:
        """Whether the model tells how its layers are connected."""
        return bool(self.structure.arrows) or len(self.structure.boxes) == 1


def draft_structure(model: Any) -> Drawing:
    """Find where everything stands in the picture of a model.

    Parameters
    ----------
    model : keras.Model

    Returns
    -------
    drawing : Drawing
    """
    return _draft(read_structure(model))


def draw_structure(drawing: Drawing, ax: Axes, *, is_to_scale: bool) -> None:
    """Draw a model.

    Parameters
    ----------
    drawing : Drawing
    ax : matplotlib.axes.Axes
    is_to_scale : bool
        Whether `ax` is as large as the drawing. Otherwise all is made smaller by what
        `ax` lacks.
    """
    ax.set_xlim(-_MARGIN, drawing.layout.width + _MARGIN)
    ax.set_ylim(-drawing.layout.height - _MARGIN, _MARGIN)
    ax.set_aspect("equal")
    ax.set_axis_off()
    _draw(ax, drawing, (0.0, 0.0), 1.0 if is_to_scale else _scale(ax))


def _scale(ax: Axes) -> float:
    """By how much smaller than inches the units of the axes are."""
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    room = ax.get_window_extent()
    dpi = ax.figure.dpi
    scale = min(room.width / dpi / (right - left), room.height / dpi / (top - bottom))
    return min(1.0, float(scale))


def _draft(structure: Diagram) -> Drawing:
    inside = [_draft(box.inside) if box.inside else None for box in structure.boxes]
    sizes = [
        _size(box, within) for box, within in zip(structure.boxes, inside, strict=True)
    ]
    arrows = structure.arrows
    if not arrows:  # one below the other, since that is the order of their making
        arrows = tuple((k, k + 1) for k in range(len(sizes) - 1))
    return Drawing(structure, sizes, inside, arrange(sizes, arrows))


def _size(box: Box, within: Drawing | None) -> Point:
    words = _words(box, is_frame=within is not None)
    widest = max(_width(each) for each in words) + 2 * _PADDING
    if within is not None:
        width = max(within.layout.width + 2 * _FRAME, widest)
        return width, within.layout.height + _HEADLINE + 2 * _FRAME
    return max(_LEAST_WIDTH, widest), len(words) * _LEADING + 2 * _PADDING


@dataclass(frozen=True)
class _Words:
    """A line of a box."""

    text: str
    size: float = _LINE
    weight: str = "normal"
    color: str = "black"


def _words(box: Box, *, is_frame: bool) -> list[_Words]:
    """The lines of a box, from its upper edge on."""
    if is_frame:
        headline = "  ·  ".join([box.title, f"{box.n_params:,} parameters"])
        words = [_Words(headline, weight="bold")]
    else:
        title = _Words(box.title, _TITLE, "bold")
        words = [title, *map(_Words, box.lines), _Words(box.foot, color=_PALE)]
    return [
        replace(each, text=shorten(each.text, _MOST_LETTERS))
        for each in words
        if each.text
    ]


def _width(words: _Words) -> float:
    """How wide a line is, in inches."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(size=words.size, weight=words.weight)
    width, _, _ = text_to_path.get_text_width_height_descent(words.text, font, False)
    return float(width) / 72


def _draw(ax: Axes, drawing: Drawing, origin: Point, scale: float) -> None:
    left, top = origin
    if drawing.structure.arrows:
        for route in drawing.layout.routes:
            _draw_arrow(ax, [(left + x, top + y) for x, y in route], scale)
    every = zip(
        drawing.structure.boxes,
        drawing.sizes,
        drawing.inside,
        drawing.layout.centres,
        strict=True,
    )
    for box, (width, height), within, (x, y) in every:
        corner = left + x - width / 2, top + y - height
        _draw_frame(ax, box, corner, (width, height))
        words = _words(box, is_frame=within is not None)
        _write(ax, words, (left + x, top + y), scale)
        if within is not None:
            free = (width - within.layout.width) / 2
            _draw(
                ax, within, (corner[0] + free, top + y - _HEADLINE - _FRAME / 2), scale
            )


def _draw_frame(ax: Axes, box: Box, corner: Point, size: Point) -> None:
    from matplotlib.patches import FancyBboxPatch

    ax.add_patch(
        FancyBboxPatch(
            corner,
            *size,
            boxstyle="round,pad=0,rounding_size=0.06",
            facecolor=_FILLS[box.role],
            edgecolor=_EDGE,
            linewidth=0.8,
            linestyle="--" if box.role is Role.MODEL else "-",
            zorder=2,
        )
    )


def _write(ax: Axes, words: list[_Words], top: Point, scale: float) -> None:
    """Write the lines of a box, from its upper edge on."""
    for number, each in enumerate(words):
        ax.text(
            top[0],
            top[1] - _PADDING - (number + 0.5) * _LEADING,
            each.text,
            fontsize=each.size * scale,
            color=each.color,
            fontweight=each.weight,
            ha="center",
            va="center",
            zorder=3,
        )


def _draw_arrow(ax: Axes, route: list[Point], scale: float) -> None:
    """Draw an arrow that leaves, and arrives at, each point straight down."""
    from matplotlib.patches import FancyArrowPatch
    from matplotlib.path import Path

    points, codes = [route[0]], [Path.MOVETO]
    for (x, y), (to_x, to_y) in pairwise(route):
        middle = (y + to_y) / 2
        points += [(x, middle), (to_x, middle), (to_x, to_y)]
        codes += [Path.CURVE4] * 3
    ax.add_patch(
        FancyArrowPatch(
            path=Path(points, codes),
            arrowstyle="-|>",
            mutation_scale=9 * scale,
            color=_EDGE,
            linewidth=1.0,
            zorder=2.5,
        )
    )
