// What the server is asked.

import { Sweep } from "./sweep.js";

/** What went wrong, in words, with what to do about it. */
export class Fault extends Error {
  constructor(message, remedy, isGone = false) {
    super(message);
    this.remedy = remedy;
    this.isGone = isGone;
  }
}

/** What the source is. */
export async function fetchSource() {
  return (await ask("api/source")).json();
}

/** A sweep; throws a Fault, or the abort of its signal. */
export async function fetchSweep(number, signal) {
  const response = await ask(`api/sweeps/${number}`, { signal });
  const damage = response.headers.get("Lidarseg-Damage");
  return new Sweep(await response.arrayBuffer(), damage && decodeURIComponent(damage));
}

async function ask(path, options) {
  const response = await fetch(path, options);
  if (response.ok) return response;
  const error = await response.json().then((body) => body.error, () => null);
  throw new Fault(
    error?.message ?? `the server answered ${response.status}`,
    error?.remedy ?? "see what the program says in its terminal", response.status === 410);
}

/**
 * Follows the source's state, and comes back by itself after the connection was lost.
 *
 * `heard` is called with each state, `changed` with "connected" and "lost".
 */
export function followEvents(heard, changed) {
  const again = 1000; // milliseconds
  let events;
  const open = () => {
    events = new EventSource("api/events");
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
