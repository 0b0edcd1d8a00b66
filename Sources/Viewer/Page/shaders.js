// One program draws the points twice: in space, and as the cells of the range image.

export const vertexShader = `#version 300 es
precision highp float;
precision highp int;
precision highp usampler2D;
layout(location = 0) in vec3 place;
layout(location = 1) in uint row;
layout(location = 2) in uint column;
layout(location = 3) in uint intensity;
layout(location = 4) in uint label;
layout(location = 5) in uint confidence;
layout(location = 6) in uint truth;
uniform mat4 view;
uniform int mode;          // as in colors.js
uniform float pointSize;   // pixels at the distance where one is of this size
uniform float rangeEnd;    // metres
uniform bool hasTruth;
uniform bool onlyDifferent;
uniform bool asStrip;
uniform vec2 cellCount;    // columns, rows
uniform vec2 cellSize;     // pixels
uniform ivec2 marked;      // column, row
uniform vec3 differenceColors[3];
uniform sampler2D palette;
uniform sampler2D ramps;
uniform usampler2D filterBits;
flat out vec3 color;
flat out vec2 extent;      // pixels; no height where the point is round

vec3 ramp(int row, float share) {
  return texelFetch(ramps, ivec2(int(clamp(share, 0.0, 1.0) * 255.0 + 0.5), row), 0).rgb;
}

vec3 class_color(uint index) { return texelFetch(palette, ivec2(int(index), 0), 0).rgb; }

void main() {
  bool isKnown = hasTruth && truth != 0u;
  bool differs = isKnown && truth != label;
  uint filtered = mode == 4 ? truth : label;
  uint bits = texelFetch(filterBits, ivec2(int(filtered >> 5u), 0), 0).r;
  bool isPlaced = abs(place.x) < 1e9 && (!asStrip || row != 65535u);
  gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  gl_PointSize = 1.0;
  color = vec3(0.0);
  extent = vec2(0.0);
  if (((bits >> (filtered & 31u)) & 1u) == 0u || (onlyDifferent && !differs) || !isPlaced) return;

  float range = length(place);
  if (mode == 0) color = class_color(label);
  else if (mode == 1) color = ramp(0, float(confidence) / 255.0);
  else if (mode == 2) color = ramp(1, float(intensity) / 255.0);
  else if (mode == 3) color = ramp(2, range / rangeEnd);
  else if (mode == 4) color = class_color(truth);
  else color = differenceColors[isKnown ? (differs ? 1 : 0) : 2];

  bool isMarked = ivec2(int(column), int(row)) == marked;
  if (asStrip) {
    vec2 cell = (vec2(float(column), float(row)) + 0.5) / cellCount;
    gl_Position = vec4(cell.x * 2.0 - 1.0, 1.0 - cell.y * 2.0, range / 500.0 - 1.0, 1.0);
    extent = max(cellSize, vec2(1.0));
    gl_PointSize = ceil(max(extent.x, extent.y)) + 1.0;
  } else {
    gl_Position = view * vec4(place, 1.0);
    gl_PointSize = clamp(pointSize * 18.0 / max(gl_Position.w, 0.1), max(1.0, pointSize * 0.55), pointSize * 4.0);
    if (isMarked) {
      color = vec3(1.0);
      gl_PointSize = max(gl_PointSize + 4.0, 9.0);
      gl_Position.z = -gl_Position.w;
    }
    extent = vec2(gl_PointSize, 0.0);
  }
}`;

export const fragmentShader = `#version 300 es
precision highp float;
flat in vec3 color;
flat in vec2 extent;
out vec4 pixel;
void main() {
  vec2 place = gl_PointCoord - 0.5;
  if (extent.y > 0.0) {
    vec2 pixels = abs(place) * (ceil(max(extent.x, extent.y)) + 1.0);
    if (any(greaterThan(pixels, extent * 0.5 + 0.25))) discard;
  } else if (extent.x > 3.0 && dot(place, place) > 0.25) {
    discard;
  }
  pixel = vec4(color, 1.0);
}`;

export const lineVertexShader = `#version 300 es
layout(location = 0) in vec3 place;
uniform mat4 view;
void main() { gl_Position = view * vec4(place, 1.0); }`;

export const lineFragmentShader = `#version 300 es
precision mediump float;
uniform vec3 lineColor;
out vec4 pixel;
void main() { pixel = vec4(lineColor, 1.0); }`;
