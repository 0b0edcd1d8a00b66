"""What the pages of `lidarseg view` and `annotate` must do, tried in a browser; see tools/browser-test."""
import os
import pathlib
import subprocess
import sys
import tempfile
import time

from annotating import annotate
from checking import check
from viewer import Browser, Viewer

program, pictures = sys.argv[1], pathlib.Path(sys.argv[2])
data = sys.argv[3] if len(sys.argv) > 3 else None


def main():
    with tempfile.TemporaryDirectory() as folder:
        scans = os.path.join(folder, "streets")
        subprocess.run([program, "simulate", scans, "--scenes", "5", "--seed", "5", "--quiet"], check=True)
        with Browser() as browser:
            stored_scans(browser, scans)
            same_picture(browser, scans)
            damaged_scans(browser, scans)
            lost_connection(browser, scans)
        # A browser of its own, so that its memory is that of this page.
        with Browser() as browser:
            live_stream(browser, scans, folder)
        annotate(program, pictures, drive(folder), folder)
    print(f"the pages do what they must; pictures in {pictures}")


def drive(folder):
    """Twenty real sweeps that follow each other, where a folder of them is named, else simulated ones."""
    if data:
        return os.path.join(data, "labelled", "2011_09_26_drive_0005")
    streets = os.path.join(folder, "twenty")
    subprocess.run([program, "simulate", streets, "--scenes", "1", "--seed", "8", "--set", "frames=20", "--quiet"],
                   check=True)
    return streets


def color_of(browser, index):
    return browser.say(f"window.lidarseg.get('source').classes[{index}].color.join(',')")


def stored_scans(browser, scans):
    """Scans in files, by the keyboard alone: the mouse is never touched."""
    with Viewer(program, scans, "--model", "sweep", "--port", "0") as viewer:
        browser.open(viewer.url)
        browser.sweep(0)
        count = browser.say("window.lidarseg.points.count")
        check(count > 50_000, f"a sweep of {count} points is shown")
        check(browser.say("window.lidarseg.points.hidden") == 0, "no point is hidden at first")
        check(browser.say("document.documentElement.scrollHeight <= 720 && document.documentElement.scrollWidth <= 1280"),
              "the page fits 1280 x 720")
        colors = browser.say("window.lidarseg.colors()")
        for name in ("background", "car"):
            index = browser.say(f"window.lidarseg.get('source').classes.findIndex((c) => c.name === '{name}')")
            check(colors.get(color_of(browser, index), 0) > 20, f"pixels have the colour of {name}")
        check(len(browser.say("window.lidarseg.colors('strip')")) > 2, "the strip has colours")
        browser.picture(str(pictures / "1-label.png"))
        color_modes(browser)
        filters(browser)
        sweeps(browser)
        views_and_marks(browser)
        tabbing(browser)
        check(browser.faults() == [], f"scripts make no mistakes: {browser.faults()}")
    check(viewer.stop() == 0, "Ctrl-C ends the program with 0")


def color_modes(browser):
    seen = [browser.say("window.lidarseg.colors()")]
    for digit, mode in enumerate(("confidence", "intensity", "range", "truth", "difference"), start=2):
        browser.press(str(digit))
        check(browser.say("window.lidarseg.get('mode')") == mode, f"{digit} colours by {mode}")
        colors = browser.say("window.lidarseg.colors()")
        check(all(colors != other for other in seen), f"{mode} looks otherwise than the others")
        seen.append(colors)
        browser.picture(str(pictures / f"{digit}-{mode}.png"))
    check("86,99,116" in seen[-1], "where label and truth agree, points are grey")
    browser.press("o")
    shown = browser.say("window.lidarseg.points.shown")
    differing = browser.say("""(() => { const s = window.lidarseg.get('sweep');
        return s.label.reduce((sum, _, p) => sum + s.differs(p), 0); })()""")
    check(shown == differing, f"O leaves the {differing} points that differ")
    browser.press("o")
    browser.press("1")


def filters(browser):
    background = browser.say("window.lidarseg.get('source').classes.findIndex((c) => c.name === 'background')")
    count = browser.say(f"window.lidarseg.get('sweep').labelCounts[{background}]")
    browser.press(str(background), shift=True)
    check(browser.say("window.lidarseg.points.hidden") == count, f"Shift+{background} hides {count} points")
    check(color_of(browser, background) not in browser.say("window.lidarseg.colors()"), "and none of them is drawn")
    browser.picture(str(pictures / "7-filtered.png"))
    browser.press("h")
    check(browser.say("window.lidarseg.points.hidden") == 0, "H shows all again")


