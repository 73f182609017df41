"""Recordings: what is accepted, how files are read, and what spectrograms are."""

from __future__ import annotations

import pickle
import struct
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest
from scipy.io import wavfile
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from skautogen.inputs import AudioPreparer, detect_kind
from skautogen.inputs._spectrogram import SpectrogramSettings, make_spectrograms
from skautogen.inputs.audio import check_audio

RATE = 8_000


def tone(pitch, seconds=0.5, rate=RATE, loudness=0.5):
    time = np.arange(round(seconds * rate)) / rate
    return loudness * np.sin(2 * np.pi * pitch * time)


@pytest.fixture
def X():
    noise = np.random.default_rng(0).normal(scale=0.01, size=(6, RATE // 2))
    pitches = (200, 300, 500, 800, 1300, 2100)
    return noise + np.stack([tone(pitch) for pitch in pitches])


@pytest.fixture
def write(tmp_path):
    """Writes samples to a file and gives its path."""

    def write(name, samples, rate=RATE):
        path = tmp_path / name
        wavfile.write(path, rate, samples)
        return path

    return write


def check(X, sampling_rate=None):
    preparer = AudioPreparer(sampling_rate=sampling_rate)
    return check_audio(preparer, X, reset=True), preparer


# Which X is audio


def columns(paths):
    yield "list", list(paths)
    yield "strings", [str(path) for path in paths]
    yield "array", np.array([str(path) for path in paths])
    yield "objects", np.array(paths, dtype=object)
    yield "column", np.array(paths, dtype=object)[:, None]
    yield "series", pd.Series(paths)
    yield "frame", pd.DataFrame({"file": paths})
    yield "polars", pl.DataFrame({"file": [str(path) for path in paths]})


@pytest.mark.parametrize("number", range(8))
def test_paths_of_wav_files_are_recognised_and_read(number, write):
    samples = [np.arange(k, k + 20, dtype=np.int16) for k in (0, 5)]
    paths = [write(f"{k}.WAV", each) for k, each in enumerate(samples)]
    name, X = list(columns(paths))[number]
    assert detect_kind(X).name == "audio", name
    recordings, _ = check(X)
    np.testing.assert_array_equal(recordings, samples)


@pytest.mark.parametrize(
    "X",
    [
        np.zeros((4, 100)),
        ["a text", "b.wav is in it"],
        ["a.png"],
        [],
        pd.DataFrame({"a": ["a.wav"], "b": [1]}),
    ],
    ids=["numbers", "text", "picture", "empty", "two columns"],
)
def test_other_things_are_not_taken_for_audio(X):
    assert detect_kind(X).name != "audio"


# Files


@pytest.mark.parametrize(
    ("dtype", "scale", "zero"),
    [("u1", 128, 128), ("i2", 2**15, 0), ("i4", 2**31, 0), ("f4", 1, 0), ("f8", 1, 0)],
)
def test_every_width_gives_the_same_spectrogram(dtype, scale, zero, write):
    sound = tone(500) + tone(1500, loudness=0.2)
    path = write("a.wav", (sound * scale * 0.99 + zero).astype(dtype))
    settings = SpectrogramSettings.suited_to(RATE, len(sound))
    expected = make_spectrograms([sound * 0.99], settings)
    made = make_spectrograms(check([path])[0], settings)
    loud = expected > expected.max() - 30  # 8 bits are coarse
    np.testing.assert_allclose(made[loud], expected[loud], atol=0.5)


def test_24_bits_are_read(tmp_path):
    samples = [0, 2**22, -(2**22), 1]
    data = b"".join(struct.pack("<i", each)[:3] for each in samples)
    header = struct.pack("<IHHIIHH", 16, 1, 1, RATE, RATE * 3, 3, 24)
    body = b"WAVEfmt " + header + b"data" + struct.pack("<I", len(data)) + data
    path = tmp_path / "a.wav"
    path.write_bytes(b"RIFF" + struct.pack("<I", len(body)) + body)
    recordings, _ = check([path])
    np.testing.assert_array_equal(recordings[0] / 2**31, [0, 0.5, -0.5, 2.0**-23])


def test_channels_are_averaged(write):
    stereo = np.array([[100, 300], [-50, 50], [0, 10]], dtype=np.int16)
    recordings, _ = check([write("a.wav", stereo)])
    np.testing.assert_allclose(recordings[0] * 2**15, [200, 0, 5])


def test_a_title_in_a_file_is_passed_over(write):
    path = write("a.wav", np.arange(10, dtype=np.int16))
    content = path.read_bytes()
    chunk = b"abcd" + struct.pack("<I", 4) + b"hello"[:4]
    body = content[8:] + chunk
    path.write_bytes(b"RIFF" + struct.pack("<I", len(body)) + body)
    np.testing.assert_array_equal(check([path])[0][0], np.arange(10))


def test_rates_are_brought_to_the_one_that_most_files_have(write):
    paths = [
        write("a.wav", tone(440, rate=RATE).astype("f4")),
        write("b.wav", tone(440, rate=2 * RATE).astype("f4"), rate=2 * RATE),
        write("c.wav", tone(440, rate=RATE).astype("f4")),
    ]
    recordings, preparer = check(paths)
    assert preparer.sampling_rate_ == RATE
    middle = slice(200, -200)
    np.testing.assert_allclose(recordings[1][middle], tone(440)[middle], atol=0.01)
    np.testing.assert_array_equal(recordings[0], tone(440).astype("f4"))


def test_of_two_rates_as_frequent_the_higher_is_taken(write):
    paths = [
        write("a.wav", np.ones(80, dtype="f4"), rate=RATE),
        write("b.wav", np.ones(160, dtype="f4"), rate=2 * RATE),
    ]
    recordings, preparer = check(paths)
    assert preparer.sampling_rate_ == 2 * RATE
    assert len(recordings[0]) == 160


def test_files_are_brought_to_a_rate_that_is_asked_for_or_was_learnt(write, X):
    path = write("a.wav", tone(440, rate=2 * RATE).astype("f4"), rate=2 * RATE)
    recordings, preparer = check([path], sampling_rate=RATE)
    assert preparer.sampling_rate_ == RATE
    assert len(recordings[0]) == RATE // 2
    fitted = AudioPreparer(sampling_rate=RATE).fit(X)
    from_array = fitted.transform([tone(440)])[0]
    np.testing.assert_allclose(fitted.transform([path])[0], from_array, atol=0.3)


# What is wrong with X


@pytest.mark.parametrize(
    ("X", "match"),
    [
        (np.zeros((0, 5)), r"X has no rows.*0 sample"),
        ([], r"X has no rows"),
        (np.zeros((2, 0)), r"Row 0 of X is an empty recording"),
        ([np.ones(5), np.ones(0)], r"Row 1 of X is an empty recording"),
        (np.zeros(9), r"X has 1 axes, shape=\(9,\).*reshape\(1, -1\)"),
        (np.zeros((2, 9, 2)), r"X has 3 axes.*mean\(axis=-1\)"),
        ([np.ones(5), np.ones((2, 5))], r"Row 1 of X has 2 axes, shape=\(2, 5\)"),
        ([0.1, 0.2], r"Row 0 of X has 0 axes"),
        (
            [np.ones(5), np.array([1, np.nan, 1])],
            r"Row 1 of X contains NaN.*sample 1 is nan",
        ),
        (np.array([[1, 2], [3, np.inf]]), r"Row 1 of X contains.*sample 1 is inf"),
        (np.ones((2, 5), dtype=complex), r"Row 0 of X is of dtype complex128"),
        (["a.mp3"], r"Row 0 of X, the file 'a.mp3', is no \.wav file"),
    ],
)
def test_wrong_input_is_refused_by_its_row(X, match):
    with pytest.raises(ValueError, match=match):
        check(X)


def test_a_row_that_is_no_path_is_refused(write):
    path = write("a.wav", np.ones(5, dtype="f4"))
    with pytest.raises(TypeError, match=r"Row 1 of X is nan of type float"):
        check([path, np.nan])
    with pytest.raises(TypeError, match=r"Row 0 of X is None of type NoneType"):
        check([None, path])


def test_a_missing_file_is_named_with_its_row(write):
    path = write("a.wav", np.ones(5, dtype="f4"))
    match = r"Row 1 of X: there is no file 'gone\.wav' \(looked for from"
    with pytest.raises(FileNotFoundError, match=match):
        check([path, "gone.wav"])


def test_unreadable_and_empty_files_are_refused_by_row_and_path(write, tmp_path):
    good, empty = write("a.wav", np.ones(5, "f4")), write("b.wav", np.ones(0, "f4"))
    noise, nothing = tmp_path / "c.wav", tmp_path / "d.wav"
    noise.write_bytes(b"no sound at all")
    nothing.write_bytes(b"")
    with pytest.raises(ValueError, match=r"Row 1 .*b\.wav', holds no samples"):
        check([good, empty])
    with pytest.raises(ValueError, match=r"Row 1 .*c\.wav', cannot be read"):
        check([good, noise])
    with pytest.raises(ValueError, match=r"Row 1 .*d\.wav', cannot be read"):
        check([good, nothing])


def test_what_is_checked_may_be_checked_again(X):
    for given in (X, [X[0], X[1, :100]], (X * 1000).astype(np.int16)):
        once, preparer = check(given)
        again = check_audio(preparer, once, reset=False)
        assert len(again) == len(given)
        for first, second in zip(once, again, strict=True):
            np.testing.assert_array_equal(first, second)
            assert first.dtype == second.dtype


def test_arrays_are_taken_to_have_16_kilohertz(X):
    assert AudioPreparer().fit(X).sampling_rate_ == 16_000


# Spectrograms


def band_of(pitch, settings):
    """The band whose centre is nearest to a pitch, from the definition of a mel."""

    def mel(frequency):
        return 2595 * np.log10(1 + frequency / 700)

    low, high = mel(settings.sampling_rate / settings.window), mel(RATE / 2)
    centres = low + (high - low) * np.arange(1, settings.n_mels + 1) / (
        settings.n_mels + 1
    )
    return int(np.abs(centres - mel(pitch)).argmin())


@pytest.mark.parametrize("pitch", [150, 440, 1000, 3000])
def test_a_tone_is_loudest_in_its_band(pitch):
    settings = SpectrogramSettings.suited_to(RATE, RATE)
    (spectrogram,) = make_spectrograms([tone(pitch, seconds=1.0)], settings)
    loudest = spectrogram[2:-2].argmax(axis=1)
    assert abs(loudest - band_of(pitch, settings)).max() <= 1


def test_a_spectrogram_is_the_fourier_transform_of_windows_in_triangles():
    settings = SpectrogramSettings(RATE, 500, 100, 50, 2, 128, 8)
    sound = np.random.default_rng(0).normal(size=500)
    (made,) = make_spectrograms([sound], settings)
    mels = 2595 * np.log10(1 + np.arange(65) * RATE / 128 / 700)
    edges = np.linspace(2595 * np.log10(1 + RATE / 100 / 700), mels[-1], 10)
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(100) / 100)
    short = []
    for start in range(0, 500, 50):
        frame = np.zeros(100)
        some = sound[start : start + 100]
        frame[: len(some)] = some
        power = np.abs(np.fft.rfft((frame - frame.mean()) * window, 128)) ** 2
        short.append([])
        for k in range(8):
            share = np.interp(mels, edges[k : k + 3], [0, 1, 0])
            short[-1].append(power @ share / share.sum() / window.sum() ** 2)
    n_frames = settings.shape[0]
    expected = [np.mean(short[2 * k : 2 * k + 2], axis=0) for k in range(n_frames)]
    np.testing.assert_allclose(made, 10 * np.log10(expected), rtol=1e-3)


@pytest.mark.parametrize(
    ("rate", "n_samples"),
    [
        (8_000, 6_000),
        (16_000, 80_000),
        (44_100, 44_100 * 600),
        (8_000, 30),
        (16_000, 1),
        (100, 1_000),
    ],
)
def test_spectrograms_have_a_size_that_is_bounded(rate, n_samples):
    settings = SpectrogramSettings.suited_to(rate, n_samples)
    n_frames, n_mels = settings.shape
    assert 1 <= n_frames <= 96
    assert 8 <= n_mels <= 64
    covered = settings.window + (n_frames * settings.n_averaged - 1) * settings.hop
    assert covered >= n_samples
    # Nothing falls between two windows.
    assert settings.hop <= settings.window


@pytest.mark.parametrize("n_samples", [1, 10, 300])
def test_very_short_recordings_have_a_spectrogram(n_samples):
    X = np.random.default_rng(0).normal(size=(3, n_samples))
    made = AudioPreparer().fit(X).transform(X)
    assert np.isfinite(made).all()


def test_scale_of_the_training_recordings(X):
    made = AudioPreparer(sampling_rate=RATE).fit(X).transform(X)
    assert made.dtype == np.float32
    np.testing.assert_allclose(made.mean(axis=(0, 1)), 0, atol=1e-4)
    np.testing.assert_allclose(made.std(), 1, rtol=1e-4)


@pytest.mark.parametrize("factor", [1e-3, 0.1, 7.0])
def test_loudness_is_a_constant_that_is_added(X, factor):
    preparer = AudioPreparer(sampling_rate=RATE).fit(X)
    added = preparer.transform(X * factor) - preparer.transform(X)
    expected = 20 * np.log10(factor) / preparer.deviation_
    np.testing.assert_allclose(added, np.full_like(added, expected), atol=1e-3)


def test_a_constant_is_not_heard(X):
    preparer = AudioPreparer(sampling_rate=RATE).fit(X)
    added = preparer.transform(X + 0.25) - preparer.transform(X)
    # The last frames hear it end.
    np.testing.assert_allclose(added[:, :-2], np.zeros_like(added[:, :-2]), atol=0.02)


def test_silence_is_finite_and_padding_with_it_changes_nothing_before(X):
    X = np.pad(X, ((0, 0), (0, RATE)))
    X[0] = 0
    preparer = AudioPreparer(sampling_rate=RATE).fit(X)
    made = preparer.transform(X)
    assert np.isfinite(made).all()
    shorter = preparer.transform(X[:, : -RATE // 2])
    np.testing.assert_allclose(shorter, made, atol=1e-6)


def test_recordings_of_nothing_but_silence():
    X = np.zeros((5, 800), dtype=np.int16)
    np.testing.assert_array_equal(AudioPreparer().fit(X).transform(X), 0)


def test_shorter_recordings_are_padded_and_longer_ones_cut(X):
    preparer = AudioPreparer(sampling_rate=RATE).fit(X)
    made = preparer.transform([X[0, :1000], X[0], np.tile(X[0], 3)])
    padded = np.pad(X[0, :1000], (0, X.shape[1] - 1000))
    np.testing.assert_array_equal(made[0], preparer.transform([padded])[0])
    np.testing.assert_array_equal(made[2], made[1])


def test_one_recording_out_of_all_proportion_does_not_stretch_the_others(X):
    usual = AudioPreparer(sampling_rate=RATE).fit([*X] * 10)
    with_one = AudioPreparer(sampling_rate=RATE).fit([*X] * 10 + [np.ones(100 * RATE)])
    assert with_one.settings_.n_samples == 2 * usual.settings_.n_samples
    assert with_one.sample_shape_ == (100 * RATE,)


def test_ragged_recordings_and_mixed_dtypes_are_rows_of_their_own(X):
    rows = [X[0], X[1, :2000], (X[2] * 2**15).astype(np.int16), X[3].astype("f4")]
    preparer = AudioPreparer(sampling_rate=RATE).fit(rows)
    together = preparer.transform(rows)
    for number, row in enumerate(rows):
        np.testing.assert_array_equal(preparer.transform([row])[0], together[number])


def test_many_rows_are_made_in_parts(X):
    settings = SpectrogramSettings.suited_to(RATE, X.shape[1])
    many = np.tile(X, (100, 1))
    made = make_spectrograms(many, settings)
    np.testing.assert_array_equal(made, np.tile(made[:6], (100, 1, 1)))


def test_rows_of_weight_0_are_as_if_removed(X):
    X[5] *= 100
    weighted = AudioPreparer(RATE).fit(X, sample_weight=[1, 2, 1, 1, 1, 0])
    without = AudioPreparer(RATE).fit(X[:5])
    np.testing.assert_array_equal(weighted.transform(X), without.transform(X))


# The preparer as a transformer


def test_weights_of_nothing_but_0_are_refused(X):
    with pytest.raises(ValueError, match="sample_weight must not be all zero"):
        AudioPreparer().fit(X, sample_weight=np.zeros(len(X)))


def test_meta_says_how_spectrograms_are_made(X):
    preparer = AudioPreparer(sampling_rate=RATE).fit(X)
    meta = preparer.meta()
    hash(tuple(meta.items()))
    settings = SpectrogramSettings(**{name[:-1]: meta[name] for name in meta})
    decibels = make_spectrograms(X, settings)
    again = (decibels - preparer.mean_) / preparer.deviation_
    np.testing.assert_allclose(again, preparer.transform(X), atol=1e-6)


def test_clone_and_pickle(X):
    preparer = AudioPreparer(sampling_rate=RATE).fit(X)
    again = pickle.loads(pickle.dumps(preparer))
    np.testing.assert_array_equal(again.transform(X), preparer.transform(X))
    assert clone(preparer).sampling_rate == RATE
    with pytest.raises(NotFittedError):
        clone(preparer).transform(X)


def test_input_is_left_as_it_is(X):
    before = X.copy()
    AudioPreparer(sampling_rate=RATE).fit(X).transform(X)
    np.testing.assert_array_equal(X, before)


def test_paths_may_be_of_either_type(write):
    path = write("a.wav", np.arange(50, dtype=np.int16))
    assert isinstance(path, Path)
    as_path, _ = check([path])
    as_string, _ = check([str(path)])
    np.testing.assert_array_equal(as_path, as_string)
