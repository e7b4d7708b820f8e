"""Headless Chromium by chromedriver's own protocol, so that nothing has to be installed but Debian's chromium and chromium-driver."""
import base64
import json
import subprocess
import time
import urllib.error
import urllib.request


class Browser:
    """One page."""

    def __init__(self, port):
        self.address = f"http://127.0.0.1:{port}"
        self.driver = subprocess.Popen(["/usr/bin/chromedriver", f"--port={port}"], stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
        for _ in range(50):
            try:
                self.call("GET", "/status")
                break
            except urllib.error.URLError:
                time.sleep(0.1)
        options = {"binary": "/usr/bin/chromium",
                   "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1440,2400"]}
        answer = self.call("POST", "/session", {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}})
        self.session = f"/session/{answer['sessionId']}"

    def call(self, method, path, body=None):
        request = urllib.request.Request(self.address + path, method=method,
                                         data=None if body is None else json.dumps(body).encode(),
                                         headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=120) as answer:
            return json.load(answer)["value"]

    def open(self, url):
        self.call("POST", self.session + "/url", {"url": url})

    def run(self, script, *arguments):
        return self.call("POST", self.session + "/execute/sync", {"script": script, "args": list(arguments)})

    def wait(self, condition, seconds=30):
        until = time.time() + seconds
        while not self.run(f"return Boolean({condition})"):
            if time.time() > until:
                raise SystemExit(f"waited {seconds} s for: {condition}")
            time.sleep(0.1)

    def devtools(self, command, **parameters):
        return self.call("POST", self.session + "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def memory(self):
        for _ in range(2):
            self.devtools("HeapProfiler.collectGarbage")
        return {one["name"]: one["value"] for one in self.devtools("Performance.getMetrics")["metrics"]}

    def picture(self, file):
        with open(file, "wb") as out:
            out.write(base64.b64decode(self.call("GET", self.session + "/screenshot")))

    def close(self):
        self.call("DELETE", self.session)
        self.driver.terminate()
        self.driver.wait()


