"""What stands where on a page: headings over their numbers, and a navigation that makes no page longer."""

from playwright.sync_api import ViewportSize

from tests.browser.conftest import OpenAs

_DESK, _PHONE = ViewportSize(width=1280, height=800), ViewportSize(width=360, height=740)


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


def test_tables_beside_pictures_fold_on_a_phone_and_open_by_key(open_as: OpenAs) -> None:
    window = open_as("auditor", viewport=_PHONE).new_page()
    window.goto("/dashboard/")
    folded = window.locator("details.beside-picture")
    states = "all => [...new Set(all.map(each => each.open))]"
    assert folded.evaluate_all(states) == [False]
    folded.first.locator("summary").press("Enter")
    assert folded.first.locator("tbody tr").first.is_visible()
    window.set_viewport_size(_DESK)
    window.wait_for_function("[...document.querySelectorAll('.beside-picture')].every(each => each.open)")
    assert not folded.first.locator("summary").is_visible()


def test_series_are_told_apart_without_colour(open_as: OpenAs) -> None:
    window = open_as("auditor", viewport=_DESK).new_page()
    window.goto("/dashboard/")
    bars, lines = (window.locator(f'[data-chart*=\'"kind": "{kind}"\'] svg').last for kind in ("bar", "line"))
    assert bars.locator("pattern").count() > 1
    dashes = lines.locator("path[fill=none][stroke-width='2.5']").evaluate_all(
        "all => all.map(each => each.getAttribute('stroke-dasharray'))"
    )
    assert len(dashes) == len(set(dashes)) > 1
    figure = window.locator("figure.trend").first
    said = figure.locator("caption").text_content()
    assert figure.locator("[data-chart]").get_attribute("aria-label") == said
