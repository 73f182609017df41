"""Whether each cell of a column holds one value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

_COLLECTIONS = (list, tuple, set, frozenset, dict, np.ndarray)


def refuse_collections(column: pd.Series) -> None:
    """Refuse a column in which a cell holds several values.

    They would be read as strings, and so as categories that nothing else is near.

    Parameters
    ----------
    column : pandas.Series of shape (n_samples,)

    Raises
    ------
    ValueError
        Naming the column and the first such row.

    Examples
    --------
    >>> import pandas as pd
    >>> from skautogen.inputs._cells import refuse_collections
    >>> refuse_collections(pd.Series(["a", None, 3], name="mixed"))
    """
    import pandas as pd

    if isinstance(column.dtype, pd.CategoricalDtype):
        if column.cat.categories.dtype != object:
            return
        column = column.astype(object)
    if column.dtype != object:
        return
    values = column.to_numpy()
    if not any(issubclass(each, _COLLECTIONS) for each in set(map(type, values))):
        return
    row = next(row for row, each in enumerate(values) if isinstance(each, _COLLECTIONS))
    raise ValueError(
        f"Column {column.name!r} of X holds a {type(values[row]).__name__} in row {row}"
        ", and a cell of a table holds one value. Make a column of each element, as "
        f"pd.DataFrame(X[{column.name!r}].tolist()) does; where each row is a sequence "
        "or an image, pass these alone as a list of arrays."
    )
