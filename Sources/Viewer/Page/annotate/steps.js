// Asks for steps in the sweep that is shown, and says what one needs for them.

import { notice } from "../notices.js";

export class Steps {
  constructor(state, desk) {
    Object.assign(this, { state, desk });
  }

  get annotation() {
    return this.state.get("annotation");
  }

  /** The selected object. */
  get object() {
    return this.annotation?.objects.get(this.state.get("selected")) ?? null;
  }

  /** Asks for a step; gives what the server says, or null where it was not done. */
  ask(action, asked) {
    if (!this.annotation) return Promise.resolve(null);
    return this.desk.step(action, this.annotation.sweep.number, asked);
  }

  /** Asks for an operation as the journal knows it. */
  change(operation) {
    return this.ask({ change: { _0: operation } });
  }

  /** The selected object, which is needed for something; says so where there is none. */
  needed(what) {
    if (!this.object) notice(`Select an object to ${what}`, "click on it, or press N or .");
    return this.object;
  }
}
