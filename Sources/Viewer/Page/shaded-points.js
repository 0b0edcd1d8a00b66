// Points whose places and colours the graphics card computes: changing a colour touches no point.

import { makeProgram } from "./programs.js";
import { fragmentShader, vertexShader } from "./shaders.js";

export class ShadedPoints {
  constructor(gl) {
    this.gl = gl;
    this.program = makeProgram(gl, vertexShader, fragmentShader);
    this.array = gl.createVertexArray();
    this.buffer = gl.createBuffer();
    this.chosen = gl.createBuffer();
  }

  /** The shader reads the palette's texture. */
  setPalette() {}

  /** Takes a sweep's bytes to the graphics card as they came. */
  setSweep(sweep) {
    const { gl } = this;
    this.sweep = sweep;
    gl.bindVertexArray(this.array);
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
    const { gl, sweep } = this;
    const [first, last] = [points[0], points[points.length - 1]];
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    gl.bufferSubData(gl.ARRAY_BUFFER, sweep.offsets.label + first, sweep.label, first, last + 1 - first);
  }

  draw(view, look, dress) {
    const { gl } = this;
    this.#fill(view, look, dress);
    gl.drawArrays(gl.POINTS, 0, this.sweep.count);
    gl.bindVertexArray(null);
  }

  /** Draws some points anew over the last picture: where they stood, at their own depth. */
  drawSome(points, view, look, dress) {
    const { gl } = this;
    gl.depthFunc(gl.LEQUAL);
    this.#fill(view, look, dress);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.chosen);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, points, gl.DYNAMIC_DRAW);
    gl.drawElements(gl.POINTS, points.length, gl.UNSIGNED_INT, 0);
    gl.bindVertexArray(null);
    gl.depthFunc(gl.LESS);
  }

  #fill(view, look, dress) {
    const { gl } = this;
    const { program, uniforms } = this.program;
    gl.useProgram(program);
    gl.bindVertexArray(this.array);
    dress(uniforms);
    gl.uniformMatrix4fv(uniforms.view, false, view.matrix);
    gl.uniform1f(uniforms.pointSize, look.pointSize * view.scale);
    gl.uniform2i(uniforms.marked, look.marked?.column ?? -1, look.marked?.row ?? -1);
  }
}
