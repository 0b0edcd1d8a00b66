// What the server is asked to do: one step after the other, each shown once it is on the disk. Steps that
// the connection breaks wait for it; none is done twice, none is lost without a word.

import { Fault, fetchJSON, send } from "../client.js";
import { notice } from "../notices.js";

const mostWaiting = 100; // steps

export class Desk {
  #queue = [];
  #isRunning = false;
  #isClaiming = null;
  #takes = false; // whether the right is to be taken from another page

  /** `applied` is called with what the server says of each step. */
  constructor(state, applied) {
    this.state = state;
    this.applied = applied;
    const numbers = crypto.getRandomValues(new Uint32Array(4));
    this.page = [...numbers].map((number) => number.toString(16).padStart(8, "0")).join("");
    window.addEventListener("pagehide", () => this.#leave());
    // The browser asks before it drops steps that wait.
    window.addEventListener("beforeunload", (event) => {
      if (this.#queue.length > 0) event.preventDefault();
    });
  }

  /** Asks for the right to change something; a page that was just loaded anew waits for its own to end. */
  async claim(takes = false, tries = 1) {
    this.#takes ||= takes;
    this.#isClaiming ??= this.#claim(tries).finally(() => {
      this.#isClaiming = null;
      this.#takes = false;
    });
    return this.#isClaiming;
  }

  async #claim(tries) {
    for (let attempt = 1; ; attempt++) {
      const takes = this.#takes;
      try {
        await send("api/writer", { writer: this.page, takes });
        this.state.set({ writes: true });
        this.#run();
        return true;
      } catch (error) {
        if (!error.status) return false;
        if (error.status !== 409) notice(error.message, error.remedy);
        // Whoever wants to take it meanwhile has one more attempt.
        if (attempt >= tries && takes === this.#takes) return this.#lose();
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

  /** The program serves other scans than before: steps that wait are none of theirs. */
  forget() {
    this.#refuse("the program serves other scans now");
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
    this.#remove(item);
    this.state.set({ steps: view.steps, undo: view.undo, redo: view.redo });
    this.applied(view, item);
    item.resolve(view);
  }

  /** Whether to go on after a fault. */
  async #overcome(item, error) {
    // After a break `joined` claims it: first it must be known whose scans there are.
    if (error.status === 409) return this.state.get("connection") !== "lost" && this.claim();
    if (error.status) {
      this.#remove(item);
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
    const writes = this.state.get("writes");
    // Who only looks on goes on doing so.
    if (writes !== false) await this.claim(false, writes === null ? 12 : 3);
    this.#run();
  }

  /** Writes the files of what was annotated, once the steps that were asked for are done. */
  async save() {
    await this.#settled();
    const report = await send("api/saves", { writer: this.page });
    const faults = report.faults.map((fault) => notice(fault.message, fault.remedy));
    return { report, isWhole: faults.length === 0 };
  }

  async #settled() {
    while (this.#queue.length > 0) {
      const count = this.#queue.length;
      if (this.state.get("connection") === "lost") {
        throw new Fault(`${count} step${count > 1 ? "s wait" : " waits"}`, "keep this page open until they are done");
      }
      await pause(30);
    }
  }

  #leave() {
    if (!this.state.get("writes")) return;
    fetch("api/saves", {
      method: "POST", keepalive: true, headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ writer: this.page }),
    }).catch(() => {});
  }

  /** Takes a step from those that wait, if it was not refused meanwhile. */
  #remove(item) {
    const place = this.#queue.indexOf(item);
    if (place >= 0) this.#queue.splice(place, 1);
    this.#count();
  }

  #count() {
    this.state.set({ waiting: this.#queue.length });
  }
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
