"""All that is wrong with a configuration, in one report, each at its place."""

from __future__ import annotations

import textwrap

import pytest

from skautogen.config import ConfigError, load_config, parse_config

SMALLEST = """
task:
  name: ImageClassification
  dataset:
    name: CIFAR10
    train_split: train
    test_split: test
"""
IRIS = "task: {name: TabularClassification, dataset: {name: iris}}\n"


def problems(text):
    with pytest.raises(ConfigError) as caught:
        parse_config(textwrap.dedent(text), "my.yaml")
    return [str(each) for each in caught.value.problems]


def test_the_smallest_form_stands_as_it_is():
    config = parse_config(SMALLEST)
    assert config.task.kind == "image"
    assert config.task.is_classification
    assert config.search.strategy == "random"
    assert config.export.code == "model.py"


def test_all_problems_are_in_one_report():
    text = """\
    task:
      name: ImageClasification
      dataset:
        name: cifar-11
        trian_split: train
    search:
      n_itr: 3
      cv: five
      scoring: [accuracy, acuracy]
    training:
      optimizer: adm
      epochs: 0
      class_weight: balance
    modle: {}
    """
    found = problems(text)
    places = [each.split(" ")[0] for each in found]
    assert places == [
        "2:9:",
        "4:11:",
        "5:5:",
        "7:3:",
        "8:7:",
        "9:23:",
        "11:14:",
        "12:11:",
        "13:17:",
        "14:1:",
    ]
    assert "task.name: Unknown task 'ImageClasification'." in found[0]
    assert found[0].endswith("Did you mean 'ImageClassification'?")
    assert "'cifar-11'" in found[1]
    assert found[2].endswith("Did you mean 'train_split'?")
    assert "search.n_itr: Unknown key" in found[3]
    assert found[3].endswith("Did you mean 'n_iter'?")
    assert found[4].endswith("search.cv: must be an integer; got 'five'.")
    assert "search.scoring[1]" in found[5]
    assert "Did you mean 'accuracy'" in found[5]
    assert found[6].endswith("Did you mean 'adam'?")
    assert "greater than or equal to 1; got 0" in found[7]
    assert "must be 'balanced'; got 'balance'" in found[8]
    assert found[9].endswith("Did you mean 'model'?")


def test_the_report_names_the_file(tmp_path):
    path = tmp_path / "my.yaml"
    path.write_text("task: {name: TabularRegression}\n")
    with pytest.raises(
        ConfigError, match=r"my\.yaml has a problem:\n.*my\.yaml:1:1: ta"
    ):
        load_config(path)


def test_a_missing_key_has_the_place_of_its_section():
    (found,) = problems("task:\n  name: TabularRegression\n")
    assert found == "1:1: task.dataset: this key is missing, and must be given."


def test_values_that_are_right_are_compared_although_others_are_wrong():
    text = """\
    task:
      name: TabularRegression
      dataset: {name: iris}
    search: {n_iter: none}
    training: {label_smoothing: 0.1}
    """
    found = problems(text)
    assert len(found) == 3
    assert "'iris' is for TabularClassification" in found[0]
    assert "search.n_iter" in found[1]
    assert "training.label_smoothing: is of classes" in found[2]


def test_a_key_that_is_wrong_is_not_missing_too():
    found = problems("task: {name: TabularRegression, dataset: {path: 3, target: y}}")
    assert found == ["1:49: task.dataset.path: must be a string; got 3."]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"1:1: a configuration is made of sections; got nothing"),
        ("- task", r"1:1: .* got a list"),
        ("task: [1", r"1:9: this is no YAML"),
        ("a: 1\nb: {c: 1, c: 2}", r"2:11: b.c: this key is there twice, in line 2"),
        ("a: !!python/object/apply:os.getcwd []", r"1:4: a: the tag .* not accepted"),
        ("a: &a [*a]", r"1:4: a\[0\]: an alias"),
        ("[a]: 1", r"1:1: a key must be a word"),
        ("a: \x00", r"1:1: this is no text"),
    ],
)
def test_what_is_no_plain_yaml_is_refused_at_its_place(text, message):
    with pytest.raises(ConfigError, match=message):
        parse_config(text)


def test_a_few_lines_that_stand_for_billions_are_refused():
    lines = ["a0: &a0 [1, 1]"]
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]" for n in range(1, 30)]
    with pytest.raises(ConfigError, match="an alias stands for too much"):
        parse_config("\n".join(lines))


def test_plain_words_are_those_of_yaml_1_2():
    text = IRIS + "training: {class_weight: {no: 1, 010: 2.5, true: 3}, epochs: 0x10}"
    config = parse_config(text + "\nsearch: {time_limit: 1e2}")
    assert config.training.class_weight == {"no": 1, 10: 2.5, True: 3}
    assert config.training.epochs == 16
    assert config.search.time_limit == 100.0


