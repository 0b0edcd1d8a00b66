// Draws a sweep in space, and below it as a range image.

import { differenceColors, filterBits, modes, paletteBytes, rampBytes } from "./colors.js";
import { ComputedPoints } from "./computed-points.js";
import { fillBits, fillColors, makeTexture } from "./programs.js";
import { Rings } from "./rings.js";
import { ShadedPoints } from "./shaded-points.js";
import { Strip } from "./strip.js";

const units = { palette: 0, ramps: 1, filterBits: 2 };
const stripUnits = { cells: 3, ranges: 4 };
const imageUnit = 5;
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
    this.rings = new Rings(gl);
    this.strip = new Strip(gl, stripUnits);
    this.points = computesHere(gl) ? new ComputedPoints(gl, imageUnit) : new ShadedPoints(gl);
    for (const unit of Object.values(units)) makeTexture(gl, unit);
    const ramps = rampBytes();
    fillColors(gl, units.ramps, ramps.bytes, ramps.rows);
    this.setPalette([]);
    this.setFilter(new Set());
    this.count = 0;
  }

  setPalette(classes) {
    const bytes = paletteBytes(classes);
    fillColors(this.gl, units.palette, bytes, 1);
    this.points.setPalette(bytes);
  }

  setFilter(hidden) {
    fillBits(this.gl, units.filterBits, filterBits(hidden));
  }

  /** Takes a sweep that is to be drawn; null for none. */
  setSweep(sweep) {
    this.sweep = sweep;
    this.count = sweep?.count ?? 0;
    this.strip.setSweep(sweep);
    if (sweep) this.points.setSweep(sweep);
  }

  /** Takes the labels of some points once more; `points` are in rising order. */
  updateLabels(points) {
    if (points.length === 0) return;
    this.points.updateLabels(points);
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
    this.points.draw(this.#view, look, (uniforms) => this.#dress(uniforms, look));
    this.#drawStrip(look);
  }

  /** Draws some points anew over the last picture. */
  drawPoints(points, look) {
    if (points.length === 0 || !this.matrix) return;
    this.#aim(this.stripHeight, this.cloudHeight);
    this.points.drawSome(points, this.#view, look, (uniforms) => this.#dress(uniforms, look));
    this.#drawStrip(look);
  }

  /** How the cloud is looked at, in the picture's own pixels. */
  get #view() {
    const { matrix, scale, canvas, cloudHeight, stripHeight } = this;
    return { matrix, scale, width: canvas.width, height: cloudHeight, bottom: stripHeight };
  }

  #aim(bottom, height) {
    const { gl, canvas } = this;
    gl.viewport(0, bottom, canvas.width, height);
    gl.scissor(0, bottom, canvas.width, height);
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

/**
 * Whether this script is to compute the points: where WebGL is computed by the processor, too, unless the address says
 * `?points=computed` or `?points=shaded`.
 */
function computesHere(gl) {
  const wanted = new URLSearchParams(location.search).get("points");
  if (wanted) return wanted === "computed";
  const names = gl.getExtension("WEBGL_debug_renderer_info");
  const name = gl.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
  return /swiftshader|llvmpipe|softpipe|basic render/i.test(name);
}
