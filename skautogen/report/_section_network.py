"""The part of the page about the best network, and who answers with it."""

from __future__ import annotations

from functools import partial
from typing import Any

from sklearn.base import is_classifier

from ._html import (
    Html,
    bar,
    element,
    join,
    paragraph,
    table,
)
from ._naming import name_of
from ._pictures import picture
from ._plot_history import plot_history
from ._plot_structure import draft_structure, draw_structure

_PICTURE = (5.0, 3.3)


def network_section(estimator: Any) -> Html:
    """Hyper-parameters and structure of the best network, and who answers with it."""
    from ..architectures import get_architecture

    network = estimator.best_estimator_.named_steps["network"]
    drawing = draft_structure(estimator.model_)
    structure = picture(
        partial(draw_structure, drawing, is_to_scale=True),
        (drawing.width, drawing.height),
        alt=f"The {len(estimator.model_.layers)} layers of the network, from its input "
        "to its output.",
        fills=True,
    )
    n_params = estimator.model_.count_params()
    architecture = get_architecture(network.architecture).name
    chosen = [(name, name_of(value)) for name, value in estimator.best_params_.items()]
    facts = [
        ("architecture", architecture),
        ("parameters", f"{n_params:,}"),
        ("epochs trained", f"{estimator.n_iter_:,}"),
    ]
    pieces = [table(["the network", "value"], facts, name="The network")]
    if chosen:
        pieces += [
            element("h3", "Its hyper-parameters"),
            table(
                ["hyper-parameter", "value"],
                chosen,
                name="Hyper-parameters",
            ),
        ]
    pieces += [
        paragraph(
            "What is not listed is as the architecture has it by default.", is_note=True
        ),
        picture(
            partial(plot_history, estimator.history_),
            _PICTURE,
            alt=f"Line of the loss over {estimator.n_iter_} epochs, down to "
            f"{min(estimator.history_['loss']):.4g}.",
            caption="Its training on all rows.",
        ),
        _ensemble(estimator),
    ]
    scrolled = element(
        "div",
        structure,
        class_="tall",
        tabindex="0",
        role="region",
        aria_label="Structure of the network",
    )
    beside = join([element("div", join(pieces)), scrolled])
    return element("div", beside, class_="beside")


def _ensemble(estimator: Any) -> Html:
    heading = element("h3", "Who answers")
    if not estimator.ensemble_:
        return join([heading, paragraph("This network answers alone.")])
    scores = estimator.cv_results_[f"mean_test_{estimator._refit_metric()}"]
    weights = sorted(estimator.ensemble_weights_.items(), key=lambda each: -each[1])
    rows = [(row, scores[row], weight, bar(weight)) for row, weight in weights]
    temperature = estimator.ensemble_.temperature
    tempered = (
        f" Probabilities are made as sure as they are right, by a temperature of "
        f"{temperature:.3g}." * is_classifier(estimator)
    )
    return join(
        [
            heading,
            paragraph(
                f"{len(estimator.ensemble_)} networks answer together: those of the "
                "folds of these candidates, weighted, and the best trained on all rows."
                f"{tempered}"
            ),
            table(
                ["candidate", "score", "weight", "bar"],
                rows,
                name="Ensemble",
            ),
        ]
    )
