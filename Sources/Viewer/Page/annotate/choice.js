// Points under the brush and within the lasso, as they are drawn.

import { visibility } from "../visibility.js";

/** Points within some pixels of a place; what is over 3 m behind the nearest of them is hidden by it. */
export function pointsUnderBrush(renderer, look, [column, row], radius) {
  const found = [];
  let nearest = Infinity;
  each(renderer, look, (point, x, y, w) => {
    if (Math.hypot(x - column, y - row) > radius) return;
    found.push([point, w]);
    nearest = Math.min(nearest, w);
  });
  return found.filter(([, w]) => w <= nearest + 3).map(([point]) => point);
}

/** Points within a closed line. */
export function pointsInLasso(renderer, look, line) {
  const [columns, rows] = [line.map((place) => place[0]), line.map((place) => place[1])];
  const [left, right, top, bottom] = [Math.min(...columns), Math.max(...columns), Math.min(...rows), Math.max(...rows)];
  const found = [];
  each(renderer, look, (point, x, y) => {
    if (x < left || x > right || y < top || y > bottom) return;
    if (isInside(line, x, y)) found.push(point);
  });
  return found;
}

function each(renderer, look, act) {
  const { sweep, matrix: m, canvas, scale } = renderer;
  const [halfWidth, halfHeight] = [canvas.width / scale / 2, renderer.cloudHeight / scale / 2];
  const { places } = sweep;
  const isShown = visibility(sweep, look);
  for (let point = 0; point < sweep.count; point++) {
    const [x, y, z] = [places[3 * point], places[3 * point + 1], places[3 * point + 2]];
    const w = m[3] * x + m[7] * y + m[11] * z + m[15];
    if (!(w > 0.1) || !isShown(point)) continue;
    act(
      point, ((m[0] * x + m[4] * y + m[8] * z + m[12]) / w + 1) * halfWidth,
      (1 - (m[1] * x + m[5] * y + m[9] * z + m[13]) / w) * halfHeight, w);
  }
}

/** By the crossings of a line to the right. */
function isInside(line, x, y) {
  let inside = false;
  for (let index = 0, before = line.length - 1; index < line.length; before = index++) {
    const [[x1, y1], [x2, y2]] = [line[index], line[before]];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}
