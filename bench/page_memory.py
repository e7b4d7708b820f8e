#!/usr/bin/env python3
"""Memory of a search's page while results arrive.

    ./normforge bench dashboard --candidates 100000      # says where its page is, by a link that logs in once
    python3 bench/page_memory.py 'http://127.0.0.1:PORT/login.html?next=…' [--minutes 5] [--every 20] [--views]

Opens the page in headless Chromium (Debian: chromium and chromium-driver), collects garbage at intervals, and prints what
is left: the JavaScript heap, DOM nodes and event listeners, beside the arrivals that the page shows. With --views it goes
from view to view meanwhile: both fronts, both curves, what survives, a selection.
"""
import argparse
import time

from browser import Browser

VIEWS = ["input[value=all]", "input[value=volume]", "#points summary", "#members [data-pick]",
         "[data-layer=intervals]", "input[value=pair]", "input[value=best]", "#members [data-pick]", "#points summary"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--every", type=float, default=20, help="seconds between two lines")
    parser.add_argument("--views", action="store_true", help="go from view to view meanwhile")
    parser.add_argument("--port", type=int, default=9517, help="of chromedriver")
    arguments = parser.parse_args()
    browser = Browser(arguments.port)
    try:
        browser.open(arguments.url)
        browser.devtools("Performance.enable")
        print(f"{'seconds':>8} {'arrivals':>9} {'heap MB':>8} {'nodes':>7} {'listeners':>9}", flush=True)
        begun = time.time()
        turn = 0
        while time.time() - begun < 60 * arguments.minutes:
            until = time.time() + arguments.every
            while time.time() < until:
                if arguments.views:
                    browser.run("document.querySelector(arguments[0])?.click()", VIEWS[turn % len(VIEWS)])
                    turn += 1
                time.sleep(1)
            left = browser.memory()
            shown = browser.run("return +document.getElementById('at').max")
            print(f"{time.time() - begun:8.0f} {shown:9,d} {left['JSHeapUsedSize'] / 1e6:8.1f} {left['Nodes']:7,d} "
                  f"{left['JSEventListeners']:9,d}", flush=True)
    finally:
        browser.close()


if __name__ == "__main__":
    main()
