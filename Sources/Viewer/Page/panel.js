// The panel beside the cloud: numbers, classes, the point that is marked, settings.

import { differenceColors, modes, rampBytes } from "./colors.js";
import { countShown } from "./visibility.js";

const element = (id) => document.getElementById(id);
const grouped = (number) => number.toLocaleString("en-GB");

export class Panel {
  constructor(state, look) {
    Object.assign(this, { state, look });
    state.on(["source"], () => this.#listClasses());
    state.on(["sweep", "mode"], () => this.#countClasses());
    state.on(["hiddenClasses"], () => this.#showFilter());
    state.on(["sweep", "mode", "hiddenClasses", "onlyDifferent"], () => this.#countPoints());
    state.on(["mode", "rangeEnd"], () => this.#showRamp());
    state.on(["marked", "sweep"], () => this.#describePoint());
    state.on(["stream", "skipped", "latency", "source"], () => this.#countStream());
    this.#bindSettings();
  }

  /** Hides a class or shows it again. */
  toggleClass(index) {
    const hidden = new Set(this.state.get("hiddenClasses"));
    if (!hidden.delete(index)) hidden.add(index);
    this.state.set({ hiddenClasses: hidden });
  }

  showAllClasses() {
    this.state.set({ hiddenClasses: new Set(), onlyDifferent: false });
  }

  #listClasses() {
    const rows = (this.state.get("source")?.classes ?? []).map((item, index) => {
      const row = document.createElement("li");
      const label = document.createElement("label");
      const box = Object.assign(document.createElement("input"), { type: "checkbox", checked: true });
      box.dataset.class = index;
      box.setAttribute("aria-label", `show ${item.name}`);
      box.addEventListener("change", () => this.toggleClass(index));
      const swatch = Object.assign(document.createElement("span"), { className: "swatch" });
      swatch.style.background = `rgb(${item.color.join(" ")})`;
      const name = Object.assign(document.createElement("span"), { className: "name", textContent: item.name });
      const count = Object.assign(document.createElement("span"), { className: "count quiet" });
      label.append(box, swatch, name, count);
      label.title = index < 10 ? `Shift+${index}` : "";
      row.append(label);
      return row;
    });
    element("classes").replaceChildren(...rows);
    this.#countClasses();
    this.#showFilter();
  }

  #countClasses() {
    const sweep = this.state.get("sweep");
    const counts = this.state.get("mode") === "truth" ? sweep?.truthCounts : sweep?.labelCounts;
    element("classes").querySelectorAll(".count").forEach((count, index) => {
      count.textContent = counts ? grouped(counts[index]) : "";
    });
  }

  #showFilter() {
    const hidden = this.state.get("hiddenClasses");
    for (const box of element("classes").querySelectorAll("input")) {
      box.checked = !hidden.has(Number(box.dataset.class));
    }
  }

  #countPoints() {
    const sweep = this.state.get("sweep");
    const shown = sweep ? countShown(sweep, this.look()) : 0;
    this.state.set({ shown });
    element("count-shown").textContent = grouped(shown);
    element("count-hidden").textContent = grouped((sweep?.count ?? 0) - shown);
    element("only-different").checked = this.state.get("onlyDifferent");
    element("only-different").disabled = !sweep?.hasTruth;
  }

  #showRamp() {
    const mode = modes.find((item) => item.name === this.state.get("mode"));
    const isRamp = mode.ramp !== undefined;
    element("ramp").hidden = !isRamp && mode.name !== "difference";
    element("ramp-title").textContent = mode.title;
    const canvas = element("ramp-canvas").getContext("2d");
    const picture = canvas.createImageData(256, 1);
    const bytes = rampBytes().bytes;
    for (let step = 0; step < 256; step++) {
      const color = isRamp
        ? bytes.subarray((mode.ramp * 256 + step) * 4, (mode.ramp * 256 + step) * 4 + 3)
        : differenceColors[[0, 2, 1][Math.floor((step * 3) / 256)]];
      picture.data.set([...color, 255], 4 * step);
    }
    canvas.putImageData(picture, 0, 0);
    element("ramp-low").textContent = isRamp ? mode.low : "agrees";
    element("ramp-high").textContent = isRamp ? mode.high ?? `${this.state.get("rangeEnd")} m` : "differs";
  }

  #describePoint() {
    const [marked, sweep] = [this.state.get("marked"), this.state.get("sweep")];
    const classes = this.state.get("source")?.classes ?? [];
    if (!marked || !sweep) return (element("point").textContent = "Point at the cloud or the strip.");
    const cell = marked.row < 0 ? "no cell" : `row ${marked.row}, column ${marked.column}`;
    const point = marked.point;
    if (point < 0) return (element("point").textContent = `empty cell\n${cell}`);
    const [x, y, z] = sweep.places.subarray(3 * point, 3 * point + 3);
    const name = (index) => classes[index]?.name ?? index;
    const truth = sweep.hasTruth ? `, truth ${sweep.truth[point] ? name(sweep.truth[point]) : "unknown"}` : "";
    element("point").textContent =
      `${name(sweep.label[point])} ${(sweep.confidence[point] / 255).toFixed(2)}${truth}\n`
      + `${sweep.range(point).toFixed(2)} m, intensity ${(sweep.intensity[point] / 255).toFixed(2)}\n`
      + `x ${x.toFixed(2)}  y ${y.toFixed(2)}  z ${z.toFixed(2)}\npoint ${point}\n${cell}`;
  }

  #countStream() {
    const counts = this.state.get("stream")?.counts;
    element("stream-counts").hidden = this.state.get("source")?.kind !== "live";
    element("count-received").textContent = grouped(counts?.received ?? 0);
    element("count-dropped").textContent = grouped(counts?.dropped ?? 0);
    element("count-failed").textContent = grouped(counts?.failed ?? 0);
    element("count-skipped").textContent = grouped(this.state.get("skipped"));
    const latency = this.state.get("latency");
    element("count-latency").textContent = latency ? `${latency.p50.toFixed(0)} ms` : "";
  }

  #bindSettings() {
    const { state } = this;
    for (const [id, name] of [["point-size", "pointSize"], ["range-end", "rangeEnd"]]) {
      element(id).addEventListener("input", () => state.set({ [name]: Number(element(id).value) }));
      state.on([name], () => (element(id).value = state.get(name)));
    }
    const boxes = [["show-strip", "showStrip"], ["show-rings", "showRings"], ["only-different", "onlyDifferent"]];
    for (const [id, name] of boxes) {
      element(id).addEventListener("change", () => state.set({ [name]: element(id).checked }));
      state.on([name], () => (element(id).checked = state.get(name)));
    }
    element("all-classes").addEventListener("click", () => this.showAllClasses());
  }
}
