"""Constants of generated files, which stand for themselves in the parts."""

from pathlib import Path
from typing import Any

DATA: str = "data.csv"
TARGET: Any = "target"
CLASSES: list[Any] = []
EPOCHS: int = 1
LOG_EVERY: int = 1
MODEL: Path = Path("model.keras")
LEARNED: Path = Path("model.joblib")
FEATURES: list[str] = []
SHAPE: tuple[int, int, int] = (1, 1, 1)
MOST_STEPS: int = 1
MOST_TERMS: int = 1
MOST_TOKENS: int = 1
N_STEPS: int = 1
SAMPLING_RATE: int = 16_000
N_SAMPLES: int = 1
WINDOW: int = 1
HOP: int = 1
N_FFT: int = 1
N_AVERAGED: int = 1
N_FRAMES: int = 1
N_MELS: int = 1
