"""What X and y are, and how they become tensors: one file for each kind of input."""

from ._checks import check_X, is_plain_array
from ._identifiers import IdentifierColumnWarning
from ._kind import InputKind, Preparer
from ._kinds import INPUT_KINDS, detect_kind
from .audio import AudioPreparer
from .image import ImagePreparer
from .sequence import SequencePreparer
from .table import TablePreparer
from .targets import check_classification_target, check_regression_target
from .text import TextPreparer

__all__ = [
    "INPUT_KINDS",
    "AudioPreparer",
    "IdentifierColumnWarning",
    "ImagePreparer",
    "InputKind",
    "Preparer",
    "SequencePreparer",
    "TablePreparer",
    "TextPreparer",
    "check_X",
    "check_classification_target",
    "check_regression_target",
    "detect_kind",
    "is_plain_array",
]
