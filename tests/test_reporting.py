"""Pictures and the page of fitted estimators."""

from __future__ import annotations

import base64
import re
import sys
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.datasets import load_iris
from sklearn.exceptions import FitFailedWarning, NotFittedError
from sklearn.metrics import accuracy_score, confusion_matrix

from skautogen import AutoGenClassifier, AutoGenRegressor

NASTY = '<script>alert("&")</script>'
rng = np.random.default_rng(0)
X, y = load_iris(return_X_y=True)
shuffled = rng.permutation(len(X))
X, y = X[shuffled], y[shuffled]
frame = pd.DataFrame(X, columns=["length", "width", NASTY, "petal"])
labels = np.array([NASTY, "$b$ & c", "_d"], dtype=object)[y]
targets = X[:, :2] @ [[1.0, 2.0], [0.5, -1.0]]

SPACE = {"hidden_layer_sizes": [(8,)], "learning_rate": [0.1, 0.03, 1e25]}
SMALL = {
    "architecture": "mlp",
    "search": "grid",
    "cv": 2,
    "epochs": 4,
    "random_state": 0,
}


class Page(HTMLParser):
    """Elements, their attributes, and the text of a page."""

    VOID = ("meta", "img", "br")

    def __init__(self, path):
        super().__init__()
        self.elements, self.open, self.text = [], [], ""
        self.source = path.read_text(encoding="utf-8")
        self.feed(self.source)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, f"{tag} closes what is not open"

    def handle_data(self, data):
        if "style" not in self.open:
            self.text += " " + " ".join(data.split())

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


def assert_is_whole(page):
    """Whether the page is well formed, and needs nothing beside itself."""
    assert page.open == []
    assert not page.all("script")
    assert not page.all("link")
    assert all(each["src"].startswith("data:image/") for each in page.all("img"))
    assert all(each["alt"] for each in page.all("img"))
    assert all(each["href"].startswith("#") for each in page.all("a"))
    anchors = {each["id"] for _, each in page.elements if "id" in each}
    assert {each["href"][1:] for each in page.all("a")} <= anchors
    assert not re.search(r"(src|href|url)\s*[=(]\s*[\"']?(https?:|//)", page.source)
    assert "$" not in re.sub(r"\$b\$", "", page.text)


@pytest.fixture(scope="module")
def classifier():
    with pytest.warns(FitFailedWarning, match="2 of 6"):  # the rate of 1e25
        return AutoGenClassifier(**SMALL, param_space=SPACE).fit(frame, labels)


@pytest.fixture(scope="module")
def page(classifier, tmp_path_factory):
    """The page of the classifier, judged by the rows that it was fitted to."""
    path = tmp_path_factory.mktemp("page") / "page.html"
    assert classifier.report(str(path), frame, labels) == path
    return Page(path)


@pytest.fixture(scope="module")
def regressor():
    model = AutoGenRegressor(
        **SMALL,
        param_space={"hidden_layer_sizes": [()], "learning_rate": [0.1]},
        scoring=["r2", "neg_mean_absolute_error"],
    )
    return model.fit(X, targets)


@pytest.fixture(autouse=True)
def no_figures_left(monkeypatch):
    """Whatever a test draws, pyplot and matplotlib's settings are as before."""
    plt = pytest.importorskip("matplotlib.pyplot")
    before = dict(plt.rcParams)
    yield
    plt.close("all")
    assert dict(plt.rcParams) == before


# Methods


def test_every_picture_of_a_classifier(classifier, ax_of):
    for draw in (
        classifier.plot_search,
        classifier.plot_history,
        classifier.plot_param_importances,
        classifier.plot_structure,
    ):
        ax = ax_of()
        assert draw(ax=ax) is ax
    assert len(classifier.plot_search(x="params", ax=ax_of())) == 1
    assert classifier.plot_search(x="learning_rate", ax=ax_of()).get_xscale() == "log"
    for draw in (
        classifier.plot_confusion_matrix,
        classifier.plot_roc_curve,
        classifier.plot_precision_recall_curve,
    ):
        ax = ax_of()
        assert draw(frame, labels, ax=ax) is ax


@pytest.fixture
def ax_of():
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    def make():
        figure = Figure()
        FigureCanvasAgg(figure)
        return figure.add_subplot()

    return make


def numbers_in(ax):
    return np.array([float(text.get_text()) for text in ax.texts]).reshape(3, 3)


def test_the_confusion_matrix_is_of_the_rows_given(classifier, ax_of):
    ax = classifier.plot_confusion_matrix(frame[:50], labels[:50], ax=ax_of())
    expected = confusion_matrix(
        labels[:50], classifier.predict(frame[:50]), labels=classifier.classes_
    )
    np.testing.assert_array_equal(numbers_in(ax), expected)


