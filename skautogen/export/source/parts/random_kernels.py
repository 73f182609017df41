"""Functions of generated files."""

import numpy as np

N_TAPS = 9


def draw_kernels(steps: np.ndarray, n_kernels: int) -> list[tuple]:
    """Draw kernels of several dilations, half of them for differences of steps.

    Gives weights, dilation, whether of differences, and thresholds: quantiles of what
    the kernels give on some rows.
    """
    rng = np.random.default_rng(0)
    n_channels = steps.shape[2] - 1
    length = max(N_TAPS, np.median(steps[..., -1].sum(axis=1)))
    # The longest kernels reach from end to end.
    n_dilations = 1 + int(np.log2((length - 1) / (N_TAPS - 1)))
    n = max(1, n_kernels // (2 * n_dilations))
    some = steps[rng.permutation(len(steps))[:64]]
    kernels = []
    for of_differences in (False, True):
        for dilation in [2**power for power in range(n_dilations)]:
            weights = rng.normal(size=(N_TAPS, n_channels, n))
            weights -= weights.mean(axis=0)
            # Each kernel looks at some of the channels, 6 at most.
            n_seen = rng.integers(1, min(n_channels, 6) + 1, n)
            order = rng.random((n_channels, n)).argsort(axis=0).argsort(axis=0)
            weights *= (order < n_seen) / np.sqrt(n_seen * N_TAPS)
            weights = weights.reshape(-1, n).astype("float32")
            levels = rng.uniform(0.05, 0.95, n)
            found, is_there = apply_kernels(some, weights, dilation, of_differences)
            values = np.sort(found[is_there[..., 0]], axis=0)
            threshold = np.zeros(n, dtype="float32")
            if len(values):  # sequences of one step have no differences
                places = (levels * (len(values) - 1)).astype(int)
                threshold = values[places, np.arange(n)]
            kernels.append((weights, dilation, of_differences, threshold))
    return kernels


def apply_kernels(
    steps: np.ndarray, weights: np.ndarray, dilation: int, of_differences: bool
) -> tuple[np.ndarray, np.ndarray]:
    """What kernels give at each step, and which steps there are."""
    values, is_there = steps[..., :-1], steps[..., -1:] > 0
    if of_differences and steps.shape[1] > 1:
        is_there = is_there[:, 1:] & is_there[:, :-1]
        values = np.diff(values, axis=1) * is_there
    reach, n_steps = (N_TAPS // 2) * dilation, values.shape[1]
    padded = np.pad(values, [(0, 0), (reach, reach), (0, 0)])
    starts = dilation * np.arange(N_TAPS)
    taps = [padded[:, start : start + n_steps] for start in starts]
    return np.concatenate(taps, axis=2) @ weights, is_there


def summarise(steps: np.ndarray) -> np.ndarray:
    """Mean and deviation of each channel, in the whole and in each fifth."""
    values, is_there = steps[..., :-1], steps[..., -1:] > 0
    lengths = np.maximum(is_there.sum(axis=1), 1)
    share = (np.arange(steps.shape[1]) + 0.5) / lengths
    summary = []
    for n_parts in (1, 5):
        part = np.floor(share * n_parts)[..., None]
        for number in range(n_parts):
            inside = (part == number) & is_there
            n_inside = np.maximum(inside.sum(axis=1), 1)
            mean = (values * inside).sum(axis=1) / n_inside
            square = (values**2 * inside).sum(axis=1) / n_inside
            summary += [mean, np.sqrt(np.maximum(square - mean**2, 0))]
    return np.concatenate(summary, axis=1)
