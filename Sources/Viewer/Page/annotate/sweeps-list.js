// The list of sweeps, the least confident first.

import { fetchJSON } from "../client.js";
import { notice } from "../notices.js";

const element = (id) => document.getElementById(id);

export class SweepsList {
  constructor(state, player) {
    Object.assign(this, { state, player });
    this.seen = new Set(); // the numbers of sweeps that `leastConfident` showed
    element("list-button").addEventListener("click", () => this.toggle());
  }

  /** Sweeps with what is known of each, the least confident first; those that nobody asked the model of come last. */
  async #sorted() {
    const sweeps = (await fetchJSON("api/list")).map((item, number) => ({ ...item, number }));
    return sweeps.sort((a, b) => (a.confidence ?? 2) - (b.confidence ?? 2) || a.number - b.number);
  }

  async toggle() {
    const room = element("list");
    if (room.open) return room.close();
    try {
      const sorted = await this.#sorted();
      element("list-rows").replaceChildren(...sorted.map((item) => this.#row(item)));
      room.showModal();
      element("list-rows").querySelector("button")?.focus();
    } catch (error) {
      notice(`The sweeps cannot be listed: ${error.message}`, error.remedy ?? "bring the connection back");
    }
  }

  #row(item) {
    const button = Object.assign(document.createElement("button"), { type: "button" });
    const state = item.predicted ? `${item.predicted} to decide` : item.isChanged ? "annotated" : "";
    const words = [
      this.state.get("source").sweeps[item.number], item.confidence?.toFixed(3) ?? "…",
      item.objects ? `${item.objects} objects` : "", state];
    button.append(...words.map((text) => Object.assign(document.createElement("span"), { textContent: text })));
    button.addEventListener("click", () => {
      element("list").close();
      this.player.show(item.number);
    });
    const row = document.createElement("li");
    row.append(button);
    return row;
  }

  /**
   * Shows the sweep that the model is least confident of, among those that nobody changed. One that was left as
   * it is, perhaps because it cannot be read, comes again when all others were shown.
   */
  async leastConfident() {
    try {
      const open = (await this.#sorted()).filter((item) => !item.isChanged && item.number !== this.state.get("position"));
      if (open.length === 0) return notice("Something was done to every other sweep", "G lists them all");
      if (open.every((item) => this.seen.has(item.number))) this.seen.clear();
      const { number } = open.find((item) => !this.seen.has(item.number));
      this.seen.add(number);
      this.player.show(number);
    } catch (error) {
      notice(`The sweeps cannot be listed: ${error.message}`, error.remedy ?? "bring the connection back");
    }
  }
}
