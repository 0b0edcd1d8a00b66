// What the page shows, in one place: whoever changes it says so, whoever depends on it is told.

export class State {
  #values;
  #listeners = [];

  constructor(values) {
    this.#values = values;
  }

  get(name) {
    return this.#values[name];
  }

  /** Changes some values, then calls those who listen to one that is another now. */
  set(changes) {
    const changed = Object.keys(changes).filter((name) => !Object.is(this.#values[name], changes[name]));
    Object.assign(this.#values, changes);
    for (const listener of this.#listeners) {
      if (listener.names.some((name) => changed.includes(name))) listener.call();
    }
  }

  /** Calls a function now, and each time one of these values changes. */
  on(names, call) {
    this.#listeners.push({ names, call });
    call();
  }
}

/** The page as it is before anything is known; `more` are values of a page's own. */
export function firstState(more = {}) {
  return new State({
    ...more,
    source: null, // what GET /api/source says
    stream: null, // the last event of GET /api/events
    connection: "connecting", // or "connected", "lost"
    sweep: null, // the sweep that is shown
    position: null, // the number of the sweep that is shown, asked for, or not to be had
    loading: false, // whether it is asked for
    failed: false, // whether it is not to be had
    shown: 0, // how many of its points are shown
    playing: false, // of a live source: whether it is followed
    mode: "label",
    hiddenClasses: new Set(),
    onlyDifferent: false,
    pointSize: 3,
    rangeEnd: 80,
    showStrip: true,
    showRings: true,
    marked: null, // {row, column, point}: what the mouse is over
    skipped: 0, // sweeps of a live source that this page did not show
    latency: null, // milliseconds from a sweep's arrival at the server to its picture: see latency.js
    painting: null, // the same from its arrival at this page
  });
}