def sweeps(browser):
    right, left, home, end = u"\ue014", u"\ue012", u"\ue011", u"\ue010"
    browser.press(right)
    browser.sweep(1)
    browser.press(left)
    browser.sweep(0)
    browser.press(end)
    browser.sweep(4)
    browser.press(home)
    browser.sweep(0)
    browser.press(" ")
    check(browser.say("window.lidarseg.get('playing')"), "Space plays")
    browser.wait("window.lidarseg.get('sweep').number === 4 && !window.lidarseg.get('playing')", "the end")
    check(True, "it plays to the end and stops")


def views_and_marks(browser):
    before = browser.say("window.lidarseg.camera.yaw")
    browser.press("q")
    check(browser.say("window.lidarseg.camera.yaw") != before, "Q turns the camera")
    browser.press("t")
    browser.picture(str(pictures / "8-top.png"))
    browser.press("v")
    browser.picture(str(pictures / "9-sensor.png"))
    browser.press("c")
    browser.press(u"\ue014", alt=True)
    check(browser.say("window.lidarseg.get('marked') !== null"), "Alt and an arrow mark a cell")
    browser.say("""(() => { const l = window.lidarseg, s = l.get('sweep');
        const p = s.label.findIndex((c, i) => c === 2 && s.pointRows[i] !== 65535); l.mark(p); })()""")
    check("255,255,255" in browser.say("window.lidarseg.colors()"), "the marked point is white in the cloud")
    browser.picture(str(pictures / "10-marked.png"))
    browser.press("?")
    check(browser.say("document.getElementById('help').open"), "? shows the keys")
    browser.picture(str(pictures / "11-help.png"))
    browser.press(u"\ue00c")
    check(not browser.say("document.getElementById('help').open"), "Esc closes them")


def tabbing(browser):
    """Tab reaches every control, each says what it is, and one sees where one is."""
    browser.say("document.activeElement.blur()")
    reached = []
    for _ in range(60):
        browser.press(u"\ue004")
        name = browser.say("""(() => { const e = document.activeElement; if (!e || e === document.body) return null;
            const words = e.getAttribute('aria-label') || e.textContent.trim() || e.labels?.[0]?.textContent.trim();
            const style = getComputedStyle(e);
            return [e.id || e.dataset.class || words, words, style.outlineStyle, style.outlineWidth]; })()""")
        if name is None or name[0] in [other[0] for other in reached]:
            break
        reached.append(name)
    check(all(words for _, words, _, _ in reached), "whatever Tab reaches has a name")
    check(all(style != "none" and width != "0px" for _, _, style, width in reached), "and a visible focus")
    wanted = {"help-button", "canvas", "strip", "all-classes", "point-size", "range-end", "view-top", "show-strip",
              "play", "timeline"}
    missing = wanted - {name for name, *_ in reached}
    check(not missing, f"Tab reaches all controls, {len(reached)}; missing: {missing or 'none'}")


def same_picture(browser, scans):
    """Points that the page computes look as those that the graphics card computes, in all colours."""
    with Viewer(program, scans, "--model", "sweep", "--port", "0") as viewer:
        counts = {}
        for way in ("shaded", "computed"):
            browser.open(f"{viewer.url}?points={way}")
            browser.sweep(0)
            browser.say("window.lidarseg.mark(window.lidarseg.get('sweep').label.findIndex((label) => label === 2))")
            for key in "123456":
                browser.press(key)
                counts[way, key] = browser.say("window.lidarseg.colors()")
        for key in "123456":
            shaded, computed = counts["shaded", key], counts["computed", key]
            apart = sum(abs(shaded.get(color, 0) - computed.get(color, 0)) for color in {*shaded, *computed})
            drawn = sum(shaded.values()) - max(shaded.values())
            check(len(shaded) > 3 and apart < 0.03 * drawn,
                  f"colours {key}: both ways of drawing points count the same pixels of each but for {apart} of {drawn}")
            white = [count.get("255,255,255", 0) for count in (shaded, computed)]
            check(white[0] >= 40 and abs(white[0] - white[1]) < 10, f"the marked point is large and white: {white}")


