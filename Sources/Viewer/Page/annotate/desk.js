// What the server is asked to do: one step after the other, each shown once it is on the disk. Steps that
// the connection breaks wait for it; none is done twice, none is lost without a word.

import { fetchJSON, send } from "../client.js";
import { notice } from "../notices.js";

const mostWaiting = 100; // steps

export class Desk {
  #queue = [];
  #isRunning = false;
  #isClaiming = null;

  /** `applied` is called with what the server says of each step. */
  constructor(state, applied) {
    this.state = state;
    this.applied = applied;
    const numbers = crypto.getRandomValues(new Uint32Array(4));
    this.page = [...numbers].map((number) => number.toString(16).padStart(8, "0")).join("");
    window.addEventListener("pagehide", () => this.#leave());
  }

  /** Asks for the right to change something; a page that was just loaded anew waits for its own to end. */
  async claim(takes = false, tries = 1) {
    this.#isClaiming ??= this.#claim(takes, tries).finally(() => (this.#isClaiming = null));
    return this.#isClaiming;
  }

  async #claim(takes, tries) {
    for (let attempt = 1; ; attempt++) {
      try {
        await send("api/writer", { writer: this.page, takes });
        this.state.set({ writes: true });
        this.#run();
        return true;
      } catch (error) {
        if (!error.status) return false;
        if (error.status !== 409) notice(error.message, error.remedy);
        if (attempt >= tries) return this.#lose();
        await pause(300);
      }
    }
  }

  /** Another page has the right now. */
  #lose() {
    this.state.set({ writes: false });
    this.#refuse("another page annotates these scans");
    return false;
  }

  #refuse(reason) {
    const count = this.#queue.length;
    if (count > 0) notice(`${count} step${count > 1 ? "s were" : " was"} not done: ${reason}`, "do them again");
    for (const item of this.#queue.splice(0)) item.resolve(null);
    this.#count();
  }

  /** Asks for a step; gives what the server says, or null where it was not done. */
  step(action, sweep, asked = performance.now()) {
    if (!this.state.get("writes")) {
      notice("This page only looks on", "take over to change something (Y)");
      return Promise.resolve(null);
    }
    if (this.#queue.length >= mostWaiting) {
      notice(`${mostWaiting} steps wait for the connection`, "bring it back before you go on");
      return Promise.resolve(null);
    }
    return new Promise((resolve) => {
      this.#queue.push({ action, sweep, resolve, asked });
      this.#count();
      this.#run();
    });
  }

  async #run() {
    if (this.#isRunning) return;
    this.#isRunning = true;
    while (this.#queue.length > 0 && this.state.get("writes")) {
      const item = this.#queue[0];
      try {
        // What the server has seen before tells, after a break, whether it did this one.
        item.known ??= this.state.get("steps");
        const view = item.isBroken ? await this.#again(item) : await this.#send(item);
        this.#shift(item, view);
      } catch (error) {
        if (!(await this.#overcome(item, error))) break;
      }
    }
    this.#isRunning = false;
  }

  #send(item) {
    return send("api/steps", { writer: this.page, sweep: item.sweep, action: item.action });
  }

  /** After a break: shows what became of a step if it was done, else asks for it once more. */
  async #again(item) {
    const view = await fetchJSON(`api/annotations/${item.sweep}`);
    item.isBroken = false;
    return view.steps > item.known ? { ...view, remark: "done before the connection broke" } : this.#send(item);
  }

  #shift(item, view) {
    this.#queue.shift();
    this.state.set({ steps: view.steps, undo: view.undo, redo: view.redo });
    this.#count();
    this.applied(view, item);
    item.resolve(view);
  }

  /** Whether to go on after a fault. */
  async #overcome(item, error) {
    if (error.status === 409) return (await this.claim()) || false;
    if (error.status) {
      this.#queue.shift();
      this.#count();
      notice(error.message, error.remedy);
      item.resolve(null);
      return true;
    }
    // No answer: `joined` goes on once there is a connection.
    item.isBroken = true;
    this.state.set({ connection: "lost" });
    return false;
  }

  /** The connection stands, perhaps with a server that was started anew. */
  async joined() {
    await this.claim(false, this.state.get("writes") === null ? 12 : 3);
    this.#run();
  }

  /** Writes the files of what was annotated. */
  async save() {
    const report = await send("api/saves", { writer: this.page });
    const faults = report.faults.map((fault) => notice(fault.message, fault.remedy));
    return { report, isWhole: faults.length === 0 };
  }

  #leave() {
    if (!this.state.get("writes")) return;
    fetch("api/saves", {
      method: "POST", keepalive: true, headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ writer: this.page }),
    }).catch(() => {});
  }

  #count() {
    this.state.set({ waiting: this.#queue.length });
  }
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
