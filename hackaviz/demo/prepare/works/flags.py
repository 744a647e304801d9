"""HTML: what the digits of a ship's radio number say. Gathers codes and French words, and writes them into the page."""

from hackaviz.demo.prepare import tables
from hackaviz.demo.prepare.works import router

FAMILIES = {
    "wing in ground": "navire à effet de surface",
    "high-speed craft": "engin à grande vitesse",
    "passenger": "navire à passagers",
    "cargo": "cargo",
    "tanker": "navire-citerne",
    "other": "autre navire",
}
WORDS = {
    30: "navire de pêche",
    31: "remorqueur en remorque",
    32: "remorqueur, grande remorque",
    33: "drague ou travaux sous-marins",
    34: "plongée",
    35: "navire militaire",
    36: "voilier",
    37: "navire de plaisance",
    50: "bateau-pilote",
    51: "navire de sauvetage",
    52: "remorqueur",
    53: "servitude portuaire",
    54: "navire antipollution",
    55: "navire de police",
    58: "transport médical",
    59: "navire d’État non belligérant",
}
HAZARDS = {1: "A", 2: "B", 3: "C", 4: "D"}


def draw() -> None:
    """Write works/lire-le-pavillon/lire-le-pavillon.html."""
    rows = tables.read_csv("maritime-identification-digits.csv")
    regions = {row["mid"][0]: row["region_fr"] for row in rows}
    types = {row["code"]: describe(row) for row in tables.read_csv("ais-ship-types.csv") if row["reserved"] == "no"}
    router.fill(
        "lire-le-pavillon",
        {
            "digits": [[row["mid"], row["country_fr"], row["region_fr"]] for row in rows],
            "regions": regions,
            "types": types,
        },
    )


def describe(row: dict[str, str]) -> str:
    """A ship type in French: what it is, and the class of its hazardous cargo."""
    code = int(row["code"])
    if code in WORDS:
        return WORDS[code]
    family = FAMILIES[row["category"]]
    return f"{family}, matières dangereuses {HAZARDS[code % 10]}" if row["hazardous"] == "yes" else family
