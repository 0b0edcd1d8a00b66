// What the page shows of itself, for tests and the curious (docs/annotation.md).

import { noticeTexts } from "../notices.js";
import { version } from "../sweep.js";

export function expose({ state, stage, renderer, frame, camera }) {
  window.lidarseg = {
    version,
    get(name) {
      return state.get(name);
    },
    get points() {
      return { count: state.get("sweep")?.count ?? 0 };
    },
    get notices() {
      return noticeTexts();
    },
    get objects() {
      return [...(state.get("annotation")?.objects.values() ?? [])];
    },
    get doubtful() {
      return state.get("annotation")?.doubtful ?? [];
    },
    camera,
    colors(part = "cloud") {
      return frame.colors(part);
    },
    mark(point) {
      stage.markPoint(point);
    },
    place(point) {
      return renderer.place(point);
    },
    /** Where a place in metres is drawn. */
    project(place) {
      return renderer.project(place);
    },
  };
}
