"""JupyterLab with settings of its own, and one of its notebooks driven from Python.

Waits are on JupyterLab's own promises, which `--LabApp.expose_app_in_browser` lets a page reach:
what the screen says (a prompt, the kernel's indicator) is true before the kernel can be used.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from playwright.sync_api import Browser, Locator, Page, Playwright, expect

TOKEN = "course-test-token"
SECONDS = 600  # for a whole lesson on a busy machine
THEMES = ("JupyterLab Light", "JupyterLab Dark", "JupyterLab Dark High Contrast")
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
        "doNotDisturbMode": True,
    },
    "@jupyterlab/notebook-extension:tracker": {
        "windowingMode": "none"
    },  # all cells are in the page
    "@jupyterlab/docmanager-extension:plugin": {"autosave": False},
}

expect.set_options(timeout=30_000)


def find_browser() -> str | None:
    """Return the path of a Chromium; the environment variable CHROMIUM names one outright."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, BROWSERS)), None)


def launch(playwright: Playwright) -> Browser:
    """Start the browser that `find_browser` found."""
    return playwright.chromium.launch(executable_path=find_browser())


@contextmanager
def running_lab(base: Path) -> Iterator[tuple[str, Path]]:
    """Start JupyterLab below a folder; gives its address and the folder of its notebooks."""
    root = base / "notebooks"
    root.mkdir()
    overrides = base / "config" / "labconfig" / "default_setting_overrides.json"
    overrides.parent.mkdir(parents=True)
    overrides.write_text(json.dumps(SETTINGS), encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = base / "lab.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            command(port, root), env=environment(base), stdout=output, stderr=output
        )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_up(server, f"{url}/api/status?token={TOKEN}", log)
        yield url, root
    finally:
        server.terminate()  # shuts its kernels down too
        server.wait(20)


def command(port: int, root: Path) -> list[str]:
    """Return the command line of a server that only this test can reach."""
    as_root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1"),
        *(f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}"),
        *(f"--ServerApp.root_dir={root}", "--LabApp.expose_app_in_browser=True"),
        *("--LabApp.extension_manager=readonly", *as_root),
    ]


