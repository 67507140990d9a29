"""The explorers' style sheet.

Colours are the notebook's own (JupyterLab's variables, with a fallback for other front ends), so
an explorer is light in a light theme and dark in a dark one. Grids of numbers are drawn as on
paper, dark on light, in every theme. The handles of sliders and the sign of a list have colours of
their own: ipywidgets draws them white and black, which a light and a dark theme hide.
"""

from __future__ import annotations

STYLE = """<style>
.ct-explorer { max-width: 980px; padding: 10px 14px; border-radius: 6px;
  border: 1px solid var(--jp-border-color2, #9aa5b1);
  --jp-widgets-dropdown-arrow: url("data:image/svg+xml,\
%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 18 18'%3E\
%3Cpath d='M5 7l4 4 4-4' fill='none' stroke='%23808080' stroke-width='2'/%3E%3C/svg%3E"); }
.ct-explorer .widget-html-content, .ct-explorer .widget-html-content * { line-height: 1.45; }
.ct-explorer, .ct-explorer .widget-html-content, .ct-explorer .widget-label,
.ct-explorer .widget-readout { color: var(--jp-content-font-color1, #1f2933); }
.ct-explorer .ct-title { font-size: 1.15em; font-weight: 600; margin: 0 0 2px; }
.ct-explorer .noUi-handle { background: var(--jp-brand-color1, #1976d2) !important;
  border-color: var(--jp-brand-color1, #1976d2) !important; }
.ct-explorer .widget-toggle-buttons { display: flex; flex-flow: row nowrap; align-items: center; }
.ct-explorer .widget-toggle-buttons > .widget-label { margin-right: 8px; }
.ct-explorer ul { margin: 2px 0 6px; padding-left: 1.4em; }
.ct-explorer .ct-row { display: flex; flex-wrap: wrap; gap: 10px; align-items: flex-start;
  margin: 4px 0 8px; }
.ct-explorer .ct-row > strong { width: 6.6em; padding-top: 30px; }
.ct-explorer .ct-row .ct-row { margin: 0; }
.ct-explorer .ct-thumb { margin: 0; text-align: center; font-size: 0.92em; }
.ct-explorer .ct-thumb img { display: block; border: 3px solid transparent; border-radius: 3px; }
.ct-explorer .ct-same img { border-color: #2a9d8f; }
.ct-explorer .ct-other img { border-color: #d9730d; border-style: dashed; }
.ct-explorer .ct-grid, .ct-explorer .ct-map { margin: 0; font-size: 0.92em; }
.ct-explorer figcaption { padding-top: 2px; }
.ct-explorer .ct-map img { display: block; image-rendering: pixelated;
  border: 1px solid var(--jp-border-color1, #9aa5b1); }
.ct-explorer .ct-square .widget-label { position: absolute; width: 1px; height: 1px;
  overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.ct-explorer .ct-square input { text-align: center; }
.ct-explorer svg { display: block; max-width: 100%; }
.ct-explorer p { margin: 2px 0 4px; }
.ct-explorer :focus-visible { outline: 2px solid var(--jp-brand-color1, #1976d2) !important;
  outline-offset: 2px; }
.ct-explorer table { border-collapse: collapse; margin: 4px 0 8px; }
.ct-explorer caption { text-align: left; font-weight: 600; padding-bottom: 4px; }
.ct-explorer th, .ct-explorer td { padding: 4px 14px; text-align: right;
  border: 1px solid var(--jp-border-color2, #9aa5b1); }
.ct-explorer pre { margin: 2px 0 0; padding: 6px 8px; border-radius: 4px;
  white-space: pre-wrap; word-break: normal; overflow-wrap: anywhere;
  color: var(--jp-content-font-color1, #1f2933); background: var(--jp-layout-color2, #eef1f4); }
.ct-explorer .ct-status .widget-html-content { font-weight: 600; }
</style>"""
