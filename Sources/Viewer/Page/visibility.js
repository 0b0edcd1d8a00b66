// Which points are shown: the same rules as the shader's, for drawing, counting and pointing at them.

/** Gives what says whether a point is shown. */
export function visibility(sweep, look) {
  const { places } = sweep;
  const isHidden = new Uint8Array(256);
  for (const index of look.hiddenClasses) isHidden[index] = 1;
  const filtered = look.mode === "truth" ? sweep.truth : sweep.label;
  return (point) => Math.abs(places[3 * point]) < 1e9 && !isHidden[filtered[point]]
    && (!look.onlyDifferent || sweep.differs(point));
}

export function countShown(sweep, look) {
  const isShown = visibility(sweep, look);
  let shown = 0;
  for (let point = 0; point < sweep.count; point++) if (isShown(point)) shown++;
  return shown;
}

/** The shown point nearest to a place in the picture, of those within some pixels; -1 where there is none. */
export function pointAt(renderer, x, y, look) {
  const { sweep, matrix: m, canvas, scale } = renderer;
  if (!sweep || !m) return -1;
  const reach = 7;
  const [halfWidth, halfHeight] = [canvas.width / scale / 2, renderer.cloudHeight / scale / 2];
  let [best, bestCost] = [-1, Infinity];
  const places = sweep.places;
  const isShown = visibility(sweep, look);
  for (let point = 0; point < sweep.count; point++) {
    // An array that is taken apart here would be garbage for each point.
    const px = places[3 * point];
    const py = places[3 * point + 1];
    const pz = places[3 * point + 2];
    const w = m[3] * px + m[7] * py + m[11] * pz + m[15];
    if (!(w > 0.1)) continue;
    const dx = ((m[0] * px + m[4] * py + m[8] * pz + m[12]) / w + 1) * halfWidth - x;
    if (dx > reach || dx < -reach) continue;
    const dy = (1 - (m[1] * px + m[5] * py + m[9] * pz + m[13]) / w) * halfHeight - y;
    const squared = dx * dx + dy * dy;
    if (squared > reach * reach) continue;
    // What is in front hides what is behind.
    const cost = w * (1 + squared / 20);
    if (cost < bestCost && isShown(point)) [best, bestCost] = [point, cost];
  }
  return best;
}
