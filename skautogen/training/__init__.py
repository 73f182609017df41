"""Training: what is to be trained, and the ways of carrying it out."""

from ._engine import ENGINES, Engine, get_engine
from ._operations import count_operations
from ._optimizers import OPTIMIZERS, make_optimizer
from ._pipeline import FLAT_NAMES, NetworkPipeline, make_network_pipeline
from ._plan import Outcome, Plan, Training
from ._prepared import PreparedRows
from ._schedules import SCHEDULES, make_schedule, schedule_rates
from ._strategy import TrainingStrategy

__all__ = [
    "ENGINES",
    "FLAT_NAMES",
    "OPTIMIZERS",
    "SCHEDULES",
    "Engine",
    "NetworkPipeline",
    "Outcome",
    "Plan",
    "PreparedRows",
    "Training",
    "TrainingStrategy",
    "count_operations",
    "get_engine",
    "make_network_pipeline",
    "make_optimizer",
    "make_schedule",
    "schedule_rates",
]