def test_a_heading_with_nothing_under_it_is_nothing():
    assert parse_config(IRIS + "search:\nmodel:\n") == parse_config(IRIS)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "search: {strategy: grid}\ntraining: {learning_rate: {low: 1, high: 2}}",
            "grid",
        ),
        ("training: {learning_rate: {low: 2, high: 1}}", "low must be below high"),
        (
            "training: {weight_decay: {low: 0, high: 1, log: true}}",
            "low must be above 0",
        ),
        ("training: {batch_size: {choices: [8, 2.5]}}", r"choices\[1\]: .*integer"),
        ("training: {batch_size: {choices: []}}", "choices: .*at least 1 item"),
        ("training: {batch_size: {low: 1, hihg: 2}}", "Did you mean 'high'"),
        ("training: {optimizer: {choices: [adm]}}", "Did you mean 'adam'"),
        ("model: {architecture: cnn}", "is for input_kind='image'"),
        ("model: {architecture: mpl}", "Did you mean 'mlp'"),
        ("model: {hyperparameters: {droput: 0.1}}", "Did you mean 'dropout'"),
        ("model: {hyperparameters: {epochs: 3}}", "Move it there"),
        ("model: {feature_selection: best}", "'kbest' or 'rfe'; got 'best'"),
        ("export: {onnx: model.keras}", "ends with '.onnx'; got 'model.keras'"),
        ("export: {code: my-model.py}", "a Python module"),
    ],
)
def test_a_wrong_value_is_told_of(text, message):
    with pytest.raises(ConfigError, match=message):
        parse_config(IRIS + text)


@pytest.mark.parametrize(
    ("task", "message"),
    [
        ("{name: TabularRegression, dataset: {}}", "either name or path; got neither"),
        ("{name: TabularRegression, dataset: {name: wine, path: a}}", "got both"),
        ("{name: TabularRegression, dataset: {path: a.csv}}", "target: .* missing"),
        ("{name: TabularRegression, dataset: {name: diabetes, target: a}}", "your own"),
        (
            "{name: TabularClassification, dataset: {path: a.csv, target: [a, b]}}",
            "predicts one column",
        ),
        (
            "{name: ImageClassification, dataset: {path: a, sampling_rate: 8000}}",
            "is of sounds",
        ),
        (
            "{name: TabularRegression, dataset: {name: diabetes, test_split: train}}",
            "must differ",
        ),
    ],
)
def test_a_wrong_task_is_told_of(task, message):
    with pytest.raises(ConfigError, match=message):
        parse_config(f"task: {task}")


def test_what_is_of_tables_or_classes_alone_is_told_of():
    text = """\
    task: {name: ImageRegression, dataset: {path: pictures.npz}}
    model: {feature_selection: kbest}
    training: {class_weight: balanced}
    """
    found = problems(text)
    assert "model.feature_selection: selects columns of tables" in found[0]
    assert "training.class_weight: is of classes" in found[1]


def test_extras_that_are_missing_are_told_of_before_the_search(monkeypatch):
    monkeypatch.setattr("skautogen.config._checks._is_there", lambda module: False)
    text = IRIS + "search: {strategy: tpe}\nexport: {onnx: model.onnx}"
    found = problems(text)
    assert found[0].endswith('tpe is Optuna\'s: pip install "skautogen[tpe]".')
    assert found[1].endswith('needs tf2onnx: pip install "skautogen[onnx]".')


@pytest.mark.parametrize(
    ("hyperparameters", "place", "what"),
    [
        ("{dropout: 1.5}", "dropout", "from 0 to below 1 for 'realmlp'; got 1.5"),
        ("{dropout: {low: 0, high: 2}}", "dropout.high", "got 2"),
        ("{sigma: {choices: [1, -1]}}", "sigma.choices[1]", "above 0"),
        ("{hidden_layer_sizes: [8, 0]}", "hidden_layer_sizes", "got [8, 0]"),
        ("{batch_normalization: 3}", "batch_normalization", "true or false"),
        ("{n_frequencies: -1}", "n_frequencies", "0 or more"),
    ],
)
def test_values_that_no_network_has_are_told(hyperparameters, place, what):
    (found,) = problems(f"{IRIS}model:\n  hyperparameters: {hyperparameters}")
    assert f" model.hyperparameters.{place}: must be " in found
    assert what in found


def test_values_at_the_ends_are_accepted():
    parse_config(
        f"{IRIS}model:\n  hyperparameters: {{dropout: 0, n_frequencies: 0, "
        "hidden_layer_sizes: {choices: [8, [8, 8]]}}"
    )
