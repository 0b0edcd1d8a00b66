"""An annotator at work on the page of `lidarseg annotate`: twenty sweeps, by mouse and by keys."""
import json
import os
import pathlib
import statistics
import struct
import subprocess
import tempfile
import time

from checking import check
from viewer import Browser, Viewer

enter, delete, escape = "\ue007", "\ue017", "\ue00c"
left, up, right, down = "\ue012", "\ue013", "\ue014", "\ue015"
page_up, page_down = "\ue00e", "\ue00f"
sweeps = 20


def annotate(program, pictures, drive, folder):
    for hand in (Mouse, Keys):
        out = os.path.join(folder, f"annotated-{hand.__name__.lower()}")
        with Browser() as browser:
            Session(program, pathlib.Path(pictures), drive, out, browser, hand(browser)).run()


class Mouse:
    """Objects are clicked on, boxes are dragged, points are painted and drawn around."""
    name = "mouse"

    def __init__(self, browser):
        self.browser = browser

    def make_object(self, point):
        self.browser.drag(self.browser.say(f"window.lidarseg.place({point})"))

    def edit_box(self, session):
        box = session.box()
        middle = session.project([box["bottom"][0], box["bottom"][1], box["bottom"][2] + box["size"][2]])
        self.browser.drag(middle, [middle[0] + 12, middle[1] - 9], [middle[0] + 24, middle[1] - 18])
        session.changed("bottom", box, "a drag moves the box")
        corner = session.corner(session.box(), 1, 1)
        box = session.box()
        self.browser.drag(corner, [corner[0] + 6, corner[1] + 14], [corner[0] + 12, corner[1] + 28])
        session.changed("size", box, "a drag of a corner resizes it")
        box = session.box()
        knob = session.corner(box, 1, 0, ahead=0.8, height=box["size"][2] / 2)
        self.browser.drag(knob, [knob[0] + 10, knob[1] + 10], [knob[0] + 40, knob[1] + 20])
        session.changed("heading", box, "a drag of the knob turns it")
        return 3

    def paint(self, session):
        place = session.middle_of_selected()
        self.browser.press("b")
        self.browser.drag(place, [place[0] + 10, place[1] + 4], [place[0] + 20, place[1] + 8])
        self.browser.press("b")

    def draw_around_half(self, session):
        # A rectangle around the left half of its points, as they are seen.
        places = sorted(session.pixels_of_selected())
        rows = [row for _, row in places]
        low, high, middle = places[0][0] - 3, places[len(places) // 2][0], (min(rows) - 3, max(rows) + 3)
        self.browser.press("l")
        self.browser.drag((low, middle[0]), (high, middle[0]), (high, middle[1]), (low, middle[1]))
        self.browser.press("l")


class Keys:
    """The mouse is never touched."""
    name = "keys"

    def __init__(self, browser):
        self.browser = browser

    def make_object(self, point):
        # N went there and circled it.
        self.browser.press(enter)

    def edit_box(self, session):
        box = session.box()
        self.browser.press(up)
        session.changed("bottom", box, "an arrow moves the box")
        box = session.box()
        self.browser.press(up, control=True)
        session.changed("size", box, "with Ctrl an arrow makes it longer")
        box = session.box()
        self.browser.press(left, shift=True)
        session.changed("heading", box, "with Shift an arrow turns it")
        box = session.box()
        self.browser.press(up, control=True, shift=True)
        session.changed("bottom", box, "with Ctrl and Shift an arrow raises it")
        return 4

    def paint(self, session):
        self.browser.press("b")
        session.mark_selected()
        self.browser.press(right, alt=True)
        self.browser.press(" ")
        session.settled()
        self.browser.press("b")

    def draw_around_half(self, session):
        # Corners at cells of the strip: those of the object's right half and beyond.
        self.browser.press("l")
        session.mark_selected()
        rows, columns = session.cells_of_selected()
        for steps, key in ((rows, up), (columns, right), (2 * rows, down), (columns, left)):
            self.browser.press(" ")
            for _ in range(steps):
                self.browser.press(key, alt=True)
        self.browser.press(enter)


class Session:
    def __init__(self, program, pictures, drive, out, browser, hand):
        self.program, self.pictures, self.drive, self.out = program, pictures, drive, out
        self.browser, self.hand = browser, hand
        self.answers = []

    def serve(self, port=0):
        return Viewer(self.program, self.drive, "--out", self.out, "--model", "sweep", "--port", str(port),
                      verb="annotate")

    def say(self, expression):
        return self.browser.say(f"window.lidarseg.{expression}")

    def settled(self):
        """Waits until all steps that were asked for are done."""
        self.browser.wait("window.lidarseg.get('waiting') === 0 && window.lidarseg.get('annotation') !== null",
                          "the steps to be done")

    def ready(self, number):
        self.browser.wait(
            f"window.lidarseg.get('annotation')?.sweep.number === {number} && window.lidarseg.get('writes') !== null",
            f"the annotation of sweep {number}")

    def picture(self, name):
        self.browser.picture(str(self.pictures / f"annotate-{self.hand.name}-{name}.png"))

    def project(self, place):
        return self.say(f"project({json.dumps(place)})")[:2]

    def corner(self, box, a, b, ahead=0.0, height=0.0):
        """A corner of the box, or a place beyond it, in the canvas's pixels."""
        return self.project(self.browser.say(f"""(() => {{ const box = {json.dumps(box)};
            const [u, v] = [{a} * box.size[0] / 2 + {ahead}, {b} * box.size[1] / 2];
            const [c, s] = [Math.cos(box.heading), Math.sin(box.heading)];
            return [box.bottom[0] + c * u - s * v, box.bottom[1] + s * u + c * v, box.bottom[2] + {height}]; }})()"""))

    def selected(self):
        number = self.say("get('selected')")
        return next((item for item in self.say("objects") if item["id"] == number), None)

    def box(self):
        self.settled()
        return self.selected()["box"]

    def changed(self, part, before, what):
        self.settled()
        check(self.box()[part] != before[part], f"{self.hand.name}: {what}")

    def points_of_selected(self):
        return self.say("get('annotation').pointsOf(window.lidarseg.get('selected'))")

    def middle_of_selected(self):
        points = self.points_of_selected()
        return self.say(f"place({points[len(points) // 2]})")

    def pixels_of_selected(self):
        return self.browser.say("""(() => { const l = window.lidarseg;
            return l.get('annotation').pointsOf(l.get('selected')).map((p) => l.place(p)).filter(Boolean); })()""")

    def mark_selected(self):
        points = self.points_of_selected()
        self.say(f"mark({points[len(points) // 2]})")

    def cells_of_selected(self):
        """How many rows and columns of the strip the object is high and wide, halved."""
        return self.browser.say("""(() => { const l = window.lidarseg, a = l.get('annotation');
            const points = a.pointsOf(l.get('selected')).filter((p) => a.sweep.pointRows[p] !== 65535);
            const span = (list) => Math.max(2, Math.ceil((Math.max(...list) - Math.min(...list)) / 2));
            return [span(points.map((p) => a.sweep.pointRows[p])), span(points.map((p) => a.sweep.pointColumns[p]))]; })()""")

    def run(self):
        self.viewer = self.serve()
        try:
            self.browser.open(self.viewer.url)
            self.ready(0)
            self.first_sweep()
            self.all_sweeps()
            self.second_page()
            self.files()
            self.learn()
            faults = [fault for fault in self.browser.faults() if "api/" not in fault]
            check(faults == [], f"{self.hand.name}: scripts make no mistakes: {faults}")
        finally:
            self.viewer.stop()
        check(self.viewer.process.returncode == 0, f"{self.hand.name}: Ctrl-C ends the program with 0")

    def first_sweep(self):
        name = self.hand.name
        check(self.say("get('writes')"), f"{name}: the first page may change something")
        check(self.browser.say(
            "document.documentElement.scrollHeight <= 720 && document.documentElement.scrollWidth <= 1280"),
            f"{name}: the page fits 1280 x 720")
        doubts = [item["confidence"] for item in self.say("doubtful")]
        check(doubts == sorted(doubts) and len(doubts) > 3, f"{name}: {len(doubts)} things may be objects, the least sure first")
        self.dismiss()
        self.make_objects(3)
        self.picture("1-objects")
        self.edit()
        self.browser.press(enter, shift=True)
        self.settled()
        check(all(item["state"] == "confirmed" for item in self.say("objects")), f"{name}: Shift+Enter says that all is right")
        self.help()

    def dismiss(self):
        """What is circled and no object is taken from the list, and nothing beside it."""
        name = self.hand.name
        keys = "doubtful.map((item) => item.key)"
        before = set(self.say(keys))
        self.browser.press("n")
        key = self.say("get('candidate')")["key"]
        self.browser.press(delete)
        self.settled()
        check(set(self.say(keys)) == before - {key}, f"{name}: Delete takes what is no object from the list, and nothing else")
        self.browser.press("z", control=True)
        self.settled()
        check(set(self.say(keys)) == before, f"{name}: and Ctrl+Z brings it back")

    def make_objects(self, count):
        name = self.hand.name
        made = 0
        for _ in range(40):
            self.browser.press("n")
            candidate = self.say("get('candidate')")
            if not candidate or candidate["candidate"]["count"] < 60 or candidate["candidate"]["objectClass"] != "car":
                continue
            before = len(self.say("objects"))
            self.browser.wait("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))",
                              "two pictures")
            self.hand.make_object(candidate["candidate"]["point"])
            self.browser.wait("window.lidarseg.get('selected') !== null || window.lidarseg.notices.length > 0", "an answer to a click")
            self.settled()
            if len(self.say("objects")) == before:
                self.browser.press(escape)
                continue
            self.answers.append(self.say("get('answer')"))
            made += 1
            if made == count:
                break
        check(made == count, f"{name}: {count} cars are made by one step each")
        box = self.selected()["box"]
        check(len(self.points_of_selected()) > 20 and 2 < box["size"][0] < 8, f"{name}: with points and a box")

    def edit(self):
        name = self.hand.name
        before = self.box()
        steps = self.hand.edit_box(self)
        self.picture("2-box")
        for _ in range(steps):
            self.browser.press("z", control=True)
            self.settled()
        check(self.box() == before, f"{name}: Ctrl+Z takes all of it back")
        self.browser.press("y", control=True)
        self.settled()
        check(self.box() != before, f"{name}: Ctrl+Y does it again")
        self.browser.press("z", control=True)
        self.settled()
        undone = self.say("get('undo')")
        self.hand.paint(self)
        self.settled()
        check(self.say("get('undo')") == undone + 1, f"{name}: the brush gives points to the object")
        count = len(self.say("objects"))
        self.hand.draw_around_half(self)
        chosen = self.say("get('chosen')")
        check(chosen, f"{name}: the lasso chooses points: {len(chosen or [])}")
        self.picture("3-lasso")
        self.browser.press("k")
        self.settled()
        check(len(self.say("objects")) == count + 1, f"{name}: K splits the object")
        self.browser.press("m")
        self.browser.press(",")
        self.browser.press("m")
        self.settled()
        time.sleep(0.2)
        self.settled()
        check(len(self.say("objects")) == count, f"{name}: M makes two objects one")
        self.browser.press("2")
        self.settled()
        check(self.selected()["objectClass"] == "truck", f"{name}: 2 makes it a truck")
        self.browser.press("1")
        self.settled()
        self.browser.press(delete)
        self.settled()
        check(len(self.say("objects")) == count - 1, f"{name}: Delete removes it")
        self.browser.press("z", control=True)
        self.settled()
        check(len(self.say("objects")) == count, f"{name}: and Ctrl+Z brings it back")

    def help(self):
        self.browser.press("?")
        check(self.browser.say("document.getElementById('help').open"), f"{self.hand.name}: ? shows the keys")
        self.picture("4-help")
        self.browser.press(escape)
        self.browser.press("g")
        self.browser.wait("document.querySelectorAll('#list-rows li').length > 0", "the list of sweeps")
        self.picture("5-list")
        self.browser.press(escape)

    def all_sweeps(self):
        name = self.hand.name
        carried = 0
        for number in range(1, sweeps):
            if number == 3:
                self.browser.say("document.getElementById('timeline').focus()")
            self.browser.press(page_down)
            self.ready(number)
            self.browser.say("document.activeElement.blur()")
            self.settled()
            objects = self.say("objects")
            carried += sum(item["state"] == "predicted" for item in objects)
            if number == 6:
                self.gone(lambda: self.viewer.kill(), "killed")
            if number == 9:
                self.gone(lambda: self.viewer.stop(), "ended by Ctrl-C")
            self.browser.press(enter, shift=True)
            self.settled()
            check(all(item["state"] == "confirmed" for item in self.say("objects")),
                  f"{name}: sweep {number}: {len(objects)} objects came along and are confirmed")
            if number == 12:
                self.reloaded(number)
        check(carried >= sweeps, f"{name}: {carried} objects were carried on")
        before, memory = self.browser.resident(), self.browser.memory()
        print(f"    browser {before:.0f} MiB, {memory:.0f} MiB without garbage")
        check(max(before, memory) < 600, f"{name}: the browser stays below 600 MiB")
        self.picture("6-last")

    def reloaded(self, number):
        objects, undo = self.say("objects"), self.say("get('undo')")
        self.browser.driver.refresh()
        self.browser.wait("window.lidarseg !== undefined", "the page")
        self.ready(number)
        self.browser.wait("window.lidarseg.get('writes') === true", "the right to change something")
        check(self.say("objects") == objects and self.say("get('undo')") == undo,
              f"{self.hand.name}: loaded anew in the middle, the page is at the same sweep and nothing is missing")

    def gone(self, end, how):
        """Ended in the middle: what was asked for meanwhile is done once the program is back."""
        name = f"{self.hand.name}, {how}"
        undo = self.say("get('undo')")
        port = self.viewer.report["port"]
        end()
        self.browser.press(enter, shift=True)
        self.browser.wait("window.lidarseg.get('connection') === 'lost' && window.lidarseg.get('waiting') === 1",
                          "a step that waits")
        self.picture("7-lost")
        check("waits" in self.browser.say("document.getElementById('steps').textContent"),
              f"{name}: without the program a step waits, and the page says so")
        # An event that is prevented gives false.
        check(not self.browser.say("window.dispatchEvent(new Event('beforeunload', { cancelable: true }))"),
              f"{name}: and it is not left without a question")
        self.viewer = self.serve(port)
        self.browser.wait("window.lidarseg.get('connection') === 'connected' && window.lidarseg.get('waiting') === 0",
                          "the step that waited")
        check(self.say("get('undo')") == undo + 1, f"{name}: it is done when the program is back, once")
        check(all(item["state"] == "confirmed" for item in self.say("objects")), f"{name}: and nothing else is missing")
        check(self.browser.say("window.dispatchEvent(new Event('beforeunload', { cancelable: true }))"),
              f"{name}: then it may be left")

    def second_page(self):
        name = self.hand.name
        driver = self.browser.driver
        first = driver.current_window_handle
        driver.switch_to.new_window("tab")
        self.browser.open(self.viewer.url)
        self.browser.wait("window.lidarseg.get('writes') === false && window.lidarseg.get('annotation') !== null",
                          "a page that looks on")
        check(self.browser.say("!document.getElementById('banner').hidden"), f"{name}: a second page says that it only looks on")
        self.browser.press(enter, shift=True)
        check(any("only looks on" in words for words in self.say("notices")), f"{name}: and changes nothing")
        self.picture("8-second")
        second = driver.current_window_handle
        driver.switch_to.window(first)
        self.gone(lambda: self.viewer.kill(), "killed beside a page that looks on")
        check(self.say("get('writes')"), f"{name}: the page that may change something keeps the right")
        driver.switch_to.window(second)
        check(self.say("get('writes')") is False, f"{name}: and the other one goes on looking on")
        self.browser.press("y")
        self.browser.wait("window.lidarseg.get('writes') === true", "the right to change something")
        driver.switch_to.window(first)
        self.browser.wait("window.lidarseg.get('writes') === false", "the first page to be told")
        check(True, f"{name}: Y takes over, and the first page is told")
        self.browser.press("y")
        self.browser.wait("window.lidarseg.get('writes') === true", "the right to change something")
        check(True, f"{name}: and takes it back")
        for handle in driver.window_handles:
            if handle != first:
                driver.switch_to.window(handle)
                driver.close()
        driver.switch_to.window(first)

    def files(self):
        name = self.hand.name
        self.browser.press(escape)
        self.browser.press("s", control=True)
        self.browser.wait("window.lidarseg.get('saved') !== null", "the files")
        check(self.say("get('saved')")["sweeps"] == sweeps, f"{name}: Ctrl+S writes {sweeps} sweeps")
        self.picture("9-saved")
        self.viewer.stop()
        info = json.loads(subprocess.run([self.program, "info", self.out, "--json"], check=True,
                                         capture_output=True, text=True).stdout)
        check(info["labelledScans"] == sweeps, f"{name}: the folder is a data set of {sweeps} labelled scans")
        objects = 0
        for labels in sorted(pathlib.Path(self.out).glob("*/labels/*.label")):
            scan = labels.parent.parent / "velodyne" / f"{labels.stem}.bin"
            check(labels.stat().st_size * 4 == scan.stat().st_size, f"{name}: {labels.name} has a label for each point") \
                if labels.stem.endswith("0") else None
            words = struct.unpack(f"<{labels.stat().st_size // 4}I", labels.read_bytes())
            objects += len({word >> 16 for word in words if word >> 16})
        check(objects >= sweeps, f"{name}: {objects} objects in the labels")
        painted = [answer["painted"] for answer in self.answers]
        print(f"    from a click to its painted answer {statistics.median(painted):.0f} ms (longest {max(painted):.0f}); "
              f"the server's share {statistics.median(answer['server'] for answer in self.answers):.1f} ms, "
              f"the way to it and back {statistics.median(answer['reply'] - answer['server'] for answer in self.answers):.1f} ms")

    def learn(self):
        """What the page wrote is learned from; no more sweeps than it wrote are there."""
        with tempfile.TemporaryDirectory() as folder:
            streets, run = f"{folder}/streets", f"{folder}/run"
            subprocess.run([self.program, "simulate", streets, "--scenes", "4", "--set", "frames=1", "--quiet"], check=True)
            settings = ["training.steps=2", "training.batch=4", "rounds=1", "simulatedImages=8"]
            for count, status in ((sweeps + 1, 5), (sweeps, 0)):
                ended = subprocess.run(
                    [self.program, "adapt", "--source", "front-small", "--target", self.drive, "--data", streets, "--labelled",
                     str(count), "--labelled-from", self.out, "--out", run, "--quiet",
                     *(part for setting in settings for part in ("--set", setting))],
                    capture_output=True, text=True)
                check(ended.returncode == status, f"{self.hand.name}: adapt --labelled {count} ends with {status}: {ended.stderr.partition(chr(10))[0]}")
