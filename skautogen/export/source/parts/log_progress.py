"""A function of generated files."""

from .settings import EPOCHS, LOG_EVERY


def log_progress(epoch: int, losses: dict[str, float]) -> None:
    """Print the losses of some epochs, and of the last."""
    done = epoch + 1
    if done % LOG_EVERY == 0 or done == EPOCHS:
        values = "  ".join(f"{name} {value:.4f}" for name, value in losses.items())
        print(f"epoch {done} of {EPOCHS}  {values}", flush=True)
