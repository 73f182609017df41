"""Several stacks at once: what is wanted is trained, an error stays with its own."""

import threading

import pytest

from skautogen.training.stacked._lanes import train_until


class Steps:
    """A stack that is done after some steps."""

    def __init__(self, n, error=None):
        self.left, self.error, self.at_once = n, error, 0
        self._lock = threading.Lock()

    def advance(self, seconds_left):
        assert self._lock.acquire(blocking=False), "two threads in one stack"
        try:
            if self.error is not None:
                raise self.error
            self.left = 0 if seconds_left() <= 0 else self.left - 1
        finally:
            self._lock.release()


class Crowd:
    def __init__(self, *stacks):
        self.stacks, self.errors, self.asked = stacks, [], 0

    def open_stacks(self):
        self.asked += 1
        return () if self.errors else [each for each in self.stacks if each.left]

    def fail(self, error):
        self.errors.append(error)

    @property
    def is_done(self):
        return bool(self.errors) or not any(each.left for each in self.stacks)


def never():
    return False


def plenty():
    return 60.0


@pytest.mark.parametrize("n_lanes", [1, 2, 3])
def test_what_is_wanted_is_trained(n_lanes):
    wanted, other = Crowd(Steps(40), Steps(30)), Crowd(Steps(10**6))
    train_until(lambda: wanted.is_done, [wanted, other], plenty, n_lanes)
    assert wanted.is_done
    assert not other.is_done


def test_with_nothing_left_it_ends():
    crowds = [Crowd(Steps(3)), Crowd(Steps(4), Steps(5))]
    train_until(never, crowds, plenty, n_lanes=2)
    assert all(each.is_done for each in crowds)


def test_an_error_is_of_its_crowd_alone():
    error = ValueError("doomed")
    bad, good = Crowd(Steps(1, error), Steps(1, error)), Crowd(Steps(20))
    train_until(lambda: good.is_done and bad.is_done, [bad, good], plenty, n_lanes=2)
    assert error in bad.errors
    assert good.errors == []
    assert good.is_done


def test_when_the_time_is_up_nothing_else_is_begun():
    wanted, other = Crowd(Steps(50)), Crowd(Steps(50))
    train_until(lambda: wanted.is_done, [wanted, other], lambda: 0.0, n_lanes=2)
    assert other.asked == 0
