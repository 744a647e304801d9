"""`python -m bench NAME`: measurements to run side by side on one machine. They print figures and judge nothing."""

import sys

from bench import (
    allocate,
    assign,
    autosave,
    blind,
    catalogue,
    certificates,
    check,
    files,
    gallery,
    harvest,
    inspect,
    ledger,
    ranking,
    rush,
    upload,
)

BENCHES = {
    "files": files.main,
    "upload": upload.main,
    "rush": rush.main,
    "gallery": gallery.main,
    "check": check.main,
    "ranking": ranking.main,
    "assign": assign.main,
    "allocate": allocate.main,
    "autosave": autosave.main,
    "blind": blind.main,
    "harvest": harvest.main,
    "catalogue": catalogue.main,
    "inspect": inspect.main,
    "ledger": ledger.main,
    "certificates": certificates.main,
}

if __name__ == "__main__":
    asked = sys.argv[1:] or list(BENCHES)
    if unknown := [name for name in asked if name not in BENCHES]:
        sys.exit(f"no bench is called {', '.join(unknown)}; there are: {', '.join(BENCHES)}")
    for name in asked:
        BENCHES[name]()
