// What the server is asked.

import { Sweep } from "./sweep.js";

/** What went wrong, in words, with what to do about it. */
export class Fault extends Error {
  constructor(message, remedy, status) {
    super(message);
    this.remedy = remedy;
    this.status = status;
    this.isGone = status === 410;
  }
}

/** What the source is. */
export async function fetchSource() {
  return fetchJSON("api/source");
}

/** A sweep, and when (`received`) all of it was here; throws a Fault, or the abort of its signal. */
export async function fetchSweep(number, signal) {
  const response = await ask(`api/sweeps/${number}`, { signal });
  const damage = response.headers.get("Lidarseg-Damage");
  const bytes = await response.arrayBuffer();
  const received = Date.now();
  return Object.assign(new Sweep(bytes, damage && decodeURIComponent(damage)), { received });
}

/** Asks for something to be done, and gives the answer. */
export async function send(path, body) {
  const headers = { "Content-Type": "application/json" };
  return (await ask(path, { method: "POST", headers, body: JSON.stringify(body) })).json();
}

/** An answer in JSON. */
export async function fetchJSON(path) {
  return (await ask(path)).json();
}

async function ask(path, options) {
  const response = await fetch(path, options);
  if (response.ok) return response;
  const error = await response.json().then((body) => body.error, () => null);
  throw new Fault(
    error?.message ?? `the server answered ${response.status}`,
    error?.remedy ?? "see what the program says in its terminal", response.status);
}

/**
 * Follows the source's state, and comes back by itself after the connection was lost.
 *
 * `heard` is called with each state, `changed` with "connected" and "lost"; `page` is what the server calls
 * this page.
 */
export function followEvents(heard, changed, page = null) {
  const again = 1000; // milliseconds
  let events;
  const open = () => {
    events = new EventSource(page ? `api/events?page=${page}` : "api/events");
    events.addEventListener("open", () => changed("connected"));
    events.addEventListener("state", (event) => heard(JSON.parse(event.data)));
    events.addEventListener("error", () => {
      changed("lost");
      // The browser tries again by itself, except where the server answered and refused.
      if (events.readyState === EventSource.CLOSED) setTimeout(open, again);
    });
  };
  open();
}
