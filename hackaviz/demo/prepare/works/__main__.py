"""Draw every work again: python -m hackaviz.demo.prepare.works (FONTS, NPM and CHROMIUM say where their tools are)."""

from hackaviz.demo.prepare.works import (
    birth,
    detour,
    flags,
    gates,
    landless,
    neighbours,
    per_person,
    reach,
    router,
    shores,
    sites,
    suez,
)

for work in (gates, suez, shores, landless, neighbours, reach, router, flags, birth, sites, detour, per_person):
    work.draw()
