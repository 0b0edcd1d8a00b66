// Puts the parts together.

import { Camera } from "./camera.js";
import { modes } from "./colors.js";
import { connect } from "./connection.js";
import { expose } from "./exposure.js";
import { Frame, lookNames, lookOf } from "./frame.js";
import { listKeys, listenToKeys } from "./keys.js";
import { LatencyRecord } from "./latency.js";
import { makeModes } from "./modes.js";
import { closeNotices, notice } from "./notices.js";
import { Panel } from "./panel.js";
import { Player } from "./player.js";
import { Stage } from "./stage.js";
import { firstState } from "./state.js";
import { makeHelp, makeRenderer, makeViews } from "./surroundings.js";
import { Timeline } from "./timeline.js";
import { makeKeys } from "./viewer-keys.js";

const element = (id) => document.getElementById(id);
const state = firstState();
const camera = new Camera();
const latencies = new LatencyRecord(); // from a sweep's arrival at the server
const paintings = new LatencyRecord(); // from its arrival at this page

const renderer = makeRenderer();

const look = () => lookOf(state);
const opened = Date.now();
let unpainted = null;
const frame = new Frame(state, renderer, camera, look, () => {
  const sweep = unpainted;
  unpainted = null;
  // The next call comes once this picture went to the screen.
  if (sweep) requestAnimationFrame(() => shown(sweep));
});
const { redraw } = frame;

const player = new Player(state, notice);

function shown(sweep) {
  // What came before this page was there did not wait for its painting.
  if (player.isLive && state.get("playing") && sweep.arrival > opened) {
    const now = Date.now();
    latencies.add(now - sweep.arrival); // The server's clock is this one's where both run on one machine.
    paintings.add(now - sweep.received);
    state.set({ latency: latencies.summary, painting: paintings.summary });
  }
  player.painted();
}

const setMode = makeModes(state);
const panel = new Panel(state, look);
const timeline = new Timeline(state, player);
const stage = new Stage(state, renderer, camera, redraw, look);

const lookFrom = makeViews(camera, redraw);
const toggleHelp = makeHelp();
const keys = makeKeys({
  player, camera, panel, stage, state, setMode, modes, redraw, look: lookFrom, toggleHelp, close: closeNotices,
});
listKeys(keys);
listenToKeys(keys, (digit) => panel.toggleClass(digit));

state.on(["sweep"], () => {
  const sweep = state.get("sweep");
  renderer.setSweep(sweep);
  unpainted = sweep;
  if (!sweep) return;
  if (sweep.damage) notice(sweep.damage, "what could be read is shown");
  if (!sweep.hasTruth && ["truth", "difference"].includes(state.get("mode"))) state.set({ mode: "label" });
});
state.on(lookNames, redraw);
state.on(["source", "sweep", "failed"], () => {
  const source = state.get("source");
  element("hint").textContent = !source || state.get("sweep") ? ""
    : state.get("failed") ? "this sweep cannot be shown"
    : source.kind === "live" ? "waiting for the first sweep" : "labelling the first scan";
});

connect(state, player, { met: () => frame.dress() });

expose({ state, stage, renderer, frame, camera }, {
  get points() {
    const count = state.get("sweep")?.count ?? 0;
    const shown = state.get("shown") ?? 0;
    return { count, shown, hidden: count - shown };
  },
});