def test_without_rows_answers_are_those_out_of_fold(classifier, ax_of):
    ax = classifier.plot_confusion_matrix(None, labels, ax=ax_of())
    answered = classifier.classes_[classifier.oof_predictions_.argmax(axis=1)]
    expected = confusion_matrix(labels, answered, labels=classifier.classes_)
    np.testing.assert_array_equal(numbers_in(ax), expected)


def test_residuals_of_several_outputs(regressor, ax_of):
    panels = regressor.plot_residuals(X, targets, ax=ax_of())
    assert len(panels) == 2
    panels = regressor.plot_residuals(
        None, targets, kind="actual_vs_predicted", ax=ax_of()
    )
    drawn = np.sort(panels[1].collections[0].get_offsets()[:, 0])
    np.testing.assert_allclose(drawn, np.sort(regressor.oof_predictions_[:, 1]))


def test_each_estimator_has_the_pictures_of_its_task(classifier, regressor):
    assert not hasattr(classifier, "plot_residuals")
    assert not hasattr(regressor, "plot_roc_curve")


def test_what_does_not_suit_is_refused(classifier, tmp_path, ax_of):
    with pytest.raises(ValueError, match="y is None: the truth of the rows of X"):
        classifier.report(tmp_path / "page.html", X=frame)
    with pytest.raises(ValueError, match="y has 149 rows, and fit saw 150"):
        classifier.plot_roc_curve(None, labels[1:], ax=ax_of())
    with pytest.raises(ValueError, match="inconsistent numbers of samples"):
        classifier.plot_roc_curve(frame, labels[1:], ax=ax_of())
    with pytest.raises(FileNotFoundError, match="folder that does not exist"):
        classifier.report(tmp_path / "none" / "page.html")
    assert not (tmp_path / "page.html").exists()


def test_without_an_ensemble_nothing_was_answered_out_of_fold(tmp_path):
    model = AutoGenClassifier(
        **SMALL, ensemble_size=0, param_space={"hidden_layer_sizes": [()]}
    ).fit(X, y)
    with pytest.raises(ValueError, match="there are none without"):
        model.plot_roc_curve(None, y)
    page = Page(model.report(tmp_path / "page.html"))
    assert_is_whole(page)
    assert "This network answers alone." in page.text


@pytest.mark.parametrize("name", ["report", "plot_structure", "plot_roc_curve"])
def test_before_fit_there_is_nothing_to_show(name, tmp_path):
    arguments = {"report": [tmp_path / "page.html"], "plot_roc_curve": [X, y]}
    with pytest.raises(NotFittedError):
        getattr(AutoGenClassifier(), name)(*arguments.get(name, []))


# The page


def test_the_page_of_a_classifier_holds_all_of_it(classifier, page):
    assert_is_whole(page)
    score = accuracy_score(labels, classifier.predict(frame))
    for told in (
        "On the 150 rows that were given",
        f"{score:.4g}",
        f"{classifier.best_score_:.4g}",
        f"{classifier.oof_score_:.4g}",
        "GridSearchCV",
        "1 of them failed",
        "hidden_layer_sizes",
        "mlp",
        f"{classifier.model_.count_params():,}",
        "150 rows of 4 columns",
        "random_state=0",
        "tensorflow",
    ):
        assert told in page.text, told
    assert len(page.all("img")) == 8
    assert "too few candidates to tell" in page.text


def test_texts_of_the_user_cannot_break_the_page(page):
    assert page.text.count(NASTY) >= 3  # a class, a column, and its importance
    assert NASTY not in page.source


def test_a_page_without_a_truth_says_so(classifier, tmp_path):
    page = Page(classifier.report(tmp_path / "page.html"))
    assert_is_whole(page)
    assert "without a truth to compare with" in page.text
    assert "Confusion" not in "".join(each["alt"] for each in page.all("img"))


def test_a_page_of_answers_out_of_fold(regressor, tmp_path):
    page = Page(regressor.report(tmp_path / "page.html", y=targets))
    assert_is_whole(page)
    assert "Out of fold: on 150 rows" in page.text
    assert "neg_mean_absolute_error" in page.text
    alts = [each["alt"] for each in page.all("img")]
    assert any(alt.startswith("Residuals of output 1,") for alt in alts)
    # A single candidate makes no curve.
    assert not any(alt.startswith("Score") for alt in alts)


def test_pictures_are_drawings(page):
    for each in page.all("img"):
        kind, data = each["src"].removeprefix("data:image/").split(";base64,")
        assert kind == "svg+xml"
        assert b"<svg" in base64.b64decode(data)[:1000]


