// How long it takes until a sweep's picture was handed to the screen.

const kept = 200;

export class LatencyRecord {
  #values = [];

  /** Milliseconds. */
  add(milliseconds) {
    this.#values.push(milliseconds);
    if (this.#values.length > kept) this.#values.shift();
  }

  get summary() {
    if (this.#values.length === 0) return null;
    const sorted = [...this.#values].sort((a, b) => a - b);
    const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    return { count: sorted.length, last: this.#values.at(-1), p50: at(0.5), p95: at(0.95), longest: sorted.at(-1) };
  }
}
