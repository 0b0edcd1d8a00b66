// Puts the parts together.

import { Camera } from "./camera.js";
import { fetchSource, followEvents } from "./client.js";
import { modes } from "./colors.js";
import { listKeys, listenToKeys, makeKeys } from "./keys.js";
import { LatencyRecord } from "./latency.js";
import { makeModes } from "./modes.js";
import { closeNotices, notice, noticeTexts } from "./notices.js";
import { Panel } from "./panel.js";
import { Player } from "./player.js";
import { Renderer } from "./renderer.js";
import { Stage } from "./stage.js";
import { firstState } from "./state.js";
import { version } from "./sweep.js";
import { Timeline } from "./timeline.js";

const element = (id) => document.getElementById(id);
const state = firstState();
const camera = new Camera();
const latencies = new LatencyRecord();

let renderer;
try {
  renderer = new Renderer(element("canvas"));
} catch (error) {
  notice(`The points cannot be drawn: ${error.message}`, "use a browser with WebGL 2");
  throw error;
}

/** What decides how points look. */
const look = () => Object.fromEntries(
  ["mode", "hiddenClasses", "onlyDifferent", "pointSize", "rangeEnd", "showRings", "marked"].map(
    (name) => [name, state.get(name)]));

const opened = Date.now();
let isDue = false;
let unpainted = null;
function redraw() {
  if (isDue) return;
  isDue = true;
  requestAnimationFrame(paint);
}

function paint() {
  isDue = false;
  renderer.resize(state.get("showStrip") ? element("strip").clientHeight : 0);
  renderer.draw(camera, look());
  const sweep = unpainted;
  unpainted = null;
  if (!sweep) return;
  // The next call comes once this picture went to the screen.
  requestAnimationFrame(() => {
    latencies.add(Date.now() - sweep.arrival);
    state.set({ latency: latencies.summary });
  });
}

const player = new Player(state, notice);
const setMode = makeModes(state);
const panel = new Panel(state, look);
const timeline = new Timeline(state, player);
const stage = new Stage(state, renderer, camera, redraw, look);

function lookFrom(name) {
  camera.look(name);
  redraw();
}
for (const [id, name] of [["view-whole", "whole"], ["view-top", "top"], ["view-driver", "driver"]]) {
  element(id).addEventListener("click", () => lookFrom(name));
}

const help = element("help");
const toggleHelp = () => (help.open ? help.close() : help.showModal());
element("help-button").addEventListener("click", toggleHelp);
const keys = makeKeys({
  player, camera, panel, stage, state, setMode, modes, redraw, look: lookFrom, toggleHelp, close: closeNotices,
});
listKeys(keys);
listenToKeys(keys, { panel, stage });

state.on(["sweep"], () => {
  const sweep = state.get("sweep");
  renderer.setSweep(sweep);
  // One that gave way to the next before there was time for its picture was not shown either.
  if (unpainted && sweep) state.set({ skipped: state.get("skipped") + 1 });
  unpainted = null;
  if (!sweep) return;
  // What came before this page was there did not wait for its painting.
  if (player.isLive && state.get("playing") && sweep.arrival > opened) unpainted = sweep;
  if (sweep.damage) notice(sweep.damage, "what could be read is shown");
  if (!sweep.hasTruth && ["truth", "difference"].includes(state.get("mode"))) state.set({ mode: "label" });
});
state.on(["hiddenClasses"], () => renderer.setFilter(state.get("hiddenClasses")));
state.on(["showStrip"], () => (element("strip").hidden = !state.get("showStrip")));
state.on(
  ["sweep", "mode", "hiddenClasses", "onlyDifferent", "pointSize", "rangeEnd", "showStrip", "showRings", "marked"],
  redraw);
state.on(["connection"], () => {
  const isLost = state.get("connection") === "lost";
  element("connection").textContent = isLost ? "connection lost, trying again" : state.get("connection");
  element("connection").classList.toggle("lost", isLost);
});
state.on(["source", "sweep", "failed"], () => {
  const source = state.get("source");
  element("hint").textContent = !source || state.get("sweep") ? ""
    : state.get("failed") ? "this sweep cannot be shown"
    : source.kind === "live" ? "waiting for the first sweep" : "labelling the first scan";
});

new ResizeObserver(redraw).observe(element("stage"));
element("canvas").addEventListener("webglcontextlost", (event) => event.preventDefault());
element("canvas").addEventListener("webglcontextrestored", () => {
  renderer.prepare();
  dress();
  renderer.setSweep(state.get("sweep"));
  redraw();
});

function dress() {
  renderer.setPalette(state.get("source")?.classes ?? []);
  renderer.setFilter(state.get("hiddenClasses"));
}

/** Asks anew what the source is: behind a lost connection there may be another. */
async function meet() {
  const source = await fetchSource();
  if (source.protocol !== version) return location.reload();
  const known = state.get("source");
  if (known && JSON.stringify(known) === JSON.stringify(source)) return;
  state.set({ source, hiddenClasses: new Set() });
  element("source-name").textContent = source.name.split("/").filter(Boolean).at(-1) ?? source.name;
  element("source-name").title = source.name;
  element("model-name").textContent = source.model;
  document.title = `${element("source-name").textContent} · lidarseg`;
  dress();
  player.reset();
}

let toldFaults = -1;
let isMeeting = Promise.resolve();
followEvents(
  (stream) => {
    isMeeting.then(() => {
      const before = state.get("stream");
      if (before && stream.latest < before.latest) player.reset();
      if (before && stream.counts.received < before.counts.received) toldFaults = -1;
      state.set({ stream });
      for (const fault of stream.faults.filter((item) => item.id > toldFaults)) {
        notice(fault.message, fault.remedy);
        toldFaults = fault.id;
      }
      player.arrived();
    });
  },
  (connection) => {
    state.set({ connection });
    if (connection === "connected") {
      isMeeting = meet().catch((error) => notice(`The source cannot be asked: ${error.message}`, error.remedy));
    }
  });

// For tests and the curious (docs/viewing.md).
window.lidarseg = {
  version,
  get(name) {
    return state.get(name);
  },
  get points() {
    const count = state.get("sweep")?.count ?? 0;
    const shown = state.get("shown") ?? 0;
    return { count, shown, hidden: count - shown };
  },
  get notices() {
    return noticeTexts();
  },
  camera,
  /** How often each colour occurs in a part of the picture ("cloud" or "strip"): {"r,g,b": pixels}. */
  colors(part = "cloud") {
    paint();
    const [width, strip, cloud] = [renderer.canvas.width, renderer.stripHeight, renderer.cloudHeight];
    const bytes = part === "cloud"
      ? renderer.pixels(0, 0, width, cloud) : renderer.pixels(0, cloud, width, strip);
    const counts = {};
    for (let place = 0; place < bytes.length; place += 4) {
      const name = `${bytes[place]},${bytes[place + 1]},${bytes[place + 2]}`;
      counts[name] = (counts[name] ?? 0) + 1;
    }
    return counts;
  },
  /** Marks a point, as the mouse over it does. */
  mark(point) {
    stage.markPoint(point);
  },
  /** Where a point is drawn, in the page's pixels from the canvas's corner. */
  place(point) {
    return renderer.place(point);
  },
};
