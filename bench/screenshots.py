#!/usr/bin/env python3
"""Pictures of every page of a running service, as PNG.

    ./normforge serve                       # or search; prints a link that logs in once
    python3 bench/screenshots.py 'http://127.0.0.1:8077/login.html#nflink_…' --out pictures [--search NAME] [--birth N]

Each page is drawn light, dark and as on a phone: searches, new, search, layer, compare, comparisons, a comparison, workers,
login. Without --search it is the newest search, without --birth its best layer. Debian: chromium and chromium-driver.
"""
import argparse
import os
import time
import urllib.parse

from browser import Browser

WIDE, NARROW = 1440, 420
HIGHEST = 6000


def get(browser, path):
    """What the service answers to the page that is open, which is logged in."""
    return browser.run("const ask = new XMLHttpRequest(); ask.open('GET', arguments[0], false); ask.send(); "
                       "return ask.status === 200 ? JSON.parse(ask.responseText) : null", "/api/v1" + path)


def pages(browser, search, birth):
    """Name, address and when it is drawn, of each page that there is something to see on."""
    found = [("searches", "/", "document.querySelector('.card, #none:not([hidden])')"),
             ("new", "/new.html", "document.body.dataset.checked"),
             ("workers", "/workers.html", "document.body.dataset.drawn")]
    listed = get(browser, "/searches?size=100")["items"]
    search = search or next((one["name"] for one in listed if one["best"]), None)
    if search:
        name = urllib.parse.quote(search)
        found.append(("search", f"/search.html?name={name}", "document.body.dataset.revision"))
        if birth is None:
            best = next(one for one in listed if one["name"] == search)["best"]
            birth = best["birth"] if best else None
        if birth is not None:
            found.append(("layer", f"/layer.html?search={name}&birth={birth}", "document.body.dataset.shown === 'all'"))
    if len(listed) > 1:
        some = ",".join(urllib.parse.quote(one["name"]) for one in listed[:4])
        found.append(("compare", f"/compare.html?searches={some}", "!document.getElementById('shown').hidden"))
    compared = get(browser, "/comparisons?size=10")["items"]
    found.append(("comparisons", "/comparisons.html", "document.querySelector('main:not([hidden])')"))
    if compared:
        name = urllib.parse.quote(compared[0]["name"])
        found.append(("comparison", f"/comparison.html?name={name}", "document.querySelector('main:not([hidden])')"))
    return found


def draw(browser, folder, name, address, drawn, origin):
    for look, width, scheme in (("light", WIDE, "light"), ("dark", WIDE, "dark"), ("phone", NARROW, "light")):
        browser.devtools("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        size = {"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": False}
        browser.devtools("Emulation.setDeviceMetricsOverride", **size)
        browser.open(origin + address)
        browser.wait(drawn)
        time.sleep(1.5)
        height = min(HIGHEST, browser.run("return document.documentElement.scrollHeight"))
        browser.devtools("Emulation.setDeviceMetricsOverride", **{**size, "height": height})
        time.sleep(0.5)
        file = os.path.join(folder, f"{name}-{look}.png")
        browser.picture(file)
        print(f"{file}  {width} x {height}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("link", help="what the program prints")
    parser.add_argument("--out", default="pictures", help="folder (default: %(default)s)")
    parser.add_argument("--search")
    parser.add_argument("--birth", type=int)
    parser.add_argument("--port", type=int, default=9518, help="of chromedriver")
    arguments = parser.parse_args()
    origin = "{0.scheme}://{0.netloc}".format(urllib.parse.urlsplit(arguments.link))
    os.makedirs(arguments.out, exist_ok=True)
    browser = Browser(arguments.port)
    try:
        browser.open(arguments.link)
        browser.wait("document.documentElement.dataset.role")
        for page in pages(browser, arguments.search, arguments.birth):
            draw(browser, arguments.out, *page, origin)
        browser.run("document.getElementById('log-out').click()")
        browser.wait("location.pathname === '/login.html' && !document.getElementById('page').hidden")
        draw(browser, arguments.out, "login", "/login.html", "!document.getElementById('page').hidden", origin)
    finally:
        browser.close()


if __name__ == "__main__":
    main()
