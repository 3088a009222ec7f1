"""Charts in the house style, and how they become SVG and PNG.

What it is: Altair's charts drawn by vl-convert, without a browser and without the network. Colours are those of Okabe and
Ito (2008, *Color Universal Design*), which readers with any common colour vision tell apart.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Sequence

import altair as alt
import vl_convert

INK, FAINT, RULE = "#22303c", "#66727d", "#d9dee3"
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7A6A00", "#000000",
           "#882255", "#6A3D9A", "#A6761D", "#7F7F7F")  # fmt: skip
FORM_COLOURS = {
    "formal-organisation": "#0072B2",
    "treaty-regime": "#56B4E9",
    "informal-platform": "#E69F00",
    "programme": "#009E73",
    "exercise": "#CC79A7",
}
WIDTH = 720
HEAT = ("#f3f7fa", "#86b8db")  # pale enough for ink to be read on its darkest
FONT = "Arial, 'Liberation Sans', Helvetica, sans-serif"  # widths that the drawing engine knows
_LONG = re.compile(r"(\d\.\d{2})\d+")  # a hundredth of a pixel is enough
# In a page the font stands once on the picture, and what is the default anyway need not be said on every mark.
_NEEDLESS = re.compile(
    r'<path class="background"[^>]*d="M0,0h0v0h0Z"[^>]*/>| font-family="[^"]*"| pointer-events="none"| aria-hidden="true"'
    r'| (?:stroke-|fill-)?opacity="1"|<path class="foreground"[^>]* display="none"[^>]*/>| transform="translate\(0,0\)"'
    r'| text-anchor="start"| stroke-width="1"| aria-roledescription="[^"]*"| role="graphics-symbol"'
)
CONFIG = {
    "font": FONT,
    "background": "transparent",
    "view": {"stroke": None},
    "axis": {
        "labelColor": FAINT,
        "titleColor": FAINT,
        "gridColor": RULE,
        "domainColor": RULE,
        "tickColor": RULE,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelLimit": 190,
    },
    "padding": {"left": 12, "right": 12, "top": 4, "bottom": 4},
    "legend": {
        "labelColor": INK,
        "titleColor": FAINT,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "orient": "top",
        "labelLimit": 260,
        "symbolOpacity": 1,
        "columnPadding": 26,
    },
    "header": {
        "labelColor": INK,
        "titleColor": FAINT,
        "labelFontSize": 13,
        "labelFontWeight": "bold",
        "title": None,
    },
    "text": {"color": INK, "fontSize": 12},
    "aria": False,
}


def colour_scale(names: Sequence[str]) -> alt.Scale:
    """The same colour for the same name in every chart of a report."""
    return alt.Scale(domain=list(names), range=[COLOURS[place % len(COLOURS)] for place in range(len(names))])


def form_scale() -> alt.Scale:
    """A colour for each form of body."""
    return alt.Scale(domain=list(FORM_COLOURS), range=list(FORM_COLOURS.values()))


def as_svg(chart: alt.TopLevelMixin) -> str:
    """The chart as SVG, as a file of its own holds it."""
    return _LONG.sub(r"\1", vl_convert.vegalite_to_svg(_spec(chart)))


def as_inline_svg(chart: alt.TopLevelMixin) -> str:
    """The chart as SVG that scales with its place in a page."""
    svg = _NEEDLESS.sub("", as_svg(chart))
    return re.sub(r'<svg ([^>]*?)width="([\d.]+)" height="([\d.]+)"', _scalable, svg, count=1)


def as_png(chart: alt.TopLevelMixin) -> bytes:
    """The chart as PNG, at twice the size for print."""
    png: bytes = vl_convert.vegalite_to_png(_spec(chart, background="white"), scale=2)
    return png


def headline(title: str, subtitle: str) -> alt.TitleParams:
    """A title for a picture that stands alone, its subtitle broken into lines."""
    return alt.TitleParams(
        text=title,
        subtitle=textwrap.wrap(subtitle, 110),
        anchor="start",
        fontSize=16,
        subtitleFontSize=12,
        subtitleColor=FAINT,
        color=INK,
        offset=14,
    )


def _spec(chart: alt.TopLevelMixin, background: str = "transparent") -> str:
    spec = chart.to_dict(validate=False)
    spec["config"] = {**CONFIG, "background": background}
    return json.dumps(spec)


def _scalable(match: re.Match[str]) -> str:
    width = float(match[2])
    return f'<svg {match[1]}font-family="{FONT}" width="100%" style="max-width:{width:.0f}px;min-width:{min(width, 560):.0f}px"'
