// Puts the page together that annotates.

import { Camera } from "../camera.js";
import { fetchJSON } from "../client.js";
import { modes } from "../colors.js";
import { connect } from "../connection.js";
import { expose } from "../exposure.js";
import { Frame, lookNames, lookOf } from "../frame.js";
import { listKeys, listenToKeys } from "../keys.js";
import { makeModes } from "../modes.js";
import { closeNotices, notice, noticeTexts } from "../notices.js";
import { Player } from "../player.js";
import { Stage } from "../stage.js";
import { firstState } from "../state.js";
import { makeHelp, makeRenderer, makeViews } from "../surroundings.js";
import { Timeline } from "../timeline.js";
import { Actions } from "./actions.js";
import { makeKeys } from "./annotate-keys.js";
import { Annotation } from "./annotation.js";
import { Desk } from "./desk.js";
import { Hand } from "./hand.js";
import { ObjectsPanel } from "./objects-panel.js";
import { Overlay } from "./overlay.js";
import { Picture } from "./picture.js";
import { SweepsList } from "./sweeps-list.js";

const element = (id) => document.getElementById(id);
const state = firstState({
  annotation: null, // what is annotated in the sweep that is shown
  revision: 0, // another one after each step
  selected: null, // the number of an object
  candidate: null, // what may be an object, and is looked at
  chosen: null, // points that the lasso or the brush chose
  merging: null, // the object that is to be merged with another
  tool: "click", // or "brush", "lasso"
  objectClass: "car", // of the next click
  paintClass: 1, // the class's place, for points
  brushSize: 14, // pixels
  writes: null, // whether this page may change something; null until that is known
  steps: 0, // how many steps were done, taken back or done again, in all sweeps
  undo: 0,
  redo: 0,
  waiting: 0, // steps that were asked for and not yet done
  answer: null, // how long the last step took: {server, reply, painted} in milliseconds
  saved: null, // what was written last
  showPicture: true,
});
const camera = new Camera();

const renderer = makeRenderer(true);

// The mark is the overlay's: no point is drawn anew because the mouse moves.
const look = () => ({ ...lookOf(state), marked: null });
const overlay = new Overlay(state, renderer);
const frame = new Frame(state, renderer, camera, look, () => overlay.paint());
const { redraw } = frame;
const player = new Player(state, notice);
// Loaded anew, the page goes on where it was.
player.start = Number(sessionStorage.getItem("position") ?? 0);
state.on(["position"], () => {
  if (state.get("position") !== null) sessionStorage.setItem("position", state.get("position"));
});
const titles = { truth: "model", difference: "changed" };
const setMode = makeModes(state, titles, "⇧");
const desk = new Desk(state, show);
const actions = new Actions(state, desk, player, camera, redraw);
// Stepping on carries the tracks along.
const timeline = new Timeline(state, player, { next: () => actions.next() });
const hand = new Hand(state, renderer, overlay, actions, look);
const stage = new Stage(state, renderer, camera, redraw, look, hand);
const panel = new ObjectsPanel(state, actions);
const picture = new Picture(state);
const list = new SweepsList(state, player);

/** Shows what a step did: only the points that it changed are drawn anew. */
function show(view, item) {
  if (view.remark) notice(view.remark);
  const annotation = state.get("annotation");
  if (view.sweep !== annotation?.sweep.number) {
    // Undone in another sweep, or carried to the next: that one is shown. Other answers come late.
    const leads = ["undo", "redo", "carry"].some((name) => name in item.action);
    if (leads && view.sweep !== state.get("position")) player.show(view.sweep);
    return;
  }
  const replied = performance.now();
  const points = annotation.apply(view);
  renderer.updateLabels(points);
  renderer.drawPoints(points, look());
  if (view.selected) state.set({ selected: view.selected, candidate: null });
  else if (!annotation.objects.has(state.get("selected"))) state.set({ selected: null });
  if (state.get("mode") === "difference") redraw();
  state.set({ revision: state.get("revision") + 1 });
  overlay.paint();
  renderer.gl.finish();
  const painted = performance.now();
  state.set({
    answer: { server: view.milliseconds, reply: replied - item.asked, painted: painted - item.asked },
  });
}

/** How many steps there are, as far as this page was told. */
const toldSteps = () => Math.max(state.get("steps"), state.get("stream")?.annotation.steps ?? 0);
let asked = null; // the sweep that is being asked about

/** Asks what is annotated in the sweep that is shown. */
async function lookUp() {
  const sweep = state.get("sweep");
  if (!sweep) return;
  const known = toldSteps();
  asked = sweep;
  try {
    const view = await fetchJSON(`api/annotations/${sweep.number}`);
    if (state.get("sweep") !== sweep) return;
    // Something was done meanwhile that the answer may not know.
    if (toldSteps() > Math.max(known, view.steps)) return await lookUp();
    const annotation = new Annotation(sweep, view);
    renderer.setSweep(sweep);
    const selected = annotation.objects.has(state.get("selected")) ? state.get("selected") : null;
    state.set({
      annotation, steps: view.steps, undo: view.undo, redo: view.redo, selected, candidate: null, chosen: null,
      revision: state.get("revision") + 1,
    });
    if (view.remark) notice(view.remark);
    redraw();
  } catch (error) {
    if (state.get("sweep") === sweep && error.remedy) notice(error.message, error.remedy);
  } finally {
    if (asked === sweep) asked = null;
  }
}

const lookFrom = makeViews(camera, redraw);
element("take-over").addEventListener("click", () => desk.claim(true));

const toggleHelp = makeHelp();
function escape() {
  if (noticeTexts().length > 0) return closeNotices();
  hand.drop();
  actions.leave();
}
const keys = makeKeys({
  actions, hand, desk, list, stage, state, camera, redraw, look: lookFrom, toggleHelp, escape,
});
listKeys(keys);
listenToKeys(keys, (digit) => digit > 0 && modes[digit - 1] && setMode(modes[digit - 1].name));

state.on(["sweep"], () => {
  const sweep = state.get("sweep");
  state.set({ annotation: null, chosen: null, merging: null });
  // The labels are the model's at first: where it gave none, one that was given since is a change.
  if (sweep) sweep.truthIsWhole = true;
  renderer.setSweep(sweep);
  lookUp();
});
state.on(lookNames.filter((name) => name !== "marked"), redraw);
state.on(["source", "sweep", "failed"], () => {
  element("hint").textContent = !state.get("source") || state.get("sweep") ? ""
    : state.get("failed") ? "this sweep cannot be annotated" : "labelling the scan";
});
state.on(["writes"], () => {
  element("banner").hidden = state.get("writes") !== false;
});

connect(state, player, {
  page: desk.page,
  met: () => {
    frame.dress();
    desk.forget();
    state.set({ steps: 0 });
  },
  joined: () => desk.joined(),
  heard: (stream) => {
    const { writer, steps } = stream.annotation;
    if (state.get("writes") && writer && writer !== desk.page) desk.claim();
    if (state.get("writes") && !writer) desk.claim();
    // Who looks on sees what the other page does; who lost the connection, what was done meanwhile.
    const isOld = steps > state.get("steps") && state.get("waiting") === 0;
    if ((isOld || !state.get("annotation")) && asked !== state.get("sweep")) lookUp();
  },
});

expose({ state, stage, renderer, frame, camera }, {
  get objects() {
    return [...(state.get("annotation")?.objects.values() ?? [])];
  },
  get doubtful() {
    return state.get("annotation")?.doubtful ?? [];
  },
  /** Where a place in metres is drawn. */
  project(place) {
    return renderer.project(place);
  },
});
