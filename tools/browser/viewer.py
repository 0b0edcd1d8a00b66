"""A running `lidarseg view` or `annotate`, and a browser that looks at it."""
import contextlib
import json
import os
import re
import signal
import subprocess
import time

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains


class Viewer:
    """The program, started on a source; ends with the block."""

    def __init__(self, program, *arguments, verb="view", stdin=None):
        self.process = subprocess.Popen([program, verb, *arguments, "--json"], stdin=stdin,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        lines = []
        while (line := self.process.stdout.readline()):
            lines.append(line)
            if line.startswith("}"):
                break
        if not lines:
            raise SystemExit(f"lidarseg {verb} did not start: {self.process.stderr.read()}")
        self.report = json.loads("".join(lines))
        self.url = self.report["url"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        """Ends it as Ctrl-C does; gives its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=20)

    def kill(self):
        """Ends it as a power cut does."""
        self.process.kill()
        self.process.wait(timeout=20)


class Browser:
    """A Chromium without a window of its own, 1280 x 720 inside."""

    def __init__(self):
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        # The pictures are computed by the processor, as machines of tests have no graphics card.
        for argument in ("--headless=new", "--no-sandbox", "--window-size=1280,720", "--hide-scrollbars",
                         "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
                         "--disable-dev-shm-usage", "--force-device-scale-factor=1"):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        # The window's frame takes some of its size.
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": 1280, "height": 720, "deviceScaleFactor": 1, "mobile": False})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.driver.quit()

    def open(self, url):
        self.driver.get(url)
        self.wait("window.lidarseg !== undefined", "the page's state")

    def say(self, expression):
        """The value of an expression in the page."""
        return self.driver.execute_script(f"return {expression}")

    def wait(self, condition, what, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.say(condition):
                return
            time.sleep(0.05)
        raise AssertionError(f"waited {seconds} s for {what}: {condition}; state {self.summary()}")

    def summary(self):
        return self.say("""(() => { const l = window.lidarseg; return l && {
            points: l.points, notices: l.notices, connection: l.get('connection'),
            stream: l.get('stream'), loading: l.get('loading')} })()""")

    def press(self, *keys, shift=False, alt=False, control=False):
        """Presses keys, as a keyboard does: whatever has the focus gets them."""
        held = [key for key, is_held in ((u"\ue008", shift), (u"\ue00a", alt), (u"\ue009", control)) if is_held]
        actions = ActionChains(self.driver, duration=0)
        for key in held:
            actions.key_down(key)
        for key in keys:
            actions.send_keys(key)
        for key in held:
            actions.key_up(key)
        actions.perform()

    def drag(self, *places):
        """Presses the mouse at the first place of the canvas, in its pixels, and leaves it at the last."""
        canvas = self.driver.find_element("id", "canvas")
        left, top = canvas.rect["x"], canvas.rect["y"]
        actions = ActionChains(self.driver, duration=0)
        for number, (column, row) in enumerate(places):
            actions.w3c_actions.pointer_action.move_to_location(round(left + column), round(top + row))
            if number == 0:
                actions.w3c_actions.pointer_action.pointer_down()
        actions.w3c_actions.pointer_action.pointer_up()
        actions.perform()

    def sweep(self, number):
        self.wait(f"window.lidarseg.get('sweep')?.number === {number}", f"sweep {number}")

    def picture(self, path):
        time.sleep(0.3)
        if not self.driver.save_screenshot(path):
            raise AssertionError(f"{path} cannot be written")

    def faults(self):
        """What the page's scripts did wrong."""
        return [entry["message"] for entry in self.driver.get_log("browser")
                if entry["level"] == "SEVERE"]

    def memory(self):
        """MiB that all processes of the browser hold, shared pages counted once (PSS).

        Garbage is collected before, so that it does not matter when the browser last did it by itself.
        """
        self.driver.execute_cdp_cmd("HeapProfiler.collectGarbage", {})
        time.sleep(1)
        return self.resident()

    def resident(self):
        """MiB of all processes of the browser as they are now, without the one that drives it."""
        driver = self.driver.service.process.pid
        pids, waiting = [], [driver]
        children = {}
        for name in os.listdir("/proc"):
            if name.isdigit():
                with contextlib.suppress(OSError), open(f"/proc/{name}/stat") as file:
                    parent = int(file.read().rsplit(")", 1)[1].split()[1])
                    children.setdefault(parent, []).append(int(name))
        while waiting:
            pid = waiting.pop()
            waiting += children.get(pid, [])
            if pid != driver:
                pids.append(pid)
        total = 0
        for pid in pids:
            with contextlib.suppress(OSError), open(f"/proc/{pid}/smaps_rollup") as file:
                total += int(re.search(r"^Pss:\s+(\d+)", file.read(), re.M).group(1))
        return total / 1024
