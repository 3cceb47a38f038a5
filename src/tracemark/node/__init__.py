"""A national node: the rooms with their stores, keys and clock plugged in, and how one is opened."""

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

__all__ = [
    "Node",
    "NodeUnusable",
    "OwnWeights",
    "Proof",
    "RecordDoubtful",
    "Redrawn",
    "RegisterMissing",
    "Stores",
    "SystemClock",
    "node_of_nothing",
    "open_node",
    "terms_of_state",
    "this_node",
    "trouble_of",
]