def environment(base: Path) -> dict[str, str]:
    """Return an environment in which no settings of the user's count, nor that this is a test.

    Under pytest a kernel hides what libraries write past Python; a student would see it.
    """
    folders = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "IPYTHONDIR": "ipython",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
    }
    own = {name: str(base / folder) for name, folder in folders.items()}
    inherited = {name: text for name, text in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
    return inherited | own | {"JUPYTER_NO_CONFIG": ""}


def wait_until_up(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Wait for the server's first answer; its log is in the error if none comes."""
    for _ in range(600):
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(address, timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    words = log.read_text(encoding="utf-8", errors="replace")[-3000:]
    raise RuntimeError(f"JupyterLab did not start:\n{words}")


class OpenNotebook:
    """A notebook open in a page of JupyterLab.

    Attributes:
        page: Playwright's page.
        name: The notebook's file name.
        left_out: The ids of cells that do nothing here.
        errors: What the page wrote to its console as an error, or threw.
    """

    def __init__(self, page: Page, url: str, name: str, left_out: Collection[str] = ()) -> None:
        """Open a notebook in a clean workspace and wait until its kernel has answered."""
        self.page = page
        self.name = name
        self.left_out = left_out
        self.errors: list[str] = []
        page.set_default_timeout(90_000)
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(f"{url}/lab/tree/{name}?token={TOKEN}&reset")
        page.wait_for_function(
            "name => window.jupyterapp?.shell?.currentWidget?.context?.path === name", arg=name
        )
        self.promise(
            """async () => {
                const app = window.jupyterapp, panel = app.shell.currentWidget;
                await app.restored; await panel.context.ready; await panel.sessionContext.ready;
                await panel.sessionContext.session.kernel.info;
            }"""
        )
        expect(page.locator("#jupyterlab-splash")).to_have_count(0)

    def _note(self, message: Any) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def promise(self, script: str, argument: Any = None) -> Any:
        """Wait for a promise of the page; Playwright has no limit for one that never settles."""
        return self.page.evaluate(
            f"""argument => Promise.race([({script})(argument), new Promise((_, fail) => setTimeout(
                () => fail(new Error("no answer in {SECONDS} s")), {SECONDS * 1000}))])""",
            argument,
        )

    def run_all(self) -> None:
        """Run every cell and wait for the last reply."""
        done = self.promise("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
        assert done, f"not all cells ran: {self.raised()}"

    def raised(self) -> list[str]:
        """Return the errors among the outputs; JupyterLab gives them no type of their own."""
        outputs: list[dict[str, Any]] = self.page.evaluate(
            """() => window.jupyterapp.shell.currentWidget.content.widgets.flatMap(
                cell => cell.model.outputs?.toJSON() ?? [])"""
        )
        return [
            f"{output['ename']}: {output['evalue']}"
            for output in outputs
            if output["output_type"] == "error"
        ]

    def figures(self) -> list[dict[str, Any]]:
        """Return of each cell whether it shows an explorer, its figures, and the pictures' texts.

        A picture is an `<img>`, or a drawing that says it is one.
        """
        found: list[dict[str, Any]] = self.page.evaluate(
            """() => [...document.querySelectorAll('.jp-Notebook-cell')].map(cell => {
                const within = what => [...cell.querySelectorAll(
                    `.jp-OutputArea-output :is(${what})`)];
                return {
                    explorer: cell.querySelector('.ct-explorer') !== null,
                    figures: within('figure').length,
                    texts: within('img, svg[role=img]').map(
                        each => each.alt ?? each.getAttribute('aria-label') ?? ''),
                };
            })"""
        )
        return found

    def shut_down(self) -> None:
        """End the kernel; the server would keep it, with all that it holds in memory."""
        self.promise("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")

    def stored(self, root: Path) -> NotebookNode:
        """Return the notebook as the repository holds it."""
        return nbformat.read(root / "notebooks" / self.name, as_version=4)

    @property
    def cells(self) -> Locator:
        """All cells, in order."""
        return self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook-cell")

    def explorer(self, title: str) -> Locator:
        """Return the one explorer with this title."""
        found = self.page.locator(".ct-explorer").filter(has=self.page.get_by_text(title))
        expect(found).to_have_count(1)
        return found

    def answer_cell(self, exercise: str) -> Locator:
        """Return the cell in which a student answers the exercise `"1.4"`."""
        sources: list[str] = self.page.evaluate(
            """() => window.jupyterapp.shell.currentWidget.content.widgets.map(
                cell => cell.model.sharedModel.getSource())"""
        )
        marker = re.compile(rf"#\s*Exercise\s+{re.escape(exercise)}\b")
        return self.cells.nth(next(i for i, text in enumerate(sources) if marker.match(text)))

    def type_and_run(self, cell: Locator, source: str) -> None:
        """Replace what a cell says as a student would, and press Shift+Enter."""
        cell.locator(".cm-content").click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(source)
        self.page.keyboard.press("Shift+Enter")

    def focus_by_tab(self, element: Locator) -> None:
        """Reach an element with the Tab key alone, from the cell that holds it."""
        cell = self.cells.filter(has=element)
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Escape")  # from the text to the cell
        for _ in range(12):  # the buttons of the cell's own toolbar come first
            self.page.keyboard.press("Tab")
            if element.evaluate("element => element === document.activeElement"):
                return
        expect(element).to_be_focused()

    @contextmanager
    def theme(self, name: str) -> Iterator[None]:
        """Show the notebook in another theme for a while; the theme is a saved setting."""
        self._change_theme(name)
        try:
            yield
        finally:
            self._change_theme(THEMES[0])

    def _change_theme(self, name: str) -> None:
        self.promise(
            "name => window.jupyterapp.commands.execute('apputils:change-theme', {theme: name})",
            name,
        )
        expect(self.page.locator(f'body[data-jp-theme-name="{name}"]')).to_have_count(1)
        expect(self.page.locator("#jupyterlab-splash")).to_have_count(0)
