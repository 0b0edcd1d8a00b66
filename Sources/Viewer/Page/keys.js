// Keys, and the list of them that ? shows. What has the focus keeps the keys that it needs itself.

/** Keys that move the camera. */
export function cameraKeys(camera, redraw, look) {
  const view = (act) => () => { act(); redraw(); };
  const nearer = view(() => camera.zoom(0.85));
  return [
    [["W A S D"], "move", {
      w: view(() => camera.pan(0, 30, 600)), a: view(() => camera.pan(-30, 0, 600)),
      s: view(() => camera.pan(0, -30, 600)), d: view(() => camera.pan(30, 0, 600)) }],
    [["Q", "E"], "turn", { q: view(() => camera.turn(-0.08, 0)), e: view(() => camera.turn(0.08, 0)) }],
    [["Z", "X"], "tilt", { z: view(() => camera.turn(0, 0.06)), x: view(() => camera.turn(0, -0.06)) }],
    [["+", "−"], "nearer, farther", { "+": nearer, "=": nearer, "-": view(() => camera.zoom(1 / 0.85)) }],
    [["C", "T", "V"], "view: whole, top, sensor", {
      c: view(() => look("whole")), t: view(() => look("top")), v: view(() => look("driver")) }],
  ];
}

/** Keys that mark the next cell of the strip. */
export function markKeys(stage) {
  return {
    "Alt+ArrowLeft": () => stage.moveMark(-1, 0), "Alt+ArrowRight": () => stage.moveMark(1, 0),
    "Alt+ArrowUp": () => stage.moveMark(0, -1), "Alt+ArrowDown": () => stage.moveMark(0, 1),
  };
}

/**
 * `keys` are rows of what is pressed, what it does, and acts by what the browser calls the key, with
 * "Shift+", "Control+" and "Alt+" before it where these are held; `digits` is called with Shift and a digit.
 */
export function listenToKeys(keys, digits) {
  const acts = Object.assign({}, ...keys.map(([, , act]) => act ?? {}));
  document.addEventListener("keydown", (event) => {
    if (event.metaKey || document.querySelector("dialog[open]")) return;
    const act = chosen(event, acts, digits);
    if (!act || belongsToFocus(event)) return;
    event.preventDefault();
    act();
  });
}

function chosen(event, acts, digits) {
  const digit = /^Digit(\d)$/.exec(event.code);
  if (event.shiftKey && digit && !event.ctrlKey && !event.altKey) return () => digits(Number(digit[1]));
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.ctrlKey) return acts[`Control+${event.shiftKey ? "Shift+" : ""}${key}`];
  if (event.altKey) return acts[`Alt+${key}`];
  return (event.shiftKey ? acts[`Shift+${key}`] : null) ?? acts[event.key] ?? acts[key];
}

function belongsToFocus(event) {
  const focus = event.target;
  if (event.altKey || event.ctrlKey) return false;
  if (focus instanceof HTMLInputElement && focus.type === "range") {
    return /^(Arrow|Home|End)/.test(event.key);
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
