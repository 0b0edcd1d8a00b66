// A sweep as the server sends it (docs/viewing.md): typed arrays that are views of its bytes.

const mark = "LSGSWEEP";
export const version = 1;
export const noCell = 0xffff;

export class Sweep {
  /** Takes the bytes of GET /api/sweeps/N; throws an Error in words where they are of another layout. */
  constructor(bytes, damage) {
    const header = new DataView(bytes);
    const name = String.fromCharCode(...new Uint8Array(bytes, 0, Math.min(8, bytes.byteLength)));
    if (bytes.byteLength < 64 || name !== mark) throw new Error("the server sent no sweep");
    const word = (place) => header.getUint32(place, true);
    if (word(8) !== version) {
      throw new Error(`the server speaks version ${word(8)}, this page ${version}: load it anew`);
    }
    const [start, count] = [word(12), word(16)];
    if (bytes.byteLength !== start + 20 * count) throw new Error("the sweep is cut");
    this.hasTruth = (word(20) & 1) === 1;
    this.truthIsWhole = false; // whether a true label of 0 is known to be none, and not unknown
    [this.rows, this.columns, this.number] = [word(24), word(28), word(32)];
    this.arrival = header.getFloat64(40, true);
    this.measured = header.getFloat64(48, true);
    this.count = count;
    this.damage = damage;
    this.data = new Uint8Array(bytes, start);
    this.offsets = {
      places: 0, rows: 12 * count, columns: 14 * count,
      intensity: 16 * count, label: 17 * count, confidence: 18 * count, truth: 19 * count,
    };
    const at = (field) => start + this.offsets[field];
    this.places = new Float32Array(bytes, at("places"), 3 * count);
    this.pointRows = new Uint16Array(bytes, at("rows"), count);
    this.pointColumns = new Uint16Array(bytes, at("columns"), count);
    for (const field of ["intensity", "label", "confidence", "truth"]) {
      this[field] = new Uint8Array(bytes, at(field), count);
    }
  }

  /** How many points have which label. */
  get labelCounts() {
    return (this._labelCounts ??= histogram(this.label));
  }

  /** Says that labels are others now. */
  forgetCounts() {
    this._labelCounts = undefined;
  }

  get truthCounts() {
    return (this._truthCounts ??= histogram(this.truth));
  }

  range(point) {
    return Math.sqrt(this.#squaredRange(point));
  }

  #squaredRange(point) {
    const x = this.places[3 * point];
    const y = this.places[3 * point + 1];
    const z = this.places[3 * point + 2];
    return x * x + y * y + z * z;
  }

  isKnown(point) {
    return this.hasTruth && (this.truthIsWhole || this.truth[point] !== 0);
  }

  differs(point) {
    return this.isKnown(point) && this.truth[point] !== this.label[point];
  }

  /** The nearest point of a cell, or -1. */
  pointOfCell(row, column) {
    return this.cells[row * this.columns + column] ?? -1;
  }

  /** The nearest point of each cell, row by row; -1 where there is none. */
  get cells() {
    return (this._cells ??= this.#nearest());
  }

  #nearest() {
    const cells = new Int32Array(this.rows * this.columns).fill(-1);
    const ranges = new Float32Array(cells.length).fill(Infinity);
    for (let point = 0; point < this.count; point++) {
      if (this.pointRows[point] === noCell) continue;
      const cell = this.pointRows[point] * this.columns + this.pointColumns[point];
      const squared = this.#squaredRange(point);
      if (!(squared < ranges[cell])) continue;
      cells[cell] = point;
      ranges[cell] = squared;
    }
    return cells;
  }
}

function histogram(bytes) {
  const counts = new Uint32Array(256);
  for (const byte of bytes) counts[byte]++;
  return counts;
}
