// The range image below the cloud: for each cell the nearest point, as two textures, so that it costs as much as
// its pixels whatever the number of points.

import { makeProgram, makeTexture } from "./programs.js";
import { coveringVertexShader, stripFragmentShader } from "./shaders.js";

export class Strip {
  constructor(gl, units) {
    Object.assign(this, { gl, units });
    this.program = makeProgram(gl, coveringVertexShader, stripFragmentShader);
    this.array = gl.createVertexArray();
    for (const unit of [units.cells, units.ranges]) makeTexture(gl, unit);
  }

  setSweep(sweep) {
    this.sweep = sweep;
    if (!sweep) return;
    const { gl, units } = this;
    const points = sweep.cells;
    const ranges = new Float32Array(points.length);
    for (let cell = 0; cell < points.length; cell++) ranges[cell] = points[cell] < 0 ? -1 : sweep.range(points[cell]);
    gl.activeTexture(gl.TEXTURE0 + units.ranges);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.R32F, sweep.columns, sweep.rows, 0, gl.RED, gl.FLOAT, ranges);
    this.bytes = new Uint8Array(4 * points.length);
    this.updateLabels();
  }

  /** Takes what is known of the cells' points to the graphics card. */
  updateLabels() {
    const { gl, sweep, bytes } = this;
    const points = sweep.cells;
    for (let cell = 0; cell < points.length; cell++) {
      const point = points[cell];
      if (point < 0) continue;
      bytes[4 * cell] = sweep.intensity[point];
      bytes[4 * cell + 1] = sweep.label[point];
      bytes[4 * cell + 2] = sweep.confidence[point];
      bytes[4 * cell + 3] = sweep.truth[point];
    }
    gl.activeTexture(gl.TEXTURE0 + this.units.cells);
    gl.texImage2D(
      gl.TEXTURE_2D, 0, gl.RGBA8UI, sweep.columns, sweep.rows, 0, gl.RGBA_INTEGER, gl.UNSIGNED_BYTE, bytes);
  }

  /** Draws into the viewport, so many pixels wide and high; `dress` sets what decides how points look. */
  draw(width, height, dress) {
    const { gl } = this;
    const { program, uniforms } = this.program;
    gl.useProgram(program);
    gl.bindVertexArray(this.array);
    dress(uniforms);
    gl.uniform1i(uniforms.cells, this.units.cells);
    gl.uniform1i(uniforms.ranges, this.units.ranges);
    gl.uniform2f(uniforms.stripSize, width, height);
    gl.disable(gl.DEPTH_TEST);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
    gl.enable(gl.DEPTH_TEST);
    gl.bindVertexArray(null);
  }
}
