// The keys of the page that shows sweeps.

import { cameraKeys, markKeys } from "./keys.js";

/** Each: what is pressed, as listed and as the browser names it, what it does, and how. */
export function makeKeys({ player, camera, panel, stage, state, setMode, modes, redraw, look, toggleHelp, close }) {
  const flip = (name) => () => state.set({ [name]: !state.get(name) });
  const keys = [
    [["Space"], "play, pause; follow, freeze", () => player.play()],
    [["←", "→"], "previous, next sweep", { ArrowLeft: () => player.step(-1), ArrowRight: () => player.step(1) }],
    [["Page Up", "Page Down"], "ten sweeps back, on", { PageUp: () => player.step(-10), PageDown: () => player.step(10) }],
    [["Home", "End"], "first, last sweep", { Home: () => player.show(player.bounds[0]), End: () => player.show(player.bounds[1]) }],
    [["F"], "follow the newest sweep", { f: () => player.play(true) }],
    [["1 … 6"], "colour: " + modes.map((mode) => mode.title).join(", "),
      Object.fromEntries(modes.map((mode, index) => [String(index + 1), () => setMode(mode.name)]))],
    [["Shift+0 … 9"], "hide or show a class"],
    [["H"], "show all classes", { h: () => panel.showAllClasses() }],
    [["O"], "only where label and truth differ", { o: flip("onlyDifferent") }],
    ...cameraKeys(camera, redraw, look),
    [["[", "]"], "smaller, larger points", { "[": () => state.set({ pointSize: Math.max(1, state.get("pointSize") - 0.5) }),
      "]": () => state.set({ pointSize: Math.min(8, state.get("pointSize") + 0.5) }) }],
    [["Alt+arrows"], "mark the next cell of the strip", markKeys(stage)],
    [["I", "R"], "range image, range rings", { i: flip("showStrip"), r: flip("showRings") }],
    [["?"], "this list", { "?": toggleHelp }],
    [["Esc"], "close notices and this list", { Escape: close }],
  ];
  keys[0][2] = { " ": keys[0][2] };
  return keys;
}
