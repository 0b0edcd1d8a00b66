// The bar below: which sweep, playing, and stepping.

const element = (id) => document.getElementById(id);

export class Timeline {
  /** `own` acts instead of the usual ones, by the buttons' names. */
  constructor(state, player, own = {}) {
    Object.assign(this, { state, player });
    const acts = {
      first: () => player.show(player.bounds[0]), previous: () => player.step(-1), play: () => player.play(),
      next: () => player.step(1), last: () => player.show(player.bounds[1]), ...own,
    };
    for (const [id, act] of Object.entries(acts)) element(id).addEventListener("click", act);
    element("timeline").addEventListener("input", () => player.show(Number(element("timeline").value)));
    state.on(["source", "stream", "position", "playing"], () => this.#show());
  }

  #show() {
    const { state, player } = this;
    const [first, last] = player.bounds;
    const bar = element("timeline");
    const number = Math.max(first, Math.min(last, state.get("position") ?? first));
    [bar.min, bar.max, bar.value] = [first, Math.max(first, last), number];
    bar.disabled = last <= first;
    const name = state.get("source")?.sweeps[number] ?? String(number);
    bar.setAttribute("aria-valuetext", name);
    const place = player.isLive
      ? `sweep ${number}${state.get("stream")?.ended ? ", ended" : ""}` : `${number + 1} of ${last + 1}`;
    element("sweep-name").textContent =
      last < first ? "no sweep yet" : player.isLive ? place : `${name}  ·  ${place}`;
    const playing = state.get("playing");
    const [on, off] = player.isLive ? ["❚❚ freeze", "▶ follow"] : ["❚❚ pause", "▶ play"];
    element("play").textContent = playing ? on : off;
    element("play").setAttribute("aria-label", (playing ? on : off).slice(2).trim());
    element("play").setAttribute("aria-pressed", playing);
    for (const id of ["first", "previous"]) element(id).disabled = number <= first;
    for (const id of ["next", "last"]) element(id).disabled = number >= last;
  }
}
