// Keys, and the list of them that ? shows. What has the focus keeps the keys that it needs itself.

/** Each: what is pressed, as listed and as the browser names it, what it does, and how. */
export function makeKeys({ player, camera, panel, stage, state, setMode, modes, redraw, look, toggleHelp, close }) {
  const view = (act) => () => { act(); redraw(); };
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
    [["W A S D"], "move", { w: view(() => camera.pan(0, 30, 600)), a: view(() => camera.pan(-30, 0, 600)),
      s: view(() => camera.pan(0, -30, 600)), d: view(() => camera.pan(30, 0, 600)) }],
    [["Q", "E"], "turn", { q: view(() => camera.turn(-0.08, 0)), e: view(() => camera.turn(0.08, 0)) }],
    [["Z", "X"], "tilt", { z: view(() => camera.turn(0, 0.06)), x: view(() => camera.turn(0, -0.06)) }],
    [["+", "−"], "nearer, farther", { "+": view(() => camera.zoom(0.85)), "=": view(() => camera.zoom(0.85)), "-": view(() => camera.zoom(1 / 0.85)) }],
    [["C", "T", "V"], "view: whole, top, sensor", { c: view(() => look("whole")), t: view(() => look("top")), v: view(() => look("driver")) }],
    [["[", "]"], "smaller, larger points", { "[": () => state.set({ pointSize: Math.max(1, state.get("pointSize") - 0.5) }),
      "]": () => state.set({ pointSize: Math.min(8, state.get("pointSize") + 0.5) }) }],
    [["Alt+arrows"], "mark the next cell of the strip"],
    [["I", "R"], "range image, range rings", { i: flip("showStrip"), r: flip("showRings") }],
    [["?"], "this list", { "?": toggleHelp }],
    [["Esc"], "close notices and this list", { Escape: close }],
  ];
  keys[0][2] = { " ": keys[0][2] };
  return keys;
}

export function listenToKeys(keys, { panel, stage }) {
  const acts = Object.assign({}, ...keys.map(([, , act]) => act ?? {}));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || document.querySelector("dialog[open]")) return;
    const act = chosen(event, acts, panel, stage);
    if (!act || belongsToFocus(event)) return;
    event.preventDefault();
    act();
  });
}

function chosen(event, acts, panel, stage) {
  if (event.altKey) {
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const move = moves[event.key];
    return move && (() => stage.moveMark(...move));
  }
  const digit = /^Digit(\d)$/.exec(event.code);
  if (event.shiftKey && digit) return () => panel.toggleClass(Number(digit[1]));
  return acts[event.key] ?? acts[event.key.toLowerCase()];
}

function belongsToFocus(event) {
  const focus = event.target;
  if (event.altKey) return false;
  if (focus instanceof HTMLInputElement && focus.type === "range") {
    return /^(Arrow|Page|Home|End)/.test(event.key);
  }
  const isPressed = focus instanceof HTMLButtonElement || (focus instanceof HTMLInputElement && focus.type === "checkbox");
  if (focus.getAttribute?.("role") === "radio" && event.key.startsWith("Arrow")) return true;
  return isPressed && (event.key === " " || event.key === "Enter");
}

export function listKeys(keys) {
  const rows = keys.map(([names, text]) => {
    const row = document.createElement("div");
    row.append(
      Object.assign(document.createElement("kbd"), { textContent: names.join("  ") }),
      Object.assign(document.createElement("span"), { textContent: text }));
    return row;
  });
  document.getElementById("help-keys").replaceChildren(...rows);
}
