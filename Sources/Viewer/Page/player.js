// Which sweep is shown, and which is next.

import { fetchSweep } from "./client.js";

const kept = 2; // sweeps, so that memory stays small: the server keeps more
const interval = 100; // milliseconds between stored sweeps that are played

export class Player {
  #state;
  #say;
  #sweeps = new Map();
  #request = null;
  #wanted = null;
  #timer = null;
  #shownAt = 0;
  #isUnpainted = false; // whether a live sweep has not been on the screen yet

  /** Which of stored sweeps is shown first. */
  start = 0;

  /** `say` is called with what went wrong. */
  constructor(state, say) {
    this.#state = state;
    this.#say = say;
  }

  get isLive() {
    return this.#state.get("source")?.kind === "live";
  }

  /** The first and the last number that can be asked for. */
  get bounds() {
    const stream = this.#state.get("stream");
    return stream ? [stream.oldest, stream.latest] : [0, -1];
  }

  /** Forgets what was shown: the server may be another. */
  reset() {
    this.#request?.abort();
    clearTimeout(this.#timer);
    this.#sweeps.clear();
    [this.#request, this.#wanted, this.#isUnpainted] = [null, null, false];
    this.#state.set({
      sweep: null, position: null, loading: false, failed: false, skipped: 0, playing: this.isLive, marked: null,
    });
  }

  play(isPlaying = !this.#state.get("playing")) {
    this.#state.set({ playing: isPlaying });
    clearTimeout(this.#timer);
    if (!isPlaying) return;
    if (this.isLive) return this.arrived();
    const shown = this.#state.get("position") ?? -1;
    this.#get(shown >= this.bounds[1] ? this.bounds[0] : shown + 1);
  }

  /** Shows a sweep that somebody chose. */
  show(number) {
    const [first, last] = this.bounds;
    if (last < first) return;
    this.#state.set({ playing: false });
    clearTimeout(this.#timer);
    this.#get(Math.max(first, Math.min(last, number)));
  }

  step(by) {
    this.show((this.#state.get("position") ?? 0) + by);
  }

  /** A live source has a newer sweep, or a stored one is there at all. */
  arrived() {
    const [first, last] = this.bounds;
    if (last < first) return;
    if (!this.isLive) {
      if (this.#state.get("position") === null) this.#get(Math.max(first, Math.min(last, this.start)));
      return;
    }
    const shown = this.#state.get("sweep")?.number ?? -1;
    // One at a time: a page that is slow goes on with the newest, and asks for none that it could not paint.
    const isFree = this.#wanted === null && !this.#isUnpainted;
    if (this.#state.get("playing") && isFree && last > shown) this.#get(last);
  }

  /** The sweep that is shown has been on the screen. */
  painted() {
    this.#isUnpainted = false;
    if (this.isLive) this.arrived();
  }

  async #get(number) {
    if (this.#wanted === number) return;
    this.#request?.abort();
    const known = this.#sweeps.get(number);
    if (known) {
      [this.#request, this.#wanted] = [null, null];
      this.#put(known);
      return;
    }
    const request = (this.#request = new AbortController());
    this.#wanted = number;
    this.#state.set({ position: number, loading: true });
    try {
      const sweep = await fetchSweep(number, request.signal);
      if (this.#request !== request) return;
      [this.#request, this.#wanted] = [null, null];
      this.#put(sweep);
    } catch (error) {
      if (this.#request !== request) return;
      [this.#request, this.#wanted] = [null, null];
      this.#failed(number, error);
    }
  }

  #put(sweep) {
    const before = this.#state.get("sweep")?.number;
    this.#sweeps.delete(sweep.number);
    this.#sweeps.set(sweep.number, sweep);
    if (this.#sweeps.size > kept) this.#sweeps.delete(this.#sweeps.keys().next().value);
    let skipped = this.#state.get("skipped");
    if (this.isLive && this.#state.get("playing") && before !== undefined) {
      skipped += Math.max(0, sweep.number - before - 1);
    }
    this.#isUnpainted = this.isLive;
    this.#state.set({
      sweep, position: sweep.number, loading: false, failed: false, skipped, marked: null,
    });
    this.#goOn(sweep.number);
  }

  /** A scan that is gone or damaged is said, and the next ones are shown all the same. */
  #failed(number, error) {
    this.#state.set({ loading: false });
    if (error.isGone && this.isLive && this.#state.get("playing")) return this.arrived();
    this.#say(`Sweep ${number}: ${error.message}`, error.remedy);
    this.#state.set({ sweep: null, failed: true, marked: null });
    this.#goOn(number);
  }

  #goOn(number) {
    if (!this.#state.get("playing")) return;
    if (this.isLive) return this.arrived();
    if (number >= this.bounds[1]) return this.#state.set({ playing: false });
    const wait = Math.max(0, interval - (performance.now() - this.#shownAt));
    this.#timer = setTimeout(() => {
      this.#shownAt = performance.now();
      this.#get(number + 1);
    }, wait);
  }
}
