// What the mouse, or a key at the marked point, does with the tool that is chosen.

import { pointAt } from "../visibility.js";
import { dragged, placeOnLevel } from "./boxes.js";
import { pointsInLasso, pointsUnderBrush } from "./choice.js";

export class Hand {
  constructor(state, renderer, overlay, actions, look) {
    Object.assign(this, { state, renderer, overlay, actions, look });
    this.held = null; // what is being dragged
    this.corners = []; // of a lasso that keys draw
    state.on(["tool", "sweep"], () => this.drop());
  }

  get radius() {
    return this.state.get("brushSize");
  }

  /** Whether a press takes the drag that follows; otherwise the camera has it. */
  press(event) {
    if (event.button !== 0 || event.shiftKey || !this.state.get("annotation") || !this.state.get("writes")) return false;
    const place = [event.offsetX, event.offsetY];
    const handle = this.state.get("tool") === "click" && this.overlay.handleAt(...place);
    const object = this.state.get("annotation").objects.get(this.state.get("selected"));
    if (handle && object) {
      this.held = { kind: "box", handle, id: object.id, box: object.box };
    } else if (this.state.get("tool") === "brush") {
      this.held = { kind: "brush", points: new Set(), erases: event.altKey };
      this.move(event);
    } else if (this.state.get("tool") === "lasso") {
      this.held = { kind: "lasso", line: [place] };
    }
    return this.held !== null;
  }

  move(event) {
    const place = [event.offsetX, event.offsetY];
    const { held, overlay } = this;
    if (!held) return; // a key let go of it
    if (held.kind === "box") {
      // The handle that turns and the one that moves are over the bottom; what counts is their level.
      const target = placeOnLevel(this.renderer, place, held.handle.place[2]);
      if (target) overlay.draft = { id: held.id, box: dragged(held.box, held.handle, target) };
    } else if (held.kind === "brush") {
      for (const point of pointsUnderBrush(this.renderer, this.look(), place, this.radius)) held.points.add(point);
      overlay.trace = { middle: place, radius: this.radius };
      this.state.set({ chosen: [...held.points] });
    } else {
      held.line.push(place);
      overlay.trace = { points: held.line };
    }
    overlay.redraw();
  }

  release() {
    const { held, overlay } = this;
    const draft = overlay.draft;
    this.drop();
    if (!held) return;
    if (held.kind === "box" && draft) this.actions.boxes.set(draft.id, draft.box);
    else if (held.kind === "brush") this.actions.points.paint([...held.points], held.erases);
    else if (held.kind === "lasso" && held.line.length > 2) this.#choose(held.line);
  }

  /** Lets go of whatever is held. */
  drop() {
    if (this.held?.kind === "brush") this.state.set({ chosen: null });
    this.held = null;
    this.corners = [];
    [this.overlay.trace, this.overlay.draft] = [null, null];
    this.overlay.redraw();
  }

  hover(event) {
    if (this.state.get("tool") !== "brush") return;
    this.overlay.trace = { middle: [event.offsetX, event.offsetY], radius: this.radius };
    this.overlay.redraw();
  }

  click(event) {
    const asked = performance.now();
    this.clickPoint(pointAt(this.renderer, event.offsetX, event.offsetY, this.look()), asked);
  }

  clickPoint(point, asked = performance.now()) {
    const annotation = this.state.get("annotation");
    if (!annotation) return;
    if (point < 0) return this.actions.leave();
    const owner = annotation.owners[point];
    if (owner && annotation.objects.has(owner)) return this.actions.select(owner);
    if (this.state.get("tool") === "click") this.actions.click(point, asked);
  }

  /** Does with the marked point what the mouse does where it is. */
  act() {
    const point = this.state.get("marked")?.point ?? -1;
    const place = point >= 0 && this.renderer.place(point);
    if (!place) return;
    const tool = this.state.get("tool");
    if (tool === "click") return this.clickPoint(point);
    if (tool === "brush") {
      return this.actions.points.paint(pointsUnderBrush(this.renderer, this.look(), place, this.radius), false);
    }
    this.corners.push(place);
    this.overlay.trace = { points: [...this.corners, this.corners[0]], corners: this.corners };
    this.overlay.redraw();
  }

  /** Ends a lasso that keys draw; whether there was one. */
  close() {
    const line = this.corners;
    if (line.length < 3) return false;
    this.drop();
    this.#choose(line);
    return true;
  }

  #choose(line) {
    const points = pointsInLasso(this.renderer, this.look(), line);
    this.state.set({ chosen: points.length ? points : null });
  }
}
