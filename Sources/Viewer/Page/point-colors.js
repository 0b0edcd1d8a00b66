// Which colour each point has, and which have none: the same rules as the shader's.

import { differenceColors } from "./colors.js";
import { visibility } from "./visibility.js";

const opaque = 0xff000000;

/** Gives what gives a point's colour as RGBA, 0 where it is not shown; palette and ramps hold RGBA, too. */
export function pointColoring(sweep, look, palette, ramps) {
  const colorOf = coloring(sweep, look, palette, ramps);
  const isShown = visibility(sweep, look);
  return (point) => (isShown(point) ? colorOf(point) : 0);
}

function coloring(sweep, look, palette, ramps) {
  const { label, confidence, intensity, truth } = sweep;
  const differences = differenceColors.map(([red, green, blue]) => (opaque | (blue << 16) | (green << 8) | red) >>> 0);
  const scale = 255 / look.rangeEnd;
  return {
    label: (point) => palette[label[point]],
    confidence: (point) => ramps[confidence[point]],
    intensity: (point) => ramps[256 + intensity[point]],
    range: (point) => ramps[512 + Math.floor(Math.min(255, sweep.range(point) * scale) + 0.5)],
    truth: (point) => palette[truth[point]],
    difference: (point) => differences[sweep.differs(point) ? 1 : sweep.isKnown(point) ? 0 : 2],
  }[look.mode];
}
