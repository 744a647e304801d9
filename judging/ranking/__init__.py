"""From marks to ranks."""

import os

# Matrices here have a few hundred rows: threads that wait for each other cost more than they save. Read by the linear
# algebra of NumPy when it is first loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
