"""Pictures as parts of a page: drawn off the screen, written into the page itself."""

from __future__ import annotations

import base64
import io
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ._html import Html, element, escape

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Drawings larger than this, such as thousands of points, are kept as pixels.
_MOST_BYTES = 250_000
# That a side may have as pixels: matplotlib draws no more.
_PIXELS_PER_INCH, _MOST_PIXELS = 160, 2**16


@contextmanager
def plain_style() -> Iterator[None]:
    """Draw in matplotlib's own style, whatever the user has set.

    Raises
    ------
    ImportError
        If matplotlib is not installed.
    """
    from ._axes import load_pyplot

    load_pyplot()
    import matplotlib.style

    settings = {"font.size": 9.0, "svg.hashsalt": "skautogen", "savefig.dpi": "figure"}
    with matplotlib.style.context(["default", settings]):
        yield


def picture(
    draw: Callable[..., object],
    size: tuple[float, float],
    *,
    alt: str,
    caption: object = "",
    fills: bool = False,
) -> Html:
    """Draw a picture and make it a part of a page.

    Parameters
    ----------
    draw : callable
        ``draw(ax=ax)``, on axes of a figure that pyplot does not know.
    size : tuple of float
        Width and height, in inches.
    alt : str
        What the picture shows, for those who do not see it.
    caption : object, default=""
        Text below it.
    fills : bool, default=False
        Whether the axes are all of the figure, without a margin.

    Returns
    -------
    piece : Html
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=size, layout=None if fills else "constrained")
    FigureCanvasAgg(figure)
    with warnings.catch_warnings():
        # Names in scripts that matplotlib's font lacks stand in the tables as well.
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        draw(ax=figure.add_axes((0, 0, 1, 1)) if fills else figure.add_subplot())
        data = _as_data(figure)
    # 96 pixels of a page are an inch.
    image = (
        f'<img src="{data}" alt="{escape(alt)}" '
        f'width="{96 * size[0]:.0f}" height="{96 * size[1]:.0f}">'
    )
    below = element("figcaption", caption) if caption else Html("")
    return element("figure", Html(image + below))


def _as_data(figure: Figure) -> str:
    """The picture as an address that holds all of it."""
    kind, written = "svg+xml", _written(figure, "svg", metadata={"Date": None})
    fits = _PIXELS_PER_INCH * max(figure.get_size_inches()) < _MOST_PIXELS
    if len(written) > _MOST_BYTES and fits:
        kind, written = "png", _written(figure, "png", dpi=_PIXELS_PER_INCH)
    return f"data:image/{kind};base64,{base64.b64encode(written).decode('ascii')}"


def _written(figure: Figure, kind: str, **options: Any) -> bytes:
    file = io.BytesIO()
    figure.savefig(file, format=kind, transparent=True, **options)
    return file.getvalue()
