// Learns what the source is and how far it is, again after each loss of the connection.

import { fetchSource, followEvents } from "./client.js";
import { notice } from "./notices.js";
import { version } from "./sweep.js";

const element = (id) => document.getElementById(id);

/**
 * `met` is called when the source is another than before, `heard` with each of its states, `joined` each
 * time that the connection stands; `page` is the name by which the server knows this page.
 */
export function connect(state, player, { met = () => {}, heard = () => {}, joined = async () => {}, page = null }) {
  let toldFaults = -1;
  let isMeeting = Promise.resolve();
  state.on(["connection"], () => {
    const isLost = state.get("connection") === "lost";
    element("connection").textContent = isLost ? "connection lost, trying again" : state.get("connection");
    element("connection").classList.toggle("lost", isLost);
  });
  const hear = (stream) => {
    const before = state.get("stream");
    if (before && stream.latest < before.latest) player.reset();
    if (before && stream.counts.received < before.counts.received) toldFaults = -1;
    state.set({ stream });
    for (const fault of stream.faults.filter((item) => item.id > toldFaults)) {
      notice(fault.message, fault.remedy);
      toldFaults = fault.id;
    }
    heard(stream);
    player.arrived();
  };
  followEvents((stream) => isMeeting.then(() => hear(stream)), (connection) => {
    state.set({ connection });
    if (connection !== "connected") return;
    isMeeting = meet(state, player, met).then(joined)
      .catch((error) => notice(`The source cannot be asked: ${error.message}`, error.remedy));
  }, page);
}

/** Asks anew what the source is: behind a lost connection there may be another. */
async function meet(state, player, met) {
  const source = await fetchSource();
  if (source.protocol !== version) return location.reload();
  const known = state.get("source");
  if (known && JSON.stringify(known) === JSON.stringify(source)) return;
  state.set({ source, hiddenClasses: new Set() });
  element("source-name").textContent = source.name.split("/").filter(Boolean).at(-1) ?? source.name;
  element("source-name").title = source.name;
  element("model-name").textContent = source.model;
  document.title = `${element("source-name").textContent} · lidarseg`;
  met(source);
  player.reset();
}
