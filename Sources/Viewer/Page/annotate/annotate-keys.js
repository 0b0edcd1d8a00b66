// The keys of the page that annotates.

import { cameraKeys, markKeys } from "../keys.js";

/** Each: what is pressed, what it does, and acts by what the browser calls the key. */
export function makeKeys({ actions, hand, desk, list, stage, state, camera, redraw, look, toggleHelp, escape }) {
  const flip = (name) => () => state.set({ [name]: !state.get(name) });
  const size = (by) => () => state.get("tool") === "brush"
    ? state.set({ brushSize: Math.max(4, Math.min(80, state.get("brushSize") + 4 * by)) })
    : state.set({ pointSize: Math.max(1, Math.min(8, state.get("pointSize") + 0.5 * by)) });
  const tool = (name) => () => state.set({ tool: state.get("tool") === name ? "click" : name });
  // Arrows edit the selected box, and else go from sweep to sweep.
  const box = (edit, otherwise = () => {}) => () => (actions.steps.object?.box ? edit() : otherwise());
  return [
    [["N", "Shift+N"], "next, previous thing to decide", { n: () => actions.nextDoubtful(), "Shift+n": () => actions.nextDoubtful(-1) }],
    [["Enter"], "make the object, or it is right", { Enter: () => hand.close() || actions.confirm() }],
    [["Shift+Enter"], "all of the sweep is right", { "Shift+Enter": () => actions.confirmAll() }],
    [["1 … 9", "0"], "class of chosen points, object, next click",
      Object.fromEntries([...Array(10).keys()].map((digit) => [String(digit), () => actions.setClass(digit)]))],
    [["Del"], "remove; no object; unlabel chosen points", { Delete: () => actions.remove(), Backspace: () => actions.remove() }],
    [[".", ","], "next, previous object", { ".": () => actions.nextObject(1), ",": () => actions.nextObject(-1) }],
    [["Space"], "click, brush or corner at the mark", { " ": () => hand.act() }],
    [["Alt+arrows"], "move the mark over the strip", markKeys(stage)],
    [["B", "L"], "brush, lasso; once more: click", { b: tool("brush"), l: tool("lasso") }],
    [["O", "J", "K"], "chosen: new object, join, split off", {
      o: () => actions.points.gather(), j: () => actions.points.join(), k: () => actions.points.split() }],
    [["M"], "merge: first one, then the other", { m: () => actions.points.merge() }],
    [["F"], "fit the box anew", { f: () => actions.boxes.fit() }],
    [["arrows"], "move the box; none: sweeps", {
      ArrowUp: box(() => actions.boxes.move(0.1, 0)), ArrowDown: box(() => actions.boxes.move(-0.1, 0)),
      ArrowLeft: box(() => actions.boxes.move(0, 0.1), () => actions.previous()),
      ArrowRight: box(() => actions.boxes.move(0, -0.1), () => actions.next()) }],
    [["Shift+← →", "↑ ↓"], "turn the box; higher, lower", {
      "Shift+ArrowLeft": box(() => actions.boxes.turn(2)), "Shift+ArrowRight": box(() => actions.boxes.turn(-2)),
      "Shift+ArrowUp": box(() => actions.boxes.resize(0, 0, 0.1)), "Shift+ArrowDown": box(() => actions.boxes.resize(0, 0, -0.1)) }],
    [["Ctrl+arrows"], "longer, shorter; wider, narrower", {
      "Control+ArrowUp": box(() => actions.boxes.resize(0.1, 0, 0)), "Control+ArrowDown": box(() => actions.boxes.resize(-0.1, 0, 0)),
      "Control+ArrowRight": box(() => actions.boxes.resize(0, 0.1, 0)), "Control+ArrowLeft": box(() => actions.boxes.resize(0, -0.1, 0)) }],
    [["Ctrl+Shift+↑ ↓"], "raise, lower the box", {
      "Control+Shift+ArrowUp": box(() => actions.boxes.move(0, 0, 0.05)),
      "Control+Shift+ArrowDown": box(() => actions.boxes.move(0, 0, -0.05)) }],
    [["Ctrl+Z", "Ctrl+Y"], "undo, redo", {
      "Control+z": () => actions.undo(), "Control+y": () => actions.redo(), "Control+Shift+z": () => actions.redo() }],
    [["Page Down", "Page Up"], "next sweep with tracks, previous", { PageDown: () => actions.next(), PageUp: () => actions.previous() }],
    [["G", "U"], "list of sweeps; least confident one", { g: () => list.toggle(), u: () => list.leastConfident() }],
    [["Ctrl+S"], "write the files", { "Control+s": () => actions.save() }],
    [["Y"], "take over from another page", { y: () => desk.claim(true) }],
    ...cameraKeys(camera, redraw, look),
    [["[", "]"], "points, brush: smaller, larger", { "[": size(-1), "]": size(1) }],
    [["Shift+1 … 6"], "colour of the points"],
    [["P", "I", "R"], "image, range image, rings", { p: flip("showPicture"), i: flip("showStrip"), r: flip("showRings") }],
    [["?", "Esc"], "this list; leave, close", { "?": toggleHelp, Escape: escape }],
  ];
}
