// The row of colour modes: one of them is chosen.

import { modes } from "./colors.js";

/** Makes the row; gives what chooses a mode by its name. `titles` names some otherwise, `held` is a key. */
export function makeModes(state, titles = {}, held = "") {
  const room = document.getElementById("modes");
  const choose = (name) => {
    const mode = modes.find((item) => item.name === name);
    if (mode.needsTruth && !state.get("sweep")?.hasTruth) return;
    state.set({ mode: name });
  };
  const buttons = modes.map((mode, index) => {
    const button = Object.assign(document.createElement("button"), { type: "button" });
    button.setAttribute("role", "radio");
    button.setAttribute("aria-label", `colour by ${titles[mode.name] ?? mode.title}`);
    button.append(
      Object.assign(document.createElement("kbd"), { textContent: `${held}${index + 1}` }), titles[mode.name] ?? mode.title);
    button.addEventListener("click", () => choose(mode.name));
    return button;
  });
  room.replaceChildren(...buttons);
  // As in any group of radio buttons: Tab enters it, arrows choose.
  room.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const usable = buttons.filter((button) => !button.disabled);
    const place = usable.indexOf(document.activeElement);
    const next = usable[(place + by + usable.length) % usable.length];
    next.focus();
    next.click();
  });
  state.on(["mode", "sweep"], () => {
    const hasTruth = state.get("sweep")?.hasTruth ?? false;
    modes.forEach((mode, index) => {
      const isChosen = mode.name === state.get("mode");
      buttons[index].setAttribute("aria-checked", isChosen);
      buttons[index].tabIndex = isChosen ? 0 : -1;
      buttons[index].disabled = Boolean(mode.needsTruth) && !hasTruth;
      buttons[index].title = buttons[index].disabled ? "nothing is known of these points" : "";
    });
  });
  return choose;
}
