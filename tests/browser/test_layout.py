"""What stands where on a page: headings over their numbers, and a navigation that makes no page longer."""

from tests.browser.conftest import OpenAs

_DESK = {"width": 1280, "height": 800}


def test_the_navigation_scrolls_by_itself_and_begins_at_the_open_page(open_as: OpenAs) -> None:
    window = open_as("auditor", viewport=_DESK, reduced_motion="reduce").new_page()
    window.goto("/instruments/")
    told = window.evaluate(
        """() => {
          const side = document.getElementById("navigation"), here = side.querySelector("[aria-current]");
          const [frame, link] = [side.getBoundingClientRect(), here.getBoundingClientRect()];
          return [side.scrollHeight > side.clientHeight, frame.height <= innerHeight,
                  link.top >= frame.top && link.bottom <= frame.bottom];
        }"""
    )
    assert told == [True, True, True]


def test_headings_stand_over_their_numbers(open_as: OpenAs) -> None:
    window = open_as("auditor", viewport=_DESK, locale="ar").new_page()
    window.goto("/dashboard/")
    aligned = "row => [...row.children].map(each => getComputedStyle(each).textAlign)"
    [heads, numbers] = [
        window.locator(f".trend .numbers {part} tr").first.evaluate(aligned) for part in ("thead", "tbody")
    ]
    assert heads == numbers == ["start", *["end"] * (len(numbers) - 1)]
    assert len(numbers) > 1
