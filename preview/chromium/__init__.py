"""A page in a headless Chromium: no network, no script of the page, bounded, then gone.

* `Chromium(limits)` is one run of the browser: after its `with` block no process of it is left.
* `chromium.tab()` → a `Tab` that shares nothing with the others. `tab.open(html, serve)` shows a
  page; `serve` answers its requests, or nobody does. `tab.run(script)` runs a script of ours in a
  world that the page does not see. `tab.picture()` → PNG.
* `program()` → the browser of this machine, None where there is none.

Each wait is bounded by the run's time and memory. Whatever goes wrong is a `BrowserFault` that
names the reason.

Source: Chrome DevTools Protocol; Chromium's `--remote-debugging-pipe`.
"""

from preview.chromium.process import Limits, program
from preview.chromium.run import Chromium
from preview.chromium.tab import Answer, Serve, Tab

__all__ = ["Answer", "Chromium", "Limits", "Serve", "Tab", "program"]
