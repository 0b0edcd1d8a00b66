// Paints when something changed, once for each picture of the screen; cares for the graphics card's loss.

import { onceEachPicture } from "./repaint.js";

const element = (id) => document.getElementById(id);

export class Frame {
  /** `look` gives what decides how points look; `painted` is called after each picture. */
  constructor(state, renderer, camera, look, painted = () => {}) {
    Object.assign(this, { state, renderer, camera, look, painted });
    this.redraw = onceEachPicture(() => this.paint());
    new ResizeObserver(this.redraw).observe(element("stage"));
    renderer.canvas.addEventListener("webglcontextlost", (event) => event.preventDefault());
    renderer.canvas.addEventListener("webglcontextrestored", () => {
      renderer.prepare();
      this.dress();
      renderer.setSweep(state.get("sweep"));
      this.redraw();
    });
    state.on(["hiddenClasses"], () => renderer.setFilter(state.get("hiddenClasses")));
    state.on(["showStrip"], () => (element("strip").hidden = !state.get("showStrip")));
  }

  paint() {
    this.renderer.resize(this.state.get("showStrip") ? element("strip").clientHeight : 0);
    this.renderer.draw(this.camera, this.look());
    this.painted();
  }

  /** Takes the classes' colours and filters to the graphics card. */
  dress() {
    this.renderer.setPalette(this.state.get("source")?.classes ?? []);
    this.renderer.setFilter(this.state.get("hiddenClasses"));
  }

  /** How often each colour occurs in a part of the picture ("cloud" or "strip"): {"r,g,b": pixels}. */
  colors(part) {
    this.paint();
    const { renderer } = this;
    const [width, strip, cloud] = [renderer.canvas.width, renderer.stripHeight, renderer.cloudHeight];
    const bytes = part === "cloud"
      ? renderer.pixels(0, 0, width, cloud) : renderer.pixels(0, cloud, width, strip);
    const counts = {};
    for (let place = 0; place < bytes.length; place += 4) {
      const name = `${bytes[place]},${bytes[place + 1]},${bytes[place + 2]}`;
      counts[name] = (counts[name] ?? 0) + 1;
    }
    return counts;
  }
}

/** What decides how points look, of a state. */
export function lookOf(state) {
  return Object.fromEntries(
    ["mode", "hiddenClasses", "onlyDifferent", "pointSize", "rangeEnd", "showRings", "marked"].map(
      (name) => [name, state.get(name)]));
}

/** The values of a state that change the picture. */
export const lookNames = [
  "sweep", "mode", "hiddenClasses", "onlyDifferent", "pointSize", "rangeEnd", "showStrip", "showRings", "marked"];
