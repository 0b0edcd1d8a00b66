// Circles on the ground around the sensor, and from it two metres ahead (red) and to the left (green).

import { makeProgram } from "./programs.js";
import { lineFragmentShader, lineVertexShader } from "./shaders.js";

const ground = -1.7; // metres below the sensor
const steps = 128;

export class Rings {
  constructor(gl) {
    this.gl = gl;
    this.program = makeProgram(gl, lineVertexShader, lineFragmentShader);
    this.array = gl.createVertexArray();
    gl.bindVertexArray(this.array);
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    this.radii = [10, 20, 30, 40, 60, 80];
    const places = this.radii.flatMap((radius) =>
      Array.from({ length: steps }, (_, step) => {
        const angle = (step / steps) * 2 * Math.PI;
        return [radius * Math.cos(angle), radius * Math.sin(angle), ground];
      }).flat());
    const axes = [[2, 0, 0], [0, 2, 0]].flatMap((end) => [0, 0, 0, ...end]);
    gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([...places, ...axes]), gl.STATIC_DRAW);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 3, gl.FLOAT, false, 0, 0);
    gl.bindVertexArray(null);
  }

  draw(matrix) {
    const { gl } = this;
    const { program, uniforms } = this.program;
    gl.useProgram(program);
    gl.bindVertexArray(this.array);
    gl.uniformMatrix4fv(uniforms.view, false, matrix);
    gl.uniform3f(uniforms.lineColor, 0.15, 0.18, 0.22);
    this.radii.forEach((_, index) => gl.drawArrays(gl.LINE_LOOP, index * steps, steps));
    const colors = [[0.85, 0.35, 0.35], [0.35, 0.75, 0.45]];
    colors.forEach((color, axis) => {
      gl.uniform3f(uniforms.lineColor, ...color);
      gl.drawArrays(gl.LINES, this.radii.length * steps + 2 * axis, 2);
    });
  }
}
