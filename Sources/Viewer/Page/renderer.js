// Draws a sweep in space, and below it as a range image; colours and filters are the shader's, so that
// changing them touches no point.

import { differenceColors, filterBits, modes, paletteBytes, rampBytes } from "./colors.js";
import { fillBits, fillColors, makeProgram, makeTexture } from "./programs.js";
import { Rings } from "./rings.js";
import { fragmentShader, vertexShader } from "./shaders.js";
import { Strip } from "./strip.js";

const units = { palette: 0, ramps: 1, filterBits: 2 };
const stripUnits = { cells: 3, ranges: 4 };
const background = [0.055, 0.067, 0.09];

export class Renderer {
  /** `keeps` says whether a picture stays for `drawPoints` to draw over. */
  constructor(canvas, keeps = false) {
    this.canvas = canvas;
    this.gl = canvas.getContext("webgl2", {
      antialias: false, alpha: false, powerPreference: "low-power", preserveDrawingBuffer: keeps });
    if (!this.gl) throw new Error("this browser has no WebGL 2");
    this.prepare();
  }

  /** Makes what lives on the graphics card; once more after the card was lost. */
  prepare() {
    const { gl } = this;
    this.program = makeProgram(gl, vertexShader, fragmentShader);
    this.rings = new Rings(gl);
    this.strip = new Strip(gl, stripUnits);
    this.points = gl.createVertexArray();
    this.buffer = gl.createBuffer();
    this.chosen = gl.createBuffer();
    for (const unit of Object.values(units)) makeTexture(gl, unit);
    const ramps = rampBytes();
    fillColors(gl, units.ramps, ramps.bytes, ramps.rows);
    this.setPalette([]);
    this.setFilter(new Set());
    this.count = 0;
  }

  setPalette(classes) {
    fillColors(this.gl, units.palette, paletteBytes(classes), 1);
  }

  setFilter(hidden) {
    fillBits(this.gl, units.filterBits, filterBits(hidden));
  }

