// Boxes: upright, in metres, turned by a heading about their middle.

/** From a box's own frame (along the length, along the width, up from the bottom) into the sensor's. */
export function placeIn(box, [along, across, up]) {
  const [cos, sin] = [Math.cos(box.heading), Math.sin(box.heading)];
  return [
    box.bottom[0] + cos * along - sin * across, box.bottom[1] + sin * along + cos * across, box.bottom[2] + up];
}

/** From the sensor's frame into a box's own. */
export function ownPlace(box, [x, y, z]) {
  const [cos, sin] = [Math.cos(box.heading), Math.sin(box.heading)];
  const [u, v] = [x - box.bottom[0], y - box.bottom[1]];
  return [cos * u + sin * v, cos * v - sin * u, z - box.bottom[2]];
}

/** The eight corners: the bottom's four, counter-clockwise from the rear right, then the top's. */
export function corners(box) {
  const [length, width, height] = box.size;
  return [0, height].flatMap((up) =>
    [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([a, b]) => placeIn(box, [(a * length) / 2, (b * width) / 2, up])));
}

/** Pairs of corners: the bottom's, the top's, the uprights, and a cross on the front. */
export const edges = [
  [0, 1], [1, 2], [2, 3], [3, 0], [4, 5], [5, 6], [6, 7], [7, 4], [0, 4], [1, 5], [2, 6], [3, 7], [1, 6], [2, 5]];

/** What of a box can be dragged: its middle moves it, corners resize it, the knob before it turns it. */
export function handles(box) {
  const [length, width, height] = box.size;
  return [
    { kind: "turn", place: placeIn(box, [length / 2 + 0.8, 0, height / 2]) },
    ...[[1, 1], [1, -1], [-1, 1], [-1, -1]].map(([a, b]) => (
      { kind: "resize", sides: [a, b], place: placeIn(box, [(a * length) / 2, (b * width) / 2, 0]) })),
    { kind: "move", place: placeIn(box, [0, 0, height]) },
  ];
}

/** A box as a drag of one of its handles to a place on its level leaves it. */
export function dragged(box, handle, place) {
  const own = ownPlace(box, place);
  if (handle.kind === "move") return { ...box, bottom: [place[0], place[1], box.bottom[2]] };
  if (handle.kind === "turn") return { ...box, heading: box.heading + Math.atan2(own[1], own[0]) };
  const [a, b] = handle.sides;
  const least = 0.2;
  const size = [
    Math.max(least, a * own[0] + box.size[0] / 2), Math.max(least, b * own[1] + box.size[1] / 2), box.size[2]];
  const middle = placeIn(box, [(a * (size[0] - box.size[0])) / 2, (b * (size[1] - box.size[1])) / 2, 0]);
  return { ...box, size, bottom: middle };
}

/** Where a pixel's line of sight meets a level, in metres; nothing where it does not. */
export function placeOnLevel(renderer, [column, row], z) {
  const m = renderer.matrix;
  const [width, height] = [renderer.canvas.width / renderer.scale, renderer.cloudHeight / renderer.scale];
  const [u, v] = [(column / width) * 2 - 1, 1 - (row / height) * 2];
  const line = (axis, value) => [
    m[axis] - value * m[3], m[axis + 4] - value * m[7],
    -(m[axis + 8] - value * m[11]) * z - (m[axis + 12] - value * m[15])];
  const [[a, b, e], [c, d, f]] = [line(0, u), line(1, v)];
  const det = a * d - b * c;
  if (Math.abs(det) < 1e-9) return null;
  const place = [(e * d - b * f) / det, (a * f - e * c) / det, z];
  return renderer.project(place) ? place : null;
}
