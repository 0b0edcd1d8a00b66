// What annotators do, by mouse or keys alike.

import { notice } from "../notices.js";
import { indicesOf, runsOf } from "./annotation.js";
import { BoxEdits } from "./box-edits.js";
import { PointEdits } from "./point-edits.js";
import { Steps } from "./steps.js";

export class Actions {
  constructor(state, desk, player, camera, redraw) {
    Object.assign(this, { state, desk, player, camera, redraw });
    this.steps = new Steps(state, desk);
    this.points = new PointEdits(this.steps);
    this.boxes = new BoxEdits(this.steps);
    this.place = 0; // in the list of what nobody decided
    state.on(["sweep"], () => (this.place = 0));
  }

  get annotation() {
    return this.steps.annotation;
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
      return notice("Nothing is left to decide in this sweep", "Page Down goes on with the next");
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
    return this.steps.ask({ click: { point, objectClass: this.state.get("objectClass") } }, asked);
  }

  /** Says that the selected thing is right, and goes to the next; of what may be an object it makes one first. */
  async confirm() {
    const candidate = this.state.get("candidate")?.candidate;
    if (candidate) {
      return this.steps.ask({ click: { point: candidate.point, objectClass: candidate.objectClass } });
    }
    const object = this.steps.needed("confirm it");
    if (!object) return;
    if (await this.steps.change({ confirm: { _0: object.id } })) this.nextDoubtful();
  }

  /** Says that all objects of the sweep are right, or that there are none. */
  confirmAll() {
    const ids = [...(this.annotation?.objects.values() ?? [])]
      .filter((object) => object.state !== "confirmed").map((object) => object.id);
    return this.steps.change({ confirmObjects: { _0: ids } });
  }

  remove() {
    const [chosen, candidate] = [this.state.get("chosen"), this.state.get("candidate")];
    if (chosen) return this.points.paint(chosen, true);
    if (candidate) return this.#dismiss(candidate.candidate);
    const object = this.steps.needed("remove it");
    if (object) return this.steps.change({ delete: { _0: object.id } });
  }

  /** What is no object: its points that still have its label become background. */
  async #dismiss(candidate) {
    const { sweep, owners } = this.annotation;
    const points = indicesOf(candidate.points)
      .filter((point) => owners[point] === 0 && sweep.label[point] === candidate.label);
    const semantic = this.semanticOf("background");
    if (await this.steps.change({ setClass: { points: runsOf(points), semantic } })) this.nextDoubtful();
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
    if (chosen) return this.points.paintClass(chosen, place);
    const candidate = this.state.get("candidate");
    if (candidate && isObject) {
      const changed = { ...candidate, candidate: { ...candidate.candidate, objectClass: name } };
      return this.state.set({ candidate: changed });
    }
    const object = this.steps.object;
    if (object && isObject && object.objectClass !== name) {
      return this.steps.change({ setObjectClass: { _0: object.id, _1: name } });
    }
  }

  // Sweeps and steps

  undo() {
    return this.steps.ask({ undo: {} });
  }

  redo() {
    return this.steps.ask({ redo: {} });
  }

  /** Goes to the next sweep, where the tracks carry the objects if nobody did anything there yet. */
  async next() {
    const [, last] = this.player.bounds;
    const number = this.state.get("position") ?? 0;
    if (number >= last) return notice("This is the last sweep", "G lists the others");
    const carries = this.state.get("writes") && this.annotation?.objects.size > 0;
    // Where nothing can be carried on, the next one is shown all the same.
    if (carries) await this.desk.step({ carry: {} }, number);
    this.player.show(number + 1);
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
