"""What tests of pictures share."""

import pytest


@pytest.fixture
def ax():
    """Axes of a figure that pyplot does not know."""
    pytest.importorskip("matplotlib")
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(layout="constrained")
    FigureCanvasAgg(figure)
    return figure.add_subplot()
