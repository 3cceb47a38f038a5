"""What compiled kernels must keep to."""

import ast

from tests.house.tree import PACKAGE


def sorting() -> list[str]:
    """Return the kernels that sort, by name."""
    kernels = [
        node
        for path in sorted((PACKAGE / "tracing" / "matching").glob("*.py"))
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and any(ast.unparse(each) in {"kernel", "inner"} for each in node.decorator_list)
    ]
    sorts = ("np.argsort(", "np.sort(", "sorted(", ".sort(", ".argsort(", "np.unique(", "np.partition(")
    return [each.name for each in kernels if any(name in ast.unparse(each) for name in sorts)]


def test_no_two_kernels_sort_since_machine_code_of_two_processes_may_give_two_sorts_one_name() -> None:
    assert sorting() == ["once"]
