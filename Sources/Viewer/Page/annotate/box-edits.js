// What is done to objects' boxes: by keys to the selected one's.

import { placeIn } from "./boxes.js";

export class BoxEdits {
  constructor(steps) {
    this.steps = steps;
  }

  fit() {
    const object = this.steps.needed("fit its box");
    if (object) return this.steps.ask({ fit: { id: object.id } });
  }

  /** Gives an object a box: the one that was dragged, whichever is selected by now. */
  set(id, box) {
    return this.steps.change({ setBox: { _0: id, _1: box } });
  }

  /** Moves the selected object's box by metres along its length, its width and up. */
  move(along, across, up = 0) {
    const box = this.steps.object?.box;
    if (!box) return;
    const place = placeIn(box, [along, across, up]);
    return this.steps.change({ moveBox: { _0: this.steps.object.id, by: place.map((value, axis) => value - box.bottom[axis]) } });
  }

  turn(degrees) {
    if (this.steps.object?.box) this.steps.change({ rotateBox: { _0: this.steps.object.id, by: (degrees * Math.PI) / 180 } });
  }

  resize(...by) {
    const box = this.steps.object?.box;
    if (!box) return;
    const to = box.size.map((value, axis) => Math.max(0.2, value + by[axis]));
    return this.steps.change({ resizeBox: { _0: this.steps.object.id, to, keeping: [0, 0] } });
  }
}
