// Matrices of 4 x 4, column by column, as WebGL takes them.

export function product(a, b) {
  const result = new Float32Array(16);
  for (let column = 0; column < 4; column++) {
    for (let row = 0; row < 4; row++) {
      let sum = 0;
      for (let k = 0; k < 4; k++) sum += a[4 * k + row] * b[4 * column + k];
      result[4 * column + row] = sum;
    }
  }
  return result;
}

/** `field` is the vertical angle of view in radians. */
export function perspective(field, aspect, near, far) {
  const scale = 1 / Math.tan(field / 2);
  const depth = near - far;
  return new Float32Array([
    scale / aspect, 0, 0, 0, 0, scale, 0, 0,
    0, 0, (near + far) / depth, -1, 0, 0, (2 * near * far) / depth, 0,
  ]);
}

/** From metres to the frame of an eye, whose axes have length 1. */
export function looking(eye, right, up, forward) {
  const along = (axis) => axis[0] * eye[0] + axis[1] * eye[1] + axis[2] * eye[2];
  return new Float32Array([
    right[0], up[0], -forward[0], 0, right[1], up[1], -forward[1], 0,
    right[2], up[2], -forward[2], 0, -along(right), -along(up), along(forward), 1,
  ]);
}
