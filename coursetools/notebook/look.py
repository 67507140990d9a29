"""How the course's cards look, and the marks that say how an answer stands.

A card takes its text colour and background from the page around it, so it fits the light, dark
and high-contrast themes of JupyterLab, those of VS Code, and a plain page. Only the marks have
colours of their own: white on a ground dark enough to be read by anyone, and never without
their word and sign.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """A sign, a word and a colour that say how something stands."""

    sign: str
    """One character."""
    word: str
    """What the sign means."""
    colour: str
    """The ground of the sign; white on it has a contrast of over 5."""


RIGHT = Mark("✓", "Right", "#1a7f37")
PARTLY = Mark("◐", "Partly right", "#8a5300")
NOT_YET = Mark("↻", "Not yet", "#2f5fb3")
OPEN = Mark("–", "Not answered yet", "#57606a")
UNREADABLE = Mark("?", "Could not be read", "#6b3fa0")
SKIPPED = Mark("⋯", "Fix the above first", "#57606a")
PENDING = Mark("✎", "For a person to mark", "#57606a")
OUR_ERROR = Mark("!", "Our error, not yours", "#a40e26")
NOTE = Mark("•", "Note", "#0b6a78")
GOING_ON = Mark("→", "Reference answer", "#0b6a78")
HINT = Mark("»", "Hint", "#0b6a78")
SOLUTION = Mark("=", "One solution", "#0b6a78")


_INK = "var(--jp-content-font-color1,var(--vscode-editor-foreground,inherit))"
_LINE = "var(--jp-border-color2,var(--vscode-widget-border,rgba(128,128,128,.45)))"
_MONO = "var(--jp-code-font-family,var(--vscode-editor-font-family,monospace))"
_FAINT = "rgba(128,128,128,.13)"

_RULES = f"""
&{{color:{_INK};border:1px solid {_LINE};border-left:4px solid var(--ct-colour);
border-radius:4px;margin:4px 0;max-width:46rem;line-height:1.5;overflow-wrap:anywhere}}
& .ct-head{{display:flex;flex-wrap:wrap;align-items:center;gap:2px 10px;padding:8px 14px}}
& .ct-mark{{background:var(--ct-colour);color:#fff;border-radius:1em;padding:0 10px;
font-size:.93em;font-weight:600;white-space:nowrap}}
& .ct-title{{font-weight:600}}
& .ct-dot{{display:none}}
& .ct-points{{margin-left:auto;white-space:nowrap;font-variant-numeric:tabular-nums}}
& .ct-body{{padding:0 14px 10px}}
& .ct-body>:first-child{{margin-top:0}}
& .ct-body>:last-child{{margin-bottom:0}}
& .ct-foot{{display:flex;flex-wrap:wrap;align-items:center;gap:2px 12px;padding:6px 14px;
border-top:1px solid {_LINE};font-size:.93em}}
& p{{margin:0 0 .6em}}
& ul,& ol{{margin:.2em 0 .6em;padding-left:1.6em}}
& li{{margin:.15em 0}}
& ul.ct-checks{{list-style:none;padding:0;margin:0 0 .4em}}
& .ct-checks li{{display:grid;grid-template-columns:1.6em 1fr auto;gap:0 6px;margin:0;
padding:5px 0;border-top:1px solid {_LINE}}}
& .ct-checks li:first-child{{border-top:0}}
& .ct-sign{{width:1.35em;height:1.35em;line-height:1.35em;border-radius:50%;text-align:center;
font-size:.86em;font-weight:700;color:#fff;background:var(--ct-colour);margin-top:.15em;align-self:start;
min-width:1.35em}}
& .ct-state{{text-align:right;white-space:nowrap;font-size:.93em;
font-variant-numeric:tabular-nums}}
& .ct-said{{grid-column:2/4;margin:3px 0 2px;padding-left:10px;
border-left:3px solid var(--ct-colour)}}
& code{{font-family:{_MONO};font-size:.93em;color:inherit;background:{_FAINT};
padding:1px 4px;border-radius:3px;white-space:pre-wrap}}
& pre{{font-family:{_MONO};color:inherit;background:none;border:1px solid {_LINE};
padding:8px 12px;border-radius:4px;margin:0 0 .6em;overflow-x:auto;line-height:1.45}}
& pre code{{background:none;padding:0;white-space:pre}}
& .ct-c{{font-style:italic}}
& .ct-k{{color:var(--jp-mirror-editor-keyword-color,inherit);font-weight:600}}
& .ct-s{{color:var(--jp-mirror-editor-string-color,inherit)}}
& .ct-n{{color:var(--jp-mirror-editor-number-color,inherit)}}
& .ct-b{{color:var(--jp-mirror-editor-builtin-color,inherit)}}
& .ct-bar{{flex:1;min-width:6em;max-width:14em;height:6px;border-radius:3px;
background:rgba(128,128,128,.3);overflow:hidden}}
& .ct-bar span{{display:block;height:100%;background:#1a7f37}}
& table{{border-collapse:collapse;margin:0;font-size:1em;width:100%;color:inherit}}
& th,& td{{text-align:left;padding:5px 10px 5px 0;border:0;background:none}}
& th{{font-size:.93em;font-weight:600}}
& tr{{background:none!important}}
& tbody tr{{border-top:1px solid {_LINE}}}
& th:last-child,& td:last-child{{text-align:right;padding-right:0;
font-variant-numeric:tabular-nums}}
& table.ct-grid{{display:inline-table;width:auto;margin:2px 28px 10px 0;vertical-align:top}}
& .ct-grid caption{{caption-side:top;text-align:left;font-weight:600;color:inherit;padding:0 0 3px}}
& .ct-grid td,& .ct-grid td:last-child{{text-align:right;min-width:1.8em;padding:4px 9px;
border:1px solid {_LINE};font-variant-numeric:tabular-nums}}
@media (forced-colors:active){{& .ct-mark,& .ct-sign{{border:1px solid}}}}
"""

DOT = '<span class="ct-dot"> · </span>'
"""Parts the words of a line where a page drops our style, as JupyterLab does before a notebook
is trusted, and web viewers do; with the style it is not shown."""

# Said twice, the class counts for more than the page's own rules for tables and lists.
STYLE = _RULES.replace("\n", "").replace("&", ".ct-card.ct-card")