def test_the_users_style_stays_out_of_the_page(classifier, page, tmp_path):
    import matplotlib.pyplot as plt

    with plt.rc_context({"font.size": 30, "axes.facecolor": "black"}):
        styled = Page(classifier.report(tmp_path / "styled.html", frame, labels))
    assert styled.all("img") == page.all("img")
    assert plt.get_fignums() == []


def test_a_copy_of_a_fitted_model_has_its_page_and_a_clone_has_none(
    classifier, tmp_path
):
    import pickle

    copy = pickle.loads(pickle.dumps(classifier))
    page = Page(copy.report(tmp_path / "page.html"))
    assert "150 rows of 4 columns" in page.text
    with pytest.raises(NotFittedError):
        clone(classifier).report(tmp_path / "other.html")


def test_without_matplotlib_the_error_says_what_to_install(
    classifier, tmp_path, monkeypatch
):
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)
    with pytest.raises(ImportError, match=r'pip install "skautogen\[plots\]"'):
        classifier.report(tmp_path / "page.html")


@pytest.mark.parametrize("kind", ["text", "image", "sequence"])
def test_other_kinds_of_input_have_a_page(kind, tmp_path):
    rows, told = {
        "text": (["good film"] * 20 + ["bad film"] * 20, "text of 8 to 9 characters"),
        "image": (rng.integers(0, 255, (40, 8, 8)).astype(np.uint8), "8 \u00d7 8"),
        "sequence": ([rng.normal(size=(n, 2)) for n in [5, 6] * 20], "5 to 6 \u00d7 2"),
    }[kind]
    space = {
        "text": {"architecture": ["ngrams"]},
        "image": {"filters": [4]},
        "sequence": {"architecture": ["rocket"]},
    }[kind]
    model = AutoGenClassifier(
        cv=2, epochs=1, random_state=0, param_space=space, n_iter=1
    ).fit(rows, [0] * 20 + [1] * 20)
    page = Page(model.report(tmp_path / "page.html", y=[0] * 20 + [1] * 20))
    assert_is_whole(page)
    assert told in page.text
    assert f"input_kind='{kind}'" in page.text
    assert "Columns that matter" not in page.text


def test_weights_that_leave_one_class_make_a_page_without_curves(classifier, tmp_path):
    weight = (y == 0) * 1.0
    path = classifier.report(tmp_path / "page.html", frame, labels, weight)
    alts = [each["alt"] for each in Page(path).all("img")]
    assert any(alt.startswith("Confusion matrix") for alt in alts)
    assert not any("curve" in alt for alt in alts)


def test_pictures_are_told_in_words_that_are_not_their_captions(page):
    alts = [each["alt"] for each in page.all("img")]
    assert any(re.match(r"ROC curve, AUC \d", alt) for alt in alts)
    assert not any(alt in page.text for alt in alts)


def test_tables_have_a_name_and_their_columns_too(page):
    assert len(page.all("caption")) == len(page.all("table"))
    assert "<th></th>" not in page.source.replace(' scope="col"', "")
    regions = [each.get("aria-label") for each in page.all("div") if "role" in each]
    assert set(regions) == {"Leaderboard", "Columns", "Structure of the network"}


def make_blocks(*units):
    from skautogen.structures import Block, Structure

    blocks = (
        Block.of("dense", units=n, activation="relu", normalisation="none")
        for n in units
    )
    return Structure(Block.of("numbers", n_frequencies=0), tuple(blocks))


def test_a_search_of_structures_has_a_page(tmp_path):
    model = AutoGenClassifier(
        **SMALL | {"architecture": "table_blocks"},
        param_space={"structure": [make_blocks(4), make_blocks(4, 8)]},
    ).fit(X, y, sample_weight=np.ones(len(X)))
    page = Page(model.report(tmp_path / "page.html"))
    assert_is_whole(page)
    assert "model.fit(X, y, sample_weight=sample_weight)" in page.text
    assert "To be imported first: Block, Structure." in page.text
    alts = " ".join(each["alt"] for each in page.all("img"))
    assert "against structure: blocks" in alts
    assert "against structure: units" in alts


def test_a_search_by_halving_counts_each_candidate_once(tmp_path):
    model = AutoGenClassifier(
        **SMALL | {"search": "halving"},
        n_iter=4,
        param_space={
            "hidden_layer_sizes": [()],
            "activation": ["tanh", "relu"],
            "learning_rate": [0.1, 0.05],
        },
    ).fit(X, y)
    n = int((model.cv_results_["iter"] == 0).sum())
    page = Page(model.report(tmp_path / "page.html"))
    assert_is_whole(page)
    assert len(model.cv_results_["iter"]) > n
    assert f" {n} candidates tried" in page.text
