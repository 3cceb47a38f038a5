"""A national node: the rooms with their stores, keys and clock plugged in, and how one is opened."""

from tracemark.node.certificates import check_certificate, presented
from tracemark.node.linking import (
    Engine,
    Linked,
    ListSide,
    RegisterSide,
    Side,
    link_sides,
)
from tracemark.node.nodes import Node, Proof, RecordDoubtful, Redrawn
from tracemark.node.opening import (
    NodeUnusable,
    RegisterMissing,
    node_of_nothing,
    open_node,
    terms_of_state,
    this_node,
    trouble_of,
)
from tracemark.node.ports import Stores, SystemClock
from tracemark.node.weights import OwnWeights
from tracemark.storage import SparkMissing

__all__ = [
    "Engine",
    "Linked",
    "ListSide",
    "Node",
    "NodeUnusable",
    "OwnWeights",
    "Proof",
    "RecordDoubtful",
    "Redrawn",
    "RegisterMissing",
    "RegisterSide",
    "Side",
    "SparkMissing",
    "Stores",
    "SystemClock",
    "check_certificate",
    "link_sides",
    "node_of_nothing",
    "open_node",
    "presented",
    "terms_of_state",
    "this_node",
    "trouble_of",
]
