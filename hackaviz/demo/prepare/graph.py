"""Shortest routes over the maritime network of the files folder: one Dijkstra for all ports at once."""

import heapq
from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from hackaviz.demo.prepare import tables

Node = tuple[float, float]


@dataclass
class Network:
    """Neighbours of each node (longitude, latitude), with kilometres and the passage crossed."""

    neighbours: dict[Node, list[tuple[Node, float, str]]] = field(default_factory=lambda: defaultdict(list))

    def nearest(self, points: list[Node]) -> list[Node]:
        """The node closest to each point, over the sphere."""
        nodes = list(self.neighbours)
        closest = (on_sphere(points) @ on_sphere(nodes).T).argmax(axis=1)
        return [nodes[index] for index in closest]

    def routes_from(self, start: Node, closed: frozenset[str]) -> tuple[dict[Node, float], dict[Node, Node]]:
        """Kilometres to every node that can be reached, and the node before it on the way."""
        distance, before, waiting = {start: 0.0}, {}, [(0.0, start)]
        while waiting:
            done, node = heapq.heappop(waiting)
            if done > distance[node]:
                continue
            for other, kilometres, passage in self.neighbours[node]:
                total = done + kilometres
                if passage not in closed and total < distance.get(other, float("inf")):
                    distance[other], before[other] = total, node
                    heapq.heappush(waiting, (total, other))
        return distance, before


def on_sphere(points: list[Node]) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    """Unit vectors, one row a point."""
    longitude, latitude = np.radians(np.array(points, dtype=float)).T
    return np.column_stack(
        (np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude))
    )


def read_network() -> Network:
    """The network of maritime-network.csv, both ways."""
    network = Network()
    for row in tables.read_csv("maritime-network.csv"):
        start = float(row["from_longitude"]), float(row["from_latitude"])
        end = float(row["to_longitude"]), float(row["to_latitude"])
        kilometres = max(
            float(row["kilometres"]), 0.05
        )  # never nothing, so that a node is always farther than the one before it
        for one, other in ((start, end), (end, start)):
            network.neighbours[one].append((other, kilometres, row["passage"]))
    return network
