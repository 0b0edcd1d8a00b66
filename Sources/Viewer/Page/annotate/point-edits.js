// What is done to chosen points, and to the objects that they are of.

import { notice } from "../notices.js";
import { runsOf } from "./annotation.js";

export class PointEdits {
  constructor(steps) {
    this.steps = steps;
  }

  /** Gives points a class, by its place. */
  async paintClass(points, place) {
    const semantic = this.steps.state.get("source").annotation.semantics[place];
    if (await this.steps.change({ setClass: { points: runsOf(points), semantic } })) this.steps.state.set({ chosen: null });
  }

  /** What the brush does with points: gives them to the selected object, or the class; or takes all from them. */
  async paint(points, erases) {
    if (points.length === 0) return;
    if (erases) return this.paintClass(points, 0);
    const object = this.steps.object;
    if (!object) return this.paintClass(points, this.steps.state.get("paintClass"));
    if (await this.steps.change({ assign: { points: runsOf(points), to: object.id } })) this.steps.state.set({ chosen: null });
  }

  /** The chosen points; says so where there are none. */
  #chosen(what) {
    const points = this.steps.state.get("chosen");
    if (!points) notice(`Choose points to ${what}`, "draw around them with the lasso (L)");
    return points;
  }

  async gather() {
    const points = this.#chosen("make an object of them");
    if (!points) return;
    const objectClass = this.steps.state.get("objectClass");
    if (await this.steps.ask({ gather: { points: runsOf(points), objectClass } })) this.steps.state.set({ chosen: null });
  }

  async join() {
    const [points, object] = [this.#chosen("give them to the object"), this.steps.needed("give points to it")];
    if (points && object) return this.paint(points, false);
  }

  async split() {
    const object = this.steps.needed("split it");
    const points = object && this.#chosen("make another object of them");
    if (!points) return;
    if (await this.steps.ask({ split: { id: object.id, points: runsOf(points) } })) this.steps.state.set({ chosen: null });
  }

  /** The first time remembers an object, the second time makes it one with the selected one. */
  async merge() {
    const object = this.steps.needed("merge it with another");
    if (!object) return;
    const other = this.steps.state.get("merging");
    if (other === null || other === object.id) {
      this.steps.state.set({ merging: other === null ? object.id : null });
      return;
    }
    this.steps.state.set({ merging: null });
    // By the time of the answer another sweep may be shown.
    const number = this.steps.annotation.sweep.number;
    if (await this.steps.change({ mergeObjects: { _0: [other], into: object.id } })) {
      this.steps.desk.step({ fit: { id: object.id } }, number);
    }
  }
}
