// One program draws the points in space, another one the range image's cells in the same colours.

// What points and cells have in common: how their colours come about, and which are hidden.
const colorFunctions = `
uniform int mode;          // as in colors.js
uniform float rangeEnd;    // metres
uniform bool hasTruth;
uniform bool truthIsWhole; // whether 0 is known to be no label, and not unknown
uniform bool onlyDifferent;
uniform vec3 differenceColors[3];
uniform sampler2D palette;
uniform sampler2D ramps;
uniform usampler2D filterBits;

vec3 ramp(int row, float share) {
  return texelFetch(ramps, ivec2(int(clamp(share, 0.0, 1.0) * 255.0 + 0.5), row), 0).rgb;
}

vec3 class_color(uint index) { return texelFetch(palette, ivec2(int(index), 0), 0).rgb; }

bool is_known(uint truth) { return hasTruth && (truthIsWhole || truth != 0u); }

bool differs(uint label, uint truth) { return is_known(truth) && truth != label; }

bool is_hidden(uint label, uint truth) {
  uint filtered = mode == 4 ? truth : label;
  uint bits = texelFetch(filterBits, ivec2(int(filtered >> 5u), 0), 0).r;
  return ((bits >> (filtered & 31u)) & 1u) == 0u || (onlyDifferent && !differs(label, truth));
}

vec3 look_color(uint intensity, uint label, uint confidence, uint truth, float range) {
  if (mode == 0) return class_color(label);
  if (mode == 1) return ramp(0, float(confidence) / 255.0);
  if (mode == 2) return ramp(1, float(intensity) / 255.0);
  if (mode == 3) return ramp(2, range / rangeEnd);
  if (mode == 4) return class_color(truth);
  return differenceColors[is_known(truth) ? (differs(label, truth) ? 1 : 0) : 2];
}
`;

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
uniform float pointSize;   // pixels at the distance where one is of this size
uniform ivec2 marked;      // column, row
flat out vec3 color;
flat out float extent;     // pixels
${colorFunctions}
void main() {
  gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  gl_PointSize = 1.0;
  color = vec3(0.0);
  extent = 0.0;
  if (!(abs(place.x) < 1e9) || is_hidden(label, truth)) return;

  color = look_color(intensity, label, confidence, truth, length(place));
  gl_Position = view * vec4(place, 1.0);
  gl_PointSize = clamp(pointSize * 18.0 / max(gl_Position.w, 0.1), max(1.0, pointSize * 0.55), pointSize * 4.0);
  if (ivec2(int(column), int(row)) == marked) {
    color = vec3(1.0);
    gl_PointSize = max(gl_PointSize + 4.0, 9.0);
    gl_Position.z = -gl_Position.w;
  }
  extent = gl_PointSize;
}`;

export const fragmentShader = `#version 300 es
precision highp float;
flat in vec3 color;
flat in float extent;
out vec4 pixel;
void main() {
  vec2 place = gl_PointCoord - 0.5;
  if (extent > 3.0 && dot(place, place) > 0.25) discard;
  pixel = vec4(color, 1.0);
}`;

export const coveringVertexShader = `#version 300 es
void main() {
  // One triangle that covers all there is to draw into.
  gl_Position = vec4(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0, 0.0, 1.0);
}`;

export const stripFragmentShader = `#version 300 es
precision highp float;
precision highp int;
precision highp usampler2D;
uniform usampler2D cells;  // intensity, label, confidence, truth of the nearest point
uniform sampler2D ranges;  // its metres; below 0 where a cell is empty
uniform vec2 stripSize;    // pixels
out vec4 pixel;
${colorFunctions}
void main() {
  ivec2 count = textureSize(ranges, 0);
  float width = float(count.x) / stripSize.x;
  int row = int((1.0 - gl_FragCoord.y / stripSize.y) * float(count.y));
  int first = int(floor((gl_FragCoord.x - 0.5) * width));
  int last = max(first, int(ceil((gl_FragCoord.x + 0.5) * width)) - 1);
  // Of the cells that a pixel holds it shows the nearest.
  float nearest = 1e9;
  pixel = vec4(0.035, 0.043, 0.06, 1.0);
  for (int column = first; column <= min(last, count.x - 1); column++) {
    float range = texelFetch(ranges, ivec2(column, row), 0).r;
    if (range < 0.0 || range >= nearest) continue;
    uvec4 cell = texelFetch(cells, ivec2(column, row), 0);
    if (is_hidden(cell.y, cell.w)) continue;
    nearest = range;
    pixel.rgb = look_color(cell.x, cell.y, cell.z, cell.w, range);
  }
}`;

export const imageFragmentShader = `#version 300 es
precision mediump float;
uniform mediump sampler2D image;
uniform highp int bottom;  // the row of the screen that the image's first one is for
out vec4 pixel;
void main() {
  pixel = texelFetch(image, ivec2(gl_FragCoord.xy) - ivec2(0, bottom), 0);
  if (pixel.a == 0.0) discard;
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