def damaged_scans(browser, scans):
    """A scan that disappears or is cut is said in words; the next ones still work."""
    with Viewer(program, scans, "--model", "sweep", "--port", "0") as viewer:
        gone = pathlib.Path(scans, "sequences/01/velodyne/000000.bin")
        kept = gone.read_bytes()
        cut = pathlib.Path(scans, "sequences/02/velodyne/000000.bin")
        whole = cut.read_bytes()
        gone.unlink()
        cut.write_bytes(whole[:160_007])
        browser.open(viewer.url)
        browser.sweep(0)
        browser.press(u"\ue014")
        browser.wait("window.lidarseg.notices.length > 0", "a word on the scan that is gone")
        check("Sweep 1" in browser.say("window.lidarseg.notices")[0], "a scan that is gone is said in words")
        browser.picture(str(pictures / "12-gone.png"))
        check(browser.say("window.lidarseg.get('sweep')") is None, "and no other is shown in its place")
        browser.press(u"\ue014")
        browser.wait("window.lidarseg.notices.length > 1", "a word on the scan that is cut")
        check("Sweep 2" in browser.say("window.lidarseg.notices")[1] or "000000" in browser.say("window.lidarseg.notices")[1],
              "a scan that is cut is said in words")
        browser.press(u"\ue014")
        browser.sweep(3)
        check(browser.say("window.lidarseg.points.count") > 50_000, "the ones behind them are shown")
        gone.write_bytes(kept)
        cut.write_bytes(whole)


def live_stream(browser, scans, folder):
    """A recording, followed as it was recorded: ten sweeps a second."""
    count = 60
    drive = pathlib.Path(folder, "drive", "velodyne")
    drive.mkdir(parents=True)
    sweeps = sorted(pathlib.Path(scans).glob("sequences/*/velodyne/*.bin"))
    for number in range(count):
        (drive / f"{number:06}.bin").symlink_to(sweeps[number % len(sweeps)])
    recording = os.path.join(folder, "drive.mcap")
    subprocess.run([program, "convert", str(drive.parent), recording, "--to", "mcap", "--quiet"], check=True)
    with Viewer(program, recording, "--model", "front-small", "--sensor", "hdl64e-kitti", "--port", "0") as viewer:
        browser.open(viewer.url)
        browser.wait("window.lidarseg.get('latency') !== null", "a sweep that came while the page was open")
        first = browser.say("window.lidarseg.get('sweep').number")
        browser.wait("window.lidarseg.get('stream').ended && window.lidarseg.get('position') === window.lidarseg.get('stream').latest",
                     "the last sweep of a stream")
        counts = browser.say("window.lidarseg.get('stream').counts")
        check(counts == {"received": count, "dropped": 0, "failed": 0}, f"all sweeps of a recording came: {counts}")
        browser.wait(f"window.lidarseg.get('latency').count + window.lidarseg.get('skipped') >= {count - 1 - first}",
                     f"the sweeps after {first} to be shown or counted as skipped", seconds=10)
        shown, painting = browser.say("['latency', 'painting'].map((name) => window.lidarseg.get(name))")
        check(True, f"{shown['count']} were shown and {browser.say('window.lidarseg.get(' + repr('skipped') + ')')} skipped")
        memory = browser.memory()
        print(f"    from arrival to picture {shown['p50']:.0f} ms (p95 {shown['p95']:.0f}), {painting['p50']:.0f} ms of it "
              f"(p95 {painting['p95']:.0f}) from arrival at the page; browser {memory:.0f} MiB")
        check(painting["count"] == shown["count"] and painting["p50"] < shown["p50"],
              "from arrival at the page it is less than from arrival at the server")
        check(memory < 600, "the browser stays below 600 MiB")
        latest = browser.say("window.lidarseg.get('stream').latest")
        browser.press(u"\ue012")
        browser.sweep(latest - 1)
        check(True, "one can step back among the last ones")
        browser.picture(str(pictures / "13-live.png"))


def lost_connection(browser, scans):
    """A program that ends is noticed, and so is its return."""
    viewer = Viewer(program, scans, "--model", "front-small", "--port", "0")
    port = viewer.report["port"]
    browser.open(viewer.url)
    browser.sweep(0)
    check(viewer.stop() == 0, "the program ends while a page is open")
    browser.wait("window.lidarseg.get('connection') === 'lost'", "the loss of the connection")
    browser.picture(str(pictures / "14-lost.png"))
    with Viewer(program, scans, "--model", "front-small", "--port", str(port)):
        browser.wait("window.lidarseg.get('connection') === 'connected'", "the connection")
        check(True, "a lost connection is said, and comes back")
        time.sleep(0.5)
        browser.press(u"\ue014")
        browser.sweep(1)


main()
