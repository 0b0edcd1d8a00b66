// Points that this script places and colours, for browsers whose graphics card is the processor: there a hundred
// thousand of WebGL's points cost several times what they do here. The picture is the shader's.

import { rampBytes } from "./colors.js";
import { pointColoring } from "./point-colors.js";
import { makeProgram, makeTexture } from "./programs.js";
import { coveringVertexShader, imageFragmentShader } from "./shaders.js";

const white = 0xffffffff;

export class ComputedPoints {
  /** `unit` is the texture unit of the picture. */
  constructor(gl, unit) {
    Object.assign(this, { gl, unit });
    this.program = makeProgram(gl, coveringVertexShader, imageFragmentShader);
    this.array = gl.createVertexArray();
    this.texture = makeTexture(gl, unit);
    this.ramps = new Uint32Array(rampBytes().bytes.buffer);
    [this.width, this.height] = [0, 0];
  }

  /** Takes the classes' colours, as RGBA bytes. */
  setPalette(bytes) {
    this.palette = new Uint32Array(bytes.buffer);
    this.coloredBy = null;
  }

  setSweep(sweep) {
    this.sweep = sweep;
    if (this.colors?.length !== sweep.count) this.colors = new Uint32Array(sweep.count);
    this.coloredBy = null;
  }

  /** Gives some points, whose labels are others now, their colours. */
  updateLabels(points) {
    if (!this.coloredBy) return;
    const colorOf = this.#coloring(this.coloredBy);
    for (const point of points) this.colors[point] = colorOf(point);
  }

  draw(view, look) {
    this.#fit(view);
    if (!this.#isColoredBy(look)) {
      const colorOf = this.#coloring(look);
      for (let point = 0; point < this.sweep.count; point++) this.colors[point] = colorOf(point);
      this.coloredBy = look;
    }
    this.pixels.fill(0);
    this.depths.fill(Infinity);
    const pointSize = look.pointSize * view.scale;
    paint(this, view.matrix, pointSize);
    if (look.marked) this.#paintMarked(view.matrix, pointSize, look.marked);
    this.#show(view.bottom);
  }

  /** Draws some points anew over the last picture: where they stood, at their own depth. */
  drawSome(points, view, look) {
    if (!this.#isColoredBy(look)) return this.draw(view, look);
    for (const point of points) paint(this, view.matrix, look.pointSize * view.scale, { first: point, end: point + 1 });
    this.#show(view.bottom);
  }

  #isColoredBy(look) {
    const names = ["mode", "hiddenClasses", "onlyDifferent", "rangeEnd"];
    return this.coloredBy !== null && names.every((name) => this.coloredBy[name] === look[name]);
  }

  #coloring(look) {
    return pointColoring(this.sweep, look, this.palette, this.ramps);
  }

  #fit({ width, height }) {
    if (this.width === width && this.height === height) return;
    Object.assign(this, { width, height });
    this.pixels = new Uint32Array(width * height);
    this.bytes = new Uint8Array(this.pixels.buffer);
    this.depths = new Float32Array(width * height);
  }

  /** The marked cell's points are large and white, and before all others. */
  #paintMarked(matrix, pointSize, { row, column }) {
    const { pointRows, pointColumns, count } = this.sweep;
    for (let point = 0; point < count; point++) {
      if (pointRows[point] !== row || pointColumns[point] !== column || this.colors[point] === 0) continue;
      paint(this, matrix, pointSize, { first: point, end: point + 1, isMarked: true });
    }
  }

  #show(bottom) {
    const { gl, unit, width, height } = this;
    gl.activeTexture(gl.TEXTURE0 + unit);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, width, height, 0, gl.RGBA, gl.UNSIGNED_BYTE, this.bytes);
    const { program, uniforms } = this.program;
    gl.useProgram(program);
    gl.bindVertexArray(this.array);
    gl.uniform1i(uniforms.image, unit);
    gl.uniform1i(uniforms.bottom, bottom);
    gl.disable(gl.DEPTH_TEST);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
    gl.enable(gl.DEPTH_TEST);
    gl.bindVertexArray(null);
  }
}

/** Paints points as the vertex shader places them and the graphics card fills them: pixels whose centres they hold. */
function paint(to, m, pointSize, { first = 0, end = to.sweep.count, isMarked = false } = {}) {
  const { colors, width, height, sweep: { places } } = to;
  const least = Math.max(1, pointSize * 0.55);
  const most = pointSize * 4;
  for (let point = first; point < end; point++) {
    const color = isMarked ? white : colors[point];
    if (color === 0) continue;
    // Arrays that are taken apart here would be garbage, several for each point.
    const x = places[3 * point];
    const y = places[3 * point + 1];
    const z = places[3 * point + 2];
    const w = m[3] * x + m[7] * y + m[11] * z + m[15];
    const across = m[0] * x + m[4] * y + m[8] * z + m[12];
    const up = m[1] * x + m[5] * y + m[9] * z + m[13];
    const far = m[2] * x + m[6] * y + m[10] * z + m[14];
    if (!(Math.abs(across) <= w && Math.abs(up) <= w && Math.abs(far) <= w)) continue;
    let size = Math.max(least, Math.min(most, (pointSize * 18) / Math.max(w, 0.1)));
    if (isMarked) size = Math.max(size + 4, 9);
    fill(to, (across / w + 1) * (width / 2), (up / w + 1) * (height / 2), isMarked ? -1 : far / w, size, color);
  }
}

/** Fills a point of so many pixels in size, round where it is large, unless something is before it. */
function fill({ pixels, depths, width, height }, column, row, depth, size, color) {
  const half = size / 2;
  const left = Math.max(0, Math.ceil(column - half - 0.5));
  const right = Math.min(width, Math.ceil(column + half - 0.5));
  const top = Math.min(height, Math.ceil(row + half - 0.5));
  const reach = size > 3 ? half * half : Infinity;
  for (let py = Math.max(0, Math.ceil(row - half - 0.5)); py < top; py++) {
    for (let px = left; px < right; px++) {
      const dx = px + 0.5 - column;
      const dy = py + 0.5 - row;
      const pixel = py * width + px;
      if (dx * dx + dy * dy > reach || depth > depths[pixel]) continue;
      depths[pixel] = depth;
      pixels[pixel] = color;
    }
  }
}
