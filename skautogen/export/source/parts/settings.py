"""Constants of generated files, which stand for themselves in the parts."""

from pathlib import Path
from typing import Any

DATA: str = "data.csv"
TARGET: Any = "target"
CLASSES: list[Any] = []
MODEL: Path = Path("model.keras")
LEARNED: Path = Path("model.joblib")
FEATURES: list[str] = []
