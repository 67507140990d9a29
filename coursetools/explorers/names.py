"""Accessible names that ipywidgets cannot give: for sliders, and for the line that says the state.

A slider of ipywidgets 8 has a visible label but no name for a screen reader, and no widget can
be a live region. A few lines of JavaScript, shown once inside each explorer, add both to the
elements of explorers and touch nothing else on the page.
"""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

_SCRIPT = """<script>(() => {
  const name = () => {
    for (const slider of document.querySelectorAll('.ct-explorer .widget-slider')) {
      const label = slider.querySelector('.widget-label')?.textContent;
      if (!label) continue;
      for (const handle of slider.querySelectorAll('[role=slider]:not([aria-label])'))
        handle.setAttribute('aria-label', label);
      for (const readout of slider.querySelectorAll('.widget-readout:not([role])')) {
        readout.setAttribute('role', 'textbox');
        readout.setAttribute('aria-label', label + ', as a number');
      }
    }
    for (const line of document.querySelectorAll(
        '.ct-explorer .ct-status .widget-html-content:not([role])'))
      line.setAttribute('role', 'status');
  };
  name();
  if (window.courseNamesExplorers) return;
  window.courseNamesExplorers = new MutationObserver(name);
  window.courseNamesExplorers.observe(document.body, {childList: true, subtree: true});
})()</script>"""


def naming_script() -> Any:
    """Return an invisible widget that runs the script where the explorer is shown."""
    output = widgets.Output(layout=widgets.Layout(display="none"))
    output.outputs = (
        {
            "output_type": "display_data",
            "data": {"text/html": _SCRIPT, "text/plain": ""},
            "metadata": {},
        },
    )
    return output
