// The camera's image beside the cloud, with the boxes in it; no panel where there is none.

import { corners, edges } from "./boxes.js";

const element = (id) => document.getElementById(id);

export class Picture {
  constructor(state) {
    this.state = state;
    this.image = element("picture-image");
    this.image.addEventListener("load", () => this.#draw());
    state.on(["annotation", "showPicture"], () => this.#show());
    state.on(["selected", "revision"], () => this.#draw());
  }

  #show() {
    const annotation = this.state.get("annotation");
    const isShown = Boolean(annotation?.camera) && this.state.get("showPicture");
    element("picture").hidden = !isShown;
    if (!isShown) return;
    const path = `api/images/${annotation.sweep.number}`;
    if (!this.image.src.endsWith(`/${path}`)) this.image.src = path;
    this.#draw();
  }

  #draw() {
    const annotation = this.state.get("annotation");
    if (!annotation?.camera || element("picture").hidden || !this.image.complete) return;
    const canvas = element("picture-boxes");
    [canvas.width, canvas.height] = [this.image.clientWidth, this.image.clientHeight];
    const context = canvas.getContext("2d");
    const source = this.state.get("source");
    for (const object of annotation.objects.values()) {
      if (!object.box) continue;
      const isSelected = object.id === this.state.get("selected");
      const place = source.annotation.objects.indexOf(object.objectClass) + 1;
      context.strokeStyle = isSelected ? "#ffffff" : `rgb(${source.classes[place].color.join(" ")})`;
      context.lineWidth = isSelected ? 2 : 1;
      this.#box(context, object.box, annotation.camera, canvas.width / this.image.naturalWidth);
    }
  }

  #box(context, box, { matrix }, scale) {
    const pixels = corners(box).map(([x, y, z]) => {
      const [u, v, depth] = [0, 4, 8].map((row) =>
        matrix[row] * x + matrix[row + 1] * y + matrix[row + 2] * z + matrix[row + 3]);
      // What is beside or behind the camera is in no picture.
      return depth > 0.5 ? [(u / depth) * scale, (v / depth) * scale] : null;
    });
    context.beginPath();
    for (const [from, to] of edges) {
      if (!pixels[from] || !pixels[to]) continue;
      context.moveTo(...pixels[from]);
      context.lineTo(...pixels[to]);
    }
    context.stroke();
  }
}
