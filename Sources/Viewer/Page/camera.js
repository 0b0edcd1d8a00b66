// A camera that turns around a point, z up: metres and radians.

import { looking, perspective, product } from "./matrix.js";

const views = {
  whole: { target: [8, 0, -1], yaw: 0, pitch: 0.5, distance: 46 },
  top: { target: [10, 0, 0], yaw: 0, pitch: Math.PI / 2 - 0.001, distance: 90 },
  driver: { target: [3, 0, 0.2], yaw: 0, pitch: 0.06, distance: 3.2 },
};

export class Camera {
  /** Metres of what a pixel spans at the target, for one unit of distance, times the height in pixels. */
  static #field = 2 * Math.tan(0.45);

  constructor() {
    this.look("whole");
  }

  look(name) {
    Object.assign(this, structuredClone(views[name]));
  }

  turn(yaw, pitch) {
    this.yaw += yaw;
    this.pitch = Math.max(-Math.PI / 2 + 0.001, Math.min(Math.PI / 2 - 0.001, this.pitch + pitch));
  }

  /** Moves the target by pixels of a view so many pixels high. */
  pan(right, up, height) {
    const scale = (Camera.#field * this.distance) / height;
    const [sideways, upwards] = [right * scale, up * scale];
    const [sin, cos] = [Math.sin(this.yaw), Math.cos(this.yaw)];
    const [sinPitch, cosPitch] = [Math.sin(this.pitch), Math.cos(this.pitch)];
    this.target[0] += sin * sideways + cos * sinPitch * upwards;
    this.target[1] += -cos * sideways + sin * sinPitch * upwards;
    this.target[2] += cosPitch * upwards;
  }

  zoom(factor) {
    this.distance = Math.max(0.5, Math.min(400, this.distance * factor));
  }

  /** From metres to clip space, column by column. */
  matrix(aspect) {
    const [sin, cos] = [Math.sin(this.yaw), Math.cos(this.yaw)];
    const [sinPitch, cosPitch] = [Math.sin(this.pitch), Math.cos(this.pitch)];
    const forward = [cos * cosPitch, sin * cosPitch, -sinPitch];
    const up = [cos * sinPitch, sin * sinPitch, cosPitch];
    const right = [sin, -cos, 0];
    const eye = this.target.map((value, axis) => value - forward[axis] * this.distance);
    const near = Math.max(0.05, this.distance / 200);
    return product(
      perspective(0.9, aspect, near, this.distance + 400), looking(eye, right, up, forward));
  }
}
