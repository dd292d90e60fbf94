"""How the figures of exercises look: two sets of colours, and who sees them move."""

LIGHT = ".bs{--n:#22303c;--a:#4a6073;--f:#8c9aa6;--e:#5d6b78;--l:#c6d0d8;--w:#d9481c;--h:#eda27f}"
DARK = ".bs{--n:#e8eef3;--a:#b4c3cf;--f:#7d8a96;--e:#9fb0bd;--l:#46525d;--w:#ff6b3d;--h:#a8583b}"
LINES = (
    ".bs polyline{fill:none;stroke-linecap:round;stroke-linejoin:round;stroke:var(--e)}"
    ".bs .near{stroke:var(--n)}.bs .arm{stroke:var(--a)}.bs .far{stroke:var(--f)}"
    ".bs .works{stroke:var(--w)}.bs .helps{stroke:var(--h)}"
    ".bs .plate,.bs .ball,.bs .block,.bs .bag,.bs .frame,.bs .floor,.bs .water{stroke:var(--l)}"
    ".bs .pad,.bs .mat{stroke:var(--f)}.bs .band,.bs .load{stroke:var(--w)}.bs .still{display:none}"
)
STILL = ".bs .moves{display:none}.bs .still{display:inline}"
COLOURS = {"auto": f"{LIGHT}@media(prefers-color-scheme:dark){{{DARK}}}", "light": LIGHT, "dark": DARK}


def style(theme: str = "auto", still: bool = False) -> str:
    """theme: auto (as the device is), light or dark; still: nobody sees it move, else who wants no motion and paper."""
    held = STILL if still else f"@media print,(prefers-reduced-motion:reduce){{{STILL}}}"
    return f"{COLOURS[theme]}{LINES}{held}"


STYLE = style()