  /** Takes a sweep's bytes to the graphics card as they came; null for none. */
  setSweep(sweep) {
    const { gl } = this;
    this.sweep = sweep;
    this.count = sweep?.count ?? 0;
    this.strip.setSweep(sweep);
    if (!sweep) return;
    gl.bindVertexArray(this.points);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    gl.bufferData(gl.ARRAY_BUFFER, sweep.data, gl.DYNAMIC_DRAW);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 3, gl.FLOAT, false, 0, sweep.offsets.places);
    ["rows", "columns", "intensity", "label", "confidence", "truth"].forEach((field, index) => {
      const type = index < 2 ? gl.UNSIGNED_SHORT : gl.UNSIGNED_BYTE;
      gl.enableVertexAttribArray(index + 1);
      gl.vertexAttribIPointer(index + 1, 1, type, 0, sweep.offsets[field]);
    });
    gl.bindVertexArray(null);
  }

  /** Takes the labels of some points to the graphics card once more; `points` are in rising order. */
  updateLabels(points) {
    if (points.length === 0) return;
    const { gl, sweep } = this;
    const [first, last] = [points[0], points[points.length - 1]];
    gl.bindVertexArray(null);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    gl.bufferSubData(gl.ARRAY_BUFFER, sweep.offsets.label + first, sweep.label, first, last + 1 - first);
    this.strip.updateLabels();
  }

  /** Fits the picture to the size it is shown at; `stripHeight` is in the page's pixels. */
  resize(stripHeight) {
    const { canvas } = this;
    const scale = Math.min(window.devicePixelRatio || 1, 2);
    const [width, height] = [canvas.clientWidth, canvas.clientHeight].map((size) => Math.max(1, Math.round(size * scale)));
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    this.scale = scale;
    this.stripHeight = Math.round(stripHeight * scale);
    this.cloudHeight = Math.max(1, height - this.stripHeight);
  }

  /** Width by height of the picture of the cloud. */
  get aspect() {
    return this.canvas.width / this.cloudHeight;
  }

  draw(camera, look) {
    const { gl, canvas } = this;
    gl.viewport(0, 0, canvas.width, canvas.height);
    gl.disable(gl.SCISSOR_TEST);
    gl.enable(gl.DEPTH_TEST);
    gl.depthFunc(gl.LESS);
    gl.clearColor(...background, 1);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    gl.enable(gl.SCISSOR_TEST);
    this.#aim(this.stripHeight, this.cloudHeight);
    this.matrix = camera.matrix(this.aspect);
    if (look.showRings) this.rings.draw(this.matrix);
    if (this.count === 0) return;
    this.#fill(look);
    gl.drawArrays(gl.POINTS, 0, this.count);
    gl.bindVertexArray(null);
    this.#drawStrip(look);
  }

  /** Draws some points anew over the last picture: where they stood, at their own depth. */
  drawPoints(points, look) {
    const { gl } = this;
    if (points.length === 0 || !this.matrix) return;
    gl.depthFunc(gl.LEQUAL);
    this.#aim(this.stripHeight, this.cloudHeight);
    this.#fill(look);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.chosen);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, points, gl.DYNAMIC_DRAW);
    gl.drawElements(gl.POINTS, points.length, gl.UNSIGNED_INT, 0);
    gl.bindVertexArray(null);
    this.#drawStrip(look);
  }

  #aim(bottom, height) {
    const { gl, canvas } = this;
    gl.viewport(0, bottom, canvas.width, height);
    gl.scissor(0, bottom, canvas.width, height);
  }

  #fill(look) {
    const { gl } = this;
    const { program, uniforms } = this.program;
    gl.useProgram(program);
    gl.bindVertexArray(this.points);
    this.#dress(uniforms, look);
    gl.uniformMatrix4fv(uniforms.view, false, this.matrix);
    gl.uniform1f(uniforms.pointSize, look.pointSize * this.scale);
    gl.uniform2i(uniforms.marked, look.marked?.column ?? -1, look.marked?.row ?? -1);
  }

  /** Sets what decides the colours of points and cells, and which are hidden. */
  #dress(uniforms, look) {
    const { gl, sweep } = this;
    for (const [name, unit] of Object.entries(units)) gl.uniform1i(uniforms[name], unit);
    gl.uniform1i(uniforms.mode, modes.findIndex((mode) => mode.name === look.mode));
    gl.uniform1f(uniforms.rangeEnd, look.rangeEnd);
    gl.uniform1i(uniforms.hasTruth, sweep.hasTruth ? 1 : 0);
    gl.uniform1i(uniforms.truthIsWhole, sweep.truthIsWhole ? 1 : 0);
    gl.uniform1i(uniforms.onlyDifferent, look.onlyDifferent ? 1 : 0);
    gl.uniform3fv(uniforms.differenceColors, differenceColors.flat().map((value) => value / 255));
  }

  #drawStrip(look) {
    if (this.stripHeight === 0) return;
    this.#aim(0, this.stripHeight);
    this.strip.draw(this.canvas.width, this.stripHeight, (uniforms) => this.#dress(uniforms, look));
  }

  /** Where a point is in the picture, in the page's pixels from the upper left; nothing where it is behind. */
  place(point) {
    const place = this.project(this.sweep.places.subarray(3 * point, 3 * point + 3));
    return place && place.slice(0, 2);
  }

  /** Where a place in metres is in the picture, and how far from the eye; nothing where it is behind. */
  project([x, y, z]) {
    const m = this.matrix;
    const w = m[3] * x + m[7] * y + m[11] * z + m[15];
    if (!(w > 0)) return null;
    return [
      ((((m[0] * x + m[4] * y + m[8] * z + m[12]) / w) * 0.5 + 0.5) * this.canvas.width) / this.scale,
      ((0.5 - ((m[1] * x + m[5] * y + m[9] * z + m[13]) / w) * 0.5) * this.cloudHeight) / this.scale,
      w,
    ];
  }

  /** The colour of pixels that were just drawn, RGBA; y counts from the top, in the picture's own pixels. */
  pixels(x, y, width, height) {
    const { gl } = this;
    const bytes = new Uint8Array(4 * width * height);
    gl.readPixels(x, this.canvas.height - y - height, width, height, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
    return bytes;
  }
}
