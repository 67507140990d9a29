"""What can be measured of how a page looks and reads: contrast, and axe-core's rules."""

import importlib.util
import re
from base64 import b64decode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, Locator, Page

ENOUGH = 4.5  # WCAG AA for text of ordinary size
ENOUGH_OF_A_SHAPE = 3.0  # and for what is to be seen of a control

Colour = tuple[float, float, float, float]


def sources(of: Locator) -> list[str]:
    """Return the addresses of the pictures inside an element."""
    found: list[str] = of.locator("img").evaluate_all("all => all.map(i => i.src)")
    return found


def pixels(picture: Locator) -> Any:
    """Return what an `<img>` with a `data:` address shows: uint8, shape (h, w, 3)."""
    address = picture.get_attribute("src")
    assert address is not None
    kind, _, content = address.partition(",")
    assert kind == "data:image/png;base64"
    with Image.open(BytesIO(b64decode(content))) as opened:
        return np.asarray(opened.convert("RGB"))


@contextmanager
def looking(browser: Browser, width: int, scheme: str) -> Iterator[Page]:
    """Open a page of some width in light or dark, in which axe may run whatever the policy."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
        bypass_csp=True,  # axe is a script
    )
    yield context.new_page()
    context.close()


def anybody_can_read(page: Page, width: int, rules: Sequence[str]) -> None:
    """Assert that a page is no wider than the window, that axe finds nothing, and contrast."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    assert axe(page, "html", must_decide=rules, leave_out=()) == {}, page.url
    assert unreadable(page.locator("body")) == {}


def unreadable(of: Locator) -> dict[str, float]:
    """Return each text inside an element whose contrast is too low, with its contrast.

    Drawings are left out: they are dark on a light ground of their own in every theme.
    """
    found: list[list[Any]] = of.evaluate(
        """element => [...element.querySelectorAll(':not(svg *, style, script, option)')]
            .filter(each => [...each.childNodes].some(
                node => node.nodeType === 3 && node.data.trim() && node.data !== '\u200b'))
            .filter(each => each.checkVisibility())
            .map(each => {
                const backs = [];
                for (let node = each; node; node = node.parentElement)
                    backs.push(getComputedStyle(node).backgroundColor);
                return [each.textContent.trim(), getComputedStyle(each).color, backs];
            })"""
    )
    assert len(found) > 1, "nothing to read"
    ratios = ((words, _ratio(colour, backs)) for words, colour, backs in found)
    return {words: round(ratio, 2) for words, ratio in ratios if ratio < ENOUGH}


def contrast_of_face(element: Locator, on: str) -> float:
    """Return the contrast of an element's face on the ground of what is around it, 1 to 21.

    Args:
        element: A slider's handle, for example.
        on: A selector of what is around it. What lies between the two, a rail for example, is
            narrower than the face.
    """
    face, *backs = element.evaluate(
        """(element, around) => {
            const backs = [getComputedStyle(element).backgroundColor];
            for (let node = element.closest(around); node; node = node.parentElement)
                backs.push(getComputedStyle(node).backgroundColor);
            return backs;
        }""",
        on,
    )
    return _ratio(face, backs)


def _ratio(colour: str, backs: list[str]) -> float:
    """Return the contrast of a colour on grounds that lie on each other, the uppermost first."""
    behind: Colour = (255, 255, 255, 1)
    for back in reversed(backs):
        behind = _over(_colour(back), behind)
    light, dark = sorted(
        (_luminance(_over(_colour(colour), behind)), _luminance(behind)), reverse=True
    )
    return (light + 0.05) / (dark + 0.05)


def _colour(words: str) -> Colour:
    """Read "rgb(1, 2, 3)", "rgba(1, 2, 3, 0.5)" or "color(srgb 0.1 0.2 0.3 / 0.5)"."""
    numbers = [float(number) for number in re.findall(r"[\d.]+(?:e-?\d+)?", words)]
    if words.startswith("color("):
        numbers[:3] = [255 * number for number in numbers[:3]]
    red, green, blue, alpha = ([*numbers, 1.0])[:4]
    return red, green, blue, alpha


def _over(top: Colour, under: Colour) -> Colour:
    alpha = top[3]
    red, green, blue = (
        alpha * a + (1 - alpha) * b for a, b in zip(top[:3], under[:3], strict=True)
    )
    return red, green, blue, 1.0


def _luminance(colour: Colour) -> float:
    def linear(level: float) -> float:
        part = level / 255
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return sum(
        weight * linear(level)
        for weight, level in zip((0.2126, 0.7152, 0.0722), colour[:3], strict=True)
    )


def undecided(incomplete: list[dict[str, Any]], rule: str) -> list[str]:
    """Return the elements on which axe could not decide, and why.

    Signs are left out: axe decides on letters only.
    """
    nodes = [node for found in incomplete if found["id"] == rule for node in found["nodes"]]
    reasons = [
        (check.get("data") or {}).get("messageKey", "") or check["message"]
        for node in nodes
        for check in node["any"][:1]
    ]
    return [
        f"{reason}: {node['html'][:200]}"
        for reason, node in zip(reasons, nodes, strict=True)
        if reason not in ("shortTextContent", "nonBmp")
    ]


# Outputs whose markup is made elsewhere: a table of pandas has an empty heading over its index,
# and a summary of Keras scrolls sideways and cannot be reached by keyboard.
NOT_OURS = ("table.dataframe", "pre")


def axe(
    page: Page,
    selector: str,
    must_decide: Sequence[str] = (),
    leave_out: Sequence[str] = NOT_OURS,
) -> dict[str, list[str]]:
    """Run axe-core on what lies below a selector.

    Args:
        page: The page.
        selector: Where to look.
        must_decide: Rules that must have found something to look at and come to a decision. An
            empty list of violations proves nothing by itself.
        leave_out: Selectors of what is not looked at.

    Returns:
        Rule -> the markup of each element that breaks it.
    """
    if not page.evaluate("typeof window.axe === 'object'"):
        spec = importlib.util.find_spec("axe_playwright_python")
        assert spec is not None
        assert spec.origin is not None
        page.evaluate(Path(spec.origin).with_name("axe.min.js").read_text(encoding="utf-8"))
    # JupyterLab's body is 0 px high and clips: axe would take all text for hidden and skip it.
    page.evaluate("() => { document.body.style.overflow = 'visible'; }")
    found = page.evaluate(
        "([selector, not]) => axe.run({include: [[selector]], exclude: not.map(each => [each])})",
        [selector, list(leave_out)],
    )
    rules = {
        kind: {rule["id"] for rule in found[kind]}
        for kind in ("passes", "incomplete", "violations")
    }
    assert rules["passes"], f"axe found nothing to look at below `{selector}`"
    for rule in must_decide:
        assert rule in rules["passes"] | rules["violations"], f"{rule}: nothing to look at"
        assert undecided(found["incomplete"], rule) == []
    return {
        rule["id"]: [node["html"][:300] for node in rule["nodes"]] for rule in found["violations"]
    }
