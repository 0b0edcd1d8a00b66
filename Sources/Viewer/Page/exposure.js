// What a page shows of itself, for tests and the curious (docs/viewing.md, docs/annotation.md).

import { noticeTexts } from "./notices.js";
import { version } from "./sweep.js";

/** Shows what both pages have as `window.lidarseg`; `own` holds what this page has beside it. */
export function expose({ state, stage, renderer, frame, camera }, own = {}) {
  const common = {
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
    camera,
    /** How often each colour occurs in a part of the picture ("cloud" or "strip"): {"r,g,b": pixels}. */
    colors(part = "cloud") {
      return frame.colors(part);
    },
    /** Marks a point, as the mouse over it does. */
    mark(point) {
      stage.markPoint(point);
    },
    /** Where a point is drawn, in the page's pixels from the canvas's corner. */
    place(point) {
      return renderer.place(point);
    },
  };
  window.lidarseg = Object.defineProperties(common, Object.getOwnPropertyDescriptors(own));
}
