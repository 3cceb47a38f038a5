"""A national node: the rooms with their stores, keys and clock plugged in, and how one is opened."""

from tracemark.diversion import RuleFailed
from tracemark.exchange import SdmxForm, figure_structure
from tracemark.node.callers import address_of
from tracemark.node.certificates import check_certificate, presented
from tracemark.node.detecting import agencies_in, detect_signals, raise_found
from tracemark.node.exporting import SnapshotForeign, export_parquet
from tracemark.node.figures import drawing, drawing_from, figure_file
from tracemark.node.indicators import indicator_file, measure_indicator
from tracemark.node.linking import (
    Engine,
    Linked,
    ListSide,
    RegisterSide,
    Side,
    link_sides,
)
from tracemark.node.nodes import Node, Proof, RecordDoubtful, Redrawn
from tracemark.node.notices import verify_notice
from tracemark.node.observing import draw_observations
from tracemark.node.opening import (
    NodeUnusable,
    RegisterMissing,
    node_of_nothing,
    open_node,
    terms_of_state,
    this_node,
    trouble_of,
)
from tracemark.node.papers import ReportFile
from tracemark.node.ports import Stores, SystemClock
from tracemark.node.publicity import data_licence, is_public, takes_contributions
from tracemark.node.stating import state_file, state_table
from tracemark.node.weights import OwnWeights
from tracemark.storage import Exported, SnapshotDamaged, SparkMissing

__all__ = [
    "Engine",
    "Exported",
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
    "ReportFile",
    "RuleFailed",
    "SdmxForm",
    "Side",
    "SnapshotDamaged",
    "SnapshotForeign",
    "SparkMissing",
    "Stores",
    "SystemClock",
    "address_of",
    "agencies_in",
    "check_certificate",
    "data_licence",
    "detect_signals",
    "draw_observations",
    "drawing",
    "drawing_from",
    "export_parquet",
    "figure_file",
    "figure_structure",
    "indicator_file",
    "is_public",
    "link_sides",
    "measure_indicator",
    "node_of_nothing",
    "open_node",
    "presented",
    "raise_found",
    "state_file",
    "state_table",
    "takes_contributions",
    "terms_of_state",
    "this_node",
    "trouble_of",
    "verify_notice",
]
