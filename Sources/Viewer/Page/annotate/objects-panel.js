// The panel beside the cloud: tools, classes, objects, and what is selected.

const element = (id) => document.getElementById(id);
const row = (tag, properties, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};

export class ObjectsPanel {
  constructor(state, actions) {
    Object.assign(this, { state, actions });
    for (const button of document.querySelectorAll("#tools button")) {
      button.addEventListener("click", () => state.set({ tool: button.dataset.tool }));
    }
    const acts = { undo: () => actions.undo(), redo: () => actions.redo(), save: () => actions.save(), "confirm-all": () => actions.confirmAll() };
    for (const [id, act] of Object.entries(acts)) element(id).addEventListener("click", act);
    state.on(["tool"], () => this.#showTool());
    state.on(["source"], () => this.#listClasses());
    state.on(["source", "objectClass", "paintClass", "annotation", "revision"], () => this.#showClasses());
    state.on(["annotation", "revision", "selected", "candidate"], () => this.#listObjects());
    state.on(["annotation", "revision", "selected", "candidate", "chosen", "merging"], () => this.#describe());
    state.on(["undo", "redo", "waiting", "writes", "answer"], () => this.#showSteps());
  }

  #showTool() {
    for (const button of document.querySelectorAll("#tools button")) {
      button.setAttribute("aria-pressed", button.dataset.tool === this.state.get("tool"));
    }
  }

  #listClasses() {
    const rows = (this.state.get("source")?.classes ?? []).map((item, place) => {
      const swatch = row("span", { className: "swatch" });
      swatch.style.background = `rgb(${item.color.join(" ")})`;
      const button = row("button", { type: "button" }, row("kbd", { textContent: place < 10 ? place : "" }), swatch,
        row("span", { className: "name", textContent: item.name }), row("span", { className: "count quiet" }));
      button.dataset.place = place;
      button.addEventListener("click", () => this.actions.setClass(place));
      return row("li", {}, button);
    });
    element("classes").replaceChildren(...rows);
  }

  #showClasses() {
    const counts = this.state.get("annotation")?.sweep.labelCounts;
    for (const button of element("classes").querySelectorAll("button")) {
      const place = Number(button.dataset.place);
      button.setAttribute("aria-pressed", place === this.state.get("paintClass"));
      button.querySelector(".count").textContent = counts ? counts[place].toLocaleString("en-GB") : "";
    }
  }

  #listObjects() {
    const annotation = this.state.get("annotation");
    const doubtful = annotation?.doubtful ?? [];
    const decided = [...(annotation?.objects.values() ?? [])].filter((object) => object.state !== "predicted")
      .map((object) => ({ key: `o${object.id}`, object }));
    element("objects-title").textContent = annotation
      ? `Objects: ${decided.length}, to decide: ${doubtful.length}` : "Objects";
    element("objects").replaceChildren(...[...doubtful, ...decided].map((item) => this.#entry(item)));
    element("objects").querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest" });
  }

  #entry(item) {
    const { object, candidate } = item;
    const words = candidate ? `${candidate.objectClass}?` : `${object.id} ${object.objectClass}`;
    const mark = candidate ? item.confidence.toFixed(2) : { predicted: `? ${item.confidence?.toFixed(2)}`, edited: "edited", confirmed: "✓" }[object.state];
    const button = row("button", { type: "button" }, row("span", { textContent: words }), row("span", { className: "quiet", textContent: mark }));
    const isSelected = candidate ? this.state.get("candidate")?.key === item.key : this.state.get("selected") === object.id;
    button.setAttribute("aria-current", isSelected);
    button.addEventListener("click", () => this.state.set({ selected: object?.id ?? null, candidate: candidate ? item : null }));
    return row("li", {}, button);
  }

  #describe() {
    const [annotation, chosen] = [this.state.get("annotation"), this.state.get("chosen")];
    const object = annotation?.objects.get(this.state.get("selected"));
    const candidate = this.state.get("candidate");
    const lines = [];
    if (chosen) lines.push(`${chosen.length.toLocaleString("en-GB")} points chosen: 0–9 class, O new object, J join, K split off, Del unlabel`);
    if (candidate) lines.push(`${candidate.candidate.count} points, confidence ${candidate.confidence.toFixed(2)}: Enter makes the object, 1–6 another class, Del no object`);
    if (object) {
      const box = object.box;
      lines.push(`object ${object.id}, ${object.state}, ${object.count} points`);
      if (box) lines.push(
        `${box.size.map((value) => value.toFixed(2)).join(" × ")} m at ${box.bottom.slice(0, 2).map((value) => value.toFixed(1)).join(", ")}, ${Math.round((box.heading * 180) / Math.PI)}°`);
    }
    if (this.state.get("merging") !== null) lines.push(`merge object ${this.state.get("merging")}: select the other, then M`);
    element("selection").textContent = lines.join("\n") || "Click on an object, or press N.";
  }

  #showSteps() {
    const { state } = this;
    const writes = state.get("writes");
    for (const [id, count] of [["undo", state.get("undo")], ["redo", state.get("redo")]]) {
      element(id).textContent = count > 0 ? `${id} ${count}` : id;
      element(id).disabled = !writes || count === 0;
    }
    for (const id of ["save", "confirm-all"]) element(id).disabled = !writes;
    const [waiting, answer] = [state.get("waiting"), state.get("answer")];
    element("steps").classList.toggle("lost", waiting > 0 && state.get("connection") === "lost");
    element("steps").textContent = waiting > 0 && state.get("connection") === "lost"
      ? `${waiting} step${waiting > 1 ? "s wait" : " waits"} for the connection`
      : answer ? `steps are saved; the last: ${answer.painted.toFixed(0)} ms` : "steps are saved as they are done";
  }
}
