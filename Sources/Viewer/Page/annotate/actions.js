// What annotators do, by mouse or keys alike.

import { notice } from "../notices.js";
import { runsOf } from "./annotation.js";
import { placeIn } from "./boxes.js";

export class Actions {
  constructor(state, desk, player, camera, redraw) {
    Object.assign(this, { state, desk, player, camera, redraw });
    this.place = 0; // in the list of what nobody decided
    state.on(["sweep"], () => (this.place = 0));
  }

  get annotation() {
    return this.state.get("annotation");
  }

  /** The selected object. */
  get object() {
    return this.annotation?.objects.get(this.state.get("selected")) ?? null;
  }

  #step(action, asked) {
    if (!this.annotation) return Promise.resolve(null);
    return this.desk.step(action, this.annotation.sweep.number, asked);
  }

  #change(operation) {
    return this.#step({ change: { _0: operation } });
  }

  /** The object that is needed for something; says so where there is none. */
  #needed(what) {
    if (!this.object) notice(`Select an object to ${what}`, "click on it, or press N or .");
    return this.object;
  }

  // Selecting

  select(id) {
    this.state.set({ selected: id, candidate: null });
  }

  /** Selects nothing, and forgets what was chosen. */
  leave() {
    this.state.set({ selected: null, candidate: null, chosen: null, merging: null, tool: "click" });
  }

  /** Goes to the next of what nobody decided, the least confident first. */
  nextDoubtful(by = 1) {
    const list = this.annotation?.doubtful ?? [];
    if (list.length === 0) {
      this.state.set({ candidate: null });
      return notice("Nothing is left to decide in this sweep", "→ goes on with the next");
    }
    const known = this.state.get("candidate")?.key ?? `o${this.state.get("selected")}`;
    const place = list.findIndex((item) => item.key === known);
    // What was decided meanwhile left its place to the next.
    const start = place >= 0 ? place : this.place - (by > 0 ? 1 : 0);
    this.place = (start + by + list.length) % list.length;
    const next = list[this.place];
    this.state.set({ selected: next.object?.id ?? null, candidate: next.candidate ? next : null });
    this.#goTo(this.annotation.placeOf(next));
  }

  /** Goes to the next object by number. */
  nextObject(by) {
    const ids = [...(this.annotation?.objects.keys() ?? [])].sort((a, b) => a - b);
    if (ids.length === 0) return;
    const place = ids.indexOf(this.state.get("selected"));
    const id = ids[place < 0 ? (by > 0 ? 0 : ids.length - 1) : (place + by + ids.length) % ids.length];
    this.select(id);
    this.#goTo(this.annotation.placeOf({ object: this.annotation.objects.get(id) }));
  }

  #goTo(place) {
    this.camera.target = place;
    this.camera.distance = Math.min(this.camera.distance, 22);
    this.redraw();
  }

  // Objects

  click(point, asked) {
    return this.#step({ click: { point, objectClass: this.state.get("objectClass") } }, asked);
  }

  /** Says that the selected thing is right, and goes to the next; of what may be an object it makes one first. */
  async confirm() {
    const candidate = this.state.get("candidate")?.candidate;
    if (candidate) {
      return this.#step({ click: { point: candidate.point, objectClass: candidate.objectClass } });
    }
    const object = this.#needed("confirm it");
    if (!object) return;
    if (await this.#change({ confirm: { _0: object.id } })) this.nextDoubtful();
  }

  /** Says that all objects of the sweep are right, or that there are none. */
  confirmAll() {
    const ids = [...(this.annotation?.objects.values() ?? [])]
      .filter((object) => object.state !== "confirmed").map((object) => object.id);
    return this.#change({ confirmObjects: { _0: ids } });
  }

  remove() {
    const { chosen, candidate } = Object.fromEntries(["chosen", "candidate"].map((name) => [name, this.state.get(name)]));
    if (chosen) return this.paint(chosen, true);
    if (candidate) return this.#dismiss(candidate.candidate);
    const object = this.#needed("remove it");
    if (object) return this.#change({ delete: { _0: object.id } });
  }

  /** What is no object: the points of its label that hang together with it become background. */
  async #dismiss(candidate) {
    const { sweep, owners } = this.annotation;
    const label = sweep.label[candidate.point];
    const middle = this.annotation.placeOf({ candidate });
    const points = [];
    for (let point = 0; point < sweep.count; point++) {
      if (sweep.label[point] !== label || owners[point]) continue;
      const [x, y] = sweep.places.subarray(3 * point, 3 * point + 2);
      if (Math.hypot(x - middle[0], y - middle[1]) < 2) points.push(point);
    }
    const semantic = this.semanticOf("background");
    if (await this.#change({ setClass: { points: runsOf(points), semantic } })) this.nextDoubtful();
  }

  semanticOf(name) {
    const source = this.state.get("source");
    const place = source.classes.findIndex((item) => item.name === name);
    return source.annotation.semantics[Math.max(0, place)];
  }

  /** Gives a class, by its place: to chosen points, else to the selected object, and to what comes next. */
  setClass(place) {
    const source = this.state.get("source");
    const name = source?.classes[place]?.name;
    if (!name) return;
    const isObject = source.annotation.objects.includes(name);
    if (isObject) this.state.set({ objectClass: name });
    this.state.set({ paintClass: place });
    const chosen = this.state.get("chosen");
    if (chosen) return this.#paintClass(chosen, place);
    const candidate = this.state.get("candidate");
    if (candidate && isObject) {
      const changed = { ...candidate, candidate: { ...candidate.candidate, objectClass: name } };
      return this.state.set({ candidate: changed });
    }
    const object = this.object;
    if (object && isObject && object.objectClass !== name) {
      return this.#change({ setObjectClass: { _0: object.id, _1: name } });
    }
  }

  // Points

  async #paintClass(points, place) {
    const semantic = this.state.get("source").annotation.semantics[place];
    if (await this.#change({ setClass: { points: runsOf(points), semantic } })) this.state.set({ chosen: null });
  }

  /** What the brush does with points: gives them to the selected object, or the class; or takes all from them. */
  async paint(points, erases) {
    if (points.length === 0) return;
    if (erases) return this.#paintClass(points, 0);
    const object = this.object;
    if (!object) return this.#paintClass(points, this.state.get("paintClass"));
    if (await this.#change({ assign: { points: runsOf(points), to: object.id } })) this.state.set({ chosen: null });
  }

  /** The chosen points; says so where there are none. */
  #chosen(what) {
    const points = this.state.get("chosen");
    if (!points) notice(`Choose points to ${what}`, "draw around them with the lasso (L)");
    return points;
  }

  async gather() {
    const points = this.#chosen("make an object of them");
    if (!points) return;
    const objectClass = this.state.get("objectClass");
    if (await this.#step({ gather: { points: runsOf(points), objectClass } })) this.state.set({ chosen: null });
  }

  async join() {
    const [points, object] = [this.#chosen("give them to the object"), this.#needed("give points to it")];
    if (points && object) return this.paint(points, false);
  }

  async split() {
    const object = this.#needed("split it");
    const points = object && this.#chosen("make another object of them");
    if (!points) return;
    if (await this.#step({ split: { id: object.id, points: runsOf(points) } })) this.state.set({ chosen: null });
  }

  /** The first time remembers an object, the second time makes it one with the selected one. */
  async merge() {
    const object = this.#needed("merge it with another");
    if (!object) return;
    const other = this.state.get("merging");
    if (other === null || other === object.id) {
      this.state.set({ merging: other === null ? object.id : null });
      return;
    }
    this.state.set({ merging: null });
    if (await this.#change({ mergeObjects: { _0: [other], into: object.id } })) this.fit();
  }

  // Boxes

  fit() {
    const object = this.#needed("fit its box");
    if (object) return this.#step({ fit: { id: object.id } });
  }

  setBox(box) {
    return this.#change({ setBox: { _0: this.object.id, _1: box } });
  }

  /** Moves the selected object's box by metres along its length, its width and up. */
  move(along, across, up = 0) {
    const box = this.object?.box;
    if (!box) return;
    const place = placeIn(box, [along, across, up]);
    return this.#change({ moveBox: { _0: this.object.id, by: place.map((value, axis) => value - box.bottom[axis]) } });
  }

  turn(degrees) {
    if (this.object?.box) this.#change({ rotateBox: { _0: this.object.id, by: (degrees * Math.PI) / 180 } });
  }

  resize(...by) {
    const box = this.object?.box;
    if (!box) return;
    const to = box.size.map((value, axis) => Math.max(0.2, value + by[axis]));
    return this.#change({ resizeBox: { _0: this.object.id, to, keeping: [0, 0] } });
  }

  // Sweeps and steps

  undo() {
    return this.#step({ undo: {} });
  }

  redo() {
    return this.#step({ redo: {} });
  }

  /** Goes to the next sweep, where the tracks carry the objects if nobody did anything there yet. */
  async next() {
    const [, last] = this.player.bounds;
    const number = this.state.get("position") ?? 0;
    if (number >= last) return notice("This is the last sweep", "G lists the others");
    const carries = this.state.get("writes") && this.annotation?.objects.size > 0;
    if (!carries || (await this.desk.step({ carry: {} }, number))) this.player.show(number + 1);
  }

  previous() {
    this.player.step(-1);
  }

  async save() {
    if (!this.state.get("writes")) return notice("This page only looks on", "take over to write files (Y)");
    try {
      const { report, isWhole } = await this.desk.save();
      this.state.set({ saved: report });
      if (!isWhole) return;
      const open = report.predicted ? ` ${report.predicted} of their objects are predictions that nobody confirmed.` : "";
      notice(`${report.sweeps} sweeps are in ${report.folder}: labels as SemanticKITTI's, boxes as JSON and, with a `
        + `calibration, as KITTI's.${open}`);
    } catch (error) {
      notice(`The files were not written: ${error.message}`, error.remedy ?? "each step is in the journal all the same");
    }
  }
}
