// What is annotated in the sweep that is shown: a label for each point, objects, and what may be some.

export class Annotation {
  /** Takes what GET api/annotations/N says. */
  constructor(sweep, view) {
    this.sweep = sweep;
    this.owners = new Uint16Array(sweep.count); // the object of each point, or 0
    this.camera = view.camera ?? null;
    this.apply(view);
  }

  /** Takes in what a step changed; gives the points with another label, in rising order. */
  apply(view) {
    const runs = words(view.changes);
    let count = 0;
    for (let place = 1; place < runs.length; place += 3) count += runs[place];
    const points = new Uint32Array(count);
    let next = 0;
    for (let place = 0; place < runs.length; place += 3) {
      const [start, count, label] = runs.subarray(place, place + 3);
      this.sweep.label.fill(label >> 16, start, start + count);
      this.owners.fill(label & 0xffff, start, start + count);
      for (let point = start; point < start + count; point++) points[next++] = point;
    }
    this.objects = new Map(view.objects.map((object) => [object.id, object]));
    // A candidate is one as long as its label is what it was.
    for (const item of view.candidates ?? []) item.label = this.sweep.label[item.point];
    this.candidates = view.candidates ?? this.candidates ?? [];
    this.sweep.forgetCounts();
    this.#tally();
    return points;
  }

  /** How many points each object has, and how confident the model was of them. */
  #tally() {
    const sums = new Map([...this.objects.keys()].map((id) => [id, [0, 0]]));
    for (let point = 0; point < this.owners.length; point++) {
      const sum = this.owners[point] && sums.get(this.owners[point]);
      if (!sum) continue;
      sum[0] += 1;
      sum[1] += this.sweep.confidence[point];
    }
    for (const [id, [count, sum]] of sums) {
      const object = this.objects.get(id);
      object.count = count;
      object.confidence = count ? sum / count / 255 : 0;
    }
  }

  pointsOf(id) {
    const points = [];
    this.owners.forEach((owner, point) => owner === id && points.push(point));
    return points;
  }

  /** What nobody decided yet, the least confident first: predictions, and what labels say may be objects. */
  get doubtful() {
    const predicted = [...this.objects.values()].filter((object) => object.state === "predicted")
      .map((object) => ({ key: `o${object.id}`, object, confidence: object.confidence }));
    const candidates = this.candidates
      .filter((item) => this.owners[item.point] === 0 && this.sweep.label[item.point] === item.label)
      .map((item) => ({ key: `c${item.point}`, candidate: item, confidence: item.confidence }));
    return [...predicted, ...candidates].sort((a, b) => a.confidence - b.confidence);
  }

  /** Where something is, in metres. */
  placeOf({ object, candidate }) {
    if (candidate) return [...this.sweep.places.subarray(3 * candidate.point, 3 * candidate.point + 3)];
    if (object.box) return [...object.box.bottom];
    const [point] = this.pointsOf(object.id);
    return point === undefined ? [0, 0, 0] : [...this.sweep.places.subarray(3 * point, 3 * point + 3)];
  }
}

/** The points of runs, which are starts and lengths. */
export function indicesOf(runs) {
  const points = [];
  for (let place = 0; place < runs.length; place += 2) {
    for (let point = runs[place]; point < runs[place] + runs[place + 1]; point++) points.push(point);
  }
  return points;
}

/** Runs of points as the server takes them: starts and lengths. */
export function runsOf(points) {
  const sorted = Uint32Array.from(points).sort();
  const runs = [];
  let [start, end] = [-1, -1];
  for (const point of sorted) {
    if (point === end) end += 1;
    else if (point > end) {
      if (start >= 0) runs.push(start, end - start);
      [start, end] = [point, point + 1];
    }
  }
  if (start >= 0) runs.push(start, end - start);
  return runs;
}

function words(text) {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let place = 0; place < letters.length; place++) bytes[place] = letters.charCodeAt(place);
  return new Uint32Array(bytes.buffer);
}
