"""What ipywidgets cannot do: name sliders and players, and change a picture where it stands.

A slider of ipywidgets 8 has a visible label but no name for a screen reader, the buttons of a
player have only signs, and no widget can be a live region. And an HTML widget throws its elements
away when its text changes, so that a picture would be gone until the next is decoded. A few lines
of JavaScript, shown once inside each explorer, mend that in explorers and touch nothing else on
the page: names are added, and an `<img>` that is about to be replaced takes the place of its
successor and only gets its address and its text. That happens before the browser paints.
"""

from __future__ import annotations

from typing import Any

from coursetools.explorers.front_end import widgets

_SCRIPT = """<script>(() => {
  const all = (within, what) => within.querySelectorAll(what);
  const name = () => {
    for (const slider of all(document, '.ct-explorer .widget-slider')) {
      const label = slider.querySelector('.widget-label')?.textContent;
      if (!label) continue;
      for (const handle of all(slider, '[role=slider]:not([aria-label])'))
        handle.setAttribute('aria-label', label);
      for (const readout of all(slider, '.widget-readout:not([role])')) {
        readout.setAttribute('role', 'textbox');
        readout.setAttribute('aria-label', label + ', as a number');
      }
    }
    for (const player of all(document, '.ct-explorer .widget-play'))
      ['Play or pause', 'Stop and go back to the start', 'Repeat'].forEach((words, number) => {
        const button = all(player, 'button')[number];
        // A title alone would not name it: the sign inside is a letter of its own font.
        if (button && !button.title) button.setAttribute('aria-label', button.title = words);
      });
    for (const line of all(document, '.ct-explorer .ct-status .widget-html-content:not([role])'))
      line.setAttribute('role', 'status');
  };
  const keep = record => {
    if (!record.target.closest?.('.ct-explorer')) return;
    const images = nodes => [...nodes].flatMap(node => node.nodeType === 1
      ? (node.matches('img') ? [node] : [...all(node, 'img')]) : []);
    const old = images(record.removedNodes);
    images(record.addedNodes).forEach((next, number) => {
      const kept = old[number];
      if (!kept || !next.isConnected) return;
      for (const {name} of [...kept.attributes])
        if (!next.hasAttribute(name)) kept.removeAttribute(name);
      for (const {name, value} of [...next.attributes])
        if (kept.getAttribute(name) !== value) kept.setAttribute(name, value);
      next.replaceWith(kept);
    });
  };
  name();
  if (window.courseTendsExplorers) return;
  window.courseTendsExplorers = new MutationObserver((records, own) => {
    records.forEach(keep);
    own.takeRecords();  // what `keep` itself has changed
    name();
  });
  window.courseTendsExplorers.observe(document.body, {childList: true, subtree: true});
})()</script>"""


def page_script() -> Any:
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
