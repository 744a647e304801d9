"""Names for the arrays of this package."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
SingleFloats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]
