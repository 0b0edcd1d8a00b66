// Which points are shown: the same rules as the shader's, for counting and for pointing at them.

export function isShown(sweep, point, look) {
  const filtered = look.mode === "truth" ? sweep.truth[point] : sweep.label[point];
  if (look.hiddenClasses.has(filtered)) return false;
  if (look.onlyDifferent && !sweep.differs(point)) return false;
  return Number.isFinite(sweep.places[3 * point]);
}

export function countShown(sweep, look) {
  const isHidden = new Uint8Array(256);
  for (const index of look.hiddenClasses) isHidden[index] = 1;
  const filtered = look.mode === "truth" ? sweep.truth : sweep.label;
  let shown = 0;
  for (let point = 0; point < sweep.count; point++) {
    if (isHidden[filtered[point]] || !Number.isFinite(sweep.places[3 * point])) continue;
    if (!look.onlyDifferent || sweep.differs(point)) shown++;
  }
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
  for (let point = 0; point < sweep.count; point++) {
    const [px, py, pz] = [places[3 * point], places[3 * point + 1], places[3 * point + 2]];
    const w = m[3] * px + m[7] * py + m[11] * pz + m[15];
    if (!(w > 0.1)) continue;
    const dx = ((m[0] * px + m[4] * py + m[8] * pz + m[12]) / w + 1) * halfWidth - x;
    if (dx > reach || dx < -reach) continue;
    const dy = (1 - (m[1] * px + m[5] * py + m[9] * pz + m[13]) / w) * halfHeight - y;
    const squared = dx * dx + dy * dy;
    if (squared > reach * reach) continue;
    // What is in front hides what is behind.
    const cost = w * (1 + squared / 20);
    if (cost < bestCost && isShown(sweep, point, look)) [best, bestCost] = [point, cost];
  }
  return best;
}
