"""Draw every work again: python -m hackaviz.demo.prepare.works (FONTS, NPM and CHROMIUM say where their tools are)."""

from hackaviz.demo.prepare.works import (
    bearings,
    birth,
    breath,
    days_out,
    decades,
    detour,
    doors,
    fifty_five_years,
    flags,
    gates,
    landless,
    neighbours,
    night,
    notebook,
    per_person,
    quay,
    reach,
    report,
    router,
    shores,
    shores_linked,
    sites,
    suez,
    tide,
)

SMART_PORT = (gates, suez, neighbours, reach, router, flags, sites)
SHORES = (shores, landless, birth, detour, per_person, days_out, doors, breath)
WAKES = (bearings, decades, fifty_five_years, night, notebook, report, shores_linked, tide)
DRAFT = (quay,)

for work in (*SMART_PORT, *SHORES, *WAKES, *DRAFT):
    work.draw()
