"""Draw the data files again: python -m hackaviz.demo.prepare --libais DIR --npm DIR (see README.md)."""

import argparse
from pathlib import Path

from hackaviz.demo.prepare import background, places, ports, radio, tables


def main() -> None:
    """Write every file of the files folder, then the manifest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--libais", type=Path, required=True, help="the unpacked source distribution of libais 0.17")
    parser.add_argument(
        "--npm", type=Path, required=True, help="a node_modules folder with world-atlas and vega-datasets"
    )
    options = parser.parse_args()
    known = ports.read_ports()
    ports.write_ports(known)
    ports.write_links(known)
    ports.write_network()
    ports.write_distances(known)
    radio.write_identification_digits(options.libais)
    radio.write_ship_types()
    places.write_airports(known)
    places.write_cities(known)
    places.write_countries(known)
    background.write_land(options.npm / "world-atlas")
    background.write_gapminder()
    background.write_climate(options.npm / "vega-datasets" / "data")
    tables.write_manifest()


if __name__ == "__main__":
    main()
