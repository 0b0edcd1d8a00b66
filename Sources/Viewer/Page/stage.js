// The mouse over the cloud and over the strip, and the cell that both mark.

import { noCell } from "./sweep.js";
import { pointAt } from "./visibility.js";

export class Stage {
  /** `hand` is what else the mouse does: `press` says whether it takes a drag, `click` comes after none. */
  constructor(state, renderer, camera, redraw, look, hand = null) {
    Object.assign(this, { state, renderer, camera, redraw, look, hand });
    this.canvas = renderer.canvas;
    this.strip = document.getElementById("strip");
    this.#listen();
    state.on(["marked", "sweep", "showStrip"], () => this.#showMark());
  }

  /** Moves the marked cell by keys. */
  moveMark(right, down) {
    const sweep = this.state.get("sweep");
    if (!sweep) return;
    const { row, column } = this.state.get("marked")
      ?? { row: sweep.rows >> 1, column: sweep.columns >> 1 };
    this.#markCell(
      Math.max(0, Math.min(sweep.rows - 1, row + down)),
      Math.max(0, Math.min(sweep.columns - 1, column + right)));
  }

  #listen() {
    const { canvas, strip } = this;
    let drag = null;
    canvas.addEventListener("contextmenu", (event) => event.preventDefault());
    canvas.addEventListener("pointerdown", (event) => {
      drag = { x: event.clientX, y: event.clientY, way: 0, pans: event.button === 2 || event.shiftKey };
      drag.isHeld = this.hand?.press(event) ?? false;
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointercancel", () => {
      if (drag?.isHeld) this.hand.drop();
      drag = null;
    });
    canvas.addEventListener("pointerup", (event) => {
      const ended = drag;
      drag = null;
      if (ended?.isHeld) this.hand.release(event);
      else if (ended && ended.way < 4 && event.button === 0) this.hand?.click(event);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!drag) {
        this.hand?.hover(event);
        return this.#hover(event.offsetX, event.offsetY);
      }
      if (drag.isHeld) return this.hand.move(event);
      const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
      [drag.x, drag.y] = [event.clientX, event.clientY];
      drag.way += Math.abs(dx) + Math.abs(dy);
      if (this.hand && drag.way < 4) return;
      if (drag.pans) this.camera.pan(-dx, dy, canvas.clientHeight);
      else this.camera.turn(-dx * 0.006, dy * 0.006);
      this.redraw();
    });
    canvas.addEventListener("pointerleave", () => this.state.set({ marked: null }));
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.camera.zoom(Math.exp(Math.max(-60, Math.min(60, event.deltaY)) * 0.0025));
      this.redraw();
    }, { passive: false });
    if (!this.hand) canvas.addEventListener("dblclick", (event) => this.#center(event.offsetX, event.offsetY));
    strip.addEventListener("pointermove", (event) => {
      const sweep = this.state.get("sweep");
      if (!sweep) return;
      const column = Math.floor((event.offsetX / strip.clientWidth) * sweep.columns);
      const row = Math.floor((event.offsetY / strip.clientHeight) * sweep.rows);
      if (row >= 0 && row < sweep.rows && column >= 0 && column < sweep.columns) this.#markCell(row, column);
    });
    strip.addEventListener("click", () => this.hand?.clickPoint(this.state.get("marked")?.point ?? -1));
    strip.addEventListener("pointerleave", () => this.state.set({ marked: null }));
  }

  /** At most once for each picture: the mouse says more often where it is. */
  #hover(x, y) {
    const isWaiting = this.mouse !== undefined;
    this.mouse = [x, y];
    if (isWaiting) return;
    requestAnimationFrame(() => {
      const [column, row] = this.mouse;
      this.mouse = undefined;
      this.markPoint(pointAt(this.renderer, column, row, this.look()));
    });
  }

  markPoint(point) {
    const sweep = this.state.get("sweep");
    if (!sweep || point < 0) return this.state.set({ marked: null });
    const [row, column] = [sweep.pointRows[point], sweep.pointColumns[point]];
    this.state.set({
      marked: row === noCell ? { row: -1, column: -1, point } : { row, column, point },
    });
  }

  #markCell(row, column) {
    this.state.set({ marked: { row, column, point: this.state.get("sweep").pointOfCell(row, column) } });
  }

  #center(x, y) {
    const point = pointAt(this.renderer, x, y, this.look());
    if (point < 0) return;
    this.camera.target = [...this.renderer.sweep.places.subarray(3 * point, 3 * point + 3)];
    this.redraw();
  }

  #showMark() {
    const mark = document.getElementById("strip-mark");
    const [marked, sweep] = [this.state.get("marked"), this.state.get("sweep")];
    mark.hidden = !sweep || !marked || marked.row < 0;
    if (mark.hidden) return;
    mark.style.left = `${((marked.column + 0.5) / sweep.columns) * 100}%`;
    mark.style.top = `${((marked.row + 0.5) / sweep.rows) * 100}%`;
  }
}
