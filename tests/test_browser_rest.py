"""The rest after a set, counted down in a real browser with a clock of the test's own."""

from playwright.sync_api import Page, expect

from backstory.web.showing import STATIC, environment
from backstory.web.texts import load
from browsing import DESK, PHONE, OpenPage, violations

ADDRESS = "http://rest.test"
CLOCK, LEFT, BAR, OVER = "[data-rest-clock]", "[data-rest-left]", "[data-rest-bar]", "[data-rest-over]"
TICKED = """([path, set, rest, successful]) => {
    const elt = document.createElement('form'), formData = new FormData();
    elt.dataset.rest = rest;
    formData.set('set', set);
    document.body.dispatchEvent(new CustomEvent('htmx:afterRequest', {
        bubbles: true, detail: {successful, elt: document.body, requestConfig: {elt, path, formData}}}));
}"""


def opened(open_page: OpenPage, size: tuple[int, int] = DESK) -> Page:
    """A page with nothing but the clock on it."""
    clock = environment("en").get_template("parts/rest_clock.html").render(t=load("en").text)
    style = "".join(f"<style>{STATIC.joinpath(name).read_text()}</style>" for name in ("base.css", "plan.css"))
    body = f'<!doctype html><html lang="en"><title>x</title>{style}<main><h1>Plan</h1>{clock}<p id="under">x</p></main>'
    page = open_page(ADDRESS, size)
    page.route("**/*", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.clock.install()
    page.goto("/")
    page.add_script_tag(path=str(STATIC.joinpath("rest.js")))
    return page


def tick(page: Page, rest: str = "90", *, path: str = "/plan/sets", key: str = "1", done: bool = True) -> None:
    page.evaluate(TICKED, [path, key, rest, done])


def test_it_counts_down_tells_the_end_and_goes(open_page: OpenPage) -> None:
    page = opened(open_page)
    expect(page.locator(CLOCK)).to_be_hidden()
    before = page.locator("#under").bounding_box()
    tick(page)
    expect(page.locator(LEFT)).to_have_text("1:30")
    assert page.locator("#under").bounding_box() == before, "nothing moves"
    page.clock.run_for(31_000)
    expect(page.locator(LEFT)).to_have_text("0:59")
    expect(page.locator(OVER)).to_have_text("")
    page.clock.run_for(60_000)
    expect(page.locator(OVER)).to_have_text("Your rest is over.")
    expect(page.locator(LEFT)).to_be_hidden()
    page.clock.run_for(9_000)
    expect(page.locator(CLOCK)).to_be_hidden()


def test_another_set_begins_it_anew_and_it_can_be_closed(open_page: OpenPage) -> None:
    page = opened(open_page, PHONE)
    tick(page, "60")
    page.clock.run_for(30_000)
    tick(page, "120", key="2")
    expect(page.locator(LEFT)).to_have_text("2:00")
    expect(page.locator(BAR)).to_be_hidden()  # less motion is wanted
    assert violations(page) == []
    page.get_by_role("button", name="Close").click()
    expect(page.locator(CLOCK)).to_be_hidden()
    page.clock.run_for(150_000)
    expect(page.locator(OVER)).to_have_text("")


def test_lighter_sets_failures_and_what_has_no_rest_begin_nothing_and_a_set_taken_back_ends_it(
    open_page: OpenPage,
) -> None:
    page = opened(open_page)
    tick(page, key="w1")
    tick(page, "")
    tick(page, done=False)
    tick(page, path="/plan/pain")
    expect(page.locator(CLOCK)).to_be_hidden()
    tick(page)
    expect(page.locator(CLOCK)).to_be_visible()
    tick(page, path="/plan/sets/undo")
    expect(page.locator(CLOCK)).to_be_hidden()


def test_a_reload_does_not_end_it(open_page: OpenPage) -> None:
    page = opened(open_page)
    tick(page)
    page.clock.run_for(10_000)
    page.reload()
    page.add_script_tag(path=str(STATIC.joinpath("rest.js")))
    expect(page.locator(LEFT)).to_have_text("1:20")
