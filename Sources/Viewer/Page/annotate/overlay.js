// Boxes, what is chosen, and the tools' traces, drawn over the points: they change without drawing points.

import { onceEachPicture } from "../repaint.js";
import { corners, edges, handles } from "./boxes.js";

const room = () => document.getElementById("overlay");

export class Overlay {
  constructor(state, renderer) {
    Object.assign(this, { state, renderer });
    this.trace = null; // {points: [[column, row]], corners} of a lasso, or {middle, radius} of a brush
    this.draft = null; // {id, box}: an object's box while it is dragged
    this.redraw = onceEachPicture(() => this.paint());
    state.on(["annotation", "selected", "candidate", "chosen", "merging", "revision", "marked", "tool"], this.redraw);
  }

  paint() {
    const { renderer, state } = this;
    const canvas = room();
    const scale = renderer.scale ?? 1;
    const [width, height] = [renderer.canvas.width, renderer.cloudHeight];
    if (!(width > 0) || !(height > 0) || !renderer.matrix) return;
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    canvas.style.height = `${height / scale}px`;
    const context = (this.context = canvas.getContext("2d"));
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width, height);
    const annotation = state.get("annotation");
    if (!annotation) return;
    for (const item of annotation.doubtful) if (item.candidate) this.#candidate(annotation, item);
    for (const object of annotation.objects.values()) this.#object(object);
    this.#chosen(annotation);
    this.#mark();
    this.#trace();
  }

  /** The box of an object as it is shown: the one that is being dragged, perhaps. */
  boxOf(object) {
    return this.draft?.id === object.id ? this.draft.box : object.box;
  }

  /** The handle of the selected object under a pixel. */
  handleAt(column, row) {
    const object = this.state.get("annotation")?.objects.get(this.state.get("selected"));
    const box = object && this.boxOf(object);
    if (!box) return null;
    let [best, least] = [null, 10];
    for (const handle of handles(box)) {
      const place = this.renderer.project(handle.place);
      const distance = place ? Math.hypot(place[0] - column, place[1] - row) : Infinity;
      if (distance < least) [best, least] = [handle, distance];
    }
    return best;
  }

  #color(objectClass) {
    const source = this.state.get("source");
    const place = source.annotation.objects.indexOf(objectClass) + 1;
    return `rgb(${source.classes[place].color.join(" ")})`;
  }

  #object(object) {
    const box = this.boxOf(object);
    if (!box) return;
    const isSelected = object.id === this.state.get("selected");
    const isMerging = object.id === this.state.get("merging");
    const { context } = this;
    const places = corners(box).map((place) => this.renderer.project(place));
    context.strokeStyle = isSelected ? "#ffffff" : this.#color(object.objectClass);
    context.lineWidth = isSelected || isMerging ? 2.2 : 1.3;
    context.setLineDash(object.state === "predicted" ? [5, 4] : []);
    context.beginPath();
    for (const [from, to] of edges) {
      if (!places[from] || !places[to]) continue;
      context.moveTo(...places[from]);
      context.lineTo(...places[to]);
    }
    context.stroke();
    context.setLineDash([]);
    const top = places.slice(4).filter(Boolean).sort((a, b) => a[1] - b[1])[0];
    const mark = { predicted: "?", edited: "", confirmed: " ✓" }[object.state];
    if (top) this.#text(`${object.id} ${object.objectClass}${mark}`, top[0] + 4, top[1] - 6, this.#color(object.objectClass));
    if (isSelected && this.state.get("writes") && this.state.get("tool") === "click") this.#handles(box);
  }

  #handles(box) {
    const { context } = this;
    for (const handle of handles(box)) {
      const place = this.renderer.project(handle.place);
      if (!place) continue;
      context.beginPath();
      if (handle.kind === "resize") context.rect(place[0] - 4, place[1] - 4, 8, 8);
      else context.arc(place[0], place[1], handle.kind === "turn" ? 5 : 6, 0, 2 * Math.PI);
      context.fillStyle = handle.kind === "turn" ? "#f2b35e" : "#ffffff";
      context.fill();
      context.strokeStyle = "#000000";
      context.lineWidth = 1;
      context.stroke();
    }
  }

  #candidate(annotation, item) {
    const place = this.renderer.project(annotation.placeOf(item));
    if (!place) return;
    const { context } = this;
    const isSelected = this.state.get("candidate")?.key === item.key;
    context.beginPath();
    context.arc(place[0], place[1], isSelected ? 14 : 9, 0, 2 * Math.PI);
    context.strokeStyle = isSelected ? "#ffffff" : this.#color(item.candidate.objectClass);
    context.lineWidth = isSelected ? 2.4 : 1.2;
    context.stroke();
    if (isSelected) this.#text(`${item.candidate.objectClass}? ${item.confidence.toFixed(2)}`, place[0] + 18, place[1] + 4, "#ffffff");
  }

  #chosen(annotation) {
    const chosen = this.state.get("chosen");
    if (!chosen) return;
    this.context.fillStyle = "#ffffff";
    const { places } = annotation.sweep;
    // As many as show where they are.
    const step = Math.ceil(chosen.length / 6000);
    for (let place = 0; place < chosen.length; place += step) {
      const pixel = this.renderer.project(places.subarray(3 * chosen[place], 3 * chosen[place] + 3));
      if (pixel) this.context.fillRect(pixel[0] - 1.5, pixel[1] - 1.5, 3, 3);
    }
  }

  #mark() {
    const point = this.state.get("marked")?.point ?? -1;
    const place = point >= 0 && this.renderer.place(point);
    if (!place) return;
    this.context.beginPath();
    this.context.arc(...place, 5, 0, 2 * Math.PI);
    this.context.strokeStyle = "#ffffff";
    this.context.lineWidth = 1.5;
    this.context.stroke();
  }

  #trace() {
    const { context, trace } = this;
    if (!trace) return;
    context.strokeStyle = "#f2b35e";
    context.lineWidth = 1.5;
    context.beginPath();
    if (trace.middle) context.arc(...trace.middle, trace.radius, 0, 2 * Math.PI);
    else {
      trace.points.forEach((point) => context.lineTo(...point));
      for (const point of trace.corners ?? []) context.rect(point[0] - 3, point[1] - 3, 6, 6);
    }
    context.stroke();
  }

  #text(words, column, row, color) {
    const { context } = this;
    context.font = '12px system-ui, "DejaVu Sans", sans-serif';
    context.lineWidth = 3;
    context.strokeStyle = "#0e1117";
    context.strokeText(words, column, row);
    context.fillStyle = color;
    context.fillText(words, column, row);
  }
}
